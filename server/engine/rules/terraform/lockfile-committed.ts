// The lock file of the providers lies beside the root module, in Git.

import { isVersioned } from "../../gitignore.js";
import { filesOf } from "../../languages/terraform/module.js";
import { at, rule } from "../../rule.js";
import { contentsIn, isRoot, placeIn, speaksFor } from "./_module.js";

export default rule({
  on: "terraform",
  title: "Commit the lock file of the providers",
  why: "The lock file keeps the exact release of each provider and its checksums. Without it each machine picks its own within the constraint, and a provider that was tampered with is taken as it comes.",
  severity: "information",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, General Principles",

  *check(file, _options, workspace) {
    const { folder } = file;
    if (!speaksFor(file, workspace) || !isRoot(workspace, folder)) return;
    if (isVersioned(workspace, `${folder}/.terraform.lock.hcl`)) return;
    const used = new Set((contentsIn(workspace, folder) ?? []).flatMap(({ uses }) => uses));
    if (used.size === 0 || !filesOf(workspace, folder).some(({ providers }) => providers.length > 0)) return;
    const names = [...used].sort().map((name) => `"${name}"`);
    yield at(
      placeIn(file),
      `no ".terraform.lock.hcl" in Git lies beside this root module, so that its ${names.length > 1 ? "providers" : "provider"} ${names.join(", ")} may differ from run to run`,
    );
  },
});
