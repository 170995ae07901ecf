// A syntax tree -> blocks and attributes.

import { readExpression, readSimply } from "./expressions.js";
import type { Content } from "./file.js";
import { unquoted } from "./literals.js";
import type { Attribute, Block, Expression, Label } from "./model.js";
import { bounds, deepest, eachChild, isFaulty, type Kind, moved, type Reading, textAt } from "./reading.js";

/** Reads the attributes and blocks below the node that the cursor stands on, also those among what could not be read. */
export function readBody(reading: Reading, depth = 0): Content {
  const attributes: Attribute[] = [];
  const blocks: Block[] = [];
  const visit = (kind: Kind | undefined): void => {
    if (kind === "attribute") attributes.push(readAttribute(reading));
    else if (kind === "block") blocks.push(readBlock(reading, depth + 1));
    else if (kind === "body") eachChild(reading, visit);
    else if (kind === undefined && reading.broken && depth < deepest) {
      const inner = readBody(reading, depth + 1);
      for (const attribute of inner.attributes) attributes.push(attribute);
      for (const block of inner.blocks) blocks.push(block);
    }
  };
  if (depth < deepest) eachChild(reading, visit);
  return { attributes, blocks };
}

function readBlock(reading: Reading, depth: number): Block {
  const [from, to] = bounds(reading);
  const broken = depth >= deepest || isFaulty(reading);
  const labels: Label[] = [];
  let content: Content = { attributes: [], blocks: [] };
  let type = "";
  let headEnd = from;
  let body = { start: to, end: to };
  eachChild(reading, (kind) => {
    if (kind === "identifier" || kind === "string_lit") {
      const [start, end] = bounds(reading);
      const name = reading.text.slice(start, end);
      if (type === "") type = name;
      else labels.push({ text: kind === "identifier" ? name : unquoted(name), span: moved(reading, start, end) });
      headEnd = end;
    } else if (kind === "block_start") body = { start: reading.cursor.endIndex, end: to };
    else if (kind === "block_end") body = { start: body.start, end: reading.cursor.startIndex };
    else if (kind === "body" || (kind === undefined && reading.broken))
      content = both(content, readBody(reading, depth));
  });
  return {
    type,
    labels,
    ...content,
    span: moved(reading, from, to),
    head: moved(reading, from, headEnd),
    body: moved(reading, body.start, body.end),
    broken,
  };
}

const both = (a: Content, b: Content): Content =>
  a.attributes.length + a.blocks.length === 0
    ? b
    : { attributes: [...a.attributes, ...b.attributes], blocks: [...a.blocks, ...b.blocks] };

function readAttribute(reading: Reading): Attribute {
  const simple = readSimply(reading);
  if (simple) {
    const { name, value } = simple;
    const span = { start: name.start, end: value.span.end };
    return { name: textAt(reading, name), nameSpan: name, value, span };
  }
  const [from, to] = bounds(reading);
  const faulty = isFaulty(reading);
  let nameEnd = from;
  let value: Expression | undefined;
  eachChild(reading, (kind) => {
    if (kind === "identifier") nameEnd = reading.cursor.endIndex;
    else if (kind === "expression" && !faulty) value = readExpression(reading, 0);
  });
  return {
    name: reading.text.slice(from, nameEnd),
    nameSpan: moved(reading, from, nameEnd),
    value: value ?? { kind: "unknown", span: moved(reading, nameEnd, to) },
    span: moved(reading, from, to),
  };
}
