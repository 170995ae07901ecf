// JSON -> a tree with places. Reads on while it can: up to its first fault, a broken text keeps what stands before it.
// Its own reader, because none of the packages at hand tells where the parts of a string stand behind its escapes, and
// because a fault in the middle of a document must not cost the whole of it. Source: RFC 8259.

import type { Span } from "../../text.js";

export type JsonNode = JsonObject | JsonArray | JsonString | JsonWord;

export interface JsonObject {
  readonly kind: "object";
  readonly members: readonly JsonMember[];
  readonly span: Span;
  /** A fault stands in it. */
  readonly broken: boolean;
}

export interface JsonMember {
  readonly key: JsonString;
  readonly value: JsonNode;
  /** From the key to the end of the value. */
  readonly span: Span;
}

export interface JsonArray {
  readonly kind: "array";
  readonly items: readonly JsonNode[];
  readonly span: Span;
}

export interface JsonString {
  readonly kind: "string";
  /** Escapes are resolved. */
  readonly value: string;
  /** With its quotes. */
  readonly span: Span;
}

/** A number, a boolean or null. */
export interface JsonWord {
  readonly kind: "word";
  readonly value: number | boolean | null;
  readonly span: Span;
}

export interface JsonText {
  /** Absent where not even its beginning can be read. */
  readonly node?: JsonNode;
  /** The first fault; what stands behind it was not read. */
  readonly fault?: JsonFault;
}

export interface JsonFault {
  readonly span: Span;
  readonly message: string;
  /** The text may be sound, only nested too deep to be read. */
  readonly deep?: true;
}

const token = /[ \t\r\n\uFEFF]*("(?:[^"\\\n]|\\[^\n])*"|[{}[\],:]|-?\d[\d.eE+-]*|[a-z]+|$|[\s\S])/y;

interface Token {
  readonly text: string;
  readonly span: Span;
}

/** Reads a text as JSON; nesting deeper than `deepest` is a fault. */
export function readJsonText(text: string, deepest: number): JsonText {
  let at = 0;
  const faults: JsonFault[] = [];
  const next = (): Token => {
    token.lastIndex = at;
    const found = token.exec(text)?.[1] ?? "";
    at = token.lastIndex;
    return { text: found, span: { start: at - found.length, end: at } };
  };
  const fail = (span: Span, message: string, deep = false): undefined => {
    if (faults.length === 0) faults.push({ span, message, ...(deep && { deep }) });
    return undefined;
  };

  const readNode = ({ text: word, span }: Token, depth: number): JsonNode | undefined => {
    if (depth > deepest) return fail(span, `nested deeper than ${deepest} levels`, true);
    if (word === "{") return readObject(span, depth);
    if (word === "[") return readArray(span, depth);
    if (word.length > 1 && word.startsWith('"')) return readString(word, span);
    const value = words.has(word) ? words.get(word) : /^-?\d/.test(word) ? scalar(word) : undefined;
    if (value !== undefined && typeof value !== "string") return { kind: "word", value, span };
    if (word === "") return fail(span, "the text ends where a value is to come");
    return fail(span, word === '"' ? "the string is not closed on its line" : `"${word}" is no value of JSON`);
  };

  const readString = (word: string, span: Span): JsonString | undefined => {
    const value = word.includes("\\") ? scalar(word) : word.slice(1, -1);
    return typeof value === "string"
      ? { kind: "string", value, span }
      : fail(span, "the string has an escape that JSON does not know");
  };

  const readObject = ({ start }: Span, depth: number): JsonObject => {
    const members: JsonMember[] = [];
    readAll("}", start, (first) => {
      const key = first.text.startsWith('"') ? readNode(first, depth) : fail(first.span, "a key in quotes is to come");
      if (key?.kind !== "string") return;
      const colon = next();
      if (colon.text !== ":") return fail(colon.span, `no ":" follows the key "${key.value}"`);
      const value = readNode(next(), depth + 1);
      if (value) members.push({ key, value, span: { start: key.span.start, end: value.span.end } });
    });
    return { kind: "object", members, span: { start, end: at }, broken: faults.length > 0 };
  };

  const readArray = ({ start }: Span, depth: number): JsonArray => {
    const items: JsonNode[] = [];
    readAll("]", start, (first) => {
      const item = readNode(first, depth + 1);
      if (item) items.push(item);
    });
    return { kind: "array", items, span: { start, end: at } };
  };

  const readAll = (end: string, start: number, read: (first: Token) => void): void => {
    let first = next();
    if (first.text === end) return;
    while (faults.length === 0) {
      read(first);
      if (faults.length > 0) return;
      const sign = next();
      if (sign.text === end) return;
      if (sign.text === "") fail({ start, end: start + 1 }, `"${text.charAt(start)}" is not closed`);
      else if (sign.text !== ",") fail(sign.span, `a comma or "${end}" is to come here`);
      first = next();
    }
  };

  const node = readNode(next(), 0);
  const rest = next();
  if (rest.text !== "") fail(rest.span, "the text goes on behind its value");
  const [fault] = faults;
  return { ...(node && { node }), ...(fault && { fault }) };
}

const words: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/** What a string or a number says; `undefined` if it is none. */
function scalar(word: string): string | number | undefined {
  try {
    const value: unknown = JSON.parse(word);
    return typeof value === "string" || typeof value === "number" ? value : undefined;
  } catch {
    return undefined; // The reader says where the fault is.
  }
}

/**
 * Where each part of a string stands: gives the place in the file of an offset in its value.
 * @param text the text of the file
 */
export function placesIn(text: string, { span }: JsonString): (offset: number) => number {
  const first = span.start + 1;
  const written = text.slice(first, span.end - 1);
  if (!written.includes("\\")) return (offset) => first + offset;
  const places: number[] = [];
  for (const match of written.matchAll(/\\u[0-9a-fA-F]{4}|\\?[\s\S]/g)) places.push(first + match.index);
  return (offset) => places[offset] ?? span.end - 1;
}
