// One instruction out of its joined text: keyword, flags, words, assignments. Words are read when a rule asks for them.

import type { Span } from "../../text.js";
import { type Logical, locator, skipBlanks, trimBlanks } from "./lines.js";
import type { Assignment, Flag, FlagField, Heredoc, Instruction, Stage } from "./model.js";
import { blanksEnd, readWords, unquote, type Word } from "./words.js";

/** An instruction whose heredocs and stage are yet to be found. */
export interface Head {
  readonly name: string;
  readonly onbuild: boolean;
  readonly keyword: Span;
  /** Where its arguments start in the joined text. */
  readonly argumentsAt: number;
}

interface Body {
  readonly flags: readonly Flag[];
  readonly words: readonly Word[];
  readonly exec: boolean;
}

/** Reads the keyword, and the one behind it where the first is ONBUILD. */
export function readHead(logical: Logical): Head {
  const { text } = logical;
  const first = keywordEnd(text, 0);
  const second = blanksEnd(text, first);
  const onbuild = first === 7 && second < text.length && text.slice(0, 7).toUpperCase() === "ONBUILD";
  const start = onbuild ? second : 0;
  const end = onbuild ? keywordEnd(text, second) : first;
  return {
    name: text.slice(start, end).toUpperCase(),
    onbuild,
    keyword: locator(logical)(start, end),
    argumentsAt: blanksEnd(text, end),
  };
}

/** Makes the instruction of what was read; `end` is where its last line or heredoc ends. */
export function toInstruction(
  logical: Logical,
  head: Head,
  escapeMark: string,
  end: number,
  heredocs: readonly Heredoc[],
  stage: () => Stage | undefined,
): Instruction {
  const body = once(() => readBody(logical, head, escapeMark));
  const assignments = once(() => readAssignments(head.name, body().words, escapeMark));
  const rest = once(() => logical.text.slice(head.argumentsAt));
  return {
    name: head.name,
    onbuild: head.onbuild,
    keyword: head.keyword,
    span: { start: logical.pieces[0]?.start ?? head.keyword.start, end },
    heredocs,
    get stage() {
      return stage();
    },
    get flags() {
      return body().flags;
    },
    get words() {
      return body().words;
    },
    get exec() {
      return body().exec;
    },
    get rest() {
      return rest();
    },
    get assignments() {
      return assignments();
    },
  };
}

/** The fields of a flag's comma list, such as those of `--mount`. */
export function fieldsOf({ value, valueSpan }: Flag): readonly FlagField[] {
  const exact = valueSpan.end - valueSpan.start === value.length;
  let at = 0;
  return value.split(",").map((field) => {
    const equals = field.indexOf("=");
    const from = at + (equals === -1 ? field.length : equals + 1);
    const to = at + field.length;
    at = to + 1;
    return {
      key: (equals === -1 ? field : field.slice(0, equals)).trim().toLowerCase(),
      value: equals === -1 ? "" : field.slice(equals + 1).trim(),
      valueSpan: exact ? { start: valueSpan.start + from, end: valueSpan.start + to } : valueSpan,
    };
  });
}

/** A value that is worked out when it is first asked for. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function readBody(logical: Logical, { argumentsAt }: Head, escapeMark: string): Body {
  const all = readWords(logical, argumentsAt, escapeMark);
  let count = 0;
  while (all[count]?.text.startsWith("--")) count++;
  const rest = all.slice(count);
  const items = rest[0]?.text.startsWith("[") ? jsonItems(logical, rest[0], argumentsAt) : undefined;
  return { flags: all.slice(0, count).map((word) => toFlag(word, escapeMark)), words: items ?? rest, exec: !!items };
}

function toFlag({ span, text }: Word, escapeMark: string): Flag {
  const equals = text.indexOf("=");
  const name = text.slice(2, equals === -1 ? undefined : equals);
  const raw = equals === -1 ? "" : text.slice(equals + 1);
  const value = unquote(raw, escapeMark);
  const start = span.end - raw.length;
  const exact = span.end - span.start === text.length;
  return { name, value, span, valueSpan: !exact ? span : within({ start, end: span.end }, raw, value) };
}

/** The stretch of an unquoted value in its quotes, where the two differ by nothing else. */
function within(span: Span, raw: string, value: string): Span {
  const at = raw.indexOf(value);
  return at === -1 ? span : { start: span.start + at, end: span.start + at + value.length };
}

/** The strings of a JSON list, or `undefined` when the arguments are not one, so that a shell reads them. */
function jsonItems(logical: Logical, first: Word, argumentsAt: number): readonly Word[] | undefined {
  const from = logical.text.indexOf(first.text, argumentsAt);
  const source = logical.text.slice(from);
  if (!/\]\s*$/.test(source.slice(-200))) return undefined;
  let items: unknown;
  try {
    items = JSON.parse(source);
  } catch {
    return undefined; // not JSON: BuildKit takes it as shell text as well
  }
  if (!Array.isArray(items) || !items.every((item) => typeof item === "string")) return undefined;
  const locate = locator(logical);
  return [...source.matchAll(/"(?:[^"\\]|\\.)*"/g)].map((match, i): Word => {
    const start = from + match.index;
    const value: unknown = items[i];
    return {
      span: locate(start, start + match[0].length),
      text: match[0],
      value: typeof value === "string" ? value : "",
    };
  });
}

function readAssignments(name: string, words: readonly Word[], escapeMark: string): readonly Assignment[] {
  const [first] = words;
  if (!first || (name !== "ENV" && name !== "ARG" && name !== "LABEL")) return [];
  if (name !== "ARG" && !first.text.includes("=")) return [blankSeparated(first, words, escapeMark)];
  return words.map((word) => toAssignment(word, escapeMark));
}

function toAssignment({ span, text }: Word, escapeMark: string): Assignment {
  const equals = text.indexOf("=");
  const rawName = equals === -1 ? text : text.slice(0, equals);
  const exact = span.end - span.start === text.length;
  const raw = equals === -1 ? undefined : text.slice(equals + 1);
  return {
    name: unquote(rawName, escapeMark),
    nameSpan: exact ? { start: span.start, end: span.start + rawName.length } : span,
    raw,
    value: raw === undefined ? undefined : unquote(raw, escapeMark),
    span,
  };
}

/** The old form `ENV NAME the whole rest`. */
function blankSeparated(first: Word, words: readonly Word[], escapeMark: string): Assignment {
  const values = words.slice(1);
  const raw = values.map((word) => word.text).join(" ");
  return {
    name: first.value,
    nameSpan: first.span,
    raw,
    value: unquote(raw, escapeMark),
    span: { start: first.span.start, end: values.at(-1)?.span.end ?? first.span.end },
  };
}

/** The stretches of the lines an instruction is written on, without the blanks around. */
export function lineSpans(text: string, { pieces }: Logical): readonly Span[] {
  return pieces.map(({ start, end }) => {
    const first = skipBlanks(text, start, end);
    return { start: first, end: trimBlanks(text, first, end) };
  });
}

function keywordEnd(text: string, from: number): number {
  const word = /\S*/y;
  word.lastIndex = from;
  word.test(text);
  return Math.max(from, word.lastIndex);
}
