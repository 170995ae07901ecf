// Headings -> sections: where each one ends, and whether it says anything.

import type { Span } from "../../text.js";
import type { Heading, Section } from "./model.js";

/**
 * @param headings in the order of the text
 * @param filled blocks that are more than placeholders, in the order of the text
 */
export function toSections(text: string, headings: readonly Heading[], filled: readonly Span[]): readonly Section[] {
  const ends = sectionEnds(headings, text.length);
  const starts = filled.map(({ start }) => start).sort((a, b) => a - b);
  return headings.map((heading, i): Section => {
    const end = ends[i] ?? text.length;
    const next = headings[i + 1]?.span.start ?? text.length;
    const own = { start: heading.span.end, end: heading.span.end };
    own.end += text.slice(own.start, next).trimEnd().length;
    const first = starts[firstFrom(starts, heading.span.end)];
    return { heading, span: { start: heading.span.start, end }, own, filled: first !== undefined && first < end };
  });
}

/** For each heading the start of the next one of the same or a higher level. */
function sectionEnds(headings: readonly Heading[], end: number): readonly number[] {
  const ends: number[] = headings.map(() => end);
  const open: { readonly index: number; readonly level: number }[] = [];
  headings.forEach(({ level, span }, index) => {
    for (let last = open.at(-1); last && last.level >= level; last = open.at(-1)) {
      ends[last.index] = span.start;
      open.pop();
    }
    open.push({ index, level });
  });
  return ends;
}

/** Position of the first number that is not below `least`. */
function firstFrom(numbers: readonly number[], least: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
