// Template actions ("{{ … }}") in a YAML text, as Helm knows them. Each is replaced by as many placeholder characters, or
// by empty lines where it has lines of its own, so that the rest can be read as YAML and every offset stays true.

import type { Span } from "../../text.js";
import type { Comment } from "../source.js";

/** Stands for every character of an action within a value; from the private use area, so no text holds it by itself. */
export const placeholder = "\uE000";

/** Where an action may write lines of its own. */
export interface Hole {
  readonly span: Span;
  /** The column of what it writes; undefined where the text does not tell (no `nindent`). */
  readonly column: number | undefined;
  /** Less than this the column is not, even if it is not known. */
  readonly least: number;
}

export interface Template {
  /** As long as the original. */
  readonly text: string;
  /** In the order of the text. */
  readonly holes: readonly Hole[];
  /** From `if`, `with`, `range` … to its `end`: what is in there may be left out. In the order of their starts. */
  readonly branches: readonly Span[];
  /** What template comments say. */
  readonly comments: readonly Comment[];
}

/**
 * Whether a text is a template that has to be masked before it is YAML: in a chart's `templates` folder, or with an action
 * at the start of a line or of a value. Braces inside quotes and block scalars alone do not make one.
 */
export const isTemplate = (path: string, text: string): boolean =>
  text.includes("{{") && (/\/templates\//.test(path) || /^[ \t]*(?:- +)?\{\{|^[^#\r\n"']*: +\{\{/m.test(text));

type ActionKind = "output" | "open" | "close" | "silent";

interface Action extends Span {
  readonly kind: ActionKind;
  readonly body: string;
}

/** Masks every action of a template. Never fails: an action that is not closed ends with its line. */
export function maskTemplate(text: string): Template {
  const actions = actionsOf(text);
  const holes: Hole[] = [];
  const pieces: string[] = [];
  let from = 0;
  // Line ends rather than spaces: a block scalar may not start with a line of spaces longer than its indentation.
  const mask = ({ start, end }: Span, character = "\n"): void => {
    pieces.push(text.slice(from, start), character.repeat(end - start));
    from = end;
  };
  const hole = (action: Action, lineStart: number, least: number): void => {
    if (action.kind === "output") holes.push({ span: action, column: columnOf(action, lineStart), least });
  };
  for (const group of lineGroups(text, actions)) {
    const [first] = group.actions;
    if (holdsNothingElse(text, group)) {
      mask({ start: group.start, end: group.end + emptyElse(text, group) });
      for (const action of group.actions) hole(action, group.start, 0);
    } else if (first && first.kind !== "output" && text.slice(group.start, first.start).trim() === "") {
      // An action before content on the same line shifts it to a column that is not its own.
      mask(group);
      holes.push({ span: { start: group.start, end: group.end }, column: undefined, least: 0 });
    } else {
      const block = blockIn(text, group);
      for (const action of group.actions) {
        if (block && action.start >= block.start) hole(action, group.start, block.least);
        else mask(action, placeholder);
      }
      if (block) mask({ start: block.start, end: group.end });
    }
  }
  pieces.push(text.slice(from));
  return { text: pieces.join(""), holes, branches: branchesOf(actions, text.length), comments: commentsOf(actions) };
}

function actionsOf(text: string): readonly Action[] {
  const actions: Action[] = [];
  let closed = true;
  for (let start = text.indexOf("{{"); start !== -1; ) {
    let end = closed ? actionEnd(text, start + 2) : undefined;
    if (end === undefined) {
      closed = false; // what one scan to the end of the text did not find, another one would not either
      const rest = /[^\r\n]*/y;
      rest.lastIndex = start;
      end = start + (rest.exec(text)?.[0].length ?? 2);
    }
    const body = text
      .slice(start + 2, end)
      .replace(/\}\}$/, "")
      .replace(/^-(?=\s)|(?<=\s)-$/g, "")
      .trim();
    actions.push({ start, end, kind: kindOf(body), body });
    start = text.indexOf("{{", end);
  }
  return actions;
}

/** The offset behind the "}}" that closes an action; strings and comments may hold one of their own. */
function actionEnd(text: string, from: number): number | undefined {
  const comment = /-?\s*\/\*/y;
  comment.lastIndex = from;
  if (comment.test(text)) {
    const close = text.indexOf("*/", comment.lastIndex);
    const end = close === -1 ? -1 : text.indexOf("}}", close);
    return end === -1 ? undefined : end + 2;
  }
  let quote = "";
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (quote === "") {
      if (char === "}" && text[i + 1] === "}") return i + 2;
      if (char === '"' || char === "`") quote = char;
    } else if (char === quote || (quote === '"' && char === "\n")) quote = "";
    else if (quote === '"' && char === "\\") i++;
  }
  return undefined;
}

