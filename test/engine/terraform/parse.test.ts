// What the model of a Terraform file holds, and that no text breaks it.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: interpolations of the files that are judged

import { describe, expect, it } from "vitest";
import {
  addressOf,
  attributeOf,
  type Expression,
  ignoredChanges,
  nestedBlocks,
  type TerraformFile,
} from "../../../server/engine/languages/terraform/model.js";
import { parseTerraform } from "../../harness/engine.js";

const parse = (text: string, path = "/w/main.tf"): TerraformFile => parseTerraform(path, text);

const readValue = (expression: string): Expression => {
  const file = parse(`a = ${expression}\n`);
  const value = file.attributes[0]?.value;
  if (!value) throw new Error(`nothing read of ${expression}`);
  return value;
};

const at = (text: string, { span }: { readonly span: { readonly start: number; readonly end: number } }): string =>
  text.slice(span.start, span.end);

describe("blocks", () => {
  const text = [
    'resource "aws_instance" "web" {',
    "  count = 2",
    "  root_block_device {",
    "    encrypted = true",
    "  }",
    '  dynamic "ebs_block_device" {',
    "    for_each = var.disks",
    "    content {",
    "      encrypted = false",
    "    }",
    "  }",
    "  lifecycle {",
    "    ignore_changes = [tags, ami]",
    "  }",
    "}",
  ].join("\n");
  const [web] = parse(text).blocks;
  if (!web) throw new Error("no block");

  it("have labels, attributes and places", () => {
    expect(addressOf(web)).toBe("aws_instance.web");
    expect(web.labels.map((label) => at(text, label))).toEqual(['"aws_instance"', '"web"']);
    expect(text.slice(web.head.start, web.head.end)).toBe('resource "aws_instance" "web"');
    expect(text.slice(web.body.start, web.body.end).trim().startsWith("count = 2")).toBe(true);
    expect(at(text, web)).toBe(text);
    expect(web.broken).toBe(false);
  });

  it("show what may be there beside what is there", () => {
    expect(nestedBlocks(web, "root_block_device").map(({ certain }) => certain)).toEqual([true]);
    const [dynamic] = nestedBlocks(web, "ebs_block_device");
    expect(dynamic?.certain).toBe(false);
    expect(dynamic && attributeOf(dynamic.block, "encrypted")?.value).toMatchObject({ value: false });
    expect(nestedBlocks(web, "ephemeral_block_device")).toEqual([]);
  });

  it("say which changes they leave to others", () => {
    expect(ignoredChanges(web)).toEqual(["tags", "ami"]);
  });
});

