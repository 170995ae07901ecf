// Ticking what the workspace shows: the boxes of all open steps whose evidence is found, as one change.

import { parseMarkdown } from "../languages/markdown/parse.js";
import { applyEdits, type Edit } from "../text.js";
import { type Change, setStep } from "./edits.js";
import type { TrackedProtocol } from "./model.js";
import type { Progress, StepProgress } from "./progress.js";
import { findTrackers, type Tracker } from "./tracker.js";

export interface ShownChange extends Change {
  /** Ids of the steps that are ticked by it. */
  readonly steps: readonly string[];
}

/** The steps that are not ticked although the workspace shows that they are done. */
export const shownSteps = ({ phases }: Progress): readonly StepProgress[] =>
  phases.flatMap(({ steps }) => steps.filter(({ shown, state }) => shown === "found" && state !== "done"));

/**
 * Ticks them.
 * @param wanted ids of the steps that somebody has agreed to; those of which the evidence has gone since are left out
 */
export function tickShown(
  tracker: Tracker,
  protocol: TrackedProtocol,
  progress: Progress,
  wanted?: readonly string[],
): ShownChange {
  const steps = shownSteps(progress)
    .map(({ id }) => id)
    .filter((id) => wanted === undefined || wanted.includes(id));
  if (steps.length === 0) return { edits: [], steps, problem: "No open step has evidence in the workspace" };
  let edits: readonly Edit[] = [];
  let inserted: string | undefined;
  let current = tracker;
  for (const id of steps) {
    const change = setStep(current, protocol, id, true);
    if (change.problem !== undefined) return { edits: [], steps: [], problem: change.problem };
    if (change.edits.length === 0) continue;
    inserted ??= change.inserted;
    edits = compose(edits, change.edits);
    // A step without a box brings its list with it: the next one is looked for in the text as it is then.
    const after = reread(tracker, protocol, applyEdits(tracker.file.text, edits));
    if (!after) return { edits: [], steps: [], problem: "The tracker would not be read any more" };
    current = after;
  }
  return { edits, steps, ...(inserted !== undefined && { inserted }) };
}

function reread({ heading, file: { path } }: Tracker, protocol: TrackedProtocol, text: string): Tracker | undefined {
  // Nothing is put in above the tracker's heading.
  const trackers = findTrackers(parseMarkdown(path, text), protocol);
  return trackers.find((one) => one.heading.span.start === heading.span.start);
}

/**
 * Two changes as one. @param second counts in the text after `first`; each of its edits lies in text that `first` has put
 * in, or in text that it has left alone
 */
function compose(first: readonly Edit[], second: readonly Edit[]): readonly Edit[] {
  const edits = first.toSorted((a, b) => a.span.start - b.span.start);
  for (const { span, text } of second.toSorted((a, b) => b.span.start - a.span.start)) {
    let shift = 0;
    let inside: { readonly at: number; readonly start: number } | undefined;
    for (const [at, edit] of edits.entries()) {
      const start = edit.span.start + shift;
      if (span.start < start) break;
      if (span.end <= start + edit.text.length) {
        inside = { at, start };
        break;
      }
      shift += edit.text.length - (edit.span.end - edit.span.start);
    }
    const changed = inside && edits[inside.at];
    if (inside && changed) {
      const before = changed.text.slice(0, span.start - inside.start);
      const after = changed.text.slice(span.end - inside.start);
      edits[inside.at] = { span: changed.span, text: before + text + after };
    } else edits.push({ span: { start: span.start - shift, end: span.end - shift }, text });
    edits.sort((a, b) => a.span.start - b.span.start);
  }
  return edits;
}
