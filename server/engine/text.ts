// Places in a text and changes to it. Everything inside the engine counts UTF-16 code units from the start of the text;
// lines and columns exist only at the rim.

/** A stretch of text: `start` is its first UTF-16 offset, `end` the first one behind it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Anything that knows where it stands: a span itself, or a node of a model. */
export type Place = Span | { readonly span: Span };

/** Replaces the text at `span` by `text`; an empty span inserts. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

export const spanOf = (place: Place): Span => ("span" in place ? place.span : place);

export const contains = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

export const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

/**
 * The text after all edits. Edits count in the old text and may come in any order; several insertions at one place keep
 * their order.
 * @throws when two edits overlap, or one lies outside the text: that is a mistake of the caller.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = edits.map((edit, order) => ({ ...edit, order }));
  sorted.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || a.order - b.order);
  let result = "";
  let from = 0;
  for (const { span, text: inserted } of sorted) {
    if (span.start < from || span.end < span.start || span.end > text.length)
      throw new RangeError(`edit ${span.start}..${span.end} overlaps another or lies outside the text`);
    result += text.slice(from, span.start) + inserted;
    from = span.end;
  }
  return result + text.slice(from);
}

/** The offset of the first character of every line; `\n`, `\r\n` and a lone `\r` end a line. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10) starts.push(i + 1);
    else if (code === 13 && text.charCodeAt(i + 1) !== 10) starts.push(i + 1);
  }
  return starts;
}

/** The zero-based number of the line that holds `offset`. */
export function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The line with `offset`, without its end. */
export function lineSpan(text: string, offset: number): Span {
  let start = offset;
  while (start > 0 && !isLineEnd(text.charCodeAt(start - 1))) start--;
  let end = offset;
  while (end < text.length && !isLineEnd(text.charCodeAt(end))) end++;
  return { start, end };
}

/** The line with `offset` and its end; of the last line, the end before it. */
export function lineWithEnd(text: string, offset: number): Span {
  const { start, end } = lineSpan(text, offset);
  const next = /^(?:\r\n|\r|\n)/.exec(text.slice(end, end + 2))?.[0];
  if (next) return { start, end: end + next.length };
  return { start: start - (/(?:\r\n|\r|\n)$/.exec(text.slice(Math.max(0, start - 2), start))?.[0].length ?? 0), end };
}

/** The white space at the start of the line with `offset`. */
export function indentAt(text: string, offset: number): string {
  const { start, end } = lineSpan(text, offset);
  return /^[ \t]*/.exec(text.slice(start, end))?.[0] ?? "";
}

/** The line end that the text uses first; `\n` where it has none. */
export const lineEnd = (text: string): "\r\n" | "\n" => (/\r?\n/.exec(text)?.[0] === "\r\n" ? "\r\n" : "\n");

const isLineEnd = (code: number): boolean => code === 10 || code === 13;