describe("expressions", () => {
  it.each([
    ['"plain"', "plain"],
    ['"tab\\tquote\\" \\u00e9 \\U0001F600"', 'tab\tquote" é 😀'],
    ['"100% of $5"', "100% of $5"],
    ['"$${not} %%{interpolated}"', "${not} %{interpolated}"],
    ['"  padded  "', "  padded  "],
    ["42", 42],
    ["-1.5e3", -1500],
    ["true", true],
    ["null", null],
    ["(true)", true],
    ["<<EOF\none\ntwo\nEOF", "one\ntwo\n"],
    ["<<-EOF\n  one\n  EOF", "  one\n"],
    ["<<EOF\r\none\r\nEOF\r", "one\r\n"],
  ])("%s is a literal", (text, value) => {
    expect(readValue(text)).toMatchObject({ kind: "literal", value });
  });

  it.each([
    ["var.size", "var.size"],
    ["aws_vpc.main[0].id", "aws_vpc.main[0].id"],
    ["aws_vpc.main[each.key].id", "aws_vpc.main[each.key].id"],
    ["module.a[*].b", "module.a[*].b"],
    ["data.x.y.0.z", "data.x.y.0.z"],
    ["constructor", "constructor"],
    ['"${var.size}"', "var.size"],
    ["(var.size)", "var.size"],
  ])("%s is a reference", (text, path) => {
    expect(readValue(text)).toMatchObject({ kind: "reference", path });
  });

  it.each(["1 + 2", "!var.a", "[for a in b : a]", "{ for a in b : a => a }", "f(x).y", "-var.a"])(
    "%s has to be computed",
    (text) => {
      expect(readValue(text).kind).toBe("unknown");
    },
  );

  it("keeps what a string is made of", () => {
    const text = 'a = "x-${var.a}-${upper("b")}%{ if c }d%{ endif }"\n';
    const value = parse(text).attributes[0]?.value;
    expect(value).toMatchObject({
      kind: "template",
      parts: [{ kind: "reference", path: "var.a" }, { kind: "call", name: "upper" }, { kind: "unknown" }],
    });
    expect(value?.kind === "template" && text.slice(value.content.start, value.content.end)).toBe(text.slice(5, -2));
  });

  it("reads maps, lists, calls and choices", () => {
    expect(readValue('{ a = 1, "b c": 2, (d) = 3, "${e}f" = 4, 5 = 6 }')).toMatchObject({
      kind: "map",
      entries: [{ key: "a" }, { key: "b c" }, {}, {}, { key: "5" }],
    });
    const computed = readValue('{ (d) = 3, "${e}f" = 4 }');
    expect(computed.kind === "map" && computed.entries.every(({ key }) => key === undefined)).toBe(true);
    expect(readValue("{ (d) = 3 }")).toMatchObject({ entries: [{ keySpan: { start: 6, end: 9 } }] });
    expect(readValue('[1, # one\n  "two",\n]')).toMatchObject({
      kind: "list",
      items: [{ value: 1 }, { value: "two" }],
    });
    expect(readValue("merge(a, b...)")).toMatchObject({ kind: "call", name: "merge", spread: true, args: [{}, {}] });
    expect(readValue("provider::aws::arn_parse(x)")).toMatchObject({ kind: "call", name: "provider::aws::arn_parse" });
    expect(readValue('a ? "b" : c')).toMatchObject({
      kind: "conditional",
      whenTrue: { kind: "literal", value: "b" },
      whenFalse: { kind: "reference", path: "c" },
    });
  });
});

describe("files", () => {
  it("are known by their names", () => {
    expect(parse("", "/w/a/main.tf")).toMatchObject({ folder: "/w/a", kind: "configuration", override: false });
    expect(parse("", "/w/override.tf").override).toBe(true);
    expect(parse("", "/w/dev_override.tofu").override).toBe(true);
    expect(parse("", "/w/overrides.tf").override).toBe(false);
    expect(parse("", "/w/prod.auto.tfvars").kind).toBe("values");
    expect(parse("", "/w/prod.s3.tfbackend").kind).toBe("backend");
  });

  it("may begin with a byte order mark", () => {
    const text = "\ufeffa = 1\r\nb {\r\n}\r\n";
    const file = parse(text);
    expect(file.attributes.map(({ span }) => text.slice(span.start, span.end))).toEqual(["a = 1"]);
    expect(file.blocks.map(({ type }) => type)).toEqual(["b"]);
    expect(file.problems).toEqual([]);
  });

  it("may end without a line end", () => {
    expect(parse("a = <<EOF\nx\nEOF").attributes[0]?.value).toMatchObject({
      value: "x\n",
      span: { start: 4, end: 15 },
    });
    expect(parse("a = 1").attributes[0]?.span).toEqual({ start: 0, end: 5 });
  });
});

describe("comments", () => {
  it("are found outside of strings and heredocs only", () => {
    const text = [
      "# one",
      'a = "# no" // two',
      "b = <<EOF",
      "# no ${ /* three */ c }",
      "EOF",
      "/* four",
      "   lines */",
      'd = "${e("/* no */")}" # five',
    ].join("\n");
    expect(parse(text).comments.map((comment) => comment.text)).toEqual([
      "one",
      "two",
      "three",
      "four\n   lines",
      "five",
    ]);
    expect(parse(text).comments.map((comment) => at(text, comment))[1]).toBe("// two");
  });

  it("end before a carriage return", () => {
    const text = "# one\r\na = 1\r\n";
    expect(parse(text).comments.map((comment) => at(text, comment))).toEqual(["# one"]);
  });
});

it("knows blocks, attributes, entries and items as statements", () => {
  const text = "a {\n  b = {\n    c = [1, f({ d = 2 })]\n  }\n}\n";
  const statements = parse(text).statements.map((span) => text.slice(span.start, span.end));
  expect(statements.slice(1)).toEqual([
    "b = {\n    c = [1, f({ d = 2 })]\n  }",
    "c = [1, f({ d = 2 })]",
    "1",
    "f({ d = 2 })",
    "d = 2",
  ]);
  expect(statements[0]).toBe(text.trim());
});

