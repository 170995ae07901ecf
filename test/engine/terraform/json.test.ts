// Terraform in JSON gives the model of the native syntax, with places in the JSON text.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: interpolations of the files that are judged

import { describe, expect, it } from "vitest";
import { masked, readJson } from "../../../server/engine/languages/terraform/embedded.js";
import {
  attributeOf,
  type Block,
  type Expression,
  nestedBlocks,
  type TerraformFile,
} from "../../../server/engine/languages/terraform/model.js";
import { partsOf } from "../../../server/engine/languages/terraform/settings.js";
import type { Span } from "../../../server/engine/text.js";
import { parseTerraform } from "../../harness/engine.js";

const parse = (text: string, path = "/w/main.tf.json"): TerraformFile => parseTerraform(path, text);

const at = ({ text }: TerraformFile, { start, end }: Span): string => text.slice(start, end);

const named = ({ type, labels }: Block): string => [type, ...labels.map(({ text }) => text)].join(" ");

/** The value of an argument `a` of a resource. */
function argument(json: string): { readonly file: TerraformFile; readonly value: Expression } {
  const file = parse(`{"resource": {"r": {"n": {"a": ${json}}}}}`);
  const value = file.blocks[0] && attributeOf(file.blocks[0], "a")?.value;
  if (!value) throw new Error("no value");
  return { file, value };
}

describe("blocks", () => {
  it("have their labels in nested objects", () => {
    const file = parse('{"resource": {"aws_vpc": {"a": {}, "b": {}}}, "variable": {"size": {}}, "locals": {"x": 1}}');
    expect(file.blocks.map(named)).toEqual(["resource aws_vpc a", "resource aws_vpc b", "variable size", "locals"]);
    expect(file.blocks.map(({ head }) => at(file, head))).toEqual(['"a"', '"b"', '"size"', '"locals"']);
    expect(file.blocks[0] && at(file, file.blocks[0].span)).toBe('"a": {}');
  });

  it("may stand in lists on every level", () => {
    const file = parse('[{"provider": [{"aws": [{"alias": "a"}, {}]}, {"google": {}}]}, {"terraform": [{}, {}]}]');
    expect(file.blocks.map(named)).toEqual([
      "provider aws",
      "provider aws",
      "provider google",
      "terraform",
      "terraform",
    ]);
  });

  it("within blocks are those that Terraform knows", () => {
    const file = parse(`{"terraform": {"backend": {"s3": {"bucket": "b"}}, "required_providers": {"aws": {}}},
      "resource": {"r": {"n": {"lifecycle": {}, "provisioner": [{"local-exec": {}}], "tags": {"a": "b"}}}}}`);
    expect(file.blocks.map(({ blocks }) => blocks.map(named))).toEqual([
      ["backend s3", "required_providers"],
      ["lifecycle", "provisioner local-exec"],
    ]);
    expect(file.blocks[1]?.attributes.map(({ name }) => name)).toEqual(["tags"]);
  });

  it("of a provider's schema are arguments as well, as the one who asks takes them", () => {
    const file = parse(
      '{"resource": {"r": {"n": {"one": {"a": {"b": 1}}, "many": [{}, {}], "open": [{}, "${var.x}"]}}}}',
    );
    const [block] = file.blocks;
    if (!block) throw new Error("no block");
    expect(attributeOf(block, "one")?.value.kind).toBe("map");
    const [one] = nestedBlocks(block, "one");
    expect(one && nestedBlocks(one.block, "a").map(({ block: { attributes } }) => attributes.length)).toEqual([1]);
    expect(partsOf(block, "many")).toMatchObject({ parts: [{ certain: true }, { certain: true }], open: false });
    expect(partsOf(block, "open")).toMatchObject({ parts: [{}], open: true });
    expect(partsOf(block, "none")).toEqual({ parts: [], open: false });
  });

  it("that are dynamic have their content", () => {
    const file = parse(`{"resource": {"r": {"n": {"dynamic":
      [{"rule": {"for_each": [], "content": {"port": 1, "dynamic": {"inner": {"content": {"x": 2}}}}}}]}}}}`);
    const [rule] = file.blocks[0] ? nestedBlocks(file.blocks[0], "rule") : [];
    expect(rule).toMatchObject({ certain: false, block: { attributes: [{ name: "port" }] } });
    expect(rule && nestedBlocks(rule.block, "inner")).toMatchObject([{ block: { attributes: [{ name: "x" }] } }]);
  });
});

describe("comments", () => {
  it('are members called "//", with the comma behind them', () => {
    const file = parse('{"//": "one", "resource": {"//": ["x"], "r": {"n": {"//": " two "}}}}');
    expect(file.comments.map(({ text }) => text)).toEqual(["one", "", "two"]);
    expect(file.comments[0] && at(file, file.comments[0].span)).toBe('"//": "one",');
    expect(file.blocks.map(named)).toEqual(["resource r n"]);
    expect(file.blocks[0]?.attributes).toEqual([]);
  });
});

