// Where new lines go in a tracker, so that the Markdown around them still means what it meant.

import type { TableRow, Task } from "../languages/markdown/model.js";
import { type Edit, indentAt, lineEnd, lineSpan, type Span } from "../text.js";
import type { Phase, TrackedProtocol } from "./model.js";
import { isLogHeading, type TrackedPhase, type Tracker } from "./tracker.js";

const insertAt = (offset: number, text: string): Edit => ({ span: { start: offset, end: offset }, text });

/** The line ends for `text` in a file that uses the given ones. */
const joined = (lines: readonly string[], text: string): string => lines.join(lineEnd(text));

/** The end of the line with `offset`: whatever is inserted behind a block goes behind its trailing spaces. */
export const endOfLine = (text: string, offset: number): number => lineSpan(text, offset).end;

/**
 * Inserts lines as a block of their own behind `offset`, the end of the last line of some other block: with a blank line
 * before, and one behind unless one is there already.
 */
export function insertBlock(text: string, offset: number, lines: readonly string[]): Edit {
  const next = offset + (/^(?:\r\n|\r|\n)/.exec(text.slice(offset, offset + 2))?.[0].length ?? 0);
  const { start, end } = lineSpan(text, next);
  const gap = text.slice(start, end).trim() === "" ? [] : [""];
  return insertAt(offset, joined(["", "", ...lines, ...(next < text.length ? gap : [])], text));
}

/** Lines that go behind `offset`. */
export interface Block {
  readonly offset: number;
  readonly lines: readonly string[];
}

/** Inserts several blocks; those that go to the same place become one, in their order. */
export function insertBlocks(text: string, inserts: readonly Block[]): readonly Edit[] {
  const offsets = [...new Set(inserts.map(({ offset }) => offset))];
  return offsets.map((offset) => {
    const here = inserts.filter((insert) => insert.offset === offset);
    return insertBlock(
      text,
      offset,
      here.flatMap(({ lines }, i) => (i === 0 ? lines : ["", ...lines])),
    );
  });
}

/** Inserts a row behind another one (or behind the table's head), indented as that one is. */
export function insertRow(text: string, after: Span, line: string): Edit {
  const indent = indentAt(text, after.end);
  return insertAt(endOfLine(text, after.end), joined(["", indent + line], text));
}

/** Inserts a box as the next item behind another one, or before it, written as that one is. */
export function insertBoxAt(text: string, neighbour: Task, where: "behind" | "before", content: string): Edit {
  const { start, end } = neighbour.span;
  const indent = text.slice(lineSpan(text, start).start, start).replace(/[^\t]/g, " ");
  const number = /^\d+/.exec(neighbour.marker)?.[0];
  const marker = number
    ? neighbour.marker.replace(number, String(Number(number) + (where === "behind" ? 1 : 0)))
    : neighbour.marker;
  if (where === "before") return insertAt(start, joined([`${marker} ${content}`, indent], text));
  return insertAt(
    endOfLine(text, contentEnd(text, { start, end })),
    joined(["", `${indent}${marker} ${content}`], text),
  );
}

/** The end of a stretch without the white space at its end. */
export const contentEnd = (text: string, { start, end }: Span): number =>
  start + text.slice(start, end).trimEnd().length;

/** Where the section of a phase goes: behind the phases before it, before those after it and the gate log. */
export function sectionOffset(tracker: Tracker, protocol: TrackedProtocol, phase: Phase): number {
  const { text } = tracker.file;
  const at = protocol.phases.indexOf(phase);
  const earlier = tracker.phases.slice(0, at).flatMap(({ section }) => section?.span ?? []);
  const later = [
    ...tracker.phases.slice(at + 1).flatMap(({ section }) => section?.span.start ?? []),
    ...tracker.file.headings
      .filter((heading) => heading.span.start > tracker.scope.start && heading.span.end <= tracker.scope.end)
      .filter((heading) => isLogHeading(heading, protocol))
      .map(({ span }) => span.start),
  ];
  const floor = tracker.table?.span.end ?? tracker.heading.span.end;
  const limit = Math.min(tracker.scope.end, ...later.filter((start) => start > floor));
  const behind = Math.max(floor, ...earlier.map(({ end }) => Math.min(end, limit)));
  const from = tracker.heading.span.start;
  if (earlier.length > 0) return endOfLine(text, contentEnd(text, { start: from, end: behind }));
  const first = later.some((start) => start > floor) ? limit : floor;
  return endOfLine(text, contentEnd(text, { start: from, end: first }));
}

/** The level of phase headings: that of those already there, else one below the tracker's. */
export function sectionLevel({ phases, heading }: Tracker): number {
  const [first] = phases.flatMap(({ section }) => section ?? []);
  return Math.min(6, first?.heading.level ?? heading.level + 1);
}

/** The box next to which a missing one goes: the nearest before it, else the nearest behind it. */
export function neighbourOf(
  { boxes }: TrackedPhase,
  step: number,
): { readonly task: Task; readonly where: "behind" | "before" } | undefined {
  const before = boxes.slice(0, step).findLast((task) => task !== undefined);
  if (before) return { task: before, where: "behind" };
  const after = boxes.slice(step + 1).find((task) => task !== undefined);
  return after && { task: after, where: "before" };
}

/** The row behind which a new one goes, so that rows stay in the order of the phases; undefined for the table's head. */
export const rowBefore = (tracker: Tracker, phase: Phase): Pick<TableRow, "span"> | undefined =>
  tracker.phases.findLast(({ phase: { number }, row }) => row && number < phase.number)?.row;
