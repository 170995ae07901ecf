import type { PhaseTracker } from "../../protocol/documents.js";
import type { StatusMeaning } from "../../protocol/model.js";
import type { TrackedPhase } from "../../protocol/tracker.js";
import { at, type Finding, type Fix, replace, rule, suggest, type Workspace } from "../../rule.js";
import { lineSpan } from "../../text.js";
import { findOutput } from "./_outputs.js";
import { claimOf, isReadable, passedBy, statusFix, wasKnown } from "./_tracker.js";

export default rule({
  on: "tracker",
  title: "Let table, boxes, gate log and documents agree",
  why: "A phase that is complete in the table and open in its boxes is in two states at once, and whoever reads only one of them is misled. Either the work is not done, or the tracker was not kept up to date.",
  severity: "information",
  profile: "recommended",
  phase: 1,
  standard: "DevOps Engineering Protocol, Progress Tracker Template",

  *check(model, _options, workspace) {
    if (!isReadable(model)) return;
    for (const tracked of model.tracker.phases) {
      const meaning = tracked.row?.status?.meaning;
      if (meaning === "complete") yield* overstated(model, tracked, workspace);
      else if (meaning !== undefined) yield* understated(model, tracked, meaning);
      for (const { text, span } of tracked.contradicting)
        yield at(
          lineSpan(model.tracker.file.text, span.start),
          `"${text}" has a box beside this one, which counts and says otherwise`,
        );
    }
  },
});

/** Complete in the table, while boxes are open or sections of the document are unwritten. */
function* overstated(model: PhaseTracker, tracked: TrackedPhase, workspace: Workspace): Iterable<Finding> {
  const { phase, row, boxes } = tracked;
  const answer = passedBy(tracked);
  const open = phase.steps.flatMap(({ checkpoint }, i) => {
    const box = boxes[i];
    return box && box.state !== "done" && !wasKnown(answer, checkpoint) ? [box] : [];
  });
  const place = row?.cell ?? model.tracker.heading;
  const back = statusFix(model, phase.number, "in-progress");
  if (open.length > 0) {
    const tick = suggest(countOf(open.length, "Tick its open box", "Tick its * open boxes"), ...open.map(ticked));
    const count = `${open.length} of its ${phase.steps.length} checkpoints ${open.length === 1 ? "is" : "are"} open`;
    yield at(place, `${claimOf(tracked)} here, but ${count}`, back, tick);
  }
  const found = findOutput(model, phase, workspace);
  const unwritten = found?.unwritten?.filter((title) => !wasKnown(answer, title)) ?? [];
  if (!found || unwritten.length === 0) return;
  const titles = unwritten.map((title) => `"${title}"`).join(", ");
  yield at(place, `${claimOf(tracked)} here, but ${found.output.file} still lacks ${titles}`, back);
}

const ticked = ({ box }: { readonly box: { readonly start: number; readonly end: number } }) => replace(box, "x");

const countOf = (count: number, one: string, many: string): string =>
  count === 1 ? one : many.replace("*", String(count));

/** Less in the table than boxes and gate log say. */
function* understated(model: PhaseTracker, tracked: TrackedPhase, meaning: StatusMeaning): Iterable<Finding> {
  const { phase, row, boxes } = tracked;
  const states = boxes.map((box) => box?.state);
  const answer = passedBy(tracked);
  const say = (why: string, fix: Fix) =>
    at(row?.cell ?? model.tracker.heading, `${claimOf(tracked)} here, but ${why}`, fix);
  if (answer) {
    const date = answer.date === "" ? "" : ` on ${answer.date}`;
    yield say(`its gate was answered with "${answer.text}"${date}`, statusFix(model, phase.number, "complete"));
  } else if (!phase.gate && states.length > 0 && states.every((state) => state === "done"))
    yield say("all of its checkpoints are ticked", statusFix(model, phase.number, "complete"));
  else if (meaning === "not-started" && states.some((state) => state === "done" || state === "in-progress")) {
    const begun = states.filter((state) => state === "done" || state === "in-progress").length;
    const count = `${begun} of its ${phase.steps.length} checkpoints ${begun === 1 ? "is" : "are"} begun or done`;
    yield say(count, statusFix(model, phase.number, "in-progress"));
  }
}
