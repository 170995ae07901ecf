// Two runs at once must not write one state: the backend locks it.

import { attributeOf, type Block, type TerraformFile } from "../../languages/terraform/model.js";
import { moduleFacts } from "../../languages/terraform/module.js";
import { admits } from "../../languages/terraform/versions.js";
import { at, type Fix, replace, rule, suggest, type Workspace } from "../../rule.js";
import { backendsOf, hasAll, isLiteral } from "./_backends.js";
import { addArgument } from "./_edits.js";

export default rule({
  on: "terraform",
  title: "Lock the state while it is changed",
  why: "Without a lock two people, or a person and a pipeline, can apply at the same moment: the later write wins, and the state no longer knows what the earlier one created. Such a state is repaired by hand, resource by resource.",
  severity: "warning",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, Terraform Specific",
  alsoKnownAs: ["checkov CKV_TF_3"],

  *check(file, _options, workspace) {
    for (const backend of backendsOf(file, workspace)) {
      const lacks = lackOf(backend);
      if (lacks === undefined) continue;
      const type = backend.labels[0]?.text ?? "";
      const fix = type === "s3" ? lockWithFile(file, backend, workspace) : undefined;
      yield at(
        backend.labels[0] ?? backend.head,
        `backend "${type}" does not lock the state: ${lacks}`,
        ...(fix ? [fix] : []),
      );
    }
  },
});

// Source: Terraform and OpenTofu documentation, "Backend Configuration": which arguments a backend cannot do without, and
// which ones make it lock. gcs, azurerm, cos, pg, kubernetes, remote and cloud lock by themselves.
function lackOf(backend: Block): string | undefined {
  const set = (name: string): boolean => {
    const value = attributeOf(backend, name)?.value;
    return value !== undefined && !isLiteral(value, false) && !isLiteral(value, null) && !isLiteral(value, "");
  };
  switch (backend.labels[0]?.text) {
    case "s3":
      if (!hasAll(backend, ["bucket", "key"]) || set("use_lockfile") || set("dynamodb_table")) return undefined;
      return 'neither "use_lockfile" nor "dynamodb_table" is set';
    case "http":
      if (!hasAll(backend, ["address"]) || set("lock_address")) return undefined;
      return '"lock_address" is not set';
    case "oss":
      if (!hasAll(backend, ["bucket"]) || set("tablestore_table")) return undefined;
      return '"tablestore_table" is not set';
    case "consul":
      return isLiteral(attributeOf(backend, "lock")?.value, false) ? '"lock" is false' : undefined;
    default:
      return undefined;
  }
}

/** Only where the required version lets in a Terraform that knows the argument: 1.10 or later. */
function lockWithFile(file: TerraformFile, backend: Block, workspace: Workspace): Fix | undefined {
  const constraints = moduleFacts(workspace, "terraform.contents", file.folder).flatMap(({ version }) => version ?? []);
  if (!constraints.every((constraint) => admits(constraint, [1, 10]))) return undefined;
  const title = "Lock with a file beside the state (Terraform 1.10 or later)";
  const present = attributeOf(backend, "use_lockfile");
  if (present) return suggest(title, replace(present.value, "true"));
  const edits = addArgument(file, backend, "use_lockfile", "true");
  return edits && suggest(title, ...edits);
}
