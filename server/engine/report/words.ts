// How the states of a protocol are called: the same words in the tree, on the gate's page, in reports and on the command line.

import type { PhaseState, StepState } from "../protocol/states.js";

/** Puts arguments into the places {0}, {1}, … of a text; an editor hands in its own, which translates. */
export type Say = (text: string, ...args: readonly (string | number)[]) => string;

export const plainly: Say = (text, ...args) => text.replace(/\{(\d+)\}/g, (_, at) => String(args[Number(at)] ?? ""));

export function stateWord(state: PhaseState, say: Say = plainly): string {
  const words: Readonly<Record<PhaseState, string>> = {
    "not-started": say("not started"),
    "in-progress": say("in progress"),
    done: say("done"),
    passed: say("passed"),
    stale: say("stale"),
  };
  return words[state];
}

/** The box of a checkpoint, as it stands in a tracker. */
export const stepMarks: Readonly<Record<StepState, string>> = { done: "[x]", "in-progress": "[-]", open: "[ ]" };

export function stepWord(state: StepState, say: Say = plainly): string {
  if (state === "open") return say("open");
  return state === "done" ? say("done") : say("in progress");
}

/** What is to be said of an output document: there, missing, or lacking sections. */
export function outputWord(
  output: { readonly exists: boolean; readonly sections: readonly string[]; readonly missing: readonly string[] },
  say: Say = plainly,
): string {
  const { exists, sections, missing } = output;
  if (!exists) return say("missing");
  if (missing.length === 0) return say("complete");
  return say("{0} of {1} sections missing", missing.length, sections.length);
}

/** The newest answer with its day, or that there is none. */
export function gateWord(gate: { readonly answer?: string; readonly date?: string }, say: Say = plainly): string {
  if (gate.answer === undefined) return say("open");
  return gate.date === undefined ? gate.answer : `${gate.answer} · ${gate.date}`;
}

/** "2 errors, 1 warning"; hints and information count only where there is nothing graver. */
export function findingsWord(
  counts: { readonly errors: number; readonly warnings: number; readonly information: number; readonly hints: number },
  say: Say = plainly,
): string {
  const { errors, warnings, information, hints } = counts;
  const parts = [
    errors > 0 && (errors === 1 ? say("1 error") : say("{0} errors", errors)),
    warnings > 0 && (warnings === 1 ? say("1 warning") : say("{0} warnings", warnings)),
  ].filter((part) => part !== false);
  if (parts.length > 0) return parts.join(", ");
  const notes = information + hints;
  if (notes === 0) return say("no findings");
  return notes === 1 ? say("1 note") : say("{0} notes", notes);
}
