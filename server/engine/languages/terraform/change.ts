// What has changed between two versions of a text, as one stretch: enough for a parser to keep what it knew of the rest.

export interface Point {
  readonly row: number;
  /** In UTF-16 code units. */
  readonly column: number;
}

export interface TextChange {
  readonly startIndex: number;
  readonly oldEndIndex: number;
  readonly newEndIndex: number;
  readonly startPosition: Point;
  readonly oldEndPosition: Point;
  readonly newEndPosition: Point;
}

/** The smallest stretch outside of which `before` and `after` are the same. */
export function changeBetween(before: string, after: string): TextChange {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  const [oldEnd, newEnd] = [before.length - tail, after.length - tail];
  const startPosition = pointAt(before, start, { row: 0, column: 0 }, 0);
  return {
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: newEnd,
    startPosition,
    oldEndPosition: pointAt(before, oldEnd, startPosition, start),
    newEndPosition: pointAt(after, newEnd, startPosition, start),
  };
}

/** Row and column of an offset, counted on from a place that is known. */
function pointAt(text: string, offset: number, known: Point, knownOffset: number): Point {
  let { row } = known;
  let lineStart = knownOffset - known.column;
  for (let i = text.indexOf("\n", knownOffset); i >= 0 && i < offset; i = text.indexOf("\n", i + 1)) {
    row++;
    lineStart = i + 1;
  }
  return { row, column: offset - lineStart };
}
