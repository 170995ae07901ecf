// "dakota-ignore" through the whole engine, on rules made for the purpose: one that finds every "bad" in a manifest.

import { describe, expect, it } from "vitest";
import { settingsFor } from "../../server/engine/config.js";
import { parseMarkdown } from "../../server/engine/languages/markdown/parse.js";
import { at, rule } from "../../server/engine/rule.js";
import { plainSnippet } from "../../server/engine/snippet.js";
import { ignoreEdit, suppressionsOf } from "../../server/engine/suppress.js";
import { applyEdits } from "../../server/engine/text.js";
import { engineOver } from "../harness/engine.js";

const finder = (word: string) =>
  rule({
    on: ["kubernetes", "terraform", "dockerfile"],
    title: word,
    why: word,
    severity: "warning",
    profile: "recommended",
    phase: 2,
    standard: "Test",
    *check({ text }) {
      for (const { index } of text.matchAll(new RegExp(`(?<!/)\\b${word}\\b`, "g")))
        yield at({ start: index, end: index + word.length }, word);
    },
  });

const rules = { "test/bad": finder("bad"), "test/ugly": finder("ugly") };
const check = (text: string, path = "/r/a.yaml") => engineOver(rules).check(path, text, settingsFor(path, undefined));
const found = (text: string, path?: string) =>
  check(text, path).findings.map(({ rule: id, message }) => `${id}: ${message}`);
const head = "apiVersion: v1\nkind: Pod\n";

describe("dakota-ignore", () => {
  it("holds on its own line and on the line below", () => {
    expect(found(`${head}a: bad # dakota-ignore test/bad -- known\n`)).toEqual([]);
    expect(found(`${head}# dakota-ignore test/bad -- known\na: bad\n`)).toEqual([]);
    expect(found(`${head}# dakota-ignore test/bad -- known\n\n# more\na: bad\n`)).toEqual([]);
    expect(found(`${head}# dakota-ignore test/bad -- known\na: x\nb: bad\n`)).toContain("test/bad: bad");
  });

  it("speaks about all that starts there: a key with its value, a list item, a document, a block", () => {
    expect(found(`${head}# dakota-ignore test/bad -- known\nspec:\n  x:\n    - bad\n  y: bad\n`)).toEqual([]);
    expect(found(`${head}list:\n  # dakota-ignore test/bad -- known\n  - a: 1\n    b: bad\n  - b: bad\n`)).toEqual([
      "test/bad: bad",
    ]);
    expect(found(`# dakota-ignore test/bad -- known\n${head}a: bad\nb: {c: bad}\n---\n${head}a: bad\n`)).toEqual([
      "test/bad: bad",
    ]);
    const block = `resource "a" "b" {\n  c = "bad"\n}\n`;
    expect(found(`# dakota-ignore test/bad -- known\n${block}${block}`, "/r/a.tf")).toEqual(["test/bad: bad"]);
    expect(found(`FROM a\n# dakota-ignore test/bad -- known\nRUN x \\\n  bad\nRUN bad\n`, "/r/Dockerfile")).toEqual([
      "test/bad: bad",
    ]);
  });

  it("reads every comment form of a language, and several rules at once", () => {
    for (const mark of ["# ", "// ", "/* "])
      expect(
        found(`${mark}dakota-ignore test/bad -- known${mark === "/* " ? " */" : ""}\na = "bad"\n`, "/r/a.tf"),
      ).toEqual([]);
    expect(found(`${head}# dakota-ignore test/bad, test/ugly -- known\na: bad ugly\n`)).toEqual([]);
    expect(found(`${head}# dakota-ignore test/bad test/ugly -- known\na: bad ugly\n`)).toEqual([]);
  });

  it("is text inside a block scalar", () => {
    expect(found(`${head}a: |\n  # dakota-ignore test/ugly -- known\n  ugly\n`)).toContain("test/ugly: ugly");
  });

  it("needs a reason", () => {
    expect(found(`${head}a: bad # dakota-ignore test/bad\n`)).toEqual([
      "test/bad: bad",
      "dakota/ignore-reason: the comment gives no reason, so it holds nothing back",
    ]);
    expect(found(`${head}a: bad # dakota-ignore test/bad --\n`)).toContain("test/bad: bad");
  });

  it("can end: on the day itself it holds, after it the finding is back", () => {
    expect(found(`${head}a: bad # dakota-ignore test/bad until=2026-01-15 -- known\n`)).toEqual([]);
    expect(found(`${head}a: bad # dakota-ignore test/bad until=2026-01-14 -- known\n`)).toEqual([
      "test/bad: bad",
      "dakota/ignore-expired: the exception ended on 2026-01-14",
    ]);
    expect(found(`${head}a: bad # dakota-ignore test/bad until=2026-02-30 -- known\n`)[1]).toContain("is no date");
  });

  it("is a finding when it is not needed or names no rule", () => {
    expect(found(`${head}a: fine # dakota-ignore test/bad -- known\n`)).toEqual([
      'dakota/ignore-unused: "test/bad" finds nothing here',
    ]);
    expect(found(`${head}a: bad # dakota-ignore test/bda -- known\n`)).toEqual([
      "test/bad: bad",
      'dakota/ignore-unknown: no rule is called "test/bda"',
    ]);
  });

  it("counts what it held back, and its removal leaves the rest as it was", () => {
    expect(check(`${head}a: bad # dakota-ignore test/bad -- known\n`).ignored).toBe(1);
    for (const [text, rest] of [
      [`${head}a: fine # dakota-ignore test/bad -- known\nb: 1\n`, `${head}a: fine\nb: 1\n`],
      [`${head}  # dakota-ignore test/bad -- known\r\na: fine\r\n`, `${head}a: fine\r\n`],
    ] as const)
      expect(applyEdits(text, check(text).findings[0]?.fixes[0]?.edits ?? [])).toBe(rest);
  });

  it("is written above the smallest statement around a finding, in its indentation", () => {
    const text = `${head.replaceAll("\n", "\r\n")}spec:\r\n  a:\r\n    - x: bad\r\n`;
    const { findings } = check(text);
    const source = engineOver(rules).source("/r/a.yaml", text);
    if (!source || !findings[0]) throw new Error("nothing found");
    const edit = ignoreEdit(source, "test/bad", findings[0].span);
    const ignored = applyEdits(text, [{ ...edit, text: plainSnippet(edit.text) }]);
    expect(ignored).toContain("\r\n    # dakota-ignore test/bad -- reason\r\n    - x: bad");
    expect(found(ignored)).toEqual([]);
  });

  it("is written into documents as their own kind of comment, above the block", () => {
    const text = "# Plan\n\nText.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
    const file = parseMarkdown("/r/plan.md", text);
    const at = text.indexOf("2 |");
    const edit = ignoreEdit(file, "test/bad", { start: at, end: at + 1 });
    const after = plainSnippet(applyEdits(text, [edit]));
    expect(after).toBe(text.replace("| a", "<!-- dakota-ignore test/bad -- reason -->\n| a"));
    const [comment] = suppressionsOf(parseMarkdown("/r/plan.md", after));
    expect(comment?.reason).toBe("reason");
    expect(comment && after.slice(comment.target.start, comment.target.end)).toBe(text.slice(text.indexOf("| a"), -1));
  });
});
