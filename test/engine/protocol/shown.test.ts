// Ticking all steps whose evidence is found.

import { expect, test } from "vitest";
import { parseMarkdown } from "../../../server/engine/languages/markdown/parse.js";
import type { Evidence } from "../../../server/engine/protocol/model.js";
import { type Basis, type EvidenceResult, readProgress } from "../../../server/engine/protocol/progress.js";
import { shownSteps, tickShown } from "../../../server/engine/protocol/shown.js";
import { trackerText } from "../../../server/engine/protocol/template.js";
import { findTrackers } from "../../../server/engine/protocol/tracker.js";
import { applyEdits } from "../../../server/engine/text.js";
import { bareTracker, dop, trackerIn } from "./dop.js";

/** The evidence of these kinds is found, no other. */
const basis = (...kinds: readonly Evidence["kind"][]): Basis => ({
  outputs: new Map(),
  evidence: (list) =>
    list.map(
      (evidence): EvidenceResult => ({
        evidence,
        state: kinds.includes(evidence.kind) ? "found" : "missing",
        places: [],
        text: "",
      }),
    ),
  findings: () => undefined,
});
const fresh = trackerText(dop);
const ticked = (text: string) => [...text.matchAll(/- \[x\] (.*)/g)].map(([, words]) => words);
const tick = (text: string, kinds: readonly Evidence["kind"][], wanted?: readonly string[]) => {
  const tracker = trackerIn(text);
  const change = tickShown(tracker, dop, readProgress(dop, tracker, basis(...kinds)), wanted);
  return { ...change, after: applyEdits(text, change.edits) };
};

test("each is one character, and what is ticked already stays", () => {
  const text = fresh.replace("- [ ] Network defined in code", "- [x] Network defined in code");
  const shown = shownSteps(readProgress(dop, trackerIn(text), basis("terraform"))).map(({ id }) => id);
  const { edits, steps, after } = tick(text, ["terraform"]);
  expect(steps).toEqual(shown);
  expect(shown).toContain("dop/2/1");
  expect(shown).not.toContain("dop/2/2");
  expect(edits.every(({ span, text }) => span.end - span.start === 1 && text === "x")).toBe(true);
  expect(ticked(after)).toHaveLength(steps.length + 1);
  expect(after.replaceAll("- [x]", "- [ ]")).toBe(fresh);
});

test("only those that somebody has agreed to", () => {
  const { steps, after } = tick(fresh, ["terraform"], ["dop/2/3", "dop/1/1"]);
  expect([steps, ticked(after)]).toEqual([["dop/2/3"], ["Compute defined in code"]]);
});

test("steps without a box get theirs, in one change of the original text", () => {
  for (const text of [bareTracker, `# Shop\n\n${bareTracker}\nMore.\n`.replaceAll("\n", "\r\n")]) {
    const { edits, steps, after, inserted } = tick(text, ["terraform", "dashboard"]);
    expect(ticked(after)).toHaveLength(steps.length);
    expect(inserted).toContain("boxes for phase 2");
    const progress = readProgress(dop, trackerIn(after), basis("terraform", "dashboard"));
    expect(shownSteps(progress)).toEqual([]);
    expect(edits.every(({ span }) => span.start === span.end)).toBe(true);
  }
});

test("nothing to tick is said so", () => {
  expect(tick(fresh, []).problem).toBe("No open step has evidence in the workspace");
});

test("of two trackers in a file the one that was asked for is changed", () => {
  const text = `${bareTracker}\n# Other\n\n${bareTracker}`;
  const [, second] = findTrackers(parseMarkdown("/t.md", text), dop);
  if (!second) throw new Error("one tracker only");
  const { edits } = tickShown(second, dop, readProgress(dop, second, basis("dashboard")));
  expect(edits.every(({ span }) => span.start >= second.heading.span.start)).toBe(true);
});
