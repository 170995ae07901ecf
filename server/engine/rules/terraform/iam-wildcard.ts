// Roles and policies allow what is needed, not everything.

import { unmetBy } from "../../languages/terraform/demands.js";
import { allStatements, type Statement } from "../../languages/terraform/policies.js";
import { demandsOfData, demandsOfRoles } from "../../languages/terraform/roles.js";
import { type Known, resourcesOf } from "../../languages/terraform/settings.js";
import { at, type Finding, option, rule } from "../../rule.js";
import { findingOf, unmetDemands } from "./_demands.js";

export default rule({
  on: "terraform",
  title: "Allow only the actions that are needed",
  why: "Whoever takes over a service gets all that its role may do. With a wildcard that is the whole account: data, backups, and the roles of everybody else. Named actions on named resources keep one mistake small.",
  severity: "error",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, Infrastructure Security",
  alsoKnownAs: [
    "checkov CKV_AWS_1",
    "checkov CKV_AWS_49",
    "checkov CKV_AWS_62",
    "checkov CKV_AWS_63",
    "checkov CKV_AWS_274",
    "checkov CKV2_AWS_40",
    "checkov CKV2_AWS_56",
    "trivy AWS-0057",
    "trivy AWS-0342",
    "trivy AWS-0345",
    "kics 2f37c4a3",
    "kics 575a2155",
    "sonar S6302",
    "sonar S6304",
    "sonar S6317",
  ],
  options: {
    resourceless: option.strings(
      ["ce", "cur", "health", "pricing", "support", "tag", "trustedadvisor"],
      "Services whose actions know no resources, so that they can only be allowed on all",
    ),
  },

  *check(file, { resourceless }, workspace) {
    yield* unmetDemands(file, workspace, demandsOfRoles);
    for (const resource of resourcesOf(file, workspace, "data"))
      for (const unmet of unmetBy(resource, demandsOfData.get(resource.type) ?? [])) yield findingOf(resource, unmet);
    for (const statement of allStatements(file, workspace))
      if (statement.effect === "Allow") yield* findingsIn(statement, resourceless);
  },
});

/** A condition narrows what is allowed: what would be an error is a warning then, and a warning is none. */
function* findingsIn(statement: Statement, resourceless: readonly string[]): Iterable<Finding> {
  const { resource, actions, notActions, resources, conditional, principals } = statement;
  const owner = `"${resource.address}"`;
  const onAll = resources.some(isAll);
  const where = onAll ? " on all resources" : "";
  const everything = actions.find(isAll);
  if (everything) {
    const message = `${owner} allows all actions${where}${from(everything)}`;
    if (principals && conditional) return;
    yield at(everything.span, message, ...(conditional || principals ? (["warning"] as const) : []));
    return;
  }
  // A policy of a resource speaks of that resource alone, whatever it names.
  if (!onAll || conditional || principals) return;
  if (notActions) yield at(notActions, `${owner} allows all actions but those listed, on all resources`, "warning");
  const whole = actions.filter((action) => {
    const service = serviceOf(action);
    return service !== undefined && !resourceless.includes(service);
  });
  const [first] = whole;
  const powerful = first ? undefined : actions.find(({ value }) => decisive.has(String(value).toLowerCase()));
  if (powerful)
    yield at(powerful.span, `${owner} allows "${powerful.value}" on all resources${from(powerful)}`, "information");
  if (!first) return;
  const others = whole.length > 1 ? ` and ${whole.length - 1} more service${whole.length > 2 ? "s" : ""}` : "";
  const message = `${owner} allows all actions of "${serviceOf(first)}"${others} on all resources${from(first)}`;
  yield at(first.span, message, "warning");
}

/**
 * Actions that hand over the rights or the secrets of others where they are allowed on everything. Source: AWS, "Security best
 * practices in IAM", "Granting a user permissions to pass a role", and the action tables of the services.
 */
const decisive: ReadonlySet<string> = new Set(
  `
    dynamodb:deletetable iam:addusertogroup iam:attachgrouppolicy iam:attachrolepolicy iam:attachuserpolicy
    iam:createaccesskey iam:createloginprofile iam:createpolicyversion iam:passrole iam:putgrouppolicy iam:putrolepolicy
    iam:putuserpolicy iam:setdefaultpolicyversion iam:updateaccesskey iam:updateassumerolepolicy iam:updateloginprofile
    kms:creategrant kms:putkeypolicy lambda:updatefunctioncode rds:deletedbinstance redshift:getclustercredentials
    s3:deleteobject s3:getobject s3:putbucketpolicy s3:putobject secretsmanager:getsecretvalue ssm:getparameter
    ssm:getparameters ssm:getparametersbypath sts:assumerole
  `
    .trim()
    .split(/\s+/),
);

/** The service that `s3:*` allows as a whole. */
const serviceOf = ({ value }: Known): string | undefined => /^([\w-]+):\*+$/.exec(String(value))?.[1];

const isAll = ({ value }: Known): boolean => /^\*+(?::\*+)?$/.test(String(value));

const from = ({ origin }: Known): string => (origin === undefined ? "" : ` (${origin})`);