describe("broken texts", () => {
  it.each([
    ['a = "x\nb = 1\n', "the string is not closed on its line", '"x'],
    ["a = <<EOF\nx\n", 'no line "EOF" ends the heredoc', "<<EOF"],
    ["a {\n  b = 1\n", '"{" is not closed', "{"],
    ["a = [1, 2\nb = 3\n", '"[" is not closed', "["],
    ["a = f(1]\n", '"(" is not closed: "]" comes first', "("],
    ["a = 1\n}\n", '"}" closes nothing', "}"],
    ["/* x", 'the comment is not closed by "*/"', "/*"],
  ])("%j is told", (text, message, marked) => {
    const { problems } = parse(text);
    expect(problems.map((problem) => [problem.message, at(text, problem)])).toEqual([[message, marked]]);
  });

  it.each([
    'a = "x ${ "y}" } z"\n',
    'a = "${\n  b\n}"\n',
    'a = <<EOF\n  EOF x\n\n  "${b}" { [ (\n  EOF\n',
    "a = <<-A\n${<<B\nb\nB\n}\nA\n",
    'a = "\\\\"\nb = "\\""\n',
    "a = b < 1 && c << 2\n",
    "# it's {\n// [\n/* ( */\n",
    "a = 1 %2\n",
    "",
  ])("%j is none", (text) => {
    expect(parse(text).problems).toEqual([]);
  });

  it("keep their faults in one block", () => {
    const text = 'resource "a" "b" {\n  tags =\n}\n\nresource "c" "d" {\n  e = 1\n}\n';
    const file = parse(text);
    expect(file.blocks.map(({ broken }) => broken)).toEqual([true, false]);
    expect(file.blocks.map(addressOf)).toEqual(["a.b", "c.d"]);
    expect(file.blocks[1]?.attributes.map((attribute) => at(text, attribute))).toEqual(["e = 1"]);
  });

  it("do not take the lines of a heredoc for blocks", () => {
    const file = parse('a "x" {\n  b = <<EOF\nresource "c" "d" {\nEOF\n  e =\n}\n');
    expect(file.blocks.map(({ type }) => type)).toEqual(["a"]);
  });

  it("lose no block behind a string that is left open", () => {
    const file = parse('a "x" {\n  b = "\n}\nc "y" {\n  d = 1\n}\n');
    expect(file.blocks.map(({ type, broken }) => [type, broken])).toContainEqual(["c", false]);
  });
});

describe("hostile texts", () => {
  const tokens = "{}[]()\"$%<-=. \nabEOF#/*:?'\\\r";
  const random = (length: number): string => {
    let seed = 7;
    let text = "";
    for (let i = 0; i < length; i++) {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff;
      text += tokens.charAt((seed >> 8) % tokens.length);
    }
    return text;
  };

  it.each([
    ["lists", "[".repeat(10_000)],
    ["closed lists", "[".repeat(10_000) + "]".repeat(10_000)],
    ["blocks", "a {\n".repeat(10_000)],
    ["strings", '"${'.repeat(10_000)],
    ["calls", "f(".repeat(10_000)],
  ])("nested %s are not judged", (_name, text) => {
    expect(parse(`a = ${text}`).notJudged).toMatch(/^nested deeper than 1000 levels/);
  });

  it("nested as deeply as nobody writes are read in part", () => {
    const depth = 500;
    const file = parse(`a = ${"[".repeat(depth)}1${"]".repeat(depth)}\n`);
    expect(file.notJudged).toBeUndefined();
    expect(file.attributes).toHaveLength(1);
  });

  it.each([
    ["noise", random(30_000)],
    ["chosen values", `a = ${"x ? 1 : ".repeat(5_000)}2\n`],
    ["quotes", '"'.repeat(20_000)],
    ["heredocs", "a = <<A1\n".repeat(5_000)],
    ["open comments", "/* ".repeat(50_000)],
    ["a long line", `a = "${"x".repeat(500_000)}`],
  ])("made of %s are survived", (_name, text) => {
    const started = performance.now();
    const file = parse(text);
    expect(file.statements.length).toBeGreaterThanOrEqual(0);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
