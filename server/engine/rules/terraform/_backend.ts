// The text of a remote backend, as a snippet.

import { stop } from "./_edits.js";

/** The lines of a backend that fits the providers of a module, with placeholders for what only its owner knows. */
export function backendLines(providers: readonly string[]): readonly string[] {
  const cloud = providers.find((name) => Object.hasOwn(backends, name)) ?? "aws";
  return backends[cloud] ?? [];
}

const gcs = ['backend "gcs" {', `  bucket = "${stop(1, "state-bucket")}"`, `  prefix = "${stop(2, "path")}"`, "}"];

const azurerm = [
  'backend "azurerm" {',
  `  resource_group_name  = "${stop(1, "state")}"`,
  `  storage_account_name = "${stop(2, "state")}"`,
  `  container_name       = "${stop(3, "tfstate")}"`,
  `  key                  = "${stop(4, "terraform.tfstate")}"`,
  "}",
];

// `use_lockfile` needs Terraform or OpenTofu 1.10; the older DynamoDB table is deprecated since 1.11.
const s3 = [
  'backend "s3" {',
  `  bucket       = "${stop(1, "state-bucket")}"`,
  `  key          = "${stop(2, "path")}/terraform.tfstate"`,
  `  region       = "${stop(3, "eu-central-1")}"`,
  "  encrypt      = true",
  "  use_lockfile = true",
  "}",
];

const backends: Readonly<Record<string, readonly string[]>> = { aws: s3, google: gcs, "google-beta": gcs, azurerm };
