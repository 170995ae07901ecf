// What edits of trackers write, and where; that they touch nothing else is in byteExact.test.ts.

import { expect, test } from "vitest";
import { parseMarkdown } from "../../../server/engine/languages/markdown/parse.js";
import { answerGate, type Change, completeTracker, setStatus, setStep } from "../../../server/engine/protocol/edits.js";
import { documentsOnly } from "../../../server/engine/protocol/evidence/basis.js";
import type { StatusMeaning } from "../../../server/engine/protocol/model.js";
import { readProgress } from "../../../server/engine/protocol/progress.js";
import { cellAt } from "../../../server/engine/protocol/tables.js";
import { trackerText } from "../../../server/engine/protocol/template.js";
import { findTracker } from "../../../server/engine/protocol/tracker.js";
import { applyEdits } from "../../../server/engine/text.js";
import { bareTracker, dop, trackerIn } from "./dop.js";

const apply = (text: string, { edits }: Change): string => applyEdits(text, edits);

test.each([
  ["| 2 | IaC | ⏳ In Progress | |", "complete", "| 2 | IaC | ✅ Complete | |"],
  ["|2|IaC|⏳ In Progress||", "complete", "|2|IaC|✅ Complete||"],
  ["| 2 | IaC | in progress | |", "not-started", "| 2 | IaC | Not Started | |"],
  ["| 2 | IaC | | |", "complete", "| 2 | IaC | ✅ Complete | |"],
  ["|2|IaC|||", "complete", "|2|IaC| ✅ Complete ||"],
  ["| 2 | IaC |\t**âŒ**  | x |", "complete", "| 2 | IaC |\t✅ Complete  | x |"],
  ["| 2 | IaC | whatever | |", "complete", "| 2 | IaC | ✅ Complete | |"],
] as const)("%j set to %s is %j", (row, meaning: StatusMeaning, after) => {
  const text = bareTracker.replace(/^\| 2 .*$/m, row);
  expect(apply(text, setStatus(trackerIn(text), dop, 2, meaning))).toBe(text.replace(row, after));
});

test("an aligned column stays aligned, until the text no longer fits", () => {
  const table = (header: string, status: string) =>
    `# DOP Phase Tracker\n\n| Phase |${header}|\n|---|---|\n| 1     |${status}|\n`;
  const wide = table(" Status        ", " ⏳ In Progress ");
  const done = apply(wide, setStatus(trackerIn(wide), dop, 1, "complete"));
  expect(done).toBe(table(" Status        ", " ✅ Complete    "));
  expect(apply(done, setStatus(trackerIn(done), dop, 1, "in-progress"))).toBe(wide);
  const narrow = table(" Status ", " Done   ");
  const longer = apply(narrow, setStatus(trackerIn(narrow), dop, 1, "in-progress"));
  expect(longer).toBe(table(" Status ", " In Progress "));
});

test("what cannot be changed says why", () => {
  const tracker = trackerIn(bareTracker.replace(/^\| 2 .*\n/m, "").replace(/^\| 3 .*$/m, "| 3 | x |"));
  expect(setStatus(tracker, dop, 2, "complete").problem).toBe("The table has no row for phase 2");
  expect(setStatus(tracker, dop, 9, "complete").problem).toBeTruthy();
  expect(setStep(tracker, dop, "dop/1/9", true).problem).toBeTruthy();
  expect(setStep(tracker, dop, "other/1/1", true).problem).toBeTruthy();
  const entry = { phase: 1, date: "2025-01-01", answer: "Maybe", by: "", evidence: "" };
  expect(answerGate(tracker, dop, entry).problem).toBe('"Maybe" is no answer to a gate');
  const none = trackerIn("# DOP Phase Tracker\n");
  expect(setStep(none, dop, "dop/1/1", true).problem).toBe(none.problem);
});

