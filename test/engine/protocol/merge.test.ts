// Two people change different phases of one tracker on two branches: what git merges, and what it cannot.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { answerGate, type Change, setStatus, setStep } from "../../../server/engine/protocol/edits.js";
import type { Phase } from "../../../server/engine/protocol/model.js";
import { trackerText } from "../../../server/engine/protocol/template.js";
import type { Tracker } from "../../../server/engine/protocol/tracker.js";
import { applyEdits } from "../../../server/engine/text.js";
import { bareTracker, dop, trackerIn } from "./dop.js";

const folder = mkdtempSync(join(tmpdir(), "dakota-merge-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What git makes of two versions of a text; undefined where they conflict. */
function merge(base: string, ours: string, theirs: string): string | undefined {
  const paths = Object.entries({ ours, base, theirs }).map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  });
  const { status, stdout } = spawnSync("git", ["merge-file", "-p", "--quiet", ...paths], { encoding: "utf8" });
  return status === 0 ? stdout : undefined;
}

const answer =
  (word: string) =>
  (tracker: Tracker, { number }: Phase) =>
    answerGate(tracker, dop, { phase: number, date: "2026-01-10", answer: word, by: "kim", evidence: "checked" });

const actions: Readonly<Record<string, (tracker: Tracker, phase: Phase) => Change>> = {
  tick: (tracker, { number }) => setStep(tracker, dop, `dop/${number}/2`, true),
  status: (tracker, { number }) => setStatus(tracker, dop, number, "complete"),
  yes: answer("Yes"),
  clarify: answer("Clarify"),
};

/** The pairs of actions in different phases that conflict, as `tick + yes, neighbours`. */
function conflicts(base: string): readonly string[] {
  const tracker = trackerIn(base);
  const found = new Set<string>();
  const names = Object.keys(actions);
  for (const [i, first] of dop.phases.entries())
    for (const second of dop.phases.slice(i + 1))
      for (const one of names)
        for (const other of names) {
          const [ours, theirs] = [actions[one]?.(tracker, first), actions[other]?.(tracker, second)];
          if (!ours || !theirs) throw new Error("no such action");
          const merged = merge(base, applyEdits(base, ours.edits), applyEdits(base, theirs.edits));
          const pair = [one, other].sort().join(" + ");
          const apart = second.number - first.number === 1 ? "neighbours" : "apart";
          if (merged === undefined) found.add(`${pair}, ${apart}`);
          else expect(merged, `${pair} of ${first.number} and ${second.number}`).toBe(both(base, ours, theirs));
        }
  return [...found].sort();
}

const both = (base: string, ours: Change, theirs: Change): string => applyEdits(base, [...ours.edits, ...theirs.edits]);

// Rows of neighbouring phases are neighbouring lines, which git takes for one place: in the table, and in the log.
test("in a new tracker only rows of neighbouring phases conflict", () => {
  expect(conflicts(trackerText(dop))).toEqual([
    "clarify + clarify, neighbours",
    "clarify + status, neighbours",
    "clarify + yes, neighbours",
    "status + status, neighbours",
    "status + yes, neighbours",
    "yes + yes, neighbours",
  ]);
});

// Everything goes behind the table's last row. Statuses conflict with that in the last phase alone.
test("a bare table has one place for whatever is put in", () => {
  const apart = conflicts(bareTracker).filter((pair) => pair.endsWith("apart"));
  expect(apart).toEqual([
    "clarify + clarify, apart",
    "clarify + status, apart",
    "clarify + tick, apart",
    "clarify + yes, apart",
    "status + tick, apart",
    "status + yes, apart",
    "tick + tick, apart",
    "tick + yes, apart",
    "yes + yes, apart",
  ]);
});
