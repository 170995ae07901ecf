// The five states of a phase, the current phase, output documents, evidence, and what makes a gate stale.

import { expect, test } from "vitest";
import { catalogue } from "../../../server/engine/catalogue.gen.js";
import { parseMarkdown } from "../../../server/engine/languages/markdown/parse.js";
import { createBasis, documentsOnly } from "../../../server/engine/protocol/evidence/basis.js";
import type { RuleCount } from "../../../server/engine/protocol/evidence/findings.js";
import { isTracked } from "../../../server/engine/protocol/model.js";
import { outputFile } from "../../../server/engine/protocol/outputs.js";
import { type Basis, evidenceText, readProgress } from "../../../server/engine/protocol/progress.js";
import { readProtocol } from "../../../server/engine/protocol/read.js";
import type { EvidenceState } from "../../../server/engine/protocol/states.js";
import { outputText, trackerText } from "../../../server/engine/protocol/template.js";
import type { Severity } from "../../../server/engine/rule.js";
import { engineOver } from "../../harness/engine.js";
import { bareTracker, dop, dopText, trackerIn } from "./dop.js";

const fresh = trackerText(dop);
const [phase1] = dop.phases;
const plan = "phase1_infrastructure_plan.md";
const emptyPlan = phase1 ? (outputText(dop, phase1) ?? "") : "";
const fullPlan = emptyPlan.replace(/<!--.*-->/g, "Written.");

const outputs = (text?: string) =>
  documentsOnly(new Map(text === undefined ? [] : [[plan, outputFile(parseMarkdown(`/${plan}`, text))]]));
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

