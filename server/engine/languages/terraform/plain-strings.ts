// Strings and heredocs with their interpolations, without a syntax tree.
// Source: HCL native syntax specification, "Template Expressions".

import type { Span } from "../../text.js";
import { heredocText, unescaped } from "./literals.js";
import type { Expression } from "./model.js";
import { codes, match, type PlainText, skipSpace } from "./plain-text.js";

/** Reads the expression of an interpolation. */
type ReadInner = (reading: PlainText) => Expression | undefined;

interface Part extends Span {
  readonly value: Expression;
}

const inString = /[^"\\$%\n]+|\\[^\n]|\$\$|%%|[$%](?!\{)/y;

/** Reads a string in quotes. */
export function readString(reading: PlainText, readInner: ReadInner): Expression | undefined {
  const { text } = reading;
  const start = reading.at++;
  const parts: Part[] = [];
  for (;;) {
    while (match(reading, inString) !== undefined);
    if (text.charCodeAt(reading.at) === codes.quote) break;
    const part = readPart(reading, readInner);
    if (!part) return undefined;
    parts.push(part);
  }
  const span = { start, end: ++reading.at };
  const content = { start: start + 1, end: reading.at - 1 };
  const [only] = parts;
  if (!only) return { kind: "literal", value: unescaped(text.slice(content.start, content.end)), span, content };
  if (parts.length === 1 && only.start === content.start && only.end === content.end) return { ...only.value, span };
  return { kind: "template", parts: parts.map(({ value }) => value), span, content };
}

/** An interpolation; directives are left to the parser. */
function readPart(reading: PlainText, readInner: ReadInner): Part | undefined {
  const { text } = reading;
  const start = reading.at;
  if (!text.startsWith("${", start)) return undefined;
  reading.at += text.charAt(start + 2) === "~" ? 3 : 2;
  skipSpace(reading);
  const value = readInner(reading);
  if (!value) return undefined;
  skipSpace(reading);
  if (text.charAt(reading.at) === "~") reading.at++;
  if (text.charCodeAt(reading.at++) !== codes.closeBrace) return undefined;
  return { value, start, end: reading.at };
}

const heredocHead = /<<-?([A-Za-z_][\w-]*)\r?\n/y;
const inHeredoc = /\$\$|%%|\$\{|%\{|\n/g;

/** Reads a heredoc up to the word that ends it. */
export function readHeredoc(reading: PlainText, readInner: ReadInner): Expression | undefined {
  const { text } = reading;
  const start = reading.at;
  heredocHead.lastIndex = start;
  const word = heredocHead.exec(text)?.[1];
  if (word === undefined) return undefined;
  const from = heredocHead.lastIndex;
  const last = new RegExp(`[ \\t]*${word}(?=\\r?\\n|$)`, "y");
  const parts: Expression[] = [];
  reading.at = from;
  for (let lineStart = true; ; ) {
    const at = reading.at;
    if (lineStart && match(reading, last) !== undefined) return heredoc(text, start, from, at, reading.at, parts);
    inHeredoc.lastIndex = reading.at;
    const sign = inHeredoc.exec(text)?.[0];
    if (sign === undefined || sign === "%{") return undefined;
    reading.at = inHeredoc.lastIndex;
    lineStart = sign === "\n";
    if (sign !== "${") continue;
    reading.at -= 2;
    const part = readPart(reading, readInner);
    if (!part) return undefined;
    parts.push(part.value);
  }
}

function heredoc(text: string, start: number, from: number, to: number, end: number, parts: Expression[]): Expression {
  const span = { start, end };
  const content = { start: from, end: to };
  if (parts.length > 0) return { kind: "template", parts, span, content };
  return { kind: "literal", value: heredocText(text.slice(from, to)), span, content };
}
