// The state of protocols for people at a terminal: the same rows and words as the tree in the editor.

import type { PhaseProgress, StepProgress } from "../protocol/progress.js";
import { placesText } from "./places.js";
import { nextOf, outputState, type Standing, type StatusReport } from "./standing.js";
import { findingsWord, gateWord, outputWord, stateWord, stepMarks } from "./words.js";

/** Plain text with a final line end. */
export function toStatusText({ standings, unreadable }: StatusReport): string {
  const blocks = standings.map(block);
  const left = unreadable.map(({ path, problem }) => `${path}: ${problem}`);
  if (blocks.length === 0 && left.length === 0) return "No tracker was found.\n";
  return `${[...blocks, ...left].join("\n\n")}\n`;
}

function block({ path, protocol, progress }: Standing): string {
  if (progress.problem !== undefined) return `${protocol.title}\n${path}: ${progress.problem}`;
  const phases = progress.phases.map((phase) => phaseLines(phase, phase.number === progress.currentPhase).join("\n"));
  return [`${protocol.title}\n${path}`, ...phases].join("\n\n");
}

function phaseLines(phase: PhaseProgress, current: boolean): readonly string[] {
  const { number, title, state, done, total, steps, output, findings, gate, fallen } = phase;
  const next = current ? nextOf(phase) : undefined;
  return [
    `${current ? ">" : " "} ${number}. ${title}: ${done}/${total}, ${stateWord(state)}`,
    ...fallen.map((reason) => `      ! ${reason}`),
    ...steps.flatMap((step) => stepLines(step, step === next)),
    ...(output ? [`      Output ${output.file}: ${outputWord(outputState(output))}`] : []),
    ...(findings ? [`      Findings: ${findingsWord(findings)}`] : []),
    ...(gate ? [`      ${gate.title}: ${gateWord(gate)}`] : []),
  ];
}

function stepLines({ title, state, evidence, shown }: StepProgress, next: boolean): readonly string[] {
  const told = evidence.filter((one) => one.state === shown && shown !== "unknown");
  const lines = told.map(({ text, places }) => {
    const where = placesText(places);
    return `          ${shown === "found" ? "found: " : ""}${shown === "found" && where !== "" ? where : text}`;
  });
  return [`      ${stepMarks[state]} ${title}${next ? "  (next)" : ""}`, ...lines];
}
