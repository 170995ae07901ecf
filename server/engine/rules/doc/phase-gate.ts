import { dayOf, isAwaited, phaseOf } from "../../protocol/answers.js";
import type { PhaseTracker } from "../../protocol/documents.js";
import { cellAt } from "../../protocol/tables.js";
import type { GateAnswer, TrackedPhase } from "../../protocol/tracker.js";
import { at, type Finding, rule } from "../../rule.js";
import { claimOf, isReadable, passedBy, statusFix } from "./_tracker.js";

export default rule({
  on: "tracker",
  title: "Close a phase only with an answered gate",
  why: "A gate asks a human whether the result holds, and only an explicit Yes opens the way. A phase that is called complete without it was never reviewed, or nobody can tell by whom.",
  severity: "warning",
  profile: "recommended",
  phase: 1,
  standard: "DevOps Engineering Protocol, High-Level DOP Cycle",

  *check(model) {
    if (!isReadable(model)) return;
    yield* strayRows(model);
    for (const tracked of model.tracker.phases) {
      for (const answer of tracked.answers) {
        if (!answer.answer) yield at(answer.place, complaint(answer, model));
        if (answer.day && answer.date !== "" && !dayOf(answer.date)) yield at(answer.day, unreadable(answer));
      }
      if (tracked.phase.gate) yield* unanswered(model, tracked);
    }
  },
});

/** Rows of the log that say something, and about no phase of the protocol. */
function* strayRows({ tracker, protocol }: PhaseTracker): Iterable<Finding> {
  for (const log of tracker.logs)
    for (const row of log.rows) {
      if (phaseOf(row, log, protocol.phases) || isAwaited(row, log)) continue;
      const cell = cellAt(row, log.columns.phase);
      if (!cell || cell.text === "") yield at(row, "the row names no phase, so it does not count");
      else yield at(cell, `"${cell.text}" is no phase of ${protocol.title}, so the row does not count`);
    }
}

const unreadable = ({ date }: GateAnswer): string =>
  `"${date}" is no date (YYYY-MM-DD): the answer counts as one of the day in the row above`;

function complaint({ text }: GateAnswer, { protocol }: PhaseTracker): string {
  const words = protocol.gateAnswers.map(({ word }) => word);
  if (text === "") return "the row holds no answer";
  if (text === words.join(" | ")) return `"${text}" is a choice that nobody has made yet`;
  return `"${text}" is no answer to a gate; known are ${words.map((word) => `"${word}"`).join(", ")}`;
}

function* unanswered(model: PhaseTracker, tracked: TrackedPhase): Iterable<Finding> {
  const { phase, row, answers } = tracked;
  const newest = answers.at(-1);
  // A row that cannot be understood has its own finding.
  if (row?.status?.meaning !== "complete" || !row.cell || passedBy(tracked) || (newest && !newest.answer)) return;
  const why = newest ? `the newest answer to its gate is "${newest.text}"` : "its gate has no answer in the log";
  yield at(row.cell, `${claimOf(tracked)} here, but ${why}`, statusFix(model, phase.number, "in-progress"));
}
