// A Jenkinsfile as statements with their blocks: as much of Groovy as decides where strings, comments and blocks start
// and end. Tolerant: what is not closed ends with the file.

import type { Span } from "../../text.js";
import type { Comment } from "../source.js";
import type { Text } from "./model.js";

export interface Token {
  readonly kind: "word" | "string" | "sign";
  /** Of a string its content as written, escapes included. */
  readonly text: string;
  /** Of a string the place of its content. */
  readonly span: Span;
}

export interface Block {
  /** The name before it: `a: { … }`. */
  readonly label?: string;
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly span: Span;
  readonly tokens: readonly Token[];
  readonly blocks: readonly Block[];
}

export interface Groovy {
  readonly statements: readonly Statement[];
  readonly comments: readonly Comment[];
  /** Every statement, however deep. */
  readonly spans: readonly Span[];
}

/** What a statement calls, with dots: `stage`, `docker.image`; "" for other statements. */
export function nameOf({ tokens }: Statement): string {
  const [first, ...rest] = tokens;
  if (first?.kind !== "word") return "";
  let name = first.text;
  for (let i = 0; i + 1 < rest.length && rest[i]?.text === "." && rest[i + 1]?.kind === "word"; i += 2)
    name += `.${rest[i + 1]?.text}`;
  return name;
}

/** The first string behind the name: of `stage('x')`, `sh script: "x"`. */
export const stringOf = ({ tokens }: Statement): Token | undefined => tokens.find(({ kind }) => kind === "string");

/** The string under a name: of `script: 'x'`; undefined where there is none. */
export function argumentOf({ tokens }: Statement, name: string): Token | undefined {
  const at = tokens.findIndex(
    (token, i) => token.text === name && token.kind === "word" && tokens[i + 1]?.text === ":",
  );
  return at < 0 ? undefined : tokens[at + 2];
}

interface OpenStatement {
  readonly tokens: Token[];
  readonly blocks: { label?: string; statements: Statement[] }[];
  readonly start: number;
}

interface Frame {
  readonly statements: Statement[];
  open: OpenStatement | undefined;
  /** How many brackets are open. */
  brackets: number;
  /** Where the block ended that was read last, as long as nothing else stands behind it. */
  blockEnd?: number | undefined;
}

/** Reads any text. */
export function readGroovy(text: string): Groovy {
  const comments: Comment[] = [];
  const spans: Span[] = [];
  const root: Frame = { statements: [], open: undefined, brackets: 0 };
  const frames: Frame[] = [root];
  let frame = root;
  let at = 0;

  const close = (end: number): void => {
    if (frame.open) {
      const { tokens, blocks, start } = frame.open;
      const span = { start, end };
      frame.statements.push({ span, tokens, blocks });
      spans.push(span);
    }
    frame.open = undefined;
    frame.brackets = 0;
    frame.blockEnd = undefined;
  };
  const add = (kind: Token["kind"], content: Span, end: number): void => {
    // `input { … } steps { … }` in one line are two statements, unlike `if (x) { … } else { … }`.
    const isNext = kind === "word" && frame.brackets === 0 && !goesOn.has(text.slice(content.start, content.end));
    if (isNext && frame.blockEnd !== undefined) close(frame.blockEnd);
    frame.blockEnd = undefined;
    frame.open ??= { tokens: [], blocks: [], start: at };
    frame.open.tokens.push({ kind, text: text.slice(content.start, content.end), span: content });
    at = end;
  };
  const openBlock = (): void => {
    frame.open ??= { tokens: [], blocks: [], start: at };
    const { tokens, blocks } = frame.open;
    const [before, colon] = tokens.slice(-2);
    const block: { label?: string; statements: Statement[] } = { statements: [] };
    if (before && colon?.text === ":") block.label = before.text;
    blocks.push(block);
    frame = { statements: block.statements, open: undefined, brackets: 0 };
    frames.push(frame);
    at++;
  };
  const closeBlock = (): void => {
    close(at);
    if (frames.length > 1) {
      frames.pop();
      frame = frames.at(-1) ?? root;
      frame.blockEnd = at + 1;
    }
    at++;
  };

  while (at < text.length) {
    const char = text[at] ?? "";
    const comment = commentAt(text, at);
    const last = frame.open?.tokens.at(-1);
    if (comment) {
      comments.push(comment);
      at = comment.span.end;
    } else if (char === "\n" || char === ";") {
      if (char === ";" || (frame.brackets === 0 && !(last?.kind === "sign" && continues.has(last.text)))) close(at);
      at++;
    } else if (char === "{") openBlock();
    else if (char === "}") closeBlock();
    else if (/\s/.test(char) || char === "\\" || char === "\uFEFF") at++;
    else {
      const string = stringAt(text, at, last);
      if (string) add("string", string.content, string.end);
      else {
        word.lastIndex = at;
        const end = word.test(text) ? word.lastIndex : at + 1;
        if ("([".includes(char)) frame.brackets++;
        else if (")]".includes(char) && frame.brackets > 0) frame.brackets--;
        add(end > at + 1 || /[\w$]/.test(char) ? "word" : "sign", { start: at, end }, end);
      }
    }
  }
  while (frames.length > 1) closeBlock();
  close(text.length);
  return { statements: root.statements, comments, spans };
}

