// JSON that stands in Terraform text -> expressions with places, interpolations masked.

import type { Span } from "../../text.js";
import { type JsonNode, readJsonText } from "./json.js";
import type { Expression } from "./model.js";

/** Stands for what is interpolated; a string with it in it is not known. */
const mask = "\uE000";

/** Deeper nesting is not read. */
const deepest = 60;

/**
 * Replaces interpolations and directives by marks of the same length, in quotes where they stand for a whole value. The
 * places of everything else stay the same.
 */
export function masked(text: string): string {
  let out = "";
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const two = text.slice(at, at + 2);
    if (two === "${" || two === "%{") {
      const end = endOfBraces(text, at + 2);
      const length = end - at;
      out += inString ? mask.repeat(length) : `"${mask.repeat(Math.max(length - 2, 0))}"`;
      at = end - 1;
    } else {
      const escaped = inString && text.charAt(at) === "\\";
      if (text.charAt(at) === '"') inString = !inString;
      out += escaped ? two : text.charAt(at);
      if (escaped) at++;
    }
  }
  return out;
}

function endOfBraces(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === "{") depth++;
    else if (char === "}" && --depth === 0) return at + 1;
  }
  return text.length;
}

/** Reads a text as JSON; `place` says where a stretch of it stands in the file. `undefined` if it is none. */
export function readJson(text: string, place: (start: number, end: number) => Span): Expression | undefined {
  const { node, fault } = readJsonText(text, deepest);
  return node && !fault ? toExpression(node, place) : undefined; // Terraform itself reports what is no JSON.
}

function toExpression(node: JsonNode, place: (start: number, end: number) => Span): Expression {
  const span = place(node.span.start, node.span.end);
  switch (node.kind) {
    case "object":
      return {
        kind: "map",
        entries: node.members.map(({ key, value, span: member }) => ({
          ...(!key.value.includes(mask) && { key: key.value }),
          keySpan: place(key.span.start, key.span.end),
          value: toExpression(value, place),
          span: place(member.start, member.end),
        })),
        span,
      };
    case "array":
      return { kind: "list", items: node.items.map((item) => toExpression(item, place)), span };
    case "string":
      return node.value.includes(mask)
        ? { kind: "unknown", span }
        : { kind: "literal", value: node.value, span, content: span };
    case "word":
      return { kind: "literal", value: node.value, span, content: span };
  }
}
