// Override files change the blocks of other files as Terraform says, and OpenTofu's files stand in the place of others.

import { describe, expect, it } from "vitest";
import { facts } from "../../../server/engine/languages/terraform/facts.js";
import { attributeOf, type Block, nestedBlocks } from "../../../server/engine/languages/terraform/model.js";
import { filesOf, providerKeys, valueIn } from "../../../server/engine/languages/terraform/module.js";
import { resolve, resourcesOf } from "../../../server/engine/languages/terraform/settings.js";
import { createWorkspaceIndex, type Workspace } from "../../../server/engine/workspace.js";
import { parseTerraform } from "../../harness/engine.js";

function over(files: Readonly<Record<string, string>>): Workspace {
  const index = createWorkspaceIndex();
  for (const [path, text] of Object.entries(files)) index.update(path, facts(parseTerraform(path, text)));
  return index.viewFor("/w/main.tf");
}

/** The first resource of `main.tf` with what these override files make of it. */
function merged(main: string, overrides: Readonly<Record<string, string>>): { block: Block; values: unknown } {
  const file = parseTerraform("/w/main.tf", main);
  const workspace = over({ "/w/main.tf": main, ...overrides });
  const [resource] = resourcesOf(file, workspace);
  if (!resource) throw new Error("no resource");
  const values = Object.fromEntries(
    resource.block.attributes.map(({ name, value }) => {
      const known = resolve(resource, value);
      return [name, known && [known.value, known.origin]];
    }),
  );
  return { block: resource.block, values };
}

const resource = (body: string): string => `resource "r" "n" {\n${body}\n}\n`;

describe("an override", () => {
  it("sets arguments one by one, the last file in the order of the names wins", () => {
    const { values, block } = merged(resource("a = 1\nb = 2"), {
      "/w/z_override.tf": resource("b = 5"),
      "/w/a_override.tf": resource("b = 3\nc = 4"),
      "/w/override.tf.json": '{"resource": {"r": {"n": {"d": "x"}}}}',
      "/w/other_override.tf": 'resource "r" "other" {\n  a = 9\n}\n',
    });
    expect(values).toEqual({
      a: [1, undefined],
      b: [5, "set in z_override.tf"],
      c: [4, "set in a_override.tf"],
      d: ["x", "set in override.tf.json"],
    });
    expect(attributeOf(block, "b")?.value.span).toEqual({ start: 29, end: 30 });
    expect(attributeOf(block, "c")?.span).toEqual({ start: 9, end: 16 });
  });

  it("replaces nested blocks of a type, dynamic ones as well", () => {
    const { block } = merged(resource("x {\n  a = 1\n}\nx {\n  a = 2\n}\ny {\n}"), {
      "/w/override.tf": resource('dynamic "x" {\n  for_each = []\n  content {\n    a = 3\n  }\n}'),
    });
    expect(nestedBlocks(block, "x")).toMatchObject([{ certain: false, block: { origin: "override.tf" } }]);
    expect(nestedBlocks(block, "y")).toMatchObject([{ certain: true }]);
  });

  it("merges lifecycle argument by argument", () => {
    const { block } = merged(resource("lifecycle {\n  prevent_destroy = true\n  create_before_destroy = true\n}"), {
      "/w/override.tf": resource("lifecycle {\n  prevent_destroy = false\n}"),
    });
    const [lifecycle] = nestedBlocks(block, "lifecycle");
    expect(lifecycle?.block.attributes.map(({ name, origin }) => [name, origin])).toEqual([
      ["create_before_destroy", undefined],
      ["prevent_destroy", "override.tf"],
    ]);
  });

  it("is not judged by itself", () => {
    const file = parseTerraform("/w/override.tf", resource("a = 1"));
    expect(resourcesOf(file, over({}))).toEqual([]);
  });

  it("sets locals and defaults", () => {
    const workspace = over({
      "/w/main.tf":
        'locals {\n  a = 1\n  b = 1\n}\nvariable "v" {\n  default = 1\n}\nvariable "w" {\n  default = 1\n}\n',
      "/w/override.tf":
        'locals {\n  a = 2\n  b = f()\n}\nvariable "v" {\n  default = 2\n}\nvariable "w" {\n  type = number\n}\n',
    });
    const value = (kind: "terraform.local" | "terraform.variable", name: string) =>
      valueIn(workspace, kind, "/w", name)?.value;
    expect([value("terraform.local", "a"), value("terraform.local", "b")]).toEqual([2, undefined]);
    expect([value("terraform.variable", "v"), value("terraform.variable", "w")]).toEqual([2, 1]);
  });

  it("leaves the default tags of a provider that it says nothing about", () => {
    const main = 'provider "aws" {\n  default_tags {\n    tags = { Owner = "a" }\n  }\n}\n';
    const keys = (text: string) =>
      providerKeys(over({ "/w/a.tf": main, "/w/override.tf": text }), "/w", { name: "aws" });
    expect(keys('provider "aws" {\n  region = "x"\n}\n').keys).toEqual(["Owner"]);
    expect(keys('provider "aws" {\n  default_tags {\n    tags = { Team = "a" }\n  }\n}\n').keys).toEqual(["Team"]);
  });
});

describe("OpenTofu", () => {
  const files = {
    "/w/main.tf": "locals {\n  a = 1\n}\n",
    "/w/main.tofu": "locals {\n  a = 2\n}\n",
    "/w/x.tf.json": '{"locals": {"b": 1}}',
    "/w/x.tofu.json": '{"locals": {"b": 2}}',
    "/w/x.tf": "locals {\n  c = 1\n}\n",
  };

  it("reads its own files in the place of others", () => {
    const workspace = over(files);
    expect(filesOf(workspace, "/w").map(({ path }) => path)).toEqual(["/w/main.tofu", "/w/x.tf", "/w/x.tofu.json"]);
    expect(["a", "b", "c"].map((name) => valueIn(workspace, "terraform.local", "/w", name)?.value)).toEqual([2, 2, 1]);
  });

  it("reads the others when its own are gone", () => {
    const { "/w/main.tofu": _, ...rest } = files;
    expect(valueIn(over(rest), "terraform.local", "/w", "a")?.value).toBe(1);
  });
});