describe("strings", () => {
  it("are literals without interpolation", () => {
    expect(argument('"a\\u00e9\\n$${x}"').value).toMatchObject({ kind: "literal", value: "aé\n${x}" });
    expect(argument('"a"').value).toMatchObject({ span: { start: 31, end: 34 }, content: { start: 32, end: 33 } });
  });

  it("that are one interpolation are the value itself", () => {
    for (const [json, kind] of [
      ['"${ var.a }"', "reference"],
      ['"${aws_x.y[0].id}"', "reference"],
      ['"${f(\\"x\\")}"', "call"],
      ['"${{ a = 1 }}"', "map"],
      ['"${var.a ? 1 : 2}"', "conditional"],
      ['"${var.a}${var.b}"', "template"],
      ['" ${var.a}"', "template"],
      ['"%{ if true }a%{ endif }"', "template"],
      ['"${"', "unknown"],
    ] as const) {
      const { file, value } = argument(json);
      expect([json, value.kind]).toEqual([json, kind]);
      expect(at(file, value.span)).toBe(json);
    }
  });

  it("have the places of their parts behind escapes", () => {
    const { file, value } = argument('"\\"\\u0041\\" ${lookup(var.m, \\"k\\")} and ${var.b}"');
    if (value.kind !== "template") throw new Error(value.kind);
    expect(value.parts.map(({ span }) => at(file, span))).toEqual(['lookup(var.m, \\"k\\")', "var.b"]);
    expect(at(file, value.content)).toBe('\\"\\u0041\\" ${lookup(var.m, \\"k\\")} and ${var.b}');
  });

  it("are names where Terraform wants names", () => {
    const file = parse('{"module": {"m": {"providers": {"aws": "aws.eu"}, "depends_on": ["aws_vpc.a"]}}}');
    expect(file.blocks[0]?.attributes.map(({ value }) => value)).toMatchObject([
      { entries: [{ key: "aws", value: { kind: "reference", path: "aws.eu" } }] },
      { items: [{ kind: "reference", path: "aws_vpc.a" }] },
    ]);
  });

  it("are as they are in values and defaults", () => {
    expect(parse('{"a": "${x}"}', "/w/a.tfvars.json").attributes).toMatchObject([
      { name: "a", value: { kind: "literal", value: "${x}" } },
    ]);
    const [block] = parse('{"variable": {"v": {"default": "${x}"}}}').blocks;
    expect(block && attributeOf(block, "default")?.value).toMatchObject({ value: "${x}" });
  });

  it("that are computed keys leave the map open", () => {
    const { value } = argument('{"${var.k}": 1, "b": 2}');
    expect(value).toMatchObject({ entries: [{ value: { value: 1 } }, { key: "b" }] });
    expect(value.kind === "map" && value.entries[0]?.key).toBe(undefined);
  });
});

describe("faults", () => {
  it("cost what stands behind them", () => {
    const file = parse('{"locals": {"a": 1}, "resource": {"r": {"n": {"x": 1,, "y": 2}}}}');
    expect(file.problems).toMatchObject([{ message: "a key in quotes is to come" }]);
    expect(file.blocks.map(({ type, broken }) => [type, broken])).toEqual([
      ["locals", false],
      ["resource", true],
    ]);
  });

  it("are told where they stand", () => {
    const told = (text: string) => {
      const file = parse(text);
      return file.problems.map(({ span, message }) => [at(file, span), message]);
    };
    expect(told('{"a": {"b": 1}')).toEqual([["{", '"{" is not closed']]);
    expect(told('{"a": "b}')).toEqual([['"', "the string is not closed on its line"]]);
    expect(told('{"a": yes}')).toEqual([["yes", '"yes" is no value of JSON']]);
    expect(told('{"a" 1}')).toEqual([["1", 'no ":" follows the key "a"']]);
    expect(told('{"a": [1 2]}')).toEqual([["2", 'a comma or "]" is to come here']]);
    expect(told('{"a": "\\q"}')).toEqual([['"\\q"', "the string has an escape that JSON does not know"]]);
    expect(told("{} {}")).toEqual([["{", "the text goes on behind its value"]]);
    expect(told("")).toEqual([]);
    expect(told("\uFEFF{}\r\n")).toEqual([]);
  });

  it("are no matter of depth or junk", () => {
    expect(parse("[".repeat(100_000)).notJudged).toBe("nested deeper than 1000 levels");
    expect(parse(`{"locals": {"a": ${"[".repeat(500)}${"]".repeat(500)}}}`).problems).toEqual([]);
    expect(parse("\u0001}{\ud800").problems.length).toBe(1);
  });
});

it("takes a quick look at a long file", () => {
  const text = `{"resource": {"r": {${Array.from({ length: 20_000 }, (_, i) => `"n${i}": {"a": "\${var.x}"}`).join()}}}}`;
  const start = performance.now();
  expect(parse(text).blocks.length).toBe(20_000);
  expect(performance.now() - start).toBeLessThan(1_500);
});

it("JSON in Terraform text is read with its interpolations masked", () => {
  const read = readJson(masked('{"a": ["${x["y"]}", ${z}, 1]}'), (start, end) => ({ start, end }));
  expect(read).toMatchObject({
    kind: "map",
    entries: [{ key: "a", value: { items: [{ kind: "unknown" }, { kind: "unknown" }, { value: 1 }] } }],
  });
  expect(readJson("{'a': 1}", (start, end) => ({ start, end }))).toBe(undefined);
});
