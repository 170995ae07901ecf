// Trackers are read however people and tools have written them, and nothing is read that is not there.

import { expect, test } from "vitest";
import { parseMarkdown } from "../../../server/engine/languages/markdown/parse.js";
import { isAwaited } from "../../../server/engine/protocol/answers.js";
import type { TrackedProtocol } from "../../../server/engine/protocol/model.js";
import { trackerText } from "../../../server/engine/protocol/template.js";
import { findTracker } from "../../../server/engine/protocol/tracker.js";
import { createStatusReader, phaseNumber, sameTitle } from "../../../server/engine/protocol/words.js";
import { bareTracker, dop, trackerIn } from "./dop.js";

const readStatus = createStatusReader(dop.tracker.statuses);

/** What the bytes of a text look like to a program that takes them for one-byte characters. */
const misread = (text: string, encoding: string): string =>
  encoding === "latin1" ? Buffer.from(text).toString("latin1") : new TextDecoder(encoding).decode(Buffer.from(text));

test.each([
  ["❌ Not Started", "not-started"],
  ["not started", "not-started"],
  ["NOT-STARTED", "not-started"],
  ["❌", "not-started"],
  ["❌\uFE0F Not Started", "not-started"],
  ["", undefined],
  ["⏳ In Progress", "in-progress"],
  ["⏳\uFE0F", "in-progress"],
  ["In  progress", "in-progress"],
  ["In Progress ⏳", "in-progress"],
  ["**In Progress**", "in-progress"],
  ["🔄 WIP", "in-progress"],
  ["✅ Complete", "complete"],
  ["✅Complete", "complete"],
  ["done", "complete"],
  ["✔️", "complete"],
  ["â\u009dŒ Not Started", "not-started"],
  ["âŒ Not Started", "not-started"],
  ["âŒ", "not-started"],
  ["â³ In Progress", "in-progress"],
  ["â\u008f³", "in-progress"],
  ["â�³ In Progress", "in-progress"],
  ["âœ… Complete", "complete"],
  ["âœ…", "complete"],
  ["� Complete", "complete"],
  ["Complete?!", "complete"],
  ["Not Complete", undefined],
  ["✅ Not Started", undefined],
  ["âœ… In Progress", undefined],
  ["✅ ❌", undefined],
  ["Blocked", undefined],
  ["❌ Blocked", undefined],
  ["90 %", undefined],
])("status %j is %s", (cell, meaning) => {
  expect(readStatus(cell)?.meaning).toBe(meaning);
});

test.each(dop.tracker.statuses)("$label is read from every encoding it may have been spoilt by", (status) => {
  for (const encoding of ["windows-1252", "latin1"])
    for (const text of [
      `${status.emoji} ${status.label}`,
      `${status.emoji}`,
      `${status.emoji}\uFE0F ${status.label.toUpperCase()}`,
    ])
      expect(readStatus(misread(text, encoding))?.meaning, text).toBe(status.meaning);
});

test.each([
  ["2", 2],
  ["2.", 2],
  ["Phase 2", 2],
  ["**#2**", 2],
  ["2b", undefined],
  ["2 3", undefined],
  ["two", undefined],
])("%j is phase %s", (cell, number) => {
  expect(phaseNumber(cell)).toBe(number);
});

test("a heading is the same with a number, a remark, other marks or case", () => {
  for (const heading of [
    "Cost Analysis",
    "3. cost analysis",
    "1.2 Cost Analysis",
    "2) COST-ANALYSIS (2025)",
    "💰 Cost Analysis:",
    "Cost Analysis {#costs}",
  ])
    expect(sameTitle(heading, ["Cost Analysis"]), heading).toBe(true);
  for (const heading of ["Cost", "Cost Analysis of last year", "No Cost Analysis"])
    expect(sameTitle(heading, ["Cost Analysis"]), heading).toBe(false);
  expect(sameTitle("Monitoring and Observability", ["Monitoring & Observability"])).toBe(true);
});

test("the table of the protocol is read as printed", () => {
  const { phases, log, problem } = trackerIn(bareTracker);
  expect(phases.map(({ row }) => row?.status?.meaning)).toEqual([
    "in-progress",
    "not-started",
    "not-started",
    "not-started",
    "not-started",
  ]);
  expect([log, problem]).toEqual([undefined, undefined]);
  expect(phases.flatMap(({ boxes }) => boxes).filter(Boolean)).toEqual([]);
});