test("ticking in a bare table adds the boxes of the phase, in the order of the phases", () => {
  for (const eol of ["\n", "\r\n"]) {
    const bare = `${bareTracker}\n## Next\nText.\n`.replaceAll("\n", eol);
    let text = bare;
    for (const id of ["dop/3/2", "dop/1/1", "dop/2/5"]) {
      const change = setStep(trackerIn(text), dop, id, true);
      expect(change.inserted).toMatch(/^The tracker had no boxes for phase \d: they were added$/);
      text = apply(text, change);
    }
    const headings = parseMarkdown("/x.md", text).headings.map((heading) => heading.text.replace(/:.*/, ""));
    expect(headings).toEqual(["DOP Phase Tracker", "Phase 1", "Phase 2", "Phase 3", "Next"]);
    const { phases } = readProgress(dop, trackerIn(text), documentsOnly(new Map()));
    expect(phases.flatMap(({ steps }) => steps.flatMap(({ id, state }) => (state === "done" ? [id] : [])))).toEqual([
      "dop/1/1",
      "dop/2/5",
      "dop/3/2",
    ]);
    expect(
      text
        .replaceAll("\r\n", "\n")
        .split("\n")
        .filter((line) => !bare.includes(line)).length,
    ).toBe(3 + 4 + 5 + 5);
    expect(/(?<!\r)\n/.test(text)).toBe(eol === "\n");
    expect(text.startsWith(bareTracker.replaceAll("\n", eol))).toBe(true);
  }
});

test("a phase that the bare table calls complete gets ticked boxes, and one of them can be opened", () => {
  const text = bareTracker.replace("⏳ In Progress", "✅ Complete");
  expect(setStep(trackerIn(text), dop, "dop/1/2", true).edits).toEqual([]);
  const after = apply(text, setStep(trackerIn(text), dop, "dop/1/2", false));
  expect(trackerIn(after).phases[0]?.boxes.map((box) => box?.state)).toEqual(["done", "open", "done", "done"]);
});

test.each([
  [
    "- [ ] Requirements documented\n- [x] Security blueprint ready\n- [ ] Cost model prepared",
    "- [ ] Requirements documented\n- [x] Architecture diagram created\n- [x] Security blueprint ready\n- [ ] Cost model prepared",
  ],
  [
    "  * [ ] Requirements documented\n\n    more\n  * [x] Security blueprint ready",
    "  * [ ] Requirements documented\n\n    more\n  * [x] Architecture diagram created\n  * [x] Security blueprint ready",
  ],
  [
    "1) [ ] Requirements documented\n   - [ ] sub",
    "1) [ ] Requirements documented\n   - [ ] sub\n2) [x] Architecture diagram created",
  ],
  ["+ [x] Security blueprint ready", "+ [x] Architecture diagram created\n+ [x] Security blueprint ready"],
  [
    "- [ ] Requirements documented  \nlazy",
    "- [ ] Requirements documented  \nlazy\n- [x] Architecture diagram created",
  ],
])("a box that is missing in %j is added beside its neighbours", (boxes, expected) => {
  for (const eol of ["\n", "\r\n"]) {
    const text = `${bareTracker}\n#### Phase 1\n\n${boxes}\n\nText.\n`.replaceAll("\n", eol);
    const change = setStep(trackerIn(text), dop, "dop/1/2", true);
    expect(change.inserted).toBe('The tracker had no box for "Architecture diagram created": it was added');
    expect(apply(text, change)).toBe(`${bareTracker}\n#### Phase 1\n\n${expected}\n\nText.\n`.replaceAll("\n", eol));
  }
});

test("what is inserted is read back, or nothing is changed", () => {
  for (const swallower of ["```\nnever closed", "<!-- never closed"]) {
    const text = `${bareTracker}\n#### Phase 1\n\n${swallower}`;
    const change = setStep(trackerIn(text), dop, "dop/1/1", true);
    expect(change.edits).toEqual([]);
    expect(change.problem).toBe("What stands around the tracker would swallow the new lines");
  }
});

test("a bare table is completed to the full form, once", () => {
  for (const text of [
    bareTracker,
    bareTracker.trimEnd(),
    bareTracker.replaceAll("\n", "\r\n"),
    `${bareTracker}<!-- right below -->\n`,
    bareTracker.replace(/^\| [135] .*\n/gm, ""),
    `${bareTracker}\n#### Phase 2\n\n- [x] IaC project initialized\n\n#### Gate Log\n\nNothing yet.\n\n# Other\n`,
    trackerText(dop)
      .replace(/^- \[ \] (?:Metrics|Logs|Team).*\n/gm, "")
      .replace("DOP Phase Tracker\n", "DOP Phase Tracker  \n"),
  ]) {
    const change = completeTracker(trackerIn(text), dop);
    expect(change.inserted, text).toMatch(/^Added to the tracker: /);
    const whole = apply(text, change);
    const { phases, log } = trackerIn(whole);
    expect(log?.rows.map((row) => cellAt(row, log.columns.phase)?.text)).toEqual(["1", "2", "3", "4", "5"]);
    expect(phases.every(({ row, section, boxes }) => row && section && boxes.every(Boolean))).toBe(true);
    const starts = phases.map(({ section }) => section?.span.start ?? 0);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(completeTracker(trackerIn(whole), dop).edits).toEqual([]);
    for (const { span } of change.edits) expect(span.start).toBe(span.end);
  }
  expect(apply(bareTracker, completeTracker(trackerIn(bareTracker), dop))).toBe(trackerText(dop));
});

