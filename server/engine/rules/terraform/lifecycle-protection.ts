// What holds data cannot be destroyed by one careless plan.

import { byType, each } from "../../languages/terraform/demands.js";
import { attributeOf } from "../../languages/terraform/model.js";
import { has, labelsOf, partsOf, resourcesOf, settingsOf } from "../../languages/terraform/settings.js";
import { at, option, replace, rule, suggest } from "../../rule.js";
import { addLines } from "./_edits.js";

/** Type -> its own protection, off by default. Source: hashicorp/aws 6.25.0, hashicorp/google 6.50.0. */
const stateful = byType([
  ...each("aws_db_instance aws_rds_cluster aws_rds_global_cluster aws_docdb_cluster aws_neptune_cluster", {
    path: "deletion_protection",
    so: "",
  }),
  ...each("aws_dynamodb_table", { path: "deletion_protection_enabled", so: "" }),
]);

export default rule({
  on: "terraform",
  title: "Protect what holds data from being destroyed",
  why: "A renamed resource or a changed argument can mean that Terraform destroys and creates it again. For a database that is the loss of its data. Deletion protection or prevent_destroy stops the run, and a person decides.",
  severity: "information",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, IaC Best Practices",
  alsoKnownAs: ["checkov CKV_AWS_139", "checkov CKV_AWS_293", "trivy AWS-0177", "trivy AWS-0343"],
  options: { except: option.strings([], "Resources that may be destroyed, by address or type") },

  *check(file, { except }, workspace) {
    for (const resource of resourcesOf(file, workspace)) {
      const { type, address, block } = resource;
      const path = stateful.get(type)?.[0]?.path;
      if (path === undefined || except.includes(type) || except.includes(address)) continue;
      // A replica holds nothing that its source does not hold.
      if (has(resource, "replicate_source_db") !== "no") continue;
      if (partsOf(block, "lifecycle").parts.some((part) => attributeOf(part.block, "prevent_destroy"))) continue;
      const [setting] = settingsOf(resource, path);
      if (!setting || setting.state === "unknown") continue;
      if (setting.state === "known" && String(setting.known.value) !== "false") continue;
      const message = `"${address}" can be destroyed by any plan: neither "${path}" nor "prevent_destroy" protects it`;
      if (setting.state === "known") {
        const { origin } = setting.known;
        const fixes = origin === undefined ? [suggest(`Set ${path} to true`, replace(setting.place, "true"))] : [];
        yield at(setting.place, message, ...fixes);
        continue;
      }
      const edit = addLines(file, block, "end", [`${path} = true`]);
      yield at(labelsOf(resource), message, ...(edit ? [suggest(`Set ${path} to true`, edit)] : []));
    }
  },
});
