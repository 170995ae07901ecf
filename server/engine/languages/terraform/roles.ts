// Roles that others have made and that may do everything. Sources: AWS, "AWS managed policies for job functions"; Google
// Cloud, "Basic roles"; Azure, "Azure custom roles".

import { byType, type Demand, each } from "./demands.js";

const everything = "it may do everything in the account";
const basic = "a basic role reaches everything in the project";

const basicRoles = ["roles/owner", "roles/editor"];
const bindings =
  "google_project_iam_member google_project_iam_binding google_folder_iam_member google_folder_iam_binding google_organization_iam_member google_organization_iam_binding";
/** Whoever has one of these for a whole project becomes any of its service accounts. */
const impersonating = ["User", "TokenCreator", "Admin", "KeyAdmin"].map((role) => `roles/iam.serviceAccount${role}`);

const administrator = ["aws", "aws-cn", "aws-us-gov"].map(
  (partition) => `arn:${partition}:iam::aws:policy/AdministratorAccess`,
);

export const demandsOfRoles: ReadonlyMap<string, readonly Demand[]> = byType([
  ...each(
    "aws_iam_role_policy_attachment aws_iam_user_policy_attachment aws_iam_group_policy_attachment aws_iam_policy_attachment",
    { path: "policy_arn", wrong: administrator, so: everything },
  ),
  ...each("aws_iam_role", { path: "managed_policy_arns", wrong: administrator, so: everything }),
  ...each("aws_ssoadmin_managed_policy_attachment", {
    path: "managed_policy_arn",
    wrong: administrator,
    so: everything,
    severity: "information",
  }),
  ...each(bindings, { path: "role", wrong: basicRoles, so: basic, severity: "warning" }),
  ...each(bindings, {
    path: "role",
    wrong: impersonating,
    so: "it reaches what every service account there does",
    severity: "warning",
  }),
  ...each("azurerm_role_definition", {
    path: "permissions.actions",
    wrong: ["*"],
    so: "the role may do everything in its scope",
    severity: "warning",
  }),
]);

/** The same in data sources. */
export const demandsOfData: ReadonlyMap<string, readonly Demand[]> = byType([
  ...each("aws_iam_policy", { path: "arn", wrong: administrator, so: everything }),
  ...each("aws_iam_policy", { path: "name", wrong: ["AdministratorAccess"], so: everything }),
  ...each("google_iam_policy", { path: "binding.role", wrong: basicRoles, so: basic, severity: "warning" }),
]);