function kindOf(body: string): ActionKind {
  const word = /^[a-z]+\b/.exec(body)?.[0] ?? "";
  if (["if", "with", "range", "define", "block"].includes(word)) return "open";
  if (word === "end") return "close";
  if (["else", "break", "continue", "fail"].includes(word) || body.startsWith("/*")) return "silent";
  return /^\$\w*(?:\s*,\s*\$\w+)?\s*:?=/.test(body) ? "silent" : "output";
}

interface Group extends Span {
  readonly actions: readonly Action[];
}

/** Actions that share lines, with the stretch of these lines. */
function* lineGroups(text: string, actions: readonly Action[]): Generator<Group> {
  let members: Action[] = [];
  let lineEnd = -1;
  const group = (): Group => ({ start: lineStartAt(text, members[0]?.start ?? 0), end: lineEnd, actions: members });
  for (const action of actions) {
    if (action.start >= lineEnd && members.length > 0) {
      yield group();
      members = [];
    }
    members.push(action);
    if (action.end >= lineEnd) lineEnd = lineEndAt(text, action.end);
  }
  if (members.length > 0) yield group();
}

const lineStartAt = (text: string, offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;

function lineEndAt(text: string, offset: number): number {
  const feed = text.indexOf("\n", offset);
  if (feed === -1) return text.length;
  return text[feed - 1] === "\r" && feed > offset ? feed - 1 : feed;
}

function holdsNothingElse(text: string, { start, end, actions }: Group): boolean {
  let from = start;
  for (const action of actions) {
    if (text.slice(from, action.start).trim() !== "") return false;
    from = action.end;
  }
  return /^\s*(?:#.*)?$/.test(text.slice(from, end));
}

/** The length of a next line with nothing but `{}` or `[]`: the `else` of a map or list that is written out before. */
function emptyElse(text: string, { end, actions }: Group): number {
  if (!actions.some(({ body }) => body === "else")) return 0;
  const line = /\r?\n[ \t]*(?:\{\}|\[\])[ \t]*(?=\r?\n|$)/y;
  line.lastIndex = end;
  return line.exec(text)?.[0].length ?? 0;
}

/**
 * The actions at the end of a line that write the value of its key or item as a block (`key: {{ toYaml … | nindent 4 }}`):
 * it starts on the next line, and more entries may follow it there.
 * @returns where they start, and the least column that they can write at
 */
function blockIn(text: string, line: Group): { readonly start: number; readonly least: number } | undefined {
  let next = line.end;
  let start: number | undefined;
  let writes = false;
  for (const action of line.actions.toReversed()) {
    if (text.slice(action.end, next).trim() !== "") break;
    writes ||= /\b(?:toYaml|n?indent)\b/.test(action.body);
    next = start = action.start;
  }
  const before = start === undefined || !writes ? "" : text.slice(line.start, start);
  if (start === undefined || !/[:-][ \t]*$/.test(before)) return undefined;
  return { start, least: (/^[ \t]*(?:- +)*/.exec(before.replace(/-[ \t]*$/, ""))?.[0].length ?? 0) + 1 };
}

function columnOf({ body, start }: Action, lineStart: number): number | undefined {
  const [, indent, width] = /\|\s*(n?indent)\s+(\d+)$/.exec(body) ?? [];
  return indent === "nindent" || (indent === "indent" && start === lineStart) ? Number(width) : undefined;
}

function branchesOf(actions: readonly Action[], length: number): readonly Span[] {
  const branches: Span[] = [];
  const open: number[] = [];
  for (const { kind, start, end } of actions) {
    if (kind === "open") open.push(start);
    const from = kind === "close" ? open.pop() : undefined;
    if (from !== undefined) branches.push({ start: from, end });
  }
  for (const start of open) branches.push({ start, end: length });
  return branches.sort((a, b) => a.start - b.start);
}

const commentsOf = (actions: readonly Action[]): readonly Comment[] =>
  actions.flatMap(({ start, end, body }) =>
    body.startsWith("/*") ? [{ span: { start, end }, text: body.slice(2).replace(/\*\/$/, "").trim() }] : [],
  );
