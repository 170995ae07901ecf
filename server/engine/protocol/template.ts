// New documents: the tracker of a protocol, and the output document of a phase with its required sections.

import { delimiterLine, gateLogSection, headingLine, phaseRow, phaseSection, rowLine, sectionLines } from "./lines.js";
import type { Phase, TrackedProtocol } from "./model.js";

/** The text of a new tracker: the table with the first phase in progress, open boxes, an empty gate log. */
export function trackerText(protocol: TrackedProtocol, lineEnd: "\n" | "\r\n" = "\n"): string {
  const { heading, level, columns } = protocol.tracker;
  const headers = [columns.phase, columns.title, columns.status, columns.notes];
  const lines = [
    headingLine(level, heading),
    rowLine(headers),
    delimiterLine(headers),
    ...protocol.phases.map((phase, i) => phaseRow(protocol, phase, i === 0 ? "in-progress" : "not-started")),
    "",
    ...protocol.phases.flatMap((phase) => [...phaseSection(phase, level + 1, () => false), ""]),
    ...gateLogSection(protocol, level + 1),
  ];
  return `${lines.join(lineEnd)}${lineEnd}`;
}

/**
 * The text of a phase's output document: each required section with one line, in a comment, on what belongs there.
 * Undefined when the phase has none.
 */
export function outputText(phase: Phase, lineEnd: "\n" | "\r\n" = "\n"): string | undefined {
  if (!phase.output) return undefined;
  const lines = [
    headingLine(1, `Phase ${phase.number}: ${phase.title}`),
    "",
    phase.objective,
    ...phase.output.sections.flatMap((section) => ["", ...sectionLines(section, 2)]),
  ];
  return `${lines.join(lineEnd)}${lineEnd}`;
}
