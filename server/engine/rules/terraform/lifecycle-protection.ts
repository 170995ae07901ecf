// What holds data cannot be destroyed by one careless plan.

import { attributeOf, type Block, type TerraformFile } from "../../languages/terraform/model.js";
import { has, labelsOf, partsOf, type Resource, resourcesOf, settingsOf } from "../../languages/terraform/settings.js";
import { at, type Fix, option, type Place, replace, rule, suggest } from "../../rule.js";
import type { Edit } from "../../text.js";
import { isExempt } from "./_demands.js";
import { addLines } from "./_edits.js";

/** Type -> its own protection, off by default. Source: hashicorp/aws 6.25.0, hashicorp/google 6.50.0. */
const stateful: readonly (readonly [type: string, argument: string])[] = [
  ["aws_db_instance", "deletion_protection"],
  ["aws_rds_cluster", "deletion_protection"],
  ["aws_rds_global_cluster", "deletion_protection"],
  ["aws_docdb_cluster", "deletion_protection"],
  ["aws_neptune_cluster", "deletion_protection"],
  ["aws_dynamodb_table", "deletion_protection_enabled"],
];

/** `type.argument`, or a type alone, which has no argument of that kind. */
function protectionOf(text: string): readonly [type: string, argument: string] {
  const [type = "", ...path] = text.trim().split(".");
  return [type, path.join(".")];
}

export default rule({
  on: "terraform",
  title: "Protect what holds data from being destroyed",
  why: "A renamed resource or a changed argument can mean that Terraform destroys and creates it again. For a database that is the loss of its data. Deletion protection or prevent_destroy stops the run, and a person decides.",
  severity: "information",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, IaC Best Practices",
  alsoKnownAs: ["checkov CKV_AWS_139", "checkov CKV_AWS_293", "trivy AWS-0177", "trivy AWS-0343"],
  options: {
    types: option.strings(
      [],
      'Further types that hold data: "type.argument" where an argument protects them, else "type" for those that only prevent_destroy protects',
    ),
    except: option.strings([], "Resources that may be destroyed, by address or type"),
  },

  *check(file, { types, except }, workspace) {
    const protections = new Map([...stateful, ...types.map(protectionOf)]);
    for (const resource of resourcesOf(file, workspace)) {
      const { type, address, block } = resource;
      const path = protections.get(type);
      if (path === undefined || isExempt(resource, except)) continue;
      // A replica holds nothing that its source does not hold.
      if (has(resource, "replicate_source_db") !== "no") continue;
      if (partsOf(block, "lifecycle").parts.some((part) => attributeOf(part.block, "prevent_destroy"))) continue;
      const lacking = lackOf(resource, path);
      if (!lacking) continue;
      const ways =
        path === "" ? '"prevent_destroy" does not protect' : `neither "${path}" nor "prevent_destroy" protects`;
      yield at(lacking.place, `"${address}" can be destroyed by any plan: ${ways} it`, ...lacking.fixes);
    }
  },
});

interface Lack {
  readonly place: Place;
  readonly fixes: readonly Fix[];
}

/** Where a resource says, or leaves out, that it may be destroyed; `undefined` where that cannot be told. */
function lackOf(resource: Resource, path: string): Lack | undefined {
  const { file, block, partial } = resource;
  const place = labelsOf(resource);
  if (path === "") return partial ? undefined : { place, fixes: added("prevent_destroy", preventing(file, block)) };
  const [setting] = settingsOf(resource, path);
  if (!setting || setting.state === "unknown") return undefined;
  if (setting.state === "absent") {
    const edit = path.includes(".") ? undefined : addLines(file, block, "end", [`${path} = true`]);
    return { place, fixes: added(path, edit) };
  }
  if (String(setting.known.value) !== "false") return undefined;
  const edit = setting.known.origin === undefined ? replace(setting.place, "true") : undefined;
  return { place: setting.place, fixes: added(path, edit) };
}

const added = (name: string, edit: Edit | undefined): readonly Fix[] =>
  edit ? [suggest(`Set ${name} to true`, edit)] : [];

/** Into the `lifecycle` block that is there, else with one of its own. */
function preventing(file: TerraformFile, block: Block): Edit | undefined {
  const lifecycle = block.blocks.find(({ type }) => type === "lifecycle");
  if (lifecycle) return addLines(file, lifecycle, "end", ["prevent_destroy = true"]);
  return addLines(file, block, "end", ["", "lifecycle {", "  prevent_destroy = true", "}"]);
}
