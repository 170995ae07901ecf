// Text in Markdown is read as it stands.

import { expect, test } from "vitest";
import { parseMarkdown } from "../../../server/engine/languages/markdown/parse.js";
import { codeSpan, escapeMarkdown } from "../../../server/engine/report/markdown.js";

test.each([
  ["<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"],
  ["<!-- hidden", "&lt;!-- hidden"],
  ["*all* of **it**", "\\*all\\* of \\*\\*it\\*\\*"],
  ["_a_ __b__ aws_vpc.main phase1_plan.md", "\\_a\\_ \\_\\_b\\_\\_ aws_vpc.main phase1_plan.md"],
  ["`code` [link](http://x) ~~no~~", "\\`code\\` \\[link\\](http://x) \\~\\~no\\~\\~"],
  ["a \\* b", "a &#92;\\* b"],
  ["R&D &lt; &#60; A & B", "R&amp;D &amp;lt; &amp;#60; A & B"],
])("%s", (text, escaped) => {
  expect(escapeMarkdown(text)).toBe(escaped);
});

test.each(["- [ ] not a box", "*emphasised*", "`code`", "[a](b)"])("a heading reads as it was written: %s", (text) => {
  const [heading] = parseMarkdown("/a.md", `# x ${escapeMarkdown(text)}\n`).headings;
  expect(heading?.text).toBe(`x ${text}`);
});

test("code may hold backticks", () => {
  expect(codeSpan("docs/a.md")).toBe("`docs/a.md`");
  expect(codeSpan("a`b``c")).toBe("``` a`b``c ```");
});
