// How far the phases of one tracker are, as the reports on a protocol are given it.

import type { Protocol } from "../protocol/model.js";
import type { EvidenceResult, PhaseFindings, PhaseProgress, Progress, StepProgress } from "../protocol/progress.js";

/** One tracker. All paths are as they are to be shown: relative to the folder the report is about. */
export interface Standing {
  readonly path: string;
  readonly protocol: Protocol;
  readonly progress: Progress;
}

/** A tracker that was named and cannot be read. */
export interface Unreadable {
  readonly path: string;
  readonly problem: string;
}

export interface StatusReport {
  readonly standings: readonly Standing[];
  readonly unreadable: readonly Unreadable[];
}

export const currentOf = ({ phases, currentPhase }: Progress): PhaseProgress | undefined =>
  phases.find(({ number }) => number === currentPhase);

/** The first step of a phase that is not done. */
export const nextOf = ({ steps }: PhaseProgress): StepProgress | undefined =>
  steps.find(({ state }) => state !== "done");

/** Sections that are there and empty are missing as well. */
export const outputState = ({ exists, sections, missing, empty }: NonNullable<PhaseProgress["output"]>) => ({
  exists,
  sections,
  missing: [...missing, ...empty],
});

/** The same progress with the paths of its evidence as `shown` gives them. */
export function withPaths(progress: Progress, shown: (path: string) => string): Progress {
  const placed = (results: readonly EvidenceResult[]): readonly EvidenceResult[] =>
    results.map((result) => ({
      ...result,
      places: result.places.map((place) => ({ ...place, path: shown(place.path) })),
    }));
  const phases = progress.phases.map((phase) => ({
    ...phase,
    evidence: placed(phase.evidence),
    steps: phase.steps.map((step) => ({ ...step, evidence: placed(step.evidence) })),
    ...(phase.findings && { findings: withFirst(phase.findings, shown) }),
  }));
  return { ...progress, phases };
}

const withFirst = (findings: PhaseFindings, shown: (path: string) => string): PhaseFindings => ({
  ...findings,
  byRule: findings.byRule.map((count) => ({ ...count, first: { ...count.first, path: shown(count.first.path) } })),
});
