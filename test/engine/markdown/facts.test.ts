// What Markdown files say to the other files of a workspace, and that most of them say nothing.

import { expect, test } from "vitest";
import { facts } from "../../../server/engine/languages/markdown/facts.js";
import { parseMarkdown } from "../../../server/engine/languages/markdown/parse.js";
import { concerns, trackersIn } from "../../../server/engine/protocol/documents.js";
import { trackerText } from "../../../server/engine/protocol/template.js";
import { bareTracker, dop } from "../protocol/dop.js";
import { master } from "../protocol/generated.js";

const protocols = [dop, master];
const plan = "/r/docs/phase1_infrastructure_plan.md";

test("only trackers and the documents of protocols are worth parsing", () => {
  expect(concerns(plan, "", protocols)).toBe(true);
  expect(concerns("/r/deployment-readiness.md", "# Anything\n", protocols)).toBe(true);
  expect(concerns("/r/README.md", bareTracker, protocols)).toBe(true);
  expect(concerns("/r/README.md", "# The **DOP** *Phase* Tracker\n", protocols)).toBe(true);
  expect(concerns("/r/README.md", "# A tracker of bugs\n", protocols)).toBe(false);
  expect(concerns(plan, bareTracker, [])).toBe(false);
});

test("a document tells its sections, with lines and whether they are written", () => {
  const text = "# Plan\r\n\r\n## Cost Analysis\r\n\r\nTBD\r\n\r\n## Security Design\r\n\r\nTwo zones.\r\n";
  expect(facts(parseMarkdown(plan, text), protocols)).toEqual([
    {
      kind: "markdown.document",
      key: "phase1_infrastructure_plan.md",
      value: {
        sections: [
          { title: "Plan", line: 0, filled: true },
          { title: "Cost Analysis", line: 2, filled: false },
          { title: "Security Design", line: 6, filled: true },
        ],
        partial: false,
      },
    },
  ]);
});

test("a file tells each of its trackers", () => {
  const text = `# Project\n\n${trackerText(dop)}\n${trackerText(master)}`;
  const file = parseMarkdown("/r/README.md", text);
  expect(facts(file, protocols).map(({ kind, key }) => [kind, key])).toEqual([
    ["markdown.tracker", "dop"],
    ["markdown.tracker", "master"],
  ]);
  expect(facts(file, []).length).toBe(0);
});

test("of two trackers of one protocol the first counts", () => {
  const file = parseMarkdown("/r/README.md", `${bareTracker}\n${bareTracker}`);
  expect(trackersIn(file, protocols).map(({ repeated }) => repeated)).toEqual([false, true]);
});

test("a tracker nested in another one keeps its log and its phases to itself", () => {
  const file = parseMarkdown("/r/README.md", `# DOP Phase Tracker\n${bareTracker.slice(22)}\n${trackerText(master)}`);
  const [outer, inner] = trackersIn(file, protocols);
  expect([outer?.protocol.id, outer?.tracker.log, outer?.tracker.phases[0]?.section]).toEqual([
    "dop",
    undefined,
    undefined,
  ]);
  expect([inner?.protocol.id, inner?.tracker.log === undefined]).toEqual(["master", false]);
});
