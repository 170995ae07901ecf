// A module from elsewhere is taken in a version that does not move by itself.

import { attributeOf, type Block, type Literal, literalString } from "../../languages/terraform/model.js";
import { effectiveBlocks } from "../../languages/terraform/override.js";
import { at, option, rule } from "../../rule.js";
import { moduleSource } from "./_module-sources.js";

const branches = "main, master, trunk, default, develop, dev, HEAD";

export default rule({
  on: "terraform",
  title: "Pin the versions of modules",
  why: "Without a version, each `terraform init` takes what is newest on that day: two people plan different infrastructure from one commit, and somebody else's change reaches production without a review here.",
  severity: "warning",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, General Principles",
  alsoKnownAs: [
    "tflint terraform_module_version",
    "tflint terraform_module_pinned_source",
    "checkov CKV_TF_1",
    "checkov CKV_TF_2",
    "kics 3a81fc06",
  ],
  options: { branches: option.strings(branches.split(", "), "Names of branches that pin nothing") },

  *check(file, { branches }, workspace) {
    if (file.override) return;
    for (const call of effectiveBlocks(file, workspace).filter(({ type, broken }) => type === "module" && !broken)) {
      const source = attributeOf(call, "source")?.value;
      if (source?.kind !== "literal") continue;
      const message = unpinned(call, source, branches);
      if (message !== undefined) yield at(source, message);
    }
  },
});

function unpinned(call: Block, value: Literal, branches: readonly string[]): string | undefined {
  const name = call.labels[0]?.text ?? "";
  const source = moduleSource(literalString(value) ?? "");
  // gitlab.com is a registry as well as a host of repositories; only the former takes a version.
  if (source.kind === "other" || attributeOf(call, "version")) return undefined;
  if (source.kind === "registry") return `module "${name}" names no version, so that it takes the newest`;
  if (source.revision === undefined) return `module "${name}" names no revision, so that it follows the default branch`;
  const branch = source.revision.replace(/^refs\/heads\/|^origin\//, "");
  const moves = branches.includes(branch) || branch !== source.revision;
  return moves ? `module "${name}" follows the branch "${branch}"` : undefined;
}
