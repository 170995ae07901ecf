// The five states of a phase, the current phase, output documents, and what a tracker contradicts itself in.

import { expect, test } from "vitest";
import { parseMarkdown } from "../../../server/engine/languages/markdown/parse.js";
import { trackerComplaints } from "../../../server/engine/protocol/complaints.js";
import { evidenceText, readProgress } from "../../../server/engine/protocol/progress.js";
import { readProtocol } from "../../../server/engine/protocol/read.js";
import { outputText, trackerText } from "../../../server/engine/protocol/template.js";
import { applyEdits } from "../../../server/engine/text.js";
import { bareTracker, dop, dopText, trackerIn } from "./dop.js";

const fresh = trackerText(dop);
const [phase1] = dop.phases;
const plan = "phase1_infrastructure_plan.md";
const emptyPlan = phase1 ? (outputText(phase1) ?? "") : "";
const fullPlan = emptyPlan.replace(/<!--.*-->/g, "Written.");

const outputs = (text?: string) => new Map(text === undefined ? [] : [[plan, parseMarkdown(`/${plan}`, text)]]);
const progressOf = (text: string, output?: string) => readProgress(dop, trackerIn(text), outputs(output));
const phase = (text: string, output?: string) => {
  const [first] = progressOf(text, output).phases;
  if (!first) throw new Error("no phase");
  return first;
};

/** The fresh tracker with boxes of phase 1 ticked, and a gate row. */
const tracker = (ticked: number, ...rows: readonly string[]): string => {
  const [before = "", after = ""] = fresh.split("#### Phase 2");
  let left = ticked;
  const boxes = before.replace(/\[ \]/g, (box) => (left-- > 0 ? "[x]" : box));
  return `${boxes}#### Phase 2${after}${rows.map((row) => `${row}\n`).join("")}`;
};
const answer = (word: string, evidence = "") => `| 2025-02-01 | 1 | ${word} | kim | ${evidence} |`;

test("a new tracker has the protocol's table, begins with the first phase and contradicts nothing", () => {
  expect(fresh.startsWith(bareTracker)).toBe(true);
  const progress = progressOf(fresh);
  expect(progress.phases.map(({ state, done, total }) => [state, done, total])).toEqual([
    ["in-progress", 0, 4],
    ["not-started", 0, 5],
    ["not-started", 0, 5],
    ["not-started", 0, 5],
    ["not-started", 0, 5],
  ]);
  expect([progress.currentPhase, progress.problem]).toEqual([1, undefined]);
  expect(trackerComplaints(trackerIn(fresh), dop)).toEqual([]);
  expect(trackerText(dop, "\r\n").replaceAll("\r\n", "\n")).toBe(fresh);
});

test("steps carry their ids, words and the place of their box", () => {
  const { steps } = phase(fresh);
  expect(steps.map(({ id, checkpoint }) => [id, checkpoint])).toEqual([
    ["dop/1/1", "Requirements documented"],
    ["dop/1/2", "Architecture diagram created"],
    ["dop/1/3", "Security blueprint ready"],
    ["dop/1/4", "Cost model prepared"],
  ]);
  for (const { span, checkpoint } of steps)
    expect(span && fresh.slice(span.start - 1, span.end + 2 + checkpoint.length)).toBe(`[ ] ${checkpoint}`);
});

test("a new output document has every section and fills none", () => {
  for (const { output, ...rest } of dop.phases) {
    const text = outputText({ ...rest, ...(output && { output }) }) ?? "";
    const [found] = readProgress(
      { ...dop, phases: [{ ...rest, ...(output && { output }) }] },
      trackerIn(fresh, { ...dop, phases: [{ ...rest, ...(output && { output }) }] }),
      new Map([[output?.file ?? "", parseMarkdown("/x.md", text)]]),
    ).phases;
    expect(found?.output?.missing).toEqual([]);
    expect(found?.output?.empty).toEqual(output?.sections.map(({ title }) => title));
  }
});

test.each([
  ["in-progress", "one box", tracker(1), undefined],
  [
    "in-progress",
    "a started box alone",
    fresh.replace("⏳ In Progress", "❌ Not Started").replace("[ ]", "[-]"),
    undefined,
  ],
  ["not-started", "nothing", fresh.replace("⏳ In Progress", "❌ Not Started"), fullPlan],
  [
    "in-progress",
    "an answer alone",
    tracker(0, answer("Clarify")).replace("⏳ In Progress", "❌ Not Started"),
    fullPlan,
  ],
  ["done", "all boxes", tracker(4), undefined],
  ["done", "all boxes and No", tracker(4, answer("Yes"), answer("No")), fullPlan],
  ["done", "all boxes and a word that is no answer", tracker(4, answer("Sure")), fullPlan],
  ["passed", "Yes", tracker(4, answer("Yes")), fullPlan],
  ["passed", "No, then Yes", tracker(4, answer("No"), answer("Yes")), fullPlan],
  ["stale", "a box opened again", tracker(3, answer("Yes")), fullPlan],
  ["stale", "no output", tracker(4, answer("Yes")), undefined],
  ["stale", "an output without a section", tracker(4, answer("Yes")), fullPlan.replace("## Cost Analysis", "## Other")],
  [
    "stale",
    "a section emptied",
    tracker(4, answer("Yes")),
    fullPlan.replace("## Cost Analysis\n\nWritten.", "## Cost Analysis\n\nTBD"),
  ],
  ["passed", "what was open then", tracker(3, answer("Yes", "3 of 4; open: Cost model prepared")), fullPlan],
  ["stale", "something else than what was open then", tracker(2, answer("Yes", "open: Cost model prepared")), fullPlan],
  ["passed", "the output was open then", tracker(4, answer("Yes", `open: ${plan}`)), undefined],
  [
    "passed",
    "an output in other words",
    tracker(4, answer("Yes")),
    fullPlan.replace("## Cost Analysis", "### 3. Cost model (2025)"),
  ],
])("%s: %s", (state, _, text, output) => {
  expect(phase(text, output).state).toBe(state);
});

