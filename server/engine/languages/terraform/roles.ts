// Roles that others have made and that may do everything. Sources: AWS, "AWS managed policies for job functions"; Google
// Cloud, "Basic roles"; Azure, "Azure custom roles".

import { byType, type Demand, each } from "./demands.js";

const everything = "it may do everything in the account";
const basic = "a basic role reaches everything in the project";

const administrator = ["aws", "aws-cn", "aws-us-gov"].map(
  (partition) => `arn:${partition}:iam::aws:policy/AdministratorAccess`,
);

export const demandsOfRoles: ReadonlyMap<string, readonly Demand[]> = byType([
  ...each(
    "aws_iam_role_policy_attachment aws_iam_user_policy_attachment aws_iam_group_policy_attachment aws_iam_policy_attachment",
    { path: "policy_arn", wrong: administrator, so: everything },
  ),
  ...each("aws_ssoadmin_managed_policy_attachment", {
    path: "managed_policy_arn",
    wrong: administrator,
    so: everything,
    severity: "information",
  }),
  ...each(
    "google_project_iam_member google_project_iam_binding google_folder_iam_member google_folder_iam_binding google_organization_iam_member google_organization_iam_binding",
    { path: "role", wrong: ["roles/owner", "roles/editor"], so: basic, severity: "warning" },
  ),
]);
