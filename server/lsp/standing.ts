// What is known about a tracker, as the client is told it: places become addresses and lines.

import { isComplete } from "../engine/protocol/edits.js";
import type {
  PhaseProgress as EnginePhase,
  StepProgress as EngineStep,
  EvidenceResult,
} from "../engine/protocol/progress.js";
import { lineAt, lineStarts, type Span } from "../engine/text.js";
import type { TrackerStanding } from "../host/standings.js";
import type { MissingTracker } from "../host/trackers.js";
import type { EvidenceShown, OutputProgress, PhaseProgress, StepProgress, TrackerProgress } from "../messages.js";
import { toUri } from "./convert.js";

type Line = (span: Span | undefined) => { readonly line?: number };

export function toTrackerProgress(standing: TrackerStanding): TrackerProgress {
  const { path, text, tracker, progress } = standing;
  const starts = lineStarts(text);
  const line: Line = (span) => (span ? { line: lineAt(starts, span.start) } : {});
  const { protocol, phases, currentPhase, problem } = progress;
  return {
    uri: toUri(path),
    protocol,
    phases: phases.map((phase) => toPhase(phase, standing, line)),
    ...(!tracker.problem && !isComplete(tracker) && { bare: true }),
    ...(currentPhase !== undefined && { currentPhase }),
    ...(problem !== undefined && { problem }),
  };
}

/** A file that is named as a tracker and is none: of which protocol it was to be, nobody can tell. */
export const toMissing = ({ path, problem }: MissingTracker): TrackerProgress => ({
  uri: toUri(path),
  protocol: { id: "", title: "" },
  phases: [],
  problem,
});

function toPhase(phase: EnginePhase, standing: TrackerStanding, line: Line): PhaseProgress {
  const { span, steps, output, gate, findings, number, title, objective, state, done, total, open, fallen } = phase;
  const { trackerTitle } = standing.protocol.phases.find((one) => one.number === number) ?? { trackerTitle: title };
  return {
    number,
    title,
    shortTitle: trackerTitle,
    objective,
    state,
    done,
    total,
    ...line(span),
    steps: steps.map((step) => toStep(step, line)),
    ...(output && { output: toOutput(output, standing) }),
    ...(gate && { gate: { ...gateOf(gate), ...line(gate.span) } }),
    open,
    fallen,
    ...(findings && { findings: countsOf(findings) }),
  };
}

const toStep = (
  { id, title, activities, checkpoint, state, shown, evidence, span }: EngineStep,
  line: Line,
): StepProgress => ({
  id,
  title,
  activities,
  checkpoint,
  state,
  ...line(span),
  shown,
  evidence: evidence.map(toEvidence),
});

export const toEvidence = ({ state, text, places }: EvidenceResult): EvidenceShown => ({
  state,
  text,
  places: places.map(({ path, line, what }) => ({ uri: toUri(path), line, what })),
});

function toOutput(
  { file, exists, sections, missing, empty }: NonNullable<EnginePhase["output"]>,
  { path, outputs }: TrackerStanding,
): OutputProgress {
  const place = outputs.get(file)?.path ?? `${folderOf(path)}/${file}`;
  return { file, uri: toUri(place), exists, sections, missing: [...missing, ...empty] };
}

const gateOf = ({ title, answers, answer, date, by }: NonNullable<EnginePhase["gate"]>) => ({
  title,
  answers,
  ...(answer !== undefined && { answer }),
  ...(date !== undefined && { date }),
  ...(by !== undefined && { by }),
});

const countsOf = ({ errors, warnings, information, hints }: NonNullable<EnginePhase["findings"]>) => ({
  errors,
  warnings,
  information,
  hints,
});

export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));
