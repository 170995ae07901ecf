// What Terraform files tell each other, and what a module is by it.

import { describe, expect, it } from "vitest";
import { facts, resolveFolder } from "../../../server/engine/languages/terraform/facts.js";
import { type Keys, keysOf } from "../../../server/engine/languages/terraform/model.js";
import {
  isCalled,
  isExample,
  providerKeys,
  providerName,
  resolveKeys,
  usesTerragrunt,
} from "../../../server/engine/languages/terraform/module.js";
import remoteState from "../../../server/engine/rules/terraform/remote-state.js";
import { createWorkspaceIndex, type Fact, type Workspace } from "../../../server/engine/workspace.js";
import { parseTerraform } from "../../harness/engine.js";

const factsOf = (path: string, text: string): readonly Fact[] => facts(parseTerraform(path, text));

const over = (files: Readonly<Record<string, string>>): Workspace => {
  const index = createWorkspaceIndex();
  for (const [path, text] of Object.entries(files)) index.update(path, /\.hcl$/.test(path) ? [] : factsOf(path, text));
  return index.viewFor("/w/asking.tf");
};

const keysIn = (text: string): Keys => {
  const [attribute] = parseTerraform("/w/a.tf", `a = ${text}\n`).attributes;
  if (!attribute) throw new Error("no attribute");
  return keysOf(attribute.value);
};

it("are plain data", () => {
  const all = factsOf(
    "/w/app/main.tf",
    `terraform {
      backend "s3" {}
    }
    provider "aws" {
      alias = "eu"
      default_tags {
        tags = merge(local.tags, { Owner = "a" })
      }
    }
    module "db" {
      source    = "../db"
      providers = { aws = aws.eu, aws.dns = aws }
    }
    module "vpc" {
      source = "terraform-aws-modules/vpc/aws"
    }
    variable "size" {
      default = "small"
    }
    locals {
      tags  = { Name = "x" }
      count = 3
      later = upper(var.size)
    }`,
  );
  expect(JSON.parse(JSON.stringify(all))).toEqual(all);
  expect(all).toEqual([
    {
      kind: "terraform.file",
      key: "/w/app",
      value: {
        kind: "configuration",
        backends: ["s3"],
        providers: [
          { name: "aws", alias: "eu", tags: { keys: ["Owner"], from: ["local.tags"], open: false }, sets: true },
        ],
        calls: ["/w/db"],
      },
    },
    {
      kind: "terraform.call",
      key: "/w/db",
      value: { from: "/w/app", providers: { aws: "aws.eu", "aws.dns": "aws" } },
    },
    { kind: "terraform.variable", key: "/w/app size", value: { value: "small" } },
    { kind: "terraform.local", key: "/w/app tags", value: { keys: { keys: ["Name"], from: [], open: false } } },
    { kind: "terraform.local", key: "/w/app count", value: { value: 3 } },
    {
      kind: "terraform.contents",
      key: "/w/app",
      value: { required: [], uses: ["aws"], resources: 0, modules: 2, form: "called" },
    },
    { kind: "terraform.tagKey", key: "tags owner", value: { key: "Owner" } },
    { kind: "terraform.tagKey", key: "tags name", value: { key: "Name" } },
    { kind: "terraform.backend", key: "all", value: { name: 'backend "s3"', line: 1 } },
    { kind: "terraform.module", key: "all", value: { name: "module.db", line: 9 } },
    { kind: "terraform.foreign", key: "all", value: { name: "module.vpc", line: 13 } },
  ]);
});

it("say what an override file sets", () => {
  const [, override] = factsOf("/w/override.tf", 'resource "a" "b" {\n  tags = {}\n}\n');
  expect(override).toMatchObject({
    kind: "terraform.override",
    key: "/w",
    value: { block: { type: "resource", attributes: [{ name: "tags" }] } },
  });
});

it("say when a file may hold anything", () => {
  expect(factsOf("/w/a.tf.json", "{")[0]?.value).toMatchObject({ unread: true });
  expect(factsOf("/w/a.tf", "a {\n")[0]?.value).toMatchObject({ unread: true });
  expect(factsOf("/w/a.tf", "a {\n}\n")[0]?.value).not.toHaveProperty("unread");
});

it("resolve folders", () => {
  expect(resolveFolder("/w/app", "./db")).toBe("/w/app/db");
  expect(resolveFolder("/w/app", "../../x//y/")).toBe("/x/y");
});

