// Text as nearly everybody writes it -> blocks and attributes, without a syntax tree: several times as fast. It reads a part
// of the grammar, without guessing: at the first thing it does not know it gives up, and the parser reads the text.

import type { Content } from "./file.js";
import { simpleAssignment, unquoted } from "./literals.js";
import type { Attribute, Block, Label } from "./model.js";
import { readExpression } from "./plain-expressions.js";
import { codes, type PlainText, readWord, skipBlanks, skipQuoted, skipSpace } from "./plain-text.js";

/** Deeper nesting is left to the parser. */
const deepest = 40;

/** What stands in a text without faults; `undefined` if something in it is not plain. */
export function readPlainly(text: string): Content | undefined {
  const reading: PlainText = { text, at: 0 };
  const content = readContent(reading, 0);
  return content && reading.at === text.length ? content : undefined;
}

/** Reads up to the end of the text, or to the brace that closes the block. */
function readContent(reading: PlainText, depth: number): Content | undefined {
  const { text } = reading;
  const attributes: Attribute[] = [];
  const blocks: Block[] = [];
  if (depth > deepest) return undefined;
  for (;;) {
    skipSpace(reading);
    const start = reading.at;
    if (start === text.length || text.charCodeAt(start) === codes.closeBrace) return { attributes, blocks };
    const attribute = simpleAttribute(reading);
    if (attribute) {
      attributes.push(attribute);
      continue;
    }
    const end = readWord(reading);
    if (end === undefined) return undefined;
    skipBlanks(reading);
    if (text.charCodeAt(reading.at) === codes.equals && text.charCodeAt(reading.at + 1) !== codes.equals) {
      const read = readAttribute(reading, start, end);
      if (!read) return undefined;
      attributes.push(read);
    } else {
      const block = readBlock(reading, start, end, depth);
      if (!block) return undefined;
      blocks.push(block);
    }
    if (!endsHere(reading)) return undefined;
  }
}

/** Most attributes are told by their line. */
function simpleAttribute(reading: PlainText): Attribute | undefined {
  const { text, at } = reading;
  if (text.charCodeAt(at) === codes.quote) return undefined;
  const simple = simpleAssignment(text, at, 0);
  if (!simple) return undefined;
  const { name, value } = simple;
  const sign = text.slice(name.end, value.span.start);
  reading.at = value.span.end;
  if (!sign.includes(":") && endsHere(reading))
    return {
      name: text.slice(name.start, name.end),
      nameSpan: name,
      value,
      span: { start: name.start, end: value.span.end },
    };
  reading.at = at;
  return undefined;
}

function readAttribute(reading: PlainText, start: number, end: number): Attribute | undefined {
  reading.at++;
  skipBlanks(reading);
  const value = readExpression(reading, 0, false);
  return (
    value && {
      name: reading.text.slice(start, end),
      nameSpan: { start, end },
      value,
      span: { start, end: value.span.end },
    }
  );
}

function readBlock(reading: PlainText, start: number, end: number, depth: number): Block | undefined {
  const { text } = reading;
  const labels: Label[] = [];
  let headEnd = end;
  while (text.charCodeAt(reading.at) !== codes.openBrace) {
    const from = reading.at;
    const isQuoted = text.charCodeAt(from) === codes.quote;
    const to = isQuoted ? skipQuoted(reading) : readWord(reading);
    if (to === undefined) return undefined;
    const word = text.slice(from, to);
    labels.push({ text: isQuoted ? unquoted(word) : word, span: { start: from, end: to } });
    headEnd = to;
    skipBlanks(reading);
  }
  const inside = ++reading.at;
  const content = readContent(reading, depth + 1);
  if (!content || text.charCodeAt(reading.at) !== codes.closeBrace) return undefined;
  const body = { start: inside, end: reading.at++ };
  return {
    type: text.slice(start, end),
    labels,
    ...content,
    span: { start, end: reading.at },
    head: { start, end: headEnd },
    body,
    broken: false,
  };
}

/** An attribute or a block ends with its line, or with the block around it. */
function endsHere(reading: PlainText): boolean {
  skipBlanks(reading);
  const code = reading.text.charCodeAt(reading.at);
  if (Number.isNaN(code) || code === codes.newline || code === codes.hash || code === codes.closeBrace) return true;
  if (code === codes.return) return reading.text.charCodeAt(reading.at + 1) === codes.newline;
  return code === codes.slash && reading.text.charCodeAt(reading.at + 1) === codes.slash;
}