test("the heading may be at any level and carry marks; the file may hold other things", () => {
  for (const heading of [
    "# DOP Phase Tracker",
    "###### **dop phase tracker**",
    "DOP Phase Tracker\n===",
    "## 📊 DOP Phase-Tracker ##",
    "## 2. DOP Phase Tracker (2026)",
    '## DOP Phase Tracker <a id="tracker"></a>',
    "## DOP Phase Tracker {#tracker}",
  ]) {
    const text = `# Other\n\n| Phase | Status |\n|---|---|\n| 1 | nonsense |\n\n${bareTracker.replace("### DOP Phase Tracker", `${heading}\n`)}`;
    expect(trackerIn(text).phases[0]?.row?.status?.meaning, heading).toBe("in-progress");
  }
});

test("of several headings the one with a table counts", () => {
  const { phases } = trackerIn(`# DOP Phase Tracker\n\nSee below.\n\n# ${bareTracker.slice(4)}`);
  expect(phases[0]?.row?.status?.meaning).toBe("in-progress");
});

test("a tracker in a fence, a comment or a quotation is none", () => {
  for (const text of [
    `\`\`\`markdown\n${bareTracker}\`\`\`\n`,
    `<!--\n${bareTracker}-->\n`,
    bareTracker.replace(/^/gm, "> "),
    "",
  ])
    expect(findTracker(parseMarkdown("/x.md", text), dop)).toBeUndefined();
});

test("a heading without the table says what is missing", () => {
  expect(trackerIn("# DOP Phase Tracker\n\nSoon.\n").problem).toBe(
    'Under "DOP Phase Tracker" stands no table with the columns "Phase" and "Status"',
  );
});

test("columns may stand in any order, rows may name their phase by title", () => {
  const text = `# DOP Phase Tracker

STATUS | Owner | *Title* | phase
---|---|---|---
Done | kim | Infrastructure Assessment | Phase 1
✅ | kim | 2. Infrastructure as Code Implementation | –
❌ | kim | something else | 3
`;
  const { phases } = trackerIn(text);
  expect(phases.map(({ row }) => row?.status?.meaning)).toEqual([
    "complete",
    "complete",
    "not-started",
    undefined,
    undefined,
  ]);
});

const withBoxes = (boxes: string): string => `${bareTracker}\n#### Phase 1\n\n${boxes}\n`;
const matched = (boxes: string): readonly (string | undefined)[] =>
  trackerIn(withBoxes(boxes)).phases[0]?.boxes.map((box) => box?.text) ?? [];

test.each([
  [
    "in order",
    "- [ ] Requirements documented\n- [ ] Architecture diagram created\n- [ ] Security blueprint ready\n- [ ] Cost model prepared",
    [0, 1, 2, 3],
  ],
  [
    "in another order",
    "- [ ] Cost model prepared\n- [ ] Security blueprint ready\n- [ ] Requirements documented\n- [ ] Architecture diagram created",
    [2, 3, 1, 0],
  ],
  [
    "with remarks and marks",
    "1. [ ] **requirements documented** (REQ-1)\n2. [ ] Architecture Diagram created: plan.svg\n3. [ ] Security Planning: Security blueprint ready\n4. [ ] Cost Estimation",
    [0, 1, 2, 3],
  ],
  ["in words of their own", "- [ ] a\n- [ ] b\n- [ ] c\n- [ ] d", [0, 1, 2, 3]],
  [
    "one in other words",
    "- [ ] Requirements documented\n- [ ] We drew it\n- [ ] Security blueprint ready\n- [ ] Cost model prepared",
    [0, 1, 2, 3],
  ],
  [
    "one missing, another box at the end",
    "- [ ] Requirements documented\n- [ ] Security blueprint ready\n- [ ] Cost model prepared\n- [ ] Buy a cake",
    [0, undefined, 1, 2],
  ],
  [
    "two for one",
    "- [ ] Requirements documented\n- [ ] this\n- [ ] that\n- [ ] Security blueprint ready\n- [ ] Cost model prepared",
    [0, undefined, 3, 4],
  ],
  ["with sub-tasks", "- [ ] a\n  - [ ] a1\n  - [ ] a2\n- [ ] b\n- [ ] c\n- [ ] d", [0, 3, 4, 5]],
  ["nested ones by their words", "- [ ] all\n  - [ ] Cost model prepared", [undefined, undefined, undefined, 1]],
  [
    "of the phase before nested ones with the same words",
    "- [ ] Requirements documented\n  - [x] Security blueprint ready\n- [ ] Architecture diagram created\n- [ ] Security blueprint ready (@kim)\n- [ ] Cost model prepared",
    [0, 2, 3, 4],
  ],
  [
    "nested in one that begins like them",
    "- [ ] Security Planning: all of it\n  - [x] Security blueprint ready",
    [undefined, undefined, 1, undefined],
  ],
  ["none", "- Requirements documented", [undefined, undefined, undefined, undefined]],
])("boxes %s", (_, boxes, positions) => {
  const texts = trackerIn(withBoxes(boxes)).file.tasks.map(({ text }) => text);
  expect(matched(boxes)).toEqual(positions.map((position) => (position === undefined ? undefined : texts[position])));
});

