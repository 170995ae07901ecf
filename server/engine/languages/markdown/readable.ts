// What of a Markdown text is given to the parser: without byte order mark and front matter, and without the parts that
// would take the parser too long. All offsets stay as they are, counted from `base`.

import type { Span } from "../../text.js";
import type { Problem } from "../source.js";

/** How much of a file is read, in UTF-16 units: hand-written documents stay far below. */
export const maximumLength = 1_000_000;
/** How many lines of a file are read. */
export const maximumLines = 20_000;
/** How many lines with a pipe are read: the parser's time grows with the square of the number of table rows. */
export const maximumTableLines = 2_000;
/** How deep lists and quotations may nest: the parser's time grows with the cube of the depth. */
export const maximumDepth = 32;
/** How many list items and quoted lines are read: the parser's time grows with the square of their number. */
export const maximumItems = 10_000;

export interface Readable {
  /** What the parser is to read. */
  readonly body: string;
  /** Where the body starts in the text. */
  readonly base: number;
  readonly problems: readonly Problem[];
}

/** Prepares a text for the parser; each kind of part that is left out is one problem, at its first place. */
export function readable(text: string): Readable {
  const mark = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const base = mark + (frontMatter.exec(text.slice(mark, mark + maximumLength))?.[0].length ?? 0);
  const problems = new Map<string, Problem>();
  const complain = (span: Span, message: string) => {
    if (!problems.has(message)) problems.set(message, { span, message });
  };
  let end = Math.min(text.length, base + maximumLength);
  if (end < text.length)
    complain({ start: end, end: end + 1 }, `only the first ${maximumLength} characters of a document are read`);
  const leaveOut = createLimits();
  let body = "";
  let copied = base;
  for (let start = base; start < end; ) {
    const [stop, next] = lineFrom(text, start, end);
    const reason = leaveOut(text.slice(start, stop));
    if (reason !== undefined) complain({ start, end: stop }, reason);
    if (reason === tooLong) {
      end = start;
      break;
    }
    if (reason !== undefined) {
      body += text.slice(copied, start) + blank(stop - start, reason !== tooManyRows);
      copied = stop;
    }
    start = next;
  }
  return { body: body + text.slice(copied, end), base, problems: [...problems.values()] };
}

const tooLong = `only the first ${maximumLines} lines of a document are read`;
const tooManyRows = `only the first ${maximumTableLines} table rows of a document are read`;
const tooManyItems = `only the first ${maximumItems} list items and quoted lines of a document are read`;
const tooDeep = `lists and quotations below ${maximumDepth} levels are not read`;

/** Says of each line, in order, why it is left out; undefined for one that is read. */
function createLimits(): (line: string) => string | undefined {
  const depthOf = createDepth();
  let [lines, rows, items] = [0, 0, 0];
  return (line) => {
    if (++lines > maximumLines) return tooLong;
    const { own, all } = depthOf(line);
    if (all > maximumDepth) return tooDeep;
    items += own;
    if (own > 0 && items > maximumItems) return tooManyItems;
    return line.includes("|") && ++rows > maximumTableLines ? tooManyRows : undefined;
  };
}

/** What stands for a line that is left out. Blank lines would keep deep lists open: a thematic break closes them. */
const blank = (length: number, closing: boolean): string => (closing ? "***" : "").padEnd(length);

// A thematic break at the very start looks like front matter: only what goes on with a YAML key is taken for it.
const frontMatter =
  /^---[ \t]*\r?\n(?:[ \t]*(?:#.*)?\r?\n)*[\w"'][^:\r\n]*:(?:[ \t].*)?\r?\n(?:.*\r?\n)*?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/;

/** Where the line at `start` ends, without and with its line end. */
function lineFrom(text: string, start: number, end: number): readonly [number, number] {
  let stop = start;
  while (stop < end && text.charCodeAt(stop) !== 10 && text.charCodeAt(stop) !== 13) stop++;
  return [stop, Math.min(end, text.startsWith("\r\n", stop) ? stop + 2 : stop + 1)];
}

const markers = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)))+/;

/** Counts, roughly and from above, the lists and quotations that a line opens and all that it stands in. */
function createDepth(): (line: string) => { readonly own: number; readonly all: number } {
  const indents: number[] = []; // of the list items that may still be open
  return (line) => {
    const indent = line.length - line.trimStart().length;
    if (indent === line.length) return { own: 0, all: 0 };
    while (indents.length > 0 && (indents.at(-1) ?? 0) >= indent) indents.pop();
    const prefix = markers.exec(line)?.[0].replace(/[ \t]+/g, "") ?? "";
    const own = prefix.replace(/\d+/g, "").length;
    const all = indents.length + own;
    for (let i = 0; i < own; i++) indents.push(indent);
    return { own, all };
  };
}
