import { expect, it } from "vitest";
import { contentsOf, plainKey, tagEntries } from "../../../server/engine/languages/terraform/contents.js";
import { parseTerraform } from "../../harness/engine.js";

it("tells which providers a file uses and requires", () => {
  const file = parseTerraform(
    "/app/main.tf",
    `terraform {
  required_version = var.release
  required_providers {
    aws    = { source = "hashicorp/aws", version = "~> 6.0" }
    random = "~> 3.7"
    tls    = { source = "hashicorp/tls" }
  }
}
resource "google_storage_bucket" "media" { provider = google-beta.eu }
resource "terraform_data" "release" {}
data "aws_ami" "base" {}
module "queue" { source = "./queue" }
`,
  );
  expect(contentsOf(file)).toEqual({
    version: "",
    required: [
      { name: "aws", source: true, version: true },
      { name: "random", source: false, version: true },
      { name: "tls", source: true, version: false },
    ],
    uses: ["aws", "google-beta"],
    resources: 2,
    modules: 1,
    form: "called",
  });
});

it("finds the keys of tags wherever they are written", () => {
  const file = parseTerraform(
    "/app/main.tf",
    `provider "aws" {
  default_tags { tags = { Owner = "shop" } }
}
locals { common_tags = { (var.key) = "a", Team = "b" } }
resource "aws_vpc" "main" { tags = merge(local.common_tags, { Name = "main" }) }
module "m" { labels = { env = "prod" } }
resource "kubernetes_pod" "p" { metadata { labels = { app = "p" } } }
`,
  );
  expect(tagEntries(file).map(({ word, key }) => `${word} ${key}`)).toEqual([
    "tags Owner",
    "tags Team",
    "tags Name",
    "labels env",
  ]);
});

it.each([
  ["Env", "environment"],
  ["cost-center", "costcenter"],
  ["Cost Center", "costcenter"],
  ["CostCenter", "costcenter"],
  ["aws:createdBy", "aws:createdby"],
])("reads %j as %j", (key, plain) => {
  expect(plainKey(key)).toBe(plain);
});
