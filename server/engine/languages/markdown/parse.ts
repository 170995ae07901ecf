// Markdown text -> headings, sections, tables and tasks. The only file that knows the Markdown packages (mdast, micromark).

import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";
import type { Span } from "../../text.js";
import type { Comment } from "../source.js";
import {
  type Heading,
  type MarkdownFile,
  plainText,
  type Table,
  type TableCell,
  type TableRow,
  type Task,
} from "./model.js";
import { isPlaceholder } from "./placeholder.js";
import { readable } from "./readable.js";
import { toSections } from "./sections.js";

type Root = ReturnType<typeof fromMarkdown>;
type Node = Root["children"][number];
type NodeOf<Type extends Node["type"]> = Extract<Node, { readonly type: Type }>;

// Inline marks are not asked for: headings, tables and lists do not depend on them, and unpaired ones are what makes
// hostile texts slow.
const options = {
  extensions: [
    gfmTable(),
    {
      disable: {
        null: [
          "attention",
          "autolink",
          "characterEscape",
          "characterReference",
          "codeText",
          "hardBreakEscape",
          "htmlText",
          "labelEnd",
          "labelStartImage",
          "labelStartLink",
        ],
      },
    },
  ],
  mdastExtensions: [gfmTableFromMarkdown()],
};

/** What the walk gathers on its way. */
interface Gathered {
  readonly headings: Heading[];
  readonly tables: Table[];
  readonly tasks: Task[];
  readonly comments: Comment[];
  readonly statements: Span[];
  /** Blocks that say something, for the sections. */
  readonly filled: Span[];
}

interface Context {
  readonly text: string;
  /** What lies before the parsed part: a byte order mark, front matter. */
  readonly base: number;
  readonly gathered: Gathered;
}

/**
 * Reads any text and never throws. Parts that are too large or too deep to be read in time are left out and named in
 * `problems`; `partial` is set then.
 * @param path absolute path, kept in the model
 */
export function parseMarkdown(path: string, text: string): MarkdownFile {
  const { body, base, problems } = readable(text);
  const gathered: Gathered = { headings: [], tables: [], tasks: [], comments: [], statements: [], filled: [] };
  const context = { text, base, gathered };
  for (const node of fromMarkdown(body, options).children) readBlock(context, node, 0, true);
  const { headings, tables, tasks, comments, statements, filled } = gathered;
  const sections = toSections(text, headings, filled);
  return {
    path,
    text,
    headings,
    sections,
    tables,
    tasks,
    comments,
    commentMarks: ["<!--", " -->"],
    statements,
    problems,
    partial: problems.length > 0,
  };
}

/** Reads one block; `lists` counts the list items around it, `top` holds outside of lists. */
function readBlock(context: Context, node: Node, lists: number, top: boolean): void {
  const { gathered } = context;
  const span = spanOf(context, node);
  if (!top || node.type !== "html") gathered.statements.push(span);
  switch (node.type) {
    case "heading":
      if (top) gathered.headings.push(toHeading(context, node, span));
      return;
    case "table": {
      const table = toTable(context, node, span);
      gathered.tables.push(table);
      // No comment can stand above a row: a comment alone on a line ends the table. In a cell it can.
      gathered.comments.push(...commentsIn(context.text, span));
      if (table.rows.some(({ cells }) => cells.some((cell) => !isPlaceholder(cell.text)))) gathered.filled.push(span);
      return;
    }
    case "list":
      for (const item of node.children) readItem(context, item, lists);
      return;
    case "html":
      readHtml(context, span);
      return;
    case "paragraph":
      gathered.comments.push(...commentsIn(context.text, span));
      if (!saysNothing(context.text.slice(span.start, span.end))) gathered.filled.push(span);
      return;
    case "code":
      if (node.value.trim() !== "") gathered.filled.push(span);
      return;
    case "blockquote":
      if (!saysNothing(context.text.slice(span.start, span.end).replace(/^[ \t]*(?:>[ \t]?)+/gm, "")))
        gathered.filled.push(span);
      return;
    default: // thematic breaks and link definitions say nothing
  }
}