describe("keys", () => {
  it.each([
    ["{ a = 1, b = 2 }", ["a", "b"], [], false],
    ["{ a = 1, (b) = 2 }", ["a"], [], true],
    ["merge({ a = 1 }, local.b, { c = 2 })", ["a", "c"], ["local.b"], false],
    ["tomap({ a = 1 })", ["a"], [], false],
    ["x ? { a = 1, b = 2 } : { a = 3 }", ["a"], [], true],
    ["x ? { a = 1 } : { a = 3 }", ["a"], [], false],
    ["null", [], [], false],
    ["f({ a = 1 })", [], [], true],
  ])("of %s", (text, keys, from, open) => {
    expect(keysIn(text)).toEqual({ keys, from, open });
  });

  it("follow locals, and stop at what is defined twice, in circles or elsewhere", () => {
    const workspace = over({
      "/w/a.tf": "locals {\n  a = merge(local.b, { x = 1 })\n  b = { y = 2 }\n  c = local.d\n  d = local.c\n}\n",
      "/w/b.tf": "locals {\n  e = { z = 1 }\n}\n",
      "/w/c.tf": "locals {\n  e = { z = 2 }\n}\n",
    });
    const resolve = (path: string) => resolveKeys(workspace, "/w", { keys: [], from: [path], open: false });
    expect(resolve("local.a")).toEqual({ keys: ["x", "y"], from: [], open: false });
    for (const path of ["local.c", "local.e", "local.unknown", "var.tags", "local.a.x"])
      expect(resolve(path).open, path).toBe(true);
  });

  it("come from the provider of the caller, through several modules", () => {
    const workspace = over({
      "/w/main.tf":
        'provider "aws" {\n  default_tags {\n    tags = { Owner = "a" }\n  }\n}\nmodule "m" {\n  source = "./m"\n}\n',
      "/w/m/main.tf":
        'module "n" {\n  source = "./n"\n}\nmodule "o" {\n  source = "./o"\n  providers = var.providers\n}\n',
      "/w/m/n/main.tf": "",
      "/w/m/o/main.tf": "",
    });
    expect(providerKeys(workspace, "/w/m/n", { name: "aws" })).toEqual({ keys: ["Owner"], from: [], open: false });
    expect(providerKeys(workspace, "/w/m/o", { name: "aws" }).open).toBe(true);
    expect(providerKeys(workspace, "/w/m/n", { name: "aws", alias: "eu" }).open).toBe(true);
  });

  it("stay unknown for modules that call each other in a circle", () => {
    const workspace = over({
      "/w/a/main.tf": 'module "b" {\n  source = "../b"\n}\n',
      "/w/b/main.tf": 'module "a" {\n  source = "../a"\n}\n',
    });
    expect(providerKeys(workspace, "/w/a", { name: "aws" }).open).toBe(true);
  });

  it("belong to a provider by name and alias", () => {
    expect(providerName("aws")).toEqual({ name: "aws" });
    expect(providerName("aws.eu")).toEqual({ name: "aws", alias: "eu" });
    expect(providerName("aws.by_region[each.key]")).toEqual({ name: "aws", alias: "by_region" });
    expect(providerName("aws.a.b")).toBeUndefined();
  });
});

describe("modules", () => {
  const workspace = over({
    "/w/app/main.tf": 'module "db" {\n  source = "../db"\n}\n',
    "/w/live/terragrunt.hcl": "",
    "/w/lib/main.tf": "",
    "/w/lib/examples/plain/main.tf": 'provider "aws" {}\n',
    "/w/other/examples/full/main.tf": 'module "x" {\n  source = "../../queue"\n}\n',
  });

  it("are called, or lie where called ones lie", () => {
    expect(isCalled(workspace, "/w/db")).toBe(true);
    expect(isCalled(workspace, "/w/app")).toBe(false);
    expect(isCalled(workspace, "/w/modules/app")).toBe(true);
  });

  it("are run by Terragrunt when its file lies beside or above", () => {
    expect(usesTerragrunt(workspace, "/w/live/prod/app")).toBe(true);
    expect(usesTerragrunt(workspace, "/w/app")).toBe(false);
  });

  it("are examples below the module that they show", () => {
    expect(isExample(workspace, "/w/lib/examples/plain")).toBe(true);
    expect(isExample(workspace, "/w/other/examples/full")).toBe(true);
    expect(isExample(workspace, "/w/examples/shop")).toBe(false);
    expect(isExample(workspace, "/w/app")).toBe(false);
  });
});

describe("terraform/remote-state", () => {
  const findings = (files: Readonly<Record<string, string>>) => {
    const path = "/w/main.tf";
    const text = 'provider "aws" {}\n';
    return [...remoteState.check(parseTerraform(path, text), {}, over({ ...files, [path]: text }))];
  };

  it("speaks of a module that is known as a whole", () => {
    expect(findings({})).toHaveLength(1);
  });

  it("is silent beside a file that is not read", () => {
    expect(findings({ "/w/backend.tf.json": "{" })).toEqual([]);
  });

  it("is silent beside settings of a backend", () => {
    expect(findings({ "/w/prod.s3.tfbackend": 'bucket = "acme-state"\n' })).toEqual([]);
  });
});
