// Data is encrypted where it lies.

import { demandOf } from "../../languages/terraform/demands.js";
import { atRest } from "../../languages/terraform/encryption.js";
import { option, rule } from "../../rule.js";
import { lonely } from "./_companions.js";
import { extended, unmetDemands } from "./_demands.js";

export default rule({
  on: "terraform",
  title: "Encrypt data at rest",
  why: "Disks are retired, snapshots are shared and copied by mistake. What lies on them is safe only if it cannot be read without a key that stays behind. Most services cannot be switched later: the choice is made when the resource is made.",
  severity: "warning",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, Infrastructure Security",
  alsoKnownAs: [
    "checkov CKV_AWS_3",
    "checkov CKV_AWS_8",
    "checkov CKV_AWS_16",
    "trivy AWS-0008",
    "trivy AWS-0026",
    "trivy AWS-0037",
    "trivy AWS-0080",
    "trivy AWS-0131",
    "trivy AZU-0038",
    "sonar S6275",
    "sonar S6303",
    "sonar S6308",
    "sonar S6327",
    "sonar S6330",
    "sonar S6332",
    "sonar S6388",
  ],
  options: {
    settings: option.strings(
      [],
      'Further arguments that have to be true, as "type.argument" or "type.block.argument"; "type.argument = value" asks for another value',
    ),
  },

  *check(file, { settings }, workspace) {
    const more = settings.flatMap((text) => demandOf(text, "what it stores is not encrypted"));
    yield* unmetDemands(file, workspace, extended(atRest, more), { note: " (may replace the resource)" });
    for (const finding of lonely(file, workspace, buckets, () => true)) yield { ...finding, severity: "information" };
  },
});

/** AWS encrypts what comes into a bucket since January 2023, by a key that nobody has chosen. */
const buckets = [
  {
    type: "aws_s3_bucket",
    by: "aws_s3_bucket_server_side_encryption_configuration",
    unless: ["server_side_encryption_configuration"],
    so: "leaves its encryption to the default of AWS",
  },
];
