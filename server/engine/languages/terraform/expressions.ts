// A syntax tree -> expressions. Those that their text tells are not entered at all.

import type { Span } from "../../text.js";
import { type Assignment, heredocText, simpleAssignment, simpleExpression, unescaped, unquoted } from "./literals.js";
import type { Entry, Expression } from "./model.js";
import { bounds, deepest, eachChild, type Kind, moved, type Reading, textAt } from "./reading.js";

/** Spares the way into the tree where the line says it all. In a broken tree, lines say too little. */
export const readSimply = ({ cursor, text, offset, broken }: Reading): Assignment | undefined =>
  broken ? undefined : simpleAssignment(text, cursor.startIndex, offset);

/** Reads the `expression` that the cursor stands on. */
export function readExpression(reading: Reading, depth: number): Expression {
  const [from, to] = bounds(reading);
  return simpleExpression(reading.text, from, to, reading.offset) ?? readTerms(reading, from, to, depth);
}

function readTerms(reading: Reading, from: number, to: number, depth: number): Expression {
  const span = moved(reading, from, to);
  let first: Expression | undefined;
  let followed = false;
  if (depth < deepest)
    eachChild(reading, (kind) => {
      if (kind === "get_attr" || kind === "index" || kind === "splat") followed = true;
      else first ??= readTerm(reading, kind, depth + 1);
    });
  if (!first || (followed && first.kind !== "reference")) return { kind: "unknown", span };
  if (!followed) return first.span.start === span.start ? first : { ...first, span };
  return { kind: "reference", path: reading.text.slice(from, to).replace(/\s+/g, ""), span };
}

/** The part of an expression that the cursor stands on; `undefined` for a bracket, an operator or a comment. */
function readTerm(reading: Reading, kind: Kind | undefined, depth: number): Expression | undefined {
  const [from, to] = kind === undefined || kind === "comment" ? [0, 0] : bounds(reading);
  const span = moved(reading, from, to);
  switch (kind) {
    case "expression":
      return readExpression(reading, depth);
    case "variable_expr":
      return { kind: "reference", path: reading.text.slice(from, to), span };
    case "literal_value":
      return simpleExpression(reading.text, from, to, reading.offset) ?? readQuoted(reading, from, to, depth);
    case "template_expr":
    case "collection_value":
      return firstOf(reading, (inner) => readTerm(reading, inner, depth));
    case "quoted_template":
      return readQuoted(reading, from, to, depth);
    case "heredoc_template":
      return readHeredoc(reading, from, to, depth);
    case "tuple":
      return { kind: "list", items: readExpressions(reading, depth), span };
    case "object":
      return { kind: "map", entries: readEntries(reading, depth), span };
    case "function_call":
      return readCall(reading, span, depth);
    case "conditional": {
      const [condition, whenTrue, whenFalse] = readExpressions(reading, depth);
      return condition && whenTrue && whenFalse && conditional(reading, condition, whenTrue, whenFalse, span.end);
    }
    case "for_expr":
    case "operation":
      return { kind: "unknown", span };
    default:
      return undefined;
  }
}

/**
 * `a ? b : c ? d : e` is `a ? b : (c ? d : e)`, as in other languages; the tree takes it for `(a ? b : c) ? d : e`.
 */
function conditional(
  reading: Reading,
  condition: Expression,
  whenTrue: Expression,
  whenFalse: Expression,
  end: number,
): Expression {
  const { start } = condition.span;
  const span = { start, end };
  if (condition.kind !== "conditional" || textAt(reading, { start, end: start + 1 }) === "(")
    return { kind: "conditional", whenTrue, whenFalse, span };
  const rest = conditional(reading, condition.whenFalse, whenTrue, whenFalse, end);
  return { ...condition, whenFalse: rest, span };
}

