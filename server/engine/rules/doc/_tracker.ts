// What the rules about trackers say and offer alike.

import type { PhaseTracker } from "../../protocol/documents.js";
import { setStatus } from "../../protocol/edits.js";
import { type StatusMeaning, statusText } from "../../protocol/model.js";
import type { GateAnswer, TrackedPhase } from "../../protocol/tracker.js";
import { normalise } from "../../protocol/words.js";
import { type Fix, suggest } from "../../rule.js";

/** Whether the tracker counts and was read as a whole: of any other nothing can be said. */
export const isReadable = ({ tracker, repeated }: PhaseTracker): boolean =>
  !repeated && tracker.problem === undefined && !tracker.file.partial;

/** Offers to write a status into the row of a phase. */
export function statusFix({ tracker, protocol }: PhaseTracker, phase: number, meaning: StatusMeaning): Fix {
  const status = protocol.tracker.statuses.find((one) => one.meaning === meaning);
  const text = status ? statusText(status) : meaning;
  return suggest(`Set "${text}"`, ...setStatus(tracker, protocol, phase, meaning).edits);
}

/** `phase 2 is "✅ Complete"`, as the table has it. */
export const claimOf = ({ phase, row }: TrackedPhase): string => `phase ${phase.number} is "${row?.cell?.text ?? ""}"`;

/** The newest answer, if it opens the way. */
export function passedBy({ answers }: TrackedPhase): GateAnswer | undefined {
  const newest = answers.at(-1);
  return newest?.answer?.passes ? newest : undefined;
}

/** The words of the answers that open the way: `"Yes"`. */
export const passingWords = ({ protocol }: PhaseTracker): string =>
  protocol.gateAnswers.flatMap(({ word, passes }) => (passes ? [`"${word}"`] : [])).join(" or ");

/** Whether the row of an answer names something as open: then it was known, and accepted. */
export const wasKnown = (answer: GateAnswer | undefined, item: string): boolean =>
  answer !== undefined && ` ${normalise(answer.evidence)} `.includes(` ${normalise(item)} `);
