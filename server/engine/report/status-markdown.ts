// The state of protocols as Markdown, for a comment on a merge request or a page of a wiki.

import { cellText, delimiterLine, rowLine } from "../protocol/lines.js";
import type { PhaseProgress } from "../protocol/progress.js";
import { codeSpan, escapeMarkdown } from "./markdown.js";
import { placesText } from "./places.js";
import { outputState, type Standing, type StatusReport } from "./standing.js";
import { findingsWord, gateWord, outputWord, stateWord, stepMarks } from "./words.js";

/** Markdown with a final line end. */
export function toStatusMarkdown({ standings, unreadable }: StatusReport): string {
  const blocks = standings.map(block);
  const left = unreadable.map(({ path, problem }) => `${codeSpan(path)}: ${escapeMarkdown(problem)}`);
  if (blocks.length === 0 && left.length === 0) return "No tracker was found.\n";
  return `${[...blocks, ...left].join("\n\n")}\n`;
}

const headers = ["Phase", "State", "Steps", "Output", "Findings", "Gate"];

function block({ path, protocol, progress }: Standing): string {
  const title = `## ${escapeMarkdown(protocol.title)}\n\n${codeSpan(path)}`;
  if (progress.problem !== undefined) return `${title}\n\n${escapeMarkdown(progress.problem)}`;
  const rows = progress.phases.map((phase) => rowLine(cells(phase, phase.number === progress.currentPhase)));
  const current = progress.phases.find(({ number }) => number === progress.currentPhase);
  const table = [rowLine(headers), delimiterLine(headers), ...rows].join("\n");
  return [title, table, ...(current ? [openItems(current)] : [])].join("\n\n");
}

function cells(phase: PhaseProgress, current: boolean): readonly string[] {
  const { number, title, state, done, total, output, findings, gate, fallen } = phase;
  const name = `${number}. ${escapeMarkdown(title)}`;
  return [
    current ? `**${name}**` : name,
    [stateWord(state), ...fallen.map(escapeMarkdown)].join(": "),
    `${done}/${total}`,
    output ? outputWord(outputState(output)) : "",
    findings ? findingsWord(findings) : "",
    gate ? escapeMarkdown(gateWord(gate)) : "",
  ];
}

function openItems({ number, steps }: PhaseProgress): string {
  const lines = steps.map(({ checkpoint, state, evidence, shown }) => {
    const places = evidence.filter((one) => one.state === "found").flatMap((one) => one.places);
    const found =
      shown === "found" && places.length > 0 ? ` (found: ${cellText(escapeMarkdown(placesText(places)))})` : "";
    return `- ${stepMarks[state]} ${escapeMarkdown(checkpoint)}${found}`;
  });
  return `### Phase ${number}\n\n${lines.join("\n")}`;
}