test("what evidenceText says was open is known as open later", () => {
  const now = phase(tracker(2), emptyPlan);
  expect(evidenceText(now)).toMatch(/^2 of 4 checkpoints; open: Security blueprint ready; Cost model prepared; /);
  expect(phase(tracker(2, answer("Yes", evidenceText(now))), emptyPlan).state).toBe("passed");
  expect(phase(tracker(1, answer("Yes", evidenceText(now))), emptyPlan).state).toBe("stale");
});

test("a table without boxes speaks for itself", () => {
  const complete = bareTracker.replace("⏳ In Progress", "✅ Complete");
  expect([phase(complete).state, phase(complete).done]).toEqual(["done", 4]);
  expect(phase(bareTracker).state).toBe("in-progress");
  const passed = `${complete}\n| Date | Phase | Answer |\n|--|--|--|\n| 2025-01-01 | 1 | Yes |\n`;
  expect(phase(passed, fullPlan).state).toBe("passed");
  // Without a box nothing has fallen back, whatever the table says.
  expect(phase(passed.replace("✅ Complete", "❌ Not Started"), fullPlan).state).toBe("passed");
});

test("the current phase is the first that is not passed", () => {
  expect(progressOf(tracker(4, answer("Yes")), fullPlan).currentPhase).toBe(2);
  expect(progressOf(tracker(3, answer("Yes")), fullPlan).currentPhase).toBe(1);
});

test("a phase without gate and output is over when it is done", () => {
  const text = dopText
    .replace(/ {4}gate:\n {6}title: Reliability Gate\n.*\n {6}checkpoint: Move to Phase 2\n/, "")
    .replace(/ {4}output:\n {6}file: phase1_[\s\S]*?(?= {4}evidence:\n)/, "");
  const { protocol, problems } = readProtocol(text);
  expect(problems).toEqual([]);
  if (!protocol) throw new Error("no protocol");
  expect(protocol.phases[0]?.gate ?? protocol.phases[0]?.output).toBeUndefined();
  const progress = readProgress(protocol, trackerIn(tracker(4), protocol), new Map());
  expect([progress.phases[0]?.state, progress.currentPhase]).toEqual(["done", 2]);
  expect(trackerComplaints(trackerIn(tracker(4).replace("⏳ In Progress", "✅ Complete"), protocol), protocol)).toEqual(
    [],
  );
});

const complaints = (text: string) =>
  trackerComplaints(trackerIn(text), dop).map(({ span, message, fixes }) => ({
    at: text.slice(span.start, span.end),
    message,
    fixes: fixes.map(({ title }) => title),
    after: fixes.map(({ edits }) =>
      trackerComplaints(trackerIn(applyEdits(text, edits)), dop).map((left) => left.message),
    ),
  }));

test.each([
  [
    "⏳ In Progress",
    "Blocked",
    "Blocked",
    '"Blocked" is no status; known are "❌ Not Started", "⏳ In Progress", "✅ Complete"',
    3,
  ],
  [
    "⏳ In Progress",
    "✅ Complete",
    "✅ Complete",
    'Phase 1 is "✅ Complete" here, but 4 of its 4 checkpoints are open, and its gate has no answer in the log',
    1,
  ],
  [
    "| 3 | CI/CD Pipeline | ❌ Not Started | |\n",
    "",
    "| Phase | Title | Status | Notes |",
    'The table has no row for phase 3 "CI/CD Pipeline"',
    1,
  ],
])("%j as %j is complained about at %j", (from, to, place, message, fixes) => {
  const [found, ...others] = complaints(fresh.replace(from, to));
  expect(others).toEqual([]);
  expect([found?.at, found?.message, found?.fixes.length]).toEqual([place, message, fixes]);
  // The first fix settles it.
  expect(found?.after[0]).toEqual([]);
});

test("complete with all boxes is complained about until the newest answer is Yes", () => {
  const complete = (...rows: readonly string[]) => tracker(4, ...rows).replace("⏳ In Progress", "✅ Complete");
  expect(complaints(complete()).map(({ message }) => message)).toEqual([
    'Phase 1 is "✅ Complete" here, but its gate has no answer in the log',
  ]);
  expect(complaints(complete(answer("Yes"), answer("Clarify"))).map(({ message }) => message)).toEqual([
    'Phase 1 is "✅ Complete" here, but the newest answer to its gate is "Clarify"',
  ]);
  expect(complaints(complete(answer("Clarify"), answer("Yes")))).toEqual([]);
});

test("a tracker without a table is one complaint", () => {
  expect(complaints("# DOP Phase Tracker\n").map(({ at }) => at)).toEqual(["# DOP Phase Tracker"]);
});
