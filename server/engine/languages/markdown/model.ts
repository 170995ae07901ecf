// Markdown as far as documents, trackers and registries need it: headings with their sections, tables, task items. What
// stands in fenced code, in an HTML comment, in front matter or in a quotation is not there.

import { contains, type Span } from "../../text.js";
import type { Source } from "../source.js";

export interface MarkdownFile extends Source {
  /** Headings of the document itself, in the order of the text; those inside lists and quotations are not. */
  readonly headings: readonly Heading[];
  /** One for each heading, in the same order. */
  readonly sections: readonly Section[];
  readonly tables: readonly Table[];
  readonly tasks: readonly Task[];
  /** Parts of the text were left out (see `problems`): what is absent proves nothing. */
  readonly partial: boolean;
}

export interface Heading {
  readonly level: number;
  /** Without marks: emphasis, code ticks, links and comments are taken off. */
  readonly text: string;
  readonly span: Span;
}

/** A heading with all that stands below it, up to the next heading of the same or a higher level. */
export interface Section {
  readonly heading: Heading;
  readonly span: Span;
  /** From the end of the heading to the next heading of any level, without the white space at its end. */
  readonly own: Span;
  /** Something stands in it that is more than a placeholder ("TBD", a comment, an empty table). */
  readonly filled: boolean;
}

export interface Table {
  readonly span: Span;
  readonly header: TableRow;
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  readonly span: Span;
  readonly cells: readonly TableCell[];
}

export interface TableCell {
  /** The content without the white space around it; an empty one lies where content would go. */
  readonly span: Span;
  /** All between the two pipes. */
  readonly whole: Span;
  /** Without marks. */
  readonly text: string;
}

/** A list item that starts with a box: `- [ ]`, `1. [x]`; `[-]`, which some tools write, is work in progress. */
export interface Task {
  /** The item with everything nested in it. */
  readonly span: Span;
  /** The one character between the brackets. */
  readonly box: Span;
  readonly state: "open" | "in-progress" | "done";
  /** Without the box and without marks. */
  readonly text: string;
  /** How many list items it is nested in. */
  readonly depth: number;
  /** What the item starts with: `-`, `*`, `+`, `1.`, `1)`. */
  readonly marker: string;
}

/** Those of the places that lie within a stretch of text. */
export const within = <T extends { readonly span: Span }>(places: readonly T[], stretch: Span): readonly T[] =>
  places.filter(({ span }) => contains(stretch, span));

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/**
 * What a reader sees of a line of Markdown: without comments, emphasis, code ticks, link targets and escapes. A comment
 * that is not closed in the line is none.
 */
export function plainText(markdown: string): string {
  return markdown
    .replace(/(?<!\\)<!--[\s\S]*?-->/g, " ")
    .replace(/(?<!\\)!?\[([^[\]]*)\]\([^()\s]*(?:\s[^()]*)?\)/g, "$1")
    .replace(/(^|[^\\\p{L}\p{N}])(?:\*{1,3}|_{1,3}|~~|`+)(?=[^\s])/gu, "$1")
    .replace(/([^\s\\])(?:\*{1,3}|_{1,3}|~~|`+)(?=$|[^\p{L}\p{N}])/gu, "$1")
    .replace(/\\([!-/:-@[-`{-~])/g, "$1")
    .replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (_, name: string) => entities[name] ?? "")
    .replace(/\s+/g, " ")
    .trim();
}
