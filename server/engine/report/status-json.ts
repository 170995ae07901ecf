// The state of protocols as JSON, version 1: lines count from one.

import type { EvidenceResult, PhaseProgress } from "../protocol/progress.js";
import { outputState, type Standing, type StatusReport } from "./standing.js";

/** One JSON document with a final line end. */
export function toStatusJson({ standings, unreadable }: StatusReport): string {
  return `${JSON.stringify({ version: 1, trackers: standings.map(toTracker), unreadable }, null, 2)}\n`;
}

const toTracker = ({ path, protocol, progress }: Standing) => ({
  file: path,
  protocol: { id: protocol.id, title: protocol.title },
  currentPhase: progress.currentPhase ?? null,
  ...(progress.problem !== undefined && { problem: progress.problem }),
  phases: progress.phases.map(toPhase),
});

const toPhase = ({
  number,
  title,
  state,
  done,
  total,
  steps,
  output,
  findings,
  gate,
  open,
  fallen,
}: PhaseProgress) => ({
  number,
  title,
  state,
  done,
  total,
  open,
  fallen,
  steps: steps.map(({ id, title: name, checkpoint, state: box, shown, evidence }) => ({
    id,
    title: name,
    checkpoint,
    state: box,
    evidence: { state: shown, results: evidence.map(toEvidence) },
  })),
  ...(output && { output: { file: output.file, ...outputState(output) } }),
  ...(findings && {
    findings: {
      ...findings,
      byRule: findings.byRule.map(({ rule, severity, count, files }) => ({ rule, severity, count, files })),
    },
  }),
  ...(gate && {
    gate: {
      title: gate.title,
      passed: state === "passed",
      answer: gate.answer ?? null,
      date: gate.date ?? null,
      by: gate.by ?? null,
    },
  }),
});

const toEvidence = ({ evidence, state, text, places }: EvidenceResult) => ({
  kind: evidence.kind,
  state,
  text,
  places: places.map(({ path, line, what }) => ({ file: path, line: line + 1, what })),
});
