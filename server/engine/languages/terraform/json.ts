// JSON that stands in Terraform text -> expressions with places, interpolations masked.

import type { Span } from "../../text.js";
import type { Entry, Expression } from "./model.js";

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

const token = /\s*("(?:[^"\\]|\\[\s\S])*"|[{}[\],:]|-?\d[\d.eE+-]*|[a-z]+)/y;

/** Reads a text as JSON; `place` says where a stretch of it stands in the file. `undefined` if it is none. */
export function readJson(text: string, place: (start: number, end: number) => Span): Expression | undefined {
  let at = 0;
  let start = 0;
  const next = (): string => {
    token.lastIndex = at;
    const match = token.exec(text);
    if (!match?.[1]) throw new SyntaxError("no JSON");
    at = token.lastIndex;
    start = at - match[1].length;
    return match[1];
  };
  const peek = (): string => {
    const before = at;
    const found = next();
    at = before;
    return found;
  };

  const readValue = (depth: number): Expression => {
    if (depth > deepest) throw new SyntaxError("too deep");
    const word = next();
    const from = start;
    if (word === "{") {
      const entries = readAll("}", () => readEntry(depth + 1));
      return { kind: "map", entries, span: place(from, at) };
    }
    if (word === "[") {
      const items = readAll("]", () => readValue(depth + 1));
      return { kind: "list", items, span: place(from, at) };
    }
    const span = place(from, at);
    if (word.includes(mask)) return { kind: "unknown", span };
    return { kind: "literal", value: JSON.parse(word), span, content: span };
  };

  const readEntry = (depth: number): Entry => {
    const name = next();
    const from = start;
    const keySpan = place(from, at);
    if (!name.startsWith('"') || next() !== ":") throw new SyntaxError("no key");
    const value = readValue(depth);
    return { ...(!name.includes(mask) && { key: String(JSON.parse(name)) }), keySpan, value, span: place(from, at) };
  };

  const readAll = <T>(end: string, read: () => T): readonly T[] => {
    const found: T[] = [];
    if (peek() === end) {
      next();
      return found;
    }
    for (;;) {
      found.push(read());
      const sign = next();
      if (sign === end) return found;
      if (sign !== ",") throw new SyntaxError("no separator");
    }
  };

  try {
    const value = readValue(0);
    return text.slice(at).trim() === "" ? value : undefined;
  } catch {
    return undefined; // What is no JSON is not known; Terraform itself reports it.
  }
}