test("a table in a list item, with tabs, gets its row where it belongs", () => {
  const text = "# DOP Phase Tracker\n\n- Table:\n\n\t| Phase | Status |\n\t|---|---|\n\t| 2 | ❌ |\n";
  const whole = apply(text, completeTracker(trackerIn(text), dop));
  expect(trackerIn(whole).phases.map(({ row }) => row?.status?.meaning)).toEqual(Array(5).fill("not-started"));
  expect(whole).toContain("\t|---|---|\n\t| 1 | ❌ Not Started |\n\t| 2 | ❌ |\n\t| 3 |");
});

const today = "2026-11-21";
const logged = (word: string, day: string = today, by = "bob") => `| ${day} | 1 | ${word} | ${by} | by hand |`;
const fresh = trackerText(dop);
const answered = (text: string, answer: string, evidence = "seen") => {
  const change = answerGate(trackerIn(text), dop, { phase: 1, date: today, answer, by: "me", evidence });
  const after = apply(text, change);
  return { change, after, newest: trackerIn(after).phases[0]?.answers.at(-1) };
};
const secondLog = `\n#### Gate Log\n\n| Date | Phase | Answer | By | Evidence |\n|--|--|--|--|--|\n`;

test.each([
  ["a waiting row above a row of the same day", `${fresh}${logged("Yes")}\n`],
  ["a waiting row above a row without a day", `${fresh}${logged("Yes", "21.11.2026")}\n`],
  ["rows of later phases in between", `${fresh}${logged("Yes")}\n| 2026-11-20 | 2 | Yes | bob | x |\n`],
  ["a second log that a merge has left", `${fresh}${secondLog}${logged("Yes")}\n`],
  ["answers in both logs", `${fresh}${logged("No")}\n${secondLog}${logged("Yes")}\n`],
  [
    "a row that names the phase by its title",
    `${fresh}${logged("Yes").replace("| 1 |", "| Infrastructure Assessment |")}\n`,
  ],
])("the answer that is given last counts: %s", (_, text) => {
  const { change, after, newest } = answered(text, "No");
  expect(change.problem).toBeUndefined();
  expect([newest?.answer?.word, newest?.by]).toEqual(["No", "me"]);
  expect(after.split("\n").filter((line) => line.includes("| bob |"))).toEqual(
    text.split("\n").filter((line) => line.includes("| bob |")),
  );
});

test("an answer that would not count is refused", () => {
  const { change, after } = answered(`${fresh}${logged("Yes", "2027-01-01")}\n`, "No");
  expect(after).toBe(`${fresh}${logged("Yes", "2027-01-01")}\n`);
  expect(change.problem).toBe(
    "The log holds an answer of 2027-01-01: one of 2026-11-21 would not be the newest. Put that date right, or wait for that day",
  );
});

test.each([
  "see <!-- ticket",
  "see <!-- ticket --> there",
  "see `<!--` there",
  "a < b, <b>bold</b> and </td>",
  "a \\<!-- b",
])("a remark is read as it was written: %j", (remark) => {
  const { newest } = answered(fresh, "Yes", `${remark}; 0 of 4 checkpoints; open: Cost model prepared`);
  expect(newest?.evidence).toBe(
    `${remark.replaceAll("`", "").replace("\\<", "<")}; 0 of 4 checkpoints; open: Cost model prepared`,
  );
});

test("an unclosed comment in a row that somebody has written takes nothing away", () => {
  const row = "| 2026-11-21 | 1 | Yes | bob | see <!-- x; open: Cost model prepared |";
  const { answers } = trackerIn(`${fresh}${row}\n`).phases[0] ?? {};
  expect(answers?.at(-1)?.evidence).toBe("see <!-- x; open: Cost model prepared");
});

test("a file that was read in part is not inserted into", () => {
  const text = `${bareTracker}\n${"- ".repeat(500)}x\n`;
  const tracker = findTracker(parseMarkdown("/x.md", text), dop);
  expect(tracker && setStep(tracker, dop, "dop/1/1", true).problem).toBeTruthy();
});
