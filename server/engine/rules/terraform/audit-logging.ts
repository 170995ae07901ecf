// Who did what, and who reached what, can be told later.

import { auditLogs } from "../../languages/terraform/audit.js";
import { demandOf, hasToBe } from "../../languages/terraform/demands.js";
import { keyIn } from "../../languages/terraform/facts.js";
import { attributeOf } from "../../languages/terraform/model.js";
import { isExample } from "../../languages/terraform/module.js";
import type { Resource } from "../../languages/terraform/settings.js";
import { option, rule } from "../../rule.js";
import { wordsOf } from "../../secret-names.js";
import { type Companion, lonely } from "./_companions.js";
import { extended, isExempt, unmetDemands } from "./_demands.js";

const loggers: readonly Companion[] = [
  { type: "aws_vpc", by: "aws_flow_log", so: "has no flow logs" },
  { type: "aws_s3_bucket", by: "aws_s3_bucket_logging", unless: ["logging"], so: "has no access logs" },
  { type: "azurerm_key_vault", by: "azurerm_monitor_diagnostic_setting", so: "has no audit logs" },
  {
    type: "azurerm_mssql_server",
    by: "azurerm_mssql_server_extended_auditing_policy",
    // Inline until version 3 of the provider.
    unless: ["extended_auditing_policy"],
    so: "has no audit logs",
  },
];

export default rule({
  on: "terraform",
  title: "Record who did and reached what",
  why: "After an intrusion the first questions are since when, from where and how far. Trails, flow logs and access logs answer them, but only for the time in which they were on, and many services record nothing unless they are told to.",
  severity: "information",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, Security Checklist",
  alsoKnownAs: [
    "checkov CKV_AWS_18",
    "checkov CKV_AWS_67",
    "checkov CKV_AWS_251",
    "checkov CKV2_AWS_11",
    "trivy AWS-0178",
    "sonar S6258",
  ],
  options: {
    settings: option.strings(
      [],
      'Further arguments or blocks that have to be set, as "type.argument"; "type.argument = value" asks for that value',
    ),
    except: option.strings([], "Resources that need no logs, by address or type"),
  },

  *check(file, { settings, except }, workspace) {
    if (isExample(workspace, file.folder)) return;
    const more = settings.flatMap((text) => demandOf(text, "nobody can tell later who did what", hasToBe.set));
    yield* unmetDemands(file, workspace, extended(auditLogs, more), { except });
    yield* lonely(file, workspace, loggers, (resource) => !isExempt(resource, except) && !isForLogs(resource));
  },
});

/** A bucket that is there to take logs; to log who writes them would fill it with logs of itself. */
function isForLogs({ type, block, address, file, workspace }: Resource): boolean {
  if (type !== "aws_s3_bucket") return false;
  const users = workspace.facts("terraform.user", keyIn(file.folder, address));
  if (users.some(({ by }) => by === "aws_flow_log")) return true;
  const named = ["bucket", "bucket_prefix"].flatMap((name) => attributeOf(block, name)?.value.span ?? []);
  const names = [block.labels[1]?.text ?? "", ...named.map(({ start, end }) => file.text.slice(start, end))];
  const forLogs = /^(?:access|audit|flow)?log(?:s|ging)?$|^(?:cloud)?trails?$/;
  return names.some((name) => wordsOf(name).some((word) => forLogs.test(word)));
}