function readItem(context: Context, item: NodeOf<"listItem">, lists: number): void {
  const [first, ...rest] = item.children;
  const task = first?.type === "paragraph" ? toTask(context, item, first, lists) : undefined;
  if (first && !task) readBlock(context, first, lists + 1, false);
  if (task) {
    const { gathered } = context;
    gathered.tasks.push(task);
    gathered.statements.push(task.span);
    if (!isPlaceholder(task.text)) gathered.filled.push(task.span);
    if (first) gathered.comments.push(...commentsIn(context.text, spanOf(context, first)));
  }
  for (const child of rest) readBlock(context, child, lists + 1, false);
}

const boxed = /^\[([ xX-])\][ \t\r\n]+(?=\S)/;

function toTask(
  context: Context,
  item: NodeOf<"listItem">,
  paragraph: NodeOf<"paragraph">,
  depth: number,
): Task | undefined {
  const { start, end } = spanOf(context, paragraph);
  const source = context.text.slice(start, end);
  const found = boxed.exec(source);
  if (!found) return undefined;
  const span = spanOf(context, item);
  const marker = /^(?:[-*+]|\d{1,9}[.)])/.exec(context.text.slice(span.start, start))?.[0] ?? "-";
  const state = found[1] === " " ? "open" : found[1] === "-" ? "in-progress" : "done";
  const box = { start: start + 1, end: start + 2 };
  return { span, box, state, text: plainText(source.slice(found[0].length)), depth, marker };
}

function toHeading(context: Context, node: NodeOf<"heading">, span: Span): Heading {
  const [first] = node.children;
  const last = node.children.at(-1);
  const source = first && last ? context.text.slice(spanOf(context, first).start, spanOf(context, last).end) : "";
  return { level: node.depth, text: plainText(source), span };
}

function toTable(context: Context, node: NodeOf<"table">, span: Span): Table {
  const [header, ...rows] = node.children.map((row): TableRow => {
    const cells = row.children.map((cell) => toCell(context.text, spanOf(context, cell)));
    return { span: spanOf(context, row), cells };
  });
  return { span, header: header ?? { span, cells: [] }, rows };
}

/** The parser counts the pipe before a cell as its own, and behind the last cell of a row the closing one as well. */
function toCell(text: string, { start, end }: Span): TableCell {
  const from = text[start] === "|" ? start + 1 : start;
  const closed = end > from && text[end - 1] === "|" && !isEscaped(text, end - 1);
  const whole = { start: from, end: closed ? end - 1 : end };
  const source = text.slice(whole.start, whole.end);
  const content = source.trim();
  const lead = content === "" ? Math.min(1, source.length) : source.length - source.trimStart().length;
  const span = { start: whole.start + lead, end: whole.start + lead + content.length };
  return { span, whole, text: plainText(content) };
}

function isEscaped(text: string, offset: number): boolean {
  let backslashes = 0;
  while (text[offset - 1 - backslashes] === "\\") backslashes++;
  return backslashes % 2 === 1;
}

function readHtml(context: Context, span: Span): void {
  const source = context.text.slice(span.start, span.end);
  context.gathered.comments.push(...commentsIn(context.text, span));
  const visible = source.replace(/<!--[\s\S]*?(?:-->|$)/g, "");
  const shows = /<(?:img|svg|picture|iframe|video|object|embed)\b/i.test(visible);
  if (shows || !saysNothing(visible.replace(/<[^<>]*>/g, ""))) context.gathered.filled.push(span);
}

function commentsIn(text: string, { start, end }: Span): readonly Comment[] {
  const comments: Comment[] = [];
  for (let from = start; ; ) {
    const open = text.indexOf("<!--", from);
    const close = open < 0 || open >= end ? -1 : text.indexOf("-->", open + 4);
    if (close < 0 || close + 3 > end) return comments;
    comments.push({ span: { start: open, end: close + 3 }, text: text.slice(open + 4, close).trim() });
    from = close + 3;
  }
}

const saysNothing = (markdown: string): boolean =>
  markdown
    .replace(/<!--[\s\S]*?(?:-->|$)/g, "")
    .split(/\r\n|\r|\n/)
    .every((line) => isPlaceholder(/!\[[^[\]]*\]\(/.test(line) ? line : plainText(line)));

function spanOf({ base }: Context, node: Node): Span {
  const { position } = node;
  return { start: base + (position?.start.offset ?? 0), end: base + (position?.end.offset ?? 0) };
}
