// Expressions that need no syntax tree: literals and references, told from their text alone. Most are of this kind.

import type { Span } from "../../text.js";
import type { Expression } from "./model.js";

const quoted = /"[^"\\$%\n]*(?:(?:\\.|[$%](?!\{))[^"\\$%\n]*)*"/y;
const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const reference =
  /[\p{L}_][\p{L}\p{N}_-]*(?:\.(?:[\p{L}\p{N}_][\p{L}\p{N}_-]*|\*)|\[(?:\d+|\*|"[^"\\$%\n]*"|[a-z]+\.[a-z_]+)\])*/uy;
const words: ReadonlyMap<string, true | false | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

const name = /(?:[\p{L}_][\p{L}\p{N}_-]*|"[^"\\$%\n]*")(?=[ \t]*[=:])/uy;
const sign = /[ \t]*[=:][ \t]*/y;
// Outside of parentheses an expression ends with its line.
const behind = /[ \t]*(?:[,}#\r\n]|\/\/|$)/y;

export interface Assignment {
  readonly name: Span;
  readonly value: Expression;
}

/**
 * The attribute or entry at `from`, if its value is a literal or a reference with nothing behind it on its line. All spans
 * of the result are moved by `offset`.
 */
export function simpleAssignment(text: string, from: number, offset: number): Assignment | undefined {
  const nameEnd = endOf(name, text, from);
  const start = nameEnd < 0 ? -1 : endOf(sign, text, nameEnd);
  const end = start < 0 ? -1 : endOf(patternFor(text, start), text, start);
  if (end < 0 || endOf(behind, text, end) < 0) return undefined;
  return { name: { start: from + offset, end: nameEnd + offset }, value: simple(text, start, end, offset) };
}

/**
 * The literal or reference that fills the text from `from` to `to`; `undefined` if it is anything else. The spans of the
 * result are moved by `offset`.
 */
export const simpleExpression = (text: string, from: number, to: number, offset: number): Expression | undefined =>
  endOf(patternFor(text, from), text, from) === to ? simple(text, from, to, offset) : undefined;

function patternFor(text: string, from: number): RegExp {
  const first = text.charCodeAt(from);
  if (first === 0x22 /* " */) return quoted;
  return (first >= 0x30 && first <= 0x39) || first === 0x2d /* - */ ? number : reference;
}

function simple(text: string, from: number, to: number, offset: number): Expression {
  const span = { start: from + offset, end: to + offset };
  const pattern = patternFor(text, from);
  if (pattern === quoted) {
    const content = { start: span.start + 1, end: span.end - 1 };
    return { kind: "literal", value: unescaped(text.slice(from + 1, to - 1)), span, content };
  }
  const path = text.slice(from, to);
  const value = pattern === number ? Number(path) : words.get(path);
  if (value === undefined) return { kind: "reference", path, span };
  return { kind: "literal", value, span, content: span };
}

/** What a quoted string says, handed in with its quotes. */
export const unquoted = (text: string): string => unescaped(text.replace(/^"|"$/g, ""));

/**
 * A text with the escapes of quoted strings resolved. Source: HCL native syntax specification, "Template Expressions".
 */
export function unescaped(text: string): string {
  if (!/[\\$%]/.test(text)) return text;
  return text.replace(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([nrt"\\]))|([$%])\4(?=\{)/g,
    (all, short?: string, long?: string, letter?: string, mark?: string) => {
      if (letter !== undefined) return letters[letter] ?? letter;
      if (mark !== undefined) return mark;
      const code = Number.parseInt(short ?? long ?? "", 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}

/** A heredoc's lines with its two escapes resolved: `$${` and `%%{`. */
export const heredocText = (text: string): string => text.replace(/([$%])\1(?=\{)/g, "$1");

const letters: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** Where a sticky pattern ends that begins at `from`; -1 if it does not. */
function endOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : -1;
}
