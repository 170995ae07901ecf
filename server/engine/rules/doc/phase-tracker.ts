import type { PhaseTracker } from "../../protocol/documents.js";
import { rowEdit } from "../../protocol/edits.js";
import { statusMeanings, statusText } from "../../protocol/model.js";
import type { TrackedPhase } from "../../protocol/tracker.js";
import { at, type Finding, remove, rule, suggest } from "../../rule.js";
import { lineWithEnd } from "../../text.js";
import { isReadable, statusFix } from "./_tracker.js";

export default rule({
  on: "tracker",
  title: "Keep one readable row for each phase",
  why: "The tracker is where everybody looks for the state of the work, and where Dakota reads it. A phase without a row, with two rows or with a status that nobody knows has no state at all.",
  severity: "information",
  profile: "recommended",
  phase: 1,
  standard: "DevOps Engineering Protocol, Progress Tracker Template",

  *check(model) {
    const { tracker, protocol, repeated } = model;
    if (repeated)
      yield at(
        tracker.heading,
        `a tracker of "${protocol.title}" stands further up already, so this one does not count`,
      );
    else if (tracker.problem !== undefined) yield at(tracker.heading, tracker.problem);
    if (!isReadable(model)) return;
    for (const tracked of tracker.phases) yield* rowFindings(model, tracked);
    for (const row of tracker.strangers) yield at(row, `the row is about no phase of ${protocol.title}`);
  },
});

function* rowFindings(model: PhaseTracker, { phase, row, repeated }: TrackedPhase): Iterable<Finding> {
  const { tracker, protocol } = model;
  const name = `phase ${phase.number} "${phase.trackerTitle}"`;
  if (!row) {
    const add = suggest(`Add the row of phase ${phase.number}`, ...rowEdit(tracker, protocol, phase));
    yield at(tracker.table?.header ?? tracker.heading, `the table has no row for ${name}`, add);
  } else if (!row.cell) yield at(row, `the row of ${name} ends before its status`);
  else if (!row.status) {
    const known = protocol.tracker.statuses.map((status) => `"${statusText(status)}"`).join(", ");
    const what = row.cell.text === "" ? `the status of ${name} is empty` : `"${row.cell.text}" is no status`;
    const fixes = statusMeanings.map((meaning) => statusFix(model, phase.number, meaning));
    yield at(row.cell.text === "" ? row : row.cell, `${what}; known are ${known}`, ...fixes);
  }
  for (const other of repeated) {
    const away = suggest("Remove the row", remove(lineWithEnd(tracker.file.text, other.span.start)));
    yield at(other, `${name} has a row further up already, so this one does not count`, away);
  }
}
