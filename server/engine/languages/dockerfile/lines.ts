// Lines as BuildKit joins them: continuations, the comments between them, and a way back from the joined text to the file.

import type { Span } from "../../text.js";

/** One instruction's text with its continuations taken out. */
export interface Logical {
  readonly text: string;
  /** The stretches of the file it is made of, in order; never empty. */
  readonly pieces: readonly Span[];
}

/** A whole line; `end` excludes its line end, `next` is where the following line starts. */
export interface Line {
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

/** The line that starts at `start`. Only "\n" ends a line here; a "\r" before it belongs to the line end. */
export function lineFrom(text: string, start: number): Line {
  const feed = text.indexOf("\n", start);
  const next = feed === -1 ? text.length : feed + 1;
  let end = feed === -1 ? text.length : feed;
  while (end > start && text.charCodeAt(end - 1) === 13) end--;
  return { start, end, next };
}

/** Behind the blanks at `from`, at most `end`. */
export function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** Before the blanks that end at `end`, at least `from`. */
export function trimBlanks(text: string, from: number, end: number): number {
  let at = end;
  while (at > from && isBlank(text.charCodeAt(at - 1))) at--;
  return at;
}

/**
 * Reads the instruction that starts at `start`. A line goes on in the next when it ends in a single escape character;
 * comments and empty lines in between are skipped. @returns it, and where the line behind it starts
 */
export function readLogical(
  text: string,
  start: number,
  escapeMark: string,
  onComment: (span: Span) => void,
): { readonly logical: Logical; readonly next: number } {
  const pieces: Span[] = [];
  let from = start;
  let next = start;
  for (;;) {
    const line = lineFrom(text, from);
    next = line.next;
    const first = skipBlanks(text, from, line.end);
    const isFirst = pieces.length === 0;
    if (!isFirst && text[first] === "#" && first < line.end) onComment({ start: first, end: line.end });
    else if (isFirst || first < line.end) {
      const end = trimBlanks(text, from, line.end);
      const goesOn = end > from && text[end - 1] === escapeMark && (end - 1 === from || text[end - 2] !== escapeMark);
      pieces.push({ start: from, end: goesOn ? end - 1 : line.end });
      if (!goesOn) break;
    }
    if (next >= text.length) break;
    from = next;
  }
  const [only] = pieces;
  const joined =
    pieces.length === 1 && only
      ? text.slice(only.start, only.end)
      : pieces.map((piece) => text.slice(piece.start, piece.end)).join("");
  return { logical: { text: joined, pieces }, next };
}

/** Turns stretches of the joined text into stretches of the file. Calls must come in rising order of `start`. */
export function locator({ pieces }: Logical): (start: number, end: number) => Span {
  let index = 0;
  let base = 0; // where pieces[index] starts in the joined text
  const sizeAt = (i: number): number => (pieces[i]?.end ?? 0) - (pieces[i]?.start ?? 0);
  return (start, end) => {
    while (index < pieces.length - 1 && start >= base + sizeAt(index)) base += sizeAt(index++);
    const from = (pieces[index]?.start ?? 0) + start - base;
    let last = index;
    let lastBase = base;
    while (last < pieces.length - 1 && end > lastBase + sizeAt(last)) lastBase += sizeAt(last++);
    return { start: from, end: (pieces[last]?.start ?? 0) + end - lastBase };
  };
}

const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 13 || code === 11 || code === 12;
