// New documents: the tracker of a protocol, and the output document of a phase with its required sections.

import { delimiterLine, gateLogSection, headingLine, phaseRow, phaseSection, rowLine, sectionLines } from "./lines.js";
import type { Checklist, OutputDocument, OutputSection, Phase, Protocol, TrackedProtocol } from "./model.js";
import { listLines, runText } from "./runs.js";
import { sameTitle } from "./words.js";

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

/** The lines of a required section: its heading, what belongs there, and the list that it holds. */
export function outputSection(
  { checklists }: Pick<Protocol, "checklists">,
  { file }: OutputDocument,
  section: OutputSection,
  level: number,
): readonly string[] {
  const list = checklists.find((one) => holds(file, section, one));
  return sectionLines(section, level, list ? listLines(list) : []);
}

/**
 * The text of a phase's output document: each required section with one line, in a comment, on what belongs there.
 * Undefined when the phase has none.
 */
export function outputText(
  protocol: Pick<Protocol, "checklists">,
  phase: Phase,
  lineEnd: "\n" | "\r\n" = "\n",
): string | undefined {
  const { output } = phase;
  if (!output) return undefined;
  const lines = [
    headingLine(1, `Phase ${phase.number}: ${phase.title}`),
    "",
    phase.objective,
    ...output.sections.flatMap((section) => ["", ...outputSection(protocol, output, section, 2)]),
  ];
  return `${lines.join(lineEnd)}${lineEnd}`;
}

const holds = (file: string, { title }: OutputSection, list: Checklist): boolean =>
  list.file === file && sameTitle(list.title, [title]);

/** The document in which a list is taken up: its own, or the output of a phase that has a section for it. */
export function runDocument(protocol: Protocol, list: Checklist, started: string, by?: string): string {
  const phase = protocol.phases.find(
    ({ output }) => output?.sections.some((section) => holds(output.file, section, list)) ?? false,
  );
  return (phase && outputText(protocol, phase)) ?? runText(protocol, list, started, by);
}
