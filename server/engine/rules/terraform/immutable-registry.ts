// A tag in a registry stays what it was, and what is pushed is scanned.

import { byType, demandOf, each } from "../../languages/terraform/demands.js";
import { option, rule } from "../../rule.js";
import { extended, unmetDemands } from "./_demands.js";

// Source: hashicorp/aws 6.25.0, aws_ecr_repository; hashicorp/google 6.50.0, google_artifact_registry_repository.
const demands = byType([
  ...each("aws_ecr_repository", {
    path: "image_tag_mutability",
    right: ["IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION"],
    absent: "MUTABLE",
    so: "a tag can be pushed again with other content",
    want: '"IMMUTABLE"',
  }),
  ...each("aws_ecr_repository", {
    path: "image_scanning_configuration.scan_on_push",
    right: [true],
    absent: "false",
    so: "images are not scanned when they are pushed",
    want: "true",
  }),
  ...each("google_artifact_registry_repository", {
    path: "docker_config.immutable_tags",
    wrong: [false],
    so: "a tag can be pushed again with other content",
    want: "true",
  }),
]);

export default rule({
  on: "terraform",
  title: "Make registry tags immutable and scan images",
  why: "If a tag can be overwritten, nobody knows what runs in production, and a rollback brings back something else than before. A scan at the push finds known vulnerabilities before the image is deployed anywhere.",
  severity: "warning",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, Pipeline Principles",
  alsoKnownAs: ["checkov CKV_AWS_51", "checkov CKV_AWS_163", "trivy AWS-0030", "trivy AWS-0031", "kics d1846b12"],
  options: {
    settings: option.strings(
      [],
      'Further arguments that have to be true, as "type.argument" or "type.block.argument"; "type.argument = value" asks for another value',
    ),
  },

  *check(file, { settings }, workspace) {
    const more = settings.flatMap((text) => demandOf(text, "a tag in it can change, or nobody scans what is pushed"));
    yield* unmetDemands(file, workspace, extended(demands, more));
  },
});
