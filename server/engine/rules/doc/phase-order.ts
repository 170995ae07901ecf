import type { TrackedPhase } from "../../protocol/tracker.js";
import { at, type Place, rule } from "../../rule.js";
import { claimOf, isReadable, passedBy, passingWords } from "./_tracker.js";

export default rule({
  on: "tracker",
  title: "Begin a phase when the gate before it is passed",
  why: "Every phase builds on the result of the one before. Work that starts ahead of the gate rests on something that may still be changed, and makes it harder to answer the gate with No.",
  severity: "warning",
  profile: "recommended",
  phase: 1,
  standard: "DevOps Engineering Protocol, High-Level DOP Cycle",

  *check(model) {
    if (!isReadable(model)) return;
    const open: TrackedPhase[] = [];
    for (const tracked of model.tracker.phases) {
      const [first] = open;
      const start = first && startOf(tracked);
      if (first && start) {
        const what = first.phase.gate ? `the gate of phase ${first.phase.number}` : `phase ${first.phase.number}`;
        const state = first.phase.gate ? `is not answered with ${passingWords(model)}` : "is not complete";
        yield at(start.place, `${start.what} while ${what} ${state}`);
      }
      if (isOpen(tracked)) open.push(tracked);
    }
  },
});

/** Not closed, and not called complete either: that is for other rules to settle. */
const isOpen = (tracked: TrackedPhase): boolean =>
  tracked.row?.status !== undefined && tracked.row.status.meaning !== "complete" && !passedBy(tracked);

/** What shows that work on a phase has begun. */
function startOf(tracked: TrackedPhase): { readonly place: Place; readonly what: string } | undefined {
  const { phase, row, boxes } = tracked;
  if (row?.cell && row.status && row.status.meaning !== "not-started")
    return { place: row.cell, what: claimOf(tracked) };
  const begun = boxes.find((box) => box !== undefined && box.state !== "open");
  if (begun) return { place: begun.box, what: `phase ${phase.number} has begun` };
  const [answer] = tracked.answers.filter((one) => one.answer);
  return answer && { place: answer.place, what: `the gate of phase ${phase.number} is answered` };
}