function readQuoted(reading: Reading, from: number, to: number, depth: number): Expression {
  const text = reading.text.slice(from, to);
  if (!text.startsWith('"')) return { kind: "unknown", span: moved(reading, from, to) };
  const content = moved(reading, from + 1, Math.max(from + 1, to - 1));
  const parts = readParts(reading, depth);
  const span = moved(reading, from, to);
  if (parts.length === 0) return { kind: "literal", value: unescaped(text.slice(1, -1)), span, content };
  const [only] = parts;
  // A string that is one interpolation is the interpolated value itself, whatever its type.
  if (only && parts.length === 1 && only.start === content.start && only.end === content.end)
    return { ...only.value, span };
  return { kind: "template", parts: parts.map(({ value }) => value), span, content };
}

function readHeredoc(reading: Reading, from: number, to: number, depth: number): Expression {
  const { text } = reading;
  const start = Math.min(text.indexOf("\n", from) + 1 || to, to);
  const end = Math.max(start, text.lastIndexOf("\n", to - 1) + 1);
  const span = moved(reading, from, to);
  const content = moved(reading, start, end);
  const parts = readParts(reading, depth);
  if (parts.length === 0) return { kind: "literal", value: heredocText(text.slice(start, end)), span, content };
  return { kind: "template", parts: parts.map(({ value }) => value), span, content };
}

interface Part extends Span {
  readonly value: Expression;
}

/** The interpolations of a string; a directive counts as an unknown one. */
function readParts(reading: Reading, depth: number): readonly Part[] {
  const parts: Part[] = [];
  eachChild(reading, (kind) => {
    if (kind !== "template_interpolation" && kind !== "template_directive") return;
    const span = moved(reading, ...bounds(reading));
    const value = kind === "template_interpolation" ? readExpressions(reading, depth)[0] : undefined;
    parts.push({ ...span, value: value ?? { kind: "unknown", span } });
  });
  return parts;
}

function readExpressions(reading: Reading, depth: number): readonly Expression[] {
  const found: Expression[] = [];
  eachChild(reading, (kind) => {
    if (kind === "expression") found.push(readExpression(reading, depth));
  });
  return found;
}

function readEntries(reading: Reading, depth: number): readonly Entry[] {
  const entries: Entry[] = [];
  eachChild(reading, (kind) => {
    if (kind !== "object_elem") return;
    const simple = readSimply(reading);
    if (simple) {
      const { name, value } = simple;
      const span = { start: name.start, end: value.span.end };
      entries.push({ key: unquoted(textAt(reading, name)), keySpan: name, value, span });
      return;
    }
    const span = moved(reading, ...bounds(reading));
    const [key, value] = readExpressions(reading, depth);
    if (key && value) entries.push({ ...keyOf(reading, key), keySpan: key.span, value, span });
  });
  return entries;
}

/** A word as a key is the key itself; in parentheses it is computed, as is anything longer. */
function keyOf({ text, offset }: Reading, key: Expression): { readonly key?: string } {
  if (key.kind === "literal" && key.value !== null) return { key: String(key.value) };
  const word =
    key.kind === "reference" && /^[^.["(]+$/.test(text.slice(key.span.start - offset, key.span.end - offset));
  return word ? { key: key.path } : {};
}

function readCall(reading: Reading, span: Span, depth: number): Expression {
  let name = "";
  let args: readonly Expression[] = [];
  let spread = false;
  eachChild(reading, (kind) => {
    if (kind === "identifier") name = reading.text.slice(...bounds(reading));
    else if (kind === "function_arguments") {
      args = readExpressions(reading, depth);
      spread = reading.text.slice(...bounds(reading)).endsWith("...");
    }
  });
  return { kind: "call", name, args, spread, span };
}

function firstOf(reading: Reading, read: (kind: Kind | undefined) => Expression | undefined): Expression | undefined {
  let first: Expression | undefined;
  eachChild(reading, (kind) => {
    first ??= read(kind);
  });
  return first;
}
