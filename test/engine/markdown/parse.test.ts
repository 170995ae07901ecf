// Markdown is read exactly where it stands, whatever its line ends and indentation, and hostile texts cost little.

import { expect, test } from "vitest";
import { type MarkdownFile, plainText } from "../../../server/engine/languages/markdown/model.js";
import { parseMarkdown } from "../../../server/engine/languages/markdown/parse.js";
import { isPlaceholder } from "../../../server/engine/languages/markdown/placeholder.js";
import { maximumLines, maximumTableLines } from "../../../server/engine/languages/markdown/readable.js";
import type { Span } from "../../../server/engine/text.js";

const parse = (text: string): MarkdownFile => parseMarkdown("/doc.md", text);
const slice = (text: string, { start, end }: Span): string => text.slice(start, end);

const forms: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  CRLF: (text) => text.replaceAll("\n", "\r\n"),
  "byte order mark": (text) => `\uFEFF${text}`,
  "front matter": (text) => `---\ntitle: "- [ ] not a box"\n---\n${text}`,
  "byte order mark and front matter, CRLF": (text) => `\uFEFF---\na: 1\n---\n${text}`.replaceAll("\n", "\r\n"),
  "emoji before": (text) => `👩🏽‍💻 â³ ❌\n\n${text}`,
};

const document = [
  "# A *first* `heading` #",
  "",
  "| Phase | Status |",
  "|---|:-:|",
  "|\t1 \\| 2\t|❌ Not Started|",
  "| x ||",
  "",
  "Second\n------",
  "",
  "-\t[ ] one",
  "\t- [-] **two**",
  "\t\t1. [X]\tthree",
  "* [x] four [link](a.md)",
  "+ no box",
  "- [ ]",
  "- [y] no state",
  "",
  "```md",
  "- [ ] in a fence",
  "# in a fence",
  "```",
  "<!-- dakota",
  "- [ ] in a comment -->",
  "",
  "> - [ ] quoted",
  "> # quoted",
  "",
  "    - [ ] in indented code",
  "",
].join("\n");

for (const [name, form] of Object.entries(forms)) {
  test(`every part stands where the model says: ${name}`, () => {
    const text = form(document);
    const { headings, tables, tasks, comments, partial } = parse(text);
    expect(partial).toBe(false);
    expect(headings.map(({ level, text }) => [level, text])).toEqual([
      [1, "A first heading"],
      [2, "Second"],
    ]);
    expect(headings.map(({ span }) => slice(text, span).replaceAll("\r", ""))).toEqual([
      "# A *first* `heading` #",
      "Second\n------",
    ]);
    expect(
      tables.flatMap(({ header, rows }) => [header, ...rows]).map(({ cells }) => cells.map((cell) => cell.text)),
    ).toEqual([
      ["Phase", "Status"],
      ["1 | 2", "❌ Not Started"],
      ["x", ""],
    ]);
    const cells = tables.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
    expect(cells.map(({ span }) => slice(text, span))).toEqual(["1 \\| 2", "❌ Not Started", "x", ""]);
    expect(cells.map(({ whole }) => slice(text, whole))).toEqual(["\t1 \\| 2\t", "❌ Not Started", " x ", ""]);
    expect(
      tasks.map(({ box, state, text: words, depth, marker }) => [slice(text, box), state, words, depth, marker]),
    ).toEqual([
      [" ", "open", "one", 0, "-"],
      ["-", "in-progress", "two", 1, "-"],
      ["X", "done", "three", 2, "1."],
      ["x", "done", "four link", 0, "*"],
    ]);
    expect(tasks.map(({ span, marker }) => slice(text, span).startsWith(marker))).toEqual([true, true, true, true]);
    expect(comments.map((comment) => comment.text.replaceAll("\r", ""))).toEqual(["dakota\n- [ ] in a comment"]);
  });
}

test("a thematic break at the start is no front matter", () => {
  expect(parse("---\n\n# Here\n\n---\n").headings.map(({ text }) => text)).toEqual(["Here"]);
});

