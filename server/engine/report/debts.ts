// What is open in the phases that have been begun, and who has to see to it.

import type { PhaseProgress } from "../protocol/progress.js";
import type { Standing } from "./standing.js";
import { findingsWord, stateWord } from "./words.js";

export interface DebtItem {
  readonly phase: number;
  readonly what: string;
  /** Whoever the tracker names with an "@": at the checkpoint, else in the notes of the phase. */
  readonly owner?: string;
}

/** The current phase, and those that were passed and have fallen back. Phases that nobody has begun owe nothing yet. */
export const debts = ({ progress }: Standing): readonly DebtItem[] =>
  progress.phases
    .filter(({ number, state }) => number === progress.currentPhase || state === "stale" || state === "in-progress")
    .flatMap(inPhase);

function inPhase({ number, steps, output, findings, gate, state, owner }: PhaseProgress): readonly DebtItem[] {
  const item = (what: string, who = owner): DebtItem => ({
    phase: number,
    what,
    ...(who !== undefined && { owner: who }),
  });
  const counted =
    findings && findings.errors + findings.warnings > 0 ? [item(`Findings: ${findingsWord(findings)}`)] : [];
  return [
    ...steps.filter((step) => step.state !== "done").map((step) => item(step.checkpoint, step.owner ?? owner)),
    ...(output ? documentItems(output).map((what) => item(what)) : []),
    ...counted,
    // Why it is stale stands above: whatever has fallen back is open again.
    ...(gate && state !== "passed"
      ? [item(state === "stale" ? `${gate.title}: ${stateWord(state)}` : gate.title)]
      : []),
  ];
}

function documentItems({ file, exists, missing, empty }: NonNullable<PhaseProgress["output"]>): readonly string[] {
  if (!exists) return [file];
  return [...missing, ...empty].map((section) => `${file}: ${section}`);
}
