// Words of an instruction: where they stand, and what is left of them without quotes, escapes and variables.

import type { Span } from "../../text.js";
import type { Logical } from "./lines.js";
import { locator } from "./lines.js";

export interface Word {
  readonly span: Span;
  /** As written, continuations taken out. */
  readonly text: string;
  /** Without quotes and escapes; variables as written. */
  readonly value: string;
}

/** What a variable stands for where it is used. Where not `known`, its text still holds variables. */
export interface Value {
  readonly text: string;
  readonly known: boolean;
}

/** A text after its variables are put in. What stays unknown is still there as a variable, and `known` is false. */
export interface Expanded extends Value {
  /** The variables whose values were put in. */
  readonly used: readonly string[];
}

/** Asks for a variable: `undefined` when nothing sets it. */
export type Lookup = (name: string) => Value | undefined;

/** Reads the words of `logical` from `from` on; blanks in quotes and escaped blanks do not separate. */
export function readWords(logical: Logical, from: number, escapeMark: string): readonly Word[] {
  const words: Word[] = [];
  const locate = locator(logical);
  const { text } = logical;
  for (let at = blanksEnd(text, from); at < text.length; ) {
    const end = wordEnd(text, at, escapeMark);
    const raw = text.slice(at, end);
    words.push({ span: locate(at, end), text: raw, value: unquote(raw, escapeMark) });
    at = blanksEnd(text, end);
  }
  return words;
}

/** The text of a word without quotes and escapes. */
export function unquote(text: string, escapeMark: string): string {
  return /['"\\`]/.test(text) ? expand(text, escapeMark, undefined).text : text;
}

const longestValue = 4096;
const deepestDefault = 20;

/**
 * A text without quotes and escapes, and with its variables put in: `$V`, `${V}`, `${V:-d}`, `${V-d}`, `${V:+d}`,
 * `${V+d}`, `${V:?e}`, `${V?e}`. Single quotes and escapes keep a `$` as it is. Without `lookup` variables stay.
 * Source: Dockerfile reference, "Environment replacement".
 */
export function expand(text: string, escapeMark: string, lookup: Lookup | undefined, depth = 0): Expanded {
  let result = "";
  let known = true;
  let quote = "";
  const used: string[] = [];
  for (let i = 0; i < text.length; ) {
    const char = text.charAt(i);
    if (quote === "'" || (char !== "$" && char !== escapeMark && char !== "'" && char !== '"')) {
      if (char === quote) quote = "";
      else result += char;
      i++;
    } else if (char === escapeMark) {
      const next = text.charAt(i + 1);
      const special = quote === "" || next === '"' || next === "$" || next === escapeMark;
      result += special ? next : char + next;
      i += 2;
    } else if (char === "$") {
      const end = variableEnd(text, i);
      const source = text.slice(i, end);
      const value = lookup && depth < deepestDefault ? resolve(source, escapeMark, lookup, depth) : undefined;
      result += value?.text ?? source;
      if (!value?.known && end > i + 1) known = false;
      if (value) used.push(...value.used);
      i = end;
    } else {
      if (quote === "") quote = char;
      else if (quote === char) quote = "";
      else result += char;
      i++;
    }
    if (lookup && result.length > longestValue) return { text: text.slice(0, longestValue), known: false, used: [] };
  }
  return { text: result, known, used };
}

/** What one variable (`$V`, `${V…}`) stands for; `undefined` where it cannot be told. */
function resolve(source: string, escapeMark: string, lookup: Lookup, depth: number): Expanded | undefined {
  const [, plain, braced, operator, rest] =
    /^\$(?:(\w+)|\{(\w+)(?:(:?[-+?])(.*))?\})$/s.exec(source) ?? ([] as readonly (string | undefined)[]);
  const name = plain ?? braced;
  if (name === undefined) return undefined;
  const value = lookup(name);
  const own: Expanded | undefined = value && { ...value, used: [name] };
  if (operator === undefined || operator.endsWith("?")) return own;
  const other = () => expand(rest ?? "", escapeMark, lookup, depth + 1);
  if (value && !value.known) return undefined;
  const filled = value !== undefined && (value.text !== "" || !operator.startsWith(":"));
  if (operator.endsWith("-")) return filled ? own : other();
  // Whoever builds may set a variable that has no value here, so that it is empty cannot be told.
  if (!value) return undefined;
  return filled ? other() : { text: "", known: true, used: [name] };
}

/** Behind the variable that starts at the `$` at `i`; one that is never closed takes the rest of the text. */
function variableEnd(text: string, i: number): number {
  if (text[i + 1] !== "{") {
    const name = /\w*/y;
    name.lastIndex = i + 1;
    name.test(text);
    return Math.max(i + 1, name.lastIndex);
  }
  let depth = 0;
  for (let at = i + 1; at < text.length; at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at + 1;
  }
  return text.length;
}

function wordEnd(text: string, from: number, escapeMark: string): number {
  let quote = "";
  for (let i = from; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === escapeMark && quote !== "'") i++;
    else if (quote !== "") {
      if (char === quote) quote = "";
    } else if (char === "'" || char === '"') quote = char;
    else if (isBlankAt(text, i)) return i;
  }
  return text.length;
}

/** Behind the blanks at `from`. */
export function blanksEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && isBlankAt(text, at)) at++;
  return at;
}

function isBlankAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || (code >= 9 && code <= 13);
}