test("sections end at the next heading of the same or a higher level", () => {
  const text = "# a\none\n## b\ntwo\n### c\n## d\n# e\n";
  const parts = parse(text).sections.map(({ span, own }) => [slice(text, span), slice(text, own)]);
  expect(parts).toEqual([
    ["# a\none\n## b\ntwo\n### c\n## d\n", "\none"],
    ["## b\ntwo\n### c\n", "\ntwo"],
    ["### c\n", ""],
    ["## d\n", ""],
    ["# e\n", ""],
  ]);
});

test.each([
  ["", false],
  ["<!-- What goes here? -->", false],
  ["TBD", false],
  ["**TODO**: ask Kim", false],
  ["_To be defined_", false],
  ["[your text]", false],
  ["...", false],
  ["- \n- TBD", false],
  ["- [ ] TODO", false],
  ["| A | B |\n|---|---|", false],
  ["| A | B |\n|---|---|\n| | ... |", false],
  ["```\n```", false],
  ["---", false],
  ["> TBD", false],
  ["### Deeper", false],
  ["We run in two zones.", true],
  ["TBD\n\nexcept the network, which is done.", true],
  ["- eu-west-1", true],
  ["- [ ] Ask Kim", true],
  ["| A |\n|---|\n| 1 |", true],
  ["```mermaid\ngraph TD\n```", true],
  ["![plan](plan.svg)", true],
  ['<img src="plan.svg">', true],
  ["> As agreed.", true],
  ["### Deeper\n\nText.", true],
  ["N/A", true],
])("a section with %j is filled: %s", (body, filled) => {
  const [first] = parse(`## Cost\n\n${body}\n\n## Next\n\nText.\n`).sections;
  expect(first?.filled).toBe(filled);
});

test("a word that only begins like a placeholder is none", () => {
  expect(["Todoist is used", "tbdx"].filter(isPlaceholder)).toEqual([]);
});

test("plain text is what a reader sees", () => {
  expect(plainText("**A** _b_ `c_d` ~~e~~ [f](g.md 'h') ![i](j.png) k\\_l &amp; m<!-- n --> snake_case 2*3")).toBe(
    "A b c_d e f i k_l & m snake_case 2*3",
  );
});

test("every prefix of a document is read without an error", () => {
  const text = forms["byte order mark and front matter, CRLF"]?.(document) ?? "";
  for (let end = 0; end <= text.length; end++) {
    const { tasks, headings, tables } = parse(text.slice(0, end));
    for (const { span } of [...tasks, ...headings, ...tables]) expect(span.end).toBeLessThanOrEqual(end);
  }
});

const long = maximumTableLines + 10;
test.each([
  ["ten thousand quotations", "> ".repeat(10_000), true],
  ["ten thousand lists in a line", "- ".repeat(10_000), true],
  ["a thousand lists in lines", Array.from({ length: 1_000 }, (_, i) => `${"  ".repeat(i)}- a`).join("\n"), true],
  ["a long table", `| a |\n|---|\n${"| b |\n".repeat(long)}`, true],
  ["many tables", "| a |\n|---|\n| b |\n\n".repeat(long), true],
  ["many separate quotations", "> > > x\n\n".repeat(7_000), true],
  ["many lines", "a\n".repeat(maximumLines + 10), true],
  ["a very long line", "a ".repeat(1_000_000), true],
  ["unpaired marks", `${"*a **b `c [d ".repeat(20_000)}`, false],
  ["rising ticks", Array.from({ length: 900 }, (_, i) => "`".repeat(i)).join(" "), false],
  ["unclosed comments", "<!-- ".repeat(20_000), false],
  ["control characters", "\0\u0001\uFFFF\uD800 # a\n".repeat(1_000), false],
])("%s: read to the end, the rest of the file as ever", (_, hostile, partial) => {
  const file = parse(`# Title\n\n- [x] ticked\n\n${hostile}`);
  expect(file.headings[0]?.text).toBe("Title");
  expect(file.tasks[0]?.state).toBe("done");
  expect(file.partial).toBe(partial);
  expect(file.problems.length > 0).toBe(partial);
});

test("what follows a part that is too deep is read", () => {
  const file = parse(`${"- ".repeat(1_000)}x\n\n# After\n\n- [ ] box\n`);
  expect(file.headings.map(({ text }) => text)).toEqual(["After"]);
  expect(file.tasks.map(({ text }) => text)).toEqual(["box"]);
});
