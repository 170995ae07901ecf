// People and services sign in for a while, not with keys that never end.

import { attributeOf } from "../../languages/terraform/model.js";
import { labelsOf, type Resource, resourcesOf } from "../../languages/terraform/settings.js";
import { at, option, type Place, rule } from "../../rule.js";

/** Source: hashicorp/aws 6.25.0, hashicorp/google 6.50.0, hashicorp/azuread 3.7.0. */
const told: Readonly<Record<string, string>> = {
  aws_iam_access_key: "is a key that never expires",
  google_service_account_key: "is a key that is valid for years",
  google_storage_hmac_key: "is a key that never expires",
  azuread_application_password: "is a password that is valid for years",
  azuread_service_principal_password: "is a password that is valid for years",
  aws_iam_user_policy: "gives rights to a single user",
  aws_iam_user_policy_attachment: "gives rights to a single user",
};

export default rule({
  on: "terraform",
  title: "Use roles in place of long-lived keys",
  why: "A key that never expires works for whoever finds it, years later, in a log, a laptop or the state of Terraform. Roles and workload identity hand out credentials that end within hours, and rights of groups and roles are seen in one place.",
  severity: "warning",
  profile: "strict",
  phase: 2,
  standard: "Role Definition, Anti-Patterns to Avoid",
  alsoKnownAs: ["checkov CKV_AWS_40", "trivy AWS-0143"],
  options: { except: option.strings([], "Resources that need such a key, by address") },

  *check(file, { except }, workspace) {
    for (const resource of resourcesOf(file, workspace)) {
      if (except.includes(resource.address)) continue;
      const text = Object.hasOwn(told, resource.type) ? told[resource.type] : undefined;
      if (text !== undefined) yield at(labelsOf(resource), `"${resource.address}" ${text}`);
      const users = resource.type === "aws_iam_policy_attachment" ? usersOf(resource) : undefined;
      if (users) yield at(users, `"${resource.address}" gives rights to single users`);
    }
  },
});

/** Where users are named; a list that cannot be seen into may be empty. */
function usersOf({ block }: Resource): Place | undefined {
  const users = attributeOf(block, "users");
  return users?.value.kind === "list" && users.value.items.length > 0 ? users : undefined;
}
