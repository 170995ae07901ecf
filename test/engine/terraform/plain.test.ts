// The quick reader gives what the parser gives, or nothing.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: interpolations of the files that are judged

import { describe, expect, it } from "vitest";
import { readPlainly } from "../../../server/engine/languages/terraform/plain.js";
import { parseTerraform } from "../../harness/engine.js";

/** What the parser reads: a name in other letters keeps the quick reader away from the text. */
function parsed(text: string) {
  const { attributes, blocks } = parseTerraform("/w/main.tf", `${text}\n\u00e9 {}\n`);
  expect(blocks.at(-1)?.type).toBe("\u00e9");
  return { attributes, blocks: blocks.slice(0, -1) };
}

const expressions = [
  "1",
  "-1.5e3",
  '"a"',
  '"\\"q\\" \\u0041 $${x} %%{y} 5% $1"',
  '"${var.a}"',
  '"${~ var.a ~}"',
  '"a ${var.a} b ${f("x", "${var.b}")}"',
  '"$$${var.a}"',
  "null",
  "var.a",
  "var.a[0].b[*].c",
  'var.a["k"].b',
  "var.a[each.key]",
  "var.a.b[local.c.d].e",
  'aws_x.y["${each.key}"].id',
  "var.a.*.id",
  "var.a.0.id",
  "f()",
  "f(a, [1, 2], { a = 1 })",
  "f(a...)",
  "f(\n  a,\n  b,\n)",
  "f(a).b",
  "f(a)[0]",
  "(a)",
  "(a).b",
  "(a + b)",
  "!a",
  "-a",
  "a - 1",
  "a-1",
  "a == b && c != d || !e",
  "a >= 1 ? b : c",
  "a ? b : c ? d : e",
  "a ? b : c == 1 ? d : e ? f : g",
  "(a ? b : c) ? d : e",
  "(\n  a\n  ? b\n  : c\n)",
  "[]",
  "[1, 2,]",
  "[\n  1, # one\n  2, // two\n  /* three */ 3\n]",
  "[for a in b : a.id if a.on]",
  "{ for k, v in b : k => v... if v }",
  "{ for k, v in b : k => { x = v } }.y",
  "{ format = 1, for = 2 }",
  '{ a = 1, "b" : 2, (c) = 3, "${d}" = 4, 5 = 6, e.f = 7, "g.h" = i }',
  "{\n  a = 1\n  b = [\n    2,\n  ]\n\n  # c\n  d = {}\n}",
  "<<EOF\n  a\n  b ${c} $${d}\nEOF",
  "<<-EOF\n  a\n  EOF",
  "<<EOF\nEOF",
  "[<<A, <<B]\nx\nA\ny\nB",
  "jsonencode({\n  a = <<EOF\nx\nEOF\n  b = 1\n})",
];

describe("an expression", () => {
  it.each(expressions)("%s", (expression) => {
    const text = `a {\n  b = ${expression}\n  c = 1\n}\n`;
    const plain = readPlainly(text);
    if (plain) expect(plain).toEqual(parsed(text));
  });

  it("is read without the parser in nearly every form", () => {
    const left = expressions.filter((expression) => !readPlainly(`a = ${expression}\n`));
    expect(left).toEqual(["[<<A, <<B]\nx\nA\ny\nB"]);
  });
});

describe("a body", () => {
  it.each([
    "",
    "# only a comment",
    "a {}\nb {}",
    'a "b" c {\r\n  d = 1 # e\r\n  f { g = "h" }\r\n}\r\n',
    "a = 1\nb /* c */ = /* d */ 2 // e\n",
    'a "b\\"c" {\n  /* d\n  e */\n  f = g\n}\n',
    "a = 1",
  ])("%j", (text) => expect(readPlainly(text)).toEqual(parsed(text)));

  it.each([
    "a = 1 b = 2\n",
    "a = \n1\n",
    "a\n",
    "a {\n",
    "}\n",
    "a = b = c\n",
    "a == 1\n",
    '"a" = 1\n',
    "a : 1\n",
    "a = [1 2]\n",
    "a = { b = 1 c = 2 }\n",
    "a = f(b... , c)\n",
    "a = provider::x::f(1)\n",
    'a = "%{ if b }c%{ endif }"\n',
    "\ufeffa = 1\n",
    `a = ${"[".repeat(200)}${"]".repeat(200)}\n`,
    `${"a {\n".repeat(200)}${"}\n".repeat(200)}`,
  ])("%j is left to the parser", (text) => expect(readPlainly(text)).toBe(undefined));
});
