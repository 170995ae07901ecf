// Where a tracker's table, boxes and gate log contradict each other or the protocol, with the edits that settle it.

import { at, type Finding, suggest } from "../rule.js";
import { rowEdit, setStatus } from "./edits.js";
import { type Protocol, type StatusMeaning, statusText } from "./model.js";
import type { TrackedPhase, Tracker } from "./tracker.js";

/** What is wrong in a tracker as it stands; silent about a file that was read in part, and about boxes that are not there. */
export function trackerComplaints(tracker: Tracker, protocol: Protocol): readonly Finding[] {
  if (tracker.problem) return [at(tracker.heading, tracker.problem)];
  if (tracker.file.partial) return [];
  return tracker.phases.flatMap((tracked) => [
    ...rowComplaints(tracker, protocol, tracked),
    ...completeComplaints(tracker, protocol, tracked),
  ]);
}

function rowComplaints(tracker: Tracker, protocol: Protocol, { phase, row }: TrackedPhase): readonly Finding[] {
  const name = `phase ${phase.number} "${phase.trackerTitle}"`;
  if (!row) {
    const add = suggest(`Add the row of phase ${phase.number}`, ...rowEdit(tracker, protocol, phase));
    return [at(tracker.table?.header ?? tracker.heading, `The table has no row for ${name}`, add)];
  }
  if (!row.cell) return [at(row, `The row of ${name} ends before its status`)];
  if (row.status) return [];
  const known = protocol.tracker.statuses.map((status) => `"${statusText(status)}"`).join(", ");
  const message =
    row.cell.text === ""
      ? `The status of ${name} is empty; known are ${known}`
      : `"${row.cell.text}" is no status; known are ${known}`;
  const meanings: readonly StatusMeaning[] = ["not-started", "in-progress", "complete"];
  const place = row.cell.text === "" ? row : row.cell;
  return [at(place, message, ...meanings.map((meaning) => statusFix(tracker, protocol, phase.number, meaning)))];
}

/** "Complete" in the table, while a box is open or the gate has not been answered with Yes. */
function completeComplaints(tracker: Tracker, protocol: Protocol, tracked: TrackedPhase): readonly Finding[] {
  const { phase, row, boxes, answers } = tracked;
  if (row?.status?.meaning !== "complete" || !row.cell) return [];
  const reasons: string[] = [];
  const open = phase.steps.filter((_, i) => boxes[i] && boxes[i].state !== "done");
  if (open.length > 0)
    reasons.push(`${open.length} of its ${phase.steps.length} checkpoints ${open.length === 1 ? "is" : "are"} open`);
  const newest = answers.at(-1);
  if (phase.gate && !newest) reasons.push("its gate has no answer in the log");
  else if (phase.gate && newest && !newest.answer?.passes)
    reasons.push(`the newest answer to its gate is "${newest.answer?.word ?? newest.text}"`);
  if (reasons.length === 0) return [];
  const message = `Phase ${phase.number} is "${row.cell.text}" here, but ${reasons.join(", and ")}`;
  return [at(row.cell, message, statusFix(tracker, protocol, phase.number, "in-progress"))];
}

function statusFix(tracker: Tracker, protocol: Protocol, phase: number, meaning: StatusMeaning) {
  const status = protocol.tracker.statuses.find((one) => one.meaning === meaning);
  return suggest(
    `Set "${status ? statusText(status) : meaning}"`,
    ...setStatus(tracker, protocol, phase, meaning).edits,
  );
}