test("boxes of a phase may stand at the tracker's own level, and end where something else begins", () => {
  const list = "- [x] Requirements documented\n";
  const beside = trackerIn(`${bareTracker}\n### Phase 1: Infrastructure Assessment & Planning\n\n${list}`);
  expect(beside.phases[0]?.boxes[0]?.state).toBe("done");
  const apart = trackerIn(`${bareTracker}\n### Another topic\n\n### Phase 1\n\n${list}`);
  expect(apart.phases[0]?.boxes[0]).toBeUndefined();
  const nested = trackerIn(`${bareTracker}\n#### Phase 1\n\n##### Phase 2\n\n- [x] a\n- [x] b\n- [x] c\n- [x] d\n`);
  expect(nested.phases[0]?.boxes.filter(Boolean)).toEqual([]);
});

const withLog = (rows: string): string =>
  `${bareTracker}\n#### Gate Log\n\n| Date | Phase | Answer | By | Evidence |\n|--|--|--|--|--|\n${rows}`;

test.each([
  ["none", "| 2025-01-01 | 2 | Yes | kim | |", undefined],
  ["one", "| 2025-01-01 | 1 | Yes | kim | |", "Yes"],
  ["the last one of a day", "| 2025-01-01 | 1 | yes | kim | |\n| 2025-01-01 | 1 | **No** | kim | |", "No"],
  ["the newest day", "| 2025-03-01 | Phase 1 | Clarify | kim | |\n| 2025-02-01 | 1 | Yes | kim | |", "Clarify"],
  ["the last one, should a date be unknown", "| 2025-03-01 | 1 | No | kim | |\n| yesterday | 1 | Yes | kim | |", "Yes"],
  ["unknown words", "| 2025-03-01 | 1 | Perhaps | kim | |", undefined],
  ["an unedited choice", "| 2025-03-01 | 1 | Yes \\| No \\| Clarify | kim | |", undefined],
])("the answer to a gate: %s", (_, rows, word) => {
  expect(trackerIn(withLog(rows)).phases[0]?.answers.at(-1)?.answer?.word).toBe(word);
});

test("answers of a second log, which a merge has left, count as well", () => {
  const row = "| 2025-01-01 | 1 | Yes | kim | |";
  const second = "| Date | Phase | Answer | By | Evidence |\n|--|--|--|--|--|\n| 2025-02-01 | 1 | No | lee | |\n";
  const { phases, log } = trackerIn(`${withLog(`${row}\n`)}\n#### Gate Log\n\n${second}`);
  expect(phases[0]?.answers.map(({ text }) => text)).toEqual(["Yes", "No"]);
  expect(log?.rows.length).toBe(1);
});

test.each([
  ["1: Infra", "Yes"],
  ["1 - Infrastructure", "Yes"],
  ["Phase 1: Infrastructure Assessment & Planning", "Yes"],
  ["Infrastructure Assessment", "Yes"],
  ["*infrastructure assessment & planning*", "Yes"],
  ["Infra", undefined],
  ["12: Infra", undefined],
  ["1-2", undefined],
])("a row of the log about %j", (cell, word) => {
  const { phases } = trackerIn(withLog(`| 2025-01-01 | ${cell} | Yes | kim | |`));
  expect(phases[0]?.answers.at(-1)?.answer?.word).toBe(word);
});

test.each([
  ["no day counts with the row above", "2025-03-01 No, soon Yes, 2025-02-01 Clarify", ["Clarify", "No", "Yes"]],
  ["a day that no calendar has is none", "2025-02-01 No, 2025-02-30 Yes, 2025-02-10 Clarify", ["No", "Yes", "Clarify"]],
  ["another way to write a day is none", "2025-02-01 Yes, 21.11.2024 No", ["Yes", "No"]],
  ["a time of the day does not count", "2025-02-01T12:00 Yes, 2025-02-01 No", ["Yes", "No"]],
])("the order of answers: %s", (_, rows, order) => {
  const lines = rows.split(", ").map((row) => row.split(" "));
  const text = withLog(lines.map(([day, word]) => `| ${day} | 1 | ${word} | kim | |`).join("\n"));
  expect(trackerIn(text).phases[0]?.answers.map((answer) => answer.text)).toEqual(order);
});

