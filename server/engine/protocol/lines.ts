// The Markdown that a tracker is made of, line by line; the template and the edits of existing files are written with it.

import {
  type OutputSection,
  type Phase,
  type Status,
  type StatusMeaning,
  statusText,
  type TrackedProtocol,
} from "./model.js";

/** One table row. Pipes, HTML and line ends in a cell would break it: they are escaped, or become a space. */
export const rowLine = (cells: readonly string[]): string =>
  `| ${cells.map(cellText).join(" | ")} |`.replace(/ {2,}\|/g, " |");

/** The line below a table's header, dashes as wide as the header. */
export const delimiterLine = (headers: readonly string[]): string =>
  `|${headers.map((header) => "-".repeat(Math.max(3, header.length + 2))).join("|")}|`;

/** A text as the content of a cell, without what would be read as HTML or a comment. */
export const cellText = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/(?<!\\)<(?=[!/?a-z])/gi, "\\<")
    .replace(/\\(?=\||$)/g, "\\\\")
    .replace(/\|/g, "\\|");

export const headingLine = (level: number, text: string): string => `${"#".repeat(Math.min(6, level))} ${text}`;

export const boxLine = (marker: string, done: boolean, text: string): string =>
  `${marker} [${done ? "x" : " "}] ${text}`;

export const statusOf = (protocol: TrackedProtocol, meaning: StatusMeaning): Status | undefined =>
  protocol.tracker.statuses.find((status) => status.meaning === meaning);

/** A phase's row in the tracker's table. */
export function phaseRow(protocol: TrackedProtocol, phase: Phase, meaning: StatusMeaning): string {
  const status = statusOf(protocol, meaning);
  return rowLine([String(phase.number), phase.trackerTitle, status ? statusText(status) : "", ""]);
}

/** The sub-heading and the boxes of a phase. @param done whether the step at a position is ticked */
export const phaseSection = (phase: Phase, level: number, done: (step: number) => boolean): readonly string[] => [
  headingLine(level, `Phase ${phase.number}: ${phase.title}`),
  "",
  ...phase.steps.map(({ checkpoint }, i) => boxLine("-", done(i), checkpoint)),
];

/**
 * The gate log with a row for each gate that waits for its answer: where every phase has a place of its own, the answers
 * of two people merge.
 * @param answered the row of a phase whose gate is answered already, by its number
 */
export function gateLogSection(
  { phases, tracker: { log } }: TrackedProtocol,
  level: number,
  answered: ReadonlyMap<number, string> = new Map(),
): readonly string[] {
  const { date, phase, answer, by, evidence } = log.columns;
  const headers = [date, phase, answer, by, evidence];
  const gates = phases.filter(({ gate }) => gate).map(({ number }) => number);
  const rows = gates.map((number) => answered.get(number) ?? rowLine(["", String(number), "", "", ""]));
  return [headingLine(level, log.heading), "", rowLine(headers), delimiterLine(headers), ...rows];
}

/** A section of an output document: its heading, and a comment on what belongs there. */
export const sectionLines = (
  { title, prompt }: OutputSection,
  level: number,
  list: readonly string[] = [],
): readonly string[] => [headingLine(level, title), "", commentLine(prompt), ...(list.length > 0 ? ["", ...list] : [])];

const commentLine = (text: string): string => `<!-- ${text.replace(/\s+/g, " ").replaceAll("-->", "→")} -->`;
