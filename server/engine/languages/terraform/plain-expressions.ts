// Expressions as nearly everybody writes them, without a syntax tree; the same results as from one.
// Source: HCL native syntax specification, "Expressions".

import { simpleAssignment, simpleExpression, unquoted } from "./literals.js";
import type { Entry, Expression } from "./model.js";
import { readHeredoc, readString } from "./plain-strings.js";
import { codes, match, type PlainText, readWord, skipBlanks, skipSpace } from "./plain-text.js";

/** Deeper nesting is left to the parser. */
const deepest = 40;

const simple =
  /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|[A-Za-z_][\w-]*(?:\.(?:[A-Za-z0-9_][\w-]*|\*)|\[(?:\d+|\*|"[^"\\$%\n]*"|[a-z]+\.[a-z_]+)\])*(?![\w\u0080-\uffff-])/y;
const operator = /&&|\|\||[=!<>]=|[<>+*%-]|\/(?!\/)/y;
const forWord = /for(?![\w-])/y;

/** Reads an expression; within brackets it goes on behind a line end. `undefined` if it is not plain. */
export function readExpression(reading: PlainText, depth: number, within: boolean): Expression | undefined {
  const start = reading.at;
  if (depth > deepest) return undefined;
  let value = readTerm(reading, depth, within);
  if (!value) return undefined;
  let end = reading.at;
  for (;;) {
    if (within) skipSpace(reading);
    else skipBlanks(reading);
    if (match(reading, operator) === undefined) break;
    if (within) skipSpace(reading);
    else skipBlanks(reading);
    if (!readTerm(reading, depth, within)) return undefined;
    end = reading.at;
    value = { kind: "unknown", span: { start, end } };
  }
  if (reading.text.charCodeAt(reading.at) !== codes.question) {
    reading.at = end;
    return value;
  }
  const whenTrue = readBranch(reading, depth, within);
  if (!whenTrue || reading.text.charCodeAt(reading.at) !== codes.colon) return undefined;
  const whenFalse = readBranch(reading, depth, within);
  if (!whenFalse) return undefined;
  reading.at = whenFalse.span.end;
  return { kind: "conditional", whenTrue, whenFalse, span: { start, end: reading.at } };
}

/** A branch of a condition, from the sign before it to the one behind it. */
function readBranch(reading: PlainText, depth: number, within: boolean): Expression | undefined {
  const skip = within ? skipSpace : skipBlanks;
  reading.at++;
  skip(reading);
  const value = readExpression(reading, depth + 1, within);
  if (value) skip(reading);
  return value;
}

/** A term with what is read out of it (`.id`, `[0]`). */
function readTerm(reading: PlainText, depth: number, within: boolean): Expression | undefined {
  const { text } = reading;
  const start = reading.at;
  const code = text.charCodeAt(start);
  if (code === codes.bang || code === codes.minus) {
    const number = match(reading, simple);
    if (number !== undefined) return simpleExpression(text, start, number, 0);
    reading.at++;
    skipBlanks(reading);
    return readTerm(reading, depth, within) && { kind: "unknown", span: { start, end: reading.at } };
  }
  const first = readFirst(reading, code, depth);
  if (!first) return undefined;
  let followed = false;
  for (;;) {
    const next = text.charCodeAt(reading.at);
    if (next === codes.dot && text.charCodeAt(reading.at + 1) !== codes.dot) {
      reading.at++;
      if (match(reading, step) === undefined) return undefined;
    } else if (next === codes.openBracket) {
      if (!readIndex(reading, depth)) return undefined;
    } else break;
    followed = true;
  }
  if (isOddlyFollowed(reading, within)) return undefined;
  if (!followed) return first;
  const span = { start, end: reading.at };
  if (first.kind !== "reference") return { kind: "unknown", span };
  return { kind: "reference", path: text.slice(start, reading.at).replace(/\s+/g, ""), span };
}

const step = /[A-Za-z_][\w-]*(?![\u0080-\uffff])|\d+(?![\w.])|\*/y;

/** What is read out of a term may stand apart from it: that is left to the parser. */
function isOddlyFollowed({ text, at }: PlainText, within: boolean): boolean {
  if (text.charAt(at) === ".") return text.slice(at, at + 3) !== "...";
  const ahead = { text, at };
  if (within) skipSpace(ahead);
  else skipBlanks(ahead);
  const next = text.charAt(ahead.at);
  return (
    ahead.at > at && (next === "[" || next === "(" || (next === "." && text.slice(ahead.at, ahead.at + 3) !== "..."))
  );
}

function readIndex(reading: PlainText, depth: number): boolean {
  reading.at++;
  skipSpace(reading);
  if (reading.text.charCodeAt(reading.at) === codes.star) reading.at++;
  else if (!readExpression(reading, depth + 1, true)) return false;
  skipSpace(reading);
  return reading.text.charCodeAt(reading.at++) === codes.closeBracket;
}

function readFirst(reading: PlainText, code: number, depth: number): Expression | undefined {
  const { text } = reading;
  switch (code) {
    case codes.quote:
      return readString(reading, (inner) => readExpression(inner, depth + 1, true));
    case codes.openBracket:
      return readList(reading, depth);
    case codes.openBrace:
      return readMap(reading, depth);
    case codes.openParen:
      return readParens(reading, depth);
    case codes.less:
      return readHeredoc(reading, (inner) => readExpression(inner, depth + 1, true));
  }
  const start = reading.at;
  const end = match(reading, simple);
  if (end === undefined) return undefined;
  if (text.charCodeAt(end) === codes.openParen) return readCall(reading, start, depth);
  if (text.charCodeAt(end) === codes.colon && text.charCodeAt(end + 1) === codes.colon) return undefined;
  return simpleExpression(text, start, end, 0);
}

function readParens(reading: PlainText, depth: number): Expression | undefined {
  const start = reading.at++;
  skipSpace(reading);
  const value = readExpression(reading, depth + 1, true);
  skipSpace(reading);
  if (!value || reading.text.charCodeAt(reading.at++) !== codes.closeParen) return undefined;
  return { ...value, span: { start, end: reading.at } };
}

/** Values with commas between them, up to the closing bracket. */
function readItems(
  reading: PlainText,
  close: number,
  depth: number,
): { items: Expression[]; spread: boolean } | undefined {
  const { text } = reading;
  const items: Expression[] = [];
  let spread = false;
  for (;;) {
    skipSpace(reading);
    if (text.charCodeAt(reading.at) === close) break;
    const item = spread ? undefined : readExpression(reading, depth + 1, true);
    if (!item) return undefined;
    items.push(item);
    skipSpace(reading);
    if (text.startsWith("...", reading.at)) {
      spread = true;
      reading.at += 3;
      skipSpace(reading);
    }
    const code = text.charCodeAt(reading.at);
    if (code === codes.comma && !spread) reading.at++;
    else if (code !== close) return undefined;
  }
  reading.at++;
  return { items, spread };
}

function readList(reading: PlainText, depth: number): Expression | undefined {
  const start = reading.at++;
  skipSpace(reading);
  if (isFor(reading)) return readFor(reading, start, codes.closeBracket, depth);
  const read = readItems(reading, codes.closeBracket, depth);
  return read && !read.spread ? { kind: "list", items: read.items, span: { start, end: reading.at } } : undefined;
}

function readCall(reading: PlainText, start: number, depth: number): Expression | undefined {
  const name = reading.text.slice(start, reading.at++);
  if (!/^[A-Za-z_][\w-]*$/.test(name)) return undefined;
  const read = readItems(reading, codes.closeParen, depth);
  return read && { kind: "call", name, args: read.items, spread: read.spread, span: { start, end: reading.at } };
}

function isFor(reading: PlainText): boolean {
  forWord.lastIndex = reading.at;
  return forWord.test(reading.text);
}

/** `for k, v in map : k => v... if v`: nothing of it is known, but it has to be passed over. */
function readFor(reading: PlainText, start: number, close: number, depth: number): Expression | undefined {
  const next = (sign: string): boolean => {
    skipSpace(reading);
    if (!reading.text.startsWith(sign, reading.at)) return false;
    reading.at += sign.length;
    skipSpace(reading);
    return true;
  };
  const value = (): boolean => readExpression(reading, depth + 1, true) !== undefined;
  next("for");
  if (readWord(reading) === undefined || (next(",") && readWord(reading) === undefined)) return undefined;
  if (!next("in") || !value() || !next(":") || !value()) return undefined;
  if (close === codes.closeBrace && (!next("=>") || !value())) return undefined;
  next("...");
  if (next("if") && !value()) return undefined;
  skipSpace(reading);
  if (reading.text.charCodeAt(reading.at++) !== close) return undefined;
  return { kind: "unknown", span: { start, end: reading.at } };
}

function readMap(reading: PlainText, depth: number): Expression | undefined {
  const { text } = reading;
  const entries: Entry[] = [];
  const start = reading.at++;
  skipSpace(reading);
  if (isFor(reading) && !/^for\s*[=:]/.test(text.slice(reading.at, reading.at + 20)))
    return readFor(reading, start, codes.closeBrace, depth);
  for (;;) {
    skipSpace(reading);
    if (text.charCodeAt(reading.at) === codes.closeBrace) break;
    const entry = readEntry(reading, depth);
    if (!entry) return undefined;
    entries.push(entry);
    skipBlanks(reading);
    const code = text.charCodeAt(reading.at);
    if (code === codes.comma) reading.at++;
    else if (!isEntryEnd(code, text.charCodeAt(reading.at + 1))) return undefined;
  }
  reading.at++;
  return { kind: "map", entries, span: { start, end: reading.at } };
}

const isEntryEnd = (code: number, next: number): boolean =>
  code === codes.closeBrace ||
  code === codes.newline ||
  code === codes.return ||
  code === codes.hash ||
  (code === codes.slash && next === codes.slash);

function readEntry(reading: PlainText, depth: number): Entry | undefined {
  const { text } = reading;
  const start = reading.at;
  const found = simpleAssignment(text, start, 0);
  if (found) {
    const { name, value } = found;
    reading.at = value.span.end;
    return { key: unquoted(text.slice(name.start, name.end)), keySpan: name, value, span: { start, end: reading.at } };
  }
  const key = readExpression(reading, depth + 1, false);
  skipBlanks(reading);
  const sign = text.charCodeAt(reading.at++);
  if (!key || (sign !== codes.equals && sign !== codes.colon)) return undefined;
  skipBlanks(reading);
  const value = readExpression(reading, depth + 1, false);
  return value && { ...keyOf(text, key), keySpan: key.span, value, span: { start, end: value.span.end } };
}

/** A word as a key is the key itself; in parentheses it is computed, as is anything longer. */
function keyOf(text: string, key: Expression): { readonly key?: string } {
  if (key.kind === "literal" && key.value !== null) return { key: String(key.value) };
  const word = key.kind === "reference" && /^[^.["(]+$/.test(text.slice(key.span.start, key.span.end));
  return word ? { key: key.path } : {};
}