const word = /[\p{L}_$][\p{L}\p{N}_$]*|\d[\w.]*/uy;

/** Signs behind which a statement goes on in the next line. */
const continues: ReadonlySet<string> = new Set([",", "+", "=", ":", "?", "&", "|", "."]);

/** Words that carry on the statement whose block stands before them. */
const goesOn: ReadonlySet<string> = new Set(["else", "catch", "finally", "while", "as", "in", "instanceof"]);

function commentAt(text: string, at: number): Comment | undefined {
  const mark = text.slice(at, at + 2);
  if (mark !== "//" && mark !== "/*" && !(at === 0 && mark === "#!")) return undefined;
  const found = text.indexOf(mark === "/*" ? "*/" : "\n", at + 2);
  const end = found < 0 ? text.length : mark === "/*" ? found + 2 : text[found - 1] === "\r" ? found - 1 : found;
  const inner = text.slice(at + 2, mark === "/*" && found >= 0 ? end - 2 : end);
  return { span: { start: at, end }, text: inner.trim() };
}

interface StringPlace {
  readonly content: Span;
  readonly end: number;
}

/** A string of any of Groovy's six ways of writing. */
function stringAt(text: string, at: number, before: Token | undefined): StringPlace | undefined {
  const char = text[at];
  if (char === "'" || char === '"') {
    const triple = text.startsWith(char.repeat(3), at);
    return stringTo(text, at, triple ? char.repeat(3) : char, triple);
  }
  if (char === "$" && text[at + 1] === "/") {
    const found = text.indexOf("/$", at + 2);
    const stop = found < 0 ? text.length : found;
    return { content: { start: at + 2, end: stop }, end: Math.min(stop + 2, text.length) };
  }
  // A slash starts a string only where a value can stand; elsewhere it divides.
  if (char !== "/" || (before && (before.kind !== "sign" || /[)\]]/.test(before.text)))) return undefined;
  return stringTo(text, at, "/", true);
}

function stringTo(text: string, from: number, mark: string, lines: boolean): StringPlace | undefined {
  const start = from + mark.length;
  let at = start;
  while (at < text.length && !text.startsWith(mark, at)) {
    if (text[at] === "\\") at += 2;
    else if (!lines && text[at] === "\n") break;
    else if (mark.startsWith('"') && text.startsWith("${", at)) at = interpolationEnd(text, at + 2);
    else at++;
  }
  const end = Math.min(at, text.length);
  return { content: { start, end }, end: text.startsWith(mark, end) ? end + mark.length : end };
}

const maximumExpression = 1_000;

/** Behind the `}` of `${ … }`; it ends with its line at the latest, so that nothing is read twice. */
function interpolationEnd(text: string, from: number): number {
  let depth = 1;
  const stop = Math.min(text.length, from + maximumExpression);
  for (let at = from; at < stop && text[at] !== "\n"; at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at + 1;
  }
  return from;
}

/** A token as text with its place. */
export const toText = ({ text, span }: Token): Text => ({ text, span });