test("a new tracker has the protocol's table, and begins with the first phase", () => {
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
    const text = outputText(dop, { ...rest, ...(output && { output }) }) ?? "";
    const [found] = readProgress(
      { ...dop, phases: [{ ...rest, ...(output && { output }) }] },
      trackerIn(fresh, { ...dop, phases: [{ ...rest, ...(output && { output }) }] }),
      documentsOnly(new Map([[output?.file ?? "", outputFile(parseMarkdown("/x.md", text))]])),
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
  if (!protocol || !isTracked(protocol)) throw new Error("no protocol");
  expect(protocol.phases[0]?.gate ?? protocol.phases[0]?.output).toBeUndefined();
  const progress = readProgress(protocol, trackerIn(tracker(4), protocol), outputs());
  expect([progress.phases[0]?.state, progress.currentPhase]).toEqual(["done", 2]);
  expect(progress.phases[1]?.open).not.toContainEqual(expect.stringContaining("phase 1"));
  const begun = readProgress(protocol, trackerIn(tracker(3), protocol), outputs());
  expect(begun.phases[1]?.open[0]).toBe("phase 1 is not done");
});

const clean = { kind: "rules-clean", rules: ["terraform/*"], severity: "warning" } as const;

/** Phase 2 with all boxes ticked, its document written, these findings, and a row of the log. */
function second(row: string | undefined, findings: readonly RuleCount[] | undefined) {
  const rows = row === undefined ? "" : `| 2025-02-01 | 2 | Yes | kim | ${row} |\n`;
  const text = `${fresh.replaceAll("[ ]", "[x]")}${rows}`;
  const found = dop.phases.find(({ number }) => number === 2);
  const file = found?.output?.file ?? "";
  const written = (found && outputText(dop, found)?.replace(/<!--.*-->/g, "Written.")) ?? "";
  const files = new Map([[file, outputFile(parseMarkdown(`/${file}`, written))]]);
  const protocol = { ...dop, phases: dop.phases.map((one) => (one === found ? { ...one, evidence: [clean] } : one)) };
  const view = engineOver(catalogue).evidence;
  const progress = readProgress(
    protocol,
    trackerIn(text, protocol),
    createBasis(protocol, view, { outputs: files, findings }),
  );
  const phase2 = progress.phases.find(({ number }) => number === 2);
  if (!phase2) throw new Error("no phase 2");
  return phase2;
}
const count = (severity: Severity, many: number): RuleCount => ({
  rule: "terraform/tags",
  severity,
  count: many,
  files: 1,
  first: { path: "/a.tf", line: 0 },
});

test("findings of the phase's rules stand against a Yes, and a Yes records them", () => {
  const now = second(undefined, [count("error", 1), count("warning", 2), count("information", 9)]);
  expect(now.open).toEqual(["gate 1 is not passed", "1 error, 2 warnings of terraform/*"]);
  expect([now.findings?.errors, now.findings?.warnings, now.findings?.information]).toEqual([1, 2, 9]);
  expect(evidenceText(now)).toBe(
    "5 of 5 checkpoints; open: gate 1 is not passed; 1 error, 2 warnings of terraform/\\*",
  );
});

test.each([
  ["as many as were known", [count("warning", 2)], [count("warning", 2)], []],
  ["fewer", [count("warning", 2)], [count("warning", 1)], []],
  [
    "more",
    [count("warning", 2)],
    [count("warning", 3)],
    ["3 warnings of terraform/*, 2 warnings when the gate was answered"],
  ],
  [
    "graver ones",
    [count("warning", 2)],
    [count("error", 1)],
    ["1 error of terraform/*, 2 warnings when the gate was answered"],
  ],
  ["none before", [], [count("warning", 1)], ["1 warning of terraform/*, none when the gate was answered"]],
  [
    "not judged before",
    undefined,
    [count("warning", 1)],
    ["1 warning of terraform/*, not judged when the gate was answered"],
  ],
  ["not judged before, and none now", undefined, [], []],
  ["not judged before, and less grave than what counts", undefined, [count("information", 3)], []],
  ["not judged now", [], undefined, []],
])("a passed gate and findings: %s", (_, before, after, fallen) => {
  const row = evidenceText(second(undefined, before));
  const now = second(row, after);
  expect([now.fallen, now.state]).toEqual([fallen, fallen.length === 0 ? "passed" : "stale"]);
});

test("a row in somebody's own words says nothing about findings, which is told", () => {
  const told = second("looked at with Sam", [count("error", 3)]);
  expect(told).toMatchObject({ state: "passed", fallen: [], unsaid: ["3 errors of terraform/*"] });
  expect(told.open).toContain("3 errors of terraform/*");
  expect(second("looked at with Sam", []).unsaid).toEqual([]);
  expect(second("5 of 5 checkpoints", [])).toMatchObject({ state: "passed", unsaid: [] });
});

test("what somebody has named as open in words of their own is known, the rest is new", () => {
  const row = "by hand; open: 2 warnings of terraform/*";
  expect(second(row, [count("warning", 2)])).toMatchObject({ state: "passed", unsaid: [] });
  expect(second(row, [count("warning", 3)]).fallen).toEqual([
    "3 warnings of terraform/*, 2 warnings when the gate was answered",
  ]);
  expect(second("open: the diagram", [count("error", 1)]).fallen).toEqual([
    "1 error of terraform/*, none when the gate was answered",
  ]);
});

test("a checkpoint that has lost its box since the gate was answered makes it stale", () => {
  const ticked = (row: string) => tracker(4, answer("Yes", row));
  const gone = (row: string) => ticked(row).replace("- [x] Cost model prepared\n", "");
  const lost = ['"Cost model prepared" has no box any more'];
  expect(phase(gone("4 of 4 checkpoints"), fullPlan)).toMatchObject({ state: "stale", fallen: lost });
  expect(phase(gone("1 of 1 checkpoints of mine; 4 of 4 checkpoints"), fullPlan).state).toBe("stale");
  expect(phase(gone("3 of 4 checkpoints; open: Cost model prepared"), fullPlan).state).toBe("passed");
  // The protocol has had fewer checkpoints then, or the row does not say: the box may never have been there.
  expect(phase(gone("3 of 3 checkpoints"), fullPlan).state).toBe("passed");
  expect(phase(gone("looked at"), fullPlan).state).toBe("passed");
  const none = ticked("4 of 4 checkpoints").replace(/^- \[x\] .*\n/gm, "");
  expect(phase(none.replace("⏳ In Progress", "✅ Complete"), fullPlan).fallen).toHaveLength(4);
});

test("checkpoints that are done by the table alone never had boxes", () => {
  const complete = bareTracker.replace("⏳ In Progress", "✅ Complete");
  const row = evidenceText(phase(complete, fullPlan));
  expect(row).toBe("4 of 4 checkpoints by the table");
  const log = "\n#### Gate Log\n\n| Date | Phase | Answer | By | Evidence |\n|--|--|--|--|--|\n";
  expect(phase(`${complete}${log}${answer("Yes", row)}\n`, fullPlan).state).toBe("passed");
});

test("a link in a checkpoint does not hide that it was known", () => {
  const title = "Read [the guide](https://example.org/a;b)";
  const [step, ...steps] = phase1?.steps ?? [];
  if (!phase1 || !step) throw new Error("no step");
  const linked = { ...phase1, steps: [{ ...step, checkpoint: title }, ...steps] };
  const protocol = { ...dop, phases: [linked, ...dop.phases.slice(1)] };
  const text = trackerText(protocol);
  const [now] = readProgress(protocol, trackerIn(text, protocol), outputs(fullPlan)).phases;
  const row = now ? evidenceText(now) : "";
  const rows = `${text}${answer("Yes", row)}\n`;
  const [after] = readProgress(protocol, trackerIn(rows, protocol), outputs(fullPlan)).phases;
  expect(after).toMatchObject({ state: "passed", fallen: [] });
});

test("gates that are not passed stand against those behind them", () => {
  const open = (text: string) =>
    progressOf(text, fullPlan).phases.map((one) => one.open.filter((item) => /^gates? /.test(item)));
  expect(open(fresh)).toEqual([
    [],
    ["gate 1 is not passed"],
    ["gates 1 and 2 are not passed"],
    ["gates 1, 2 and 3 are not passed"],
    ["gates 1, 2, 3 and 4 are not passed"],
  ]);
  expect(open(tracker(4, answer("Yes")))[2]).toEqual(["gate 2 is not passed"]);
  expect(open(tracker(3, answer("Yes")))[2]).toEqual(["gate 2 is not passed", "gate 1 is stale"]);
  const third = progressOf(fresh).phases[2];
  expect(third && evidenceText(third)).toContain("; open: gates 1 and 2 are not passed; ");
});

test("a stale gate says why", () => {
  expect(phase(tracker(3, answer("Yes")), fullPlan).fallen).toEqual(['"Cost model prepared" is not ticked any more']);
  expect(phase(tracker(4, answer("Yes"))).fallen).toEqual([`${plan} is not there any more`]);
  const emptied = fullPlan
    .replace("## Cost Analysis\n\nWritten.", "## Cost Analysis\n\nTBD")
    .replace("## Tech", "## No");
  expect(phase(tracker(4, answer("Yes")), emptied).fallen).toEqual([
    `${plan} has no section "Technology Stack" any more`,
    `${plan} says nothing about "Cost Analysis" any more`,
  ]);
  expect(phase(tracker(3), fullPlan).fallen).toEqual([]);
});

test("a step shows the best that its alternatives come to", () => {
  const states = (list: readonly EvidenceState[]) => {
    const basis: Basis = {
      outputs: new Map(),
      evidence: () => list.map((state) => ({ evidence: { kind: "dashboard" }, state, places: [], text: "" })),
      findings: () => undefined,
    };
    return readProgress(dop, trackerIn(fresh), basis).phases[0]?.steps[0]?.shown;
  };
  expect(states(["missing", "found", "unknown"])).toBe("found");
  expect(states(["missing", "unknown"])).toBe("unknown");
  expect(states(["missing", "missing"])).toBe("missing");
  expect(states([])).toBe("unknown");
});

test("all answers of a gate are told, the newest last", () => {
  const { gate } = phase(tracker(4, answer("Clarify", "what of DR?"), answer("Yes")), fullPlan);
  expect(gate?.log).toEqual([
    { date: "2025-02-01", answer: "Clarify", by: "kim", evidence: "what of DR?" },
    { date: "2025-02-01", answer: "Yes", by: "kim", evidence: "" },
  ]);
});