test("answers and statuses of nothing but signs are told apart", () => {
  const [first, second] = dop.gateAnswers;
  if (!first || !second) throw new Error("no answers");
  const answers = (yes: string, no: string) => ({
    ...dop,
    gateAnswers: [
      { ...first, word: yes },
      { ...second, word: no },
    ],
  });
  const read = (word: string, protocol: TrackedProtocol) =>
    trackerIn(withLog(`| 2025-01-01 | 1 | ${word} | kim | |`), protocol).phases[0]?.answers.at(-1)?.answer?.word;
  const thumbs = answers("👍", "👎");
  expect(["👍", "👎", "👎\uFE0F", "🤷"].map((word) => read(word, thumbs))).toEqual(["👍", "👎", "👎", undefined]);
  const go = answers("Go!", "Go?");
  expect(["Go!", "go ?", "GO?", "Go"].map((word) => read(word, go))).toEqual(["Go!", undefined, "Go?", undefined]);
  const marked = createStatusReader([
    { meaning: "not-started", label: "Go?" },
    { meaning: "in-progress", label: "Going" },
    { meaning: "complete", label: "Go!" },
  ]);
  expect(["Go!", "go?", "Go", "going …"].map((word) => marked(word)?.meaning)).toEqual([
    "complete",
    "not-started",
    undefined,
    "in-progress",
  ]);
});

test("a column of signs is found by its signs", () => {
  const columns = { ...dop.tracker.columns, phase: "#", notes: "…" };
  const protocol = { ...dop, tracker: { ...dop.tracker, columns } };
  const text = "# DOP Phase Tracker\n\n| 🙂 | # | Status |\n|---|---|---|\n| 2 | 1 | Done |\n";
  expect(trackerIn(text, protocol).phases.map(({ row }) => row?.status?.meaning)[0]).toBe("complete");
});

test("a legend or a summary above the table is passed over, an archive below it as well", () => {
  const head = "### DOP Phase Tracker\n";
  for (const legend of [
    "| Status | Phase | Meaning |\n|--|--|--|\n| ✅ | any | done |",
    "| Phase | Status |\n|--|--|\n| 1 | Complete |",
  ]) {
    const { phases } = trackerIn(bareTracker.replace(head, `${head}\n${legend}\n\n`));
    expect(phases.map(({ row }) => row?.status?.meaning)[0]).toBe("in-progress");
  }
  const short = `${head}\n| Phase | Status |\n|--|--|\n| 1 | Complete |\n\n#### Last year\n\n`;
  const { phases } = trackerIn(`${short}${bareTracker.slice(head.length)}`);
  expect(phases.map(({ row }) => row?.status?.meaning)).toEqual(["complete", ...Array(4).fill(undefined)]);
});

test("what speaks about a phase does not take the place of its section", () => {
  const list = "- [x] Requirements documented\n";
  const told = "#### Phase 1 retrospective\n\n- [ ] a\n- [ ] b\n- [ ] c\n- [ ] d\n";
  const both = trackerIn(`${bareTracker}\n${told}\n#### Phase 1: Assessment\n\n${list}`).phases[0];
  expect([both?.section?.heading.text, both?.boxes[0]?.state]).toEqual(["Phase 1: Assessment", "done"]);
  const alone = trackerIn(`${bareTracker}\n${told}`).phases[0];
  expect([alone?.section, alone?.boxes.filter(Boolean)]).toEqual([undefined, []]);
  const loose = trackerIn(`${bareTracker}\n#### Phase 1 of our work\n\n${list}`).phases[0];
  expect(loose?.boxes[0]?.state).toBe("done");
});

test("a second box of a checkpoint that says otherwise is kept apart", () => {
  const first = trackerIn(withBoxes("- [x] Requirements documented\n- [ ] Requirements documented")).phases[0];
  expect([first?.boxes[0]?.state, first?.contradicting.map(({ state }) => state)]).toEqual(["done", ["open"]]);
  const same = trackerIn(withBoxes("- [x] Requirements documented\n- [x] Requirements documented")).phases[0];
  expect(same?.contradicting).toEqual([]);
});

test("a row that only names its phase waits for an answer", () => {
  const { phases, log } = trackerIn(withLog("| | 1 | | | |\n| | Phase 2 | | | |\n| 2025-01-01 | 2 | | | |"));
  expect(phases.map(({ answers }) => answers.length)).toEqual([0, 1, 0, 0, 0]);
  expect(log?.rows.map((one) => log && isAwaited(one, log))).toEqual([true, true, false]);
});

test("an older state of the table in a section of its own takes nothing away", () => {
  const old = `#### Last year\n\n${bareTracker.slice(bareTracker.indexOf("|"))}`;
  const boxes = "#### Phase 1\n\n- [x] Requirements documented\n";
  expect(trackerIn(`${bareTracker}\n${old}\n${boxes}`).phases[0]?.boxes[0]?.state).toBe("done");
});

test("every prefix of a tracker is read without an error", () => {
  const text = trackerText(dop, "\r\n");
  for (let end = 0; end < text.length; end += 3) findTracker(parseMarkdown("/x.md", text.slice(0, end)), dop);
});
