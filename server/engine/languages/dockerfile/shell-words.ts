// Shell text cut into words and the ends of commands. Source: POSIX.1-2017, "Shell Command Language", 2.2 to 2.7.

import type { Span } from "../../text.js";

export interface ShellWord {
  /** Without quotes; expansions as written. */
  readonly value: string;
  readonly span: Span;
  /** Whether it holds no expansion, so that `value` is what the command gets. */
  readonly literal: boolean;
}

/** A stretch of a text that a shell reads. `locate` turns its offsets into places of the file. */
export interface Region {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly locate: (start: number, end: number) => Span;
  /** How many substitutions it stands in. */
  readonly depth: number;
}

/** A word, a here-string, the mark of a heredoc, or the end of a command; `inner` are the substitutions in a word. */
export type Piece =
  | { readonly kind: "word" | "fed"; readonly word: ShellWord; readonly inner: readonly Span[] }
  | { readonly kind: "heredoc" }
  | { readonly kind: "end"; readonly piped: boolean };

const blank = /(?:[^\S\n]|\\\r?\n)+/y;
const comment = /#[^\n]*/y;
const operator = /&&|\|\||\|&?|;;|[;&()\n]/y;
const redirection = /&>>?|\d*(?:<<<|<<-?|<>|<&|>&|>>|>\||[<>])/y;
const heredocMark = /[ \t]*(?:'([^'\n]*)'|"([^"\n]*)"|\\?([^\s;&|<>()]+))/y;

/** The pieces of a region in their order. Targets of redirections and the bodies of heredocs are left out. */
export function* piecesOf(region: Region): Generator<Piece> {
  const { text, to } = region;
  let pending: string[] = [];
  let role: "word" | "fed" | "target" = "word";
  for (let at = region.from; at < to; ) {
    // Most words start with a letter, which nothing else does.
    const plainStart = isLetter(text.charCodeAt(at));
    const skipped = plainStart ? 0 : runAt(text, at, to, text[at] === "#" ? comment : blank);
    if (skipped > 0) {
      at += skipped;
      continue;
    }
    const redirected = plainStart ? 0 : runAt(text, at, to, redirection);
    const ended = plainStart || redirected > 0 ? 0 : runAt(text, at, to, operator);
    if (redirected > 0) {
      const sign = text.slice(at, at + redirected);
      at += redirected;
      role = sign.endsWith("<<<") ? "fed" : "target";
      if (role === "fed" || !/<<-?$/.test(sign)) continue;
      const mark = text.slice(at, at + runAt(text, at, to, heredocMark));
      at += mark.length;
      if (mark !== "") pending.push(mark.replace(/['"\\]/g, "").trim());
      yield { kind: "heredoc" };
      role = "word";
    } else if (ended > 0) {
      yield { kind: "end", piped: text[at] === "|" && text.slice(at, at + ended) !== "||" };
      const feeds = text[at] === "\n";
      at += ended;
      if (feeds && pending.length > 0) {
        at = behindHeredocs(text, at, to, pending);
        pending = [];
      }
      role = "word";
    } else {
      const read = readWord(region, at);
      if (role !== "target") yield { kind: role, word: read.word, inner: read.inner };
      at = Math.max(read.end, at + 1);
      role = "word";
    }
  }
}

const isLetter = (code: number): boolean => (code | 32) >= 97 && (code | 32) <= 122;

/** How long the match of a pattern is at an offset; 0 where it does not match. */
function runAt(text: string, at: number, to: number, pattern: RegExp): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? Math.min(pattern.lastIndex, to) - at : 0;
}

function behindHeredocs(text: string, from: number, to: number, marks: readonly string[]): number {
  let at = from;
  for (const mark of marks)
    while (at < to) {
      const feed = text.indexOf("\n", at);
      const end = feed === -1 || feed > to ? to : feed;
      const line = text.slice(at, end).trim();
      at = Math.min(end + 1, to);
      if (line === mark) break;
    }
  return at;
}

interface Reading {
  readonly word: ShellWord;
  readonly inner: readonly Span[];
  readonly end: number;
}

const quotedRun = /[^"\\$`]*/y;
const plain = /[^\s\\'"$`;&|()<>]+/y;

/** Reads the word at `start`, up to a blank or an operator that no quote protects. */
function readWord({ text, to, locate }: Region, start: number): Reading {
  const inner: Span[] = [];
  let value = "";
  let literal = true;
  let quoted = false;
  let at = start;
  const expansion = (): void => {
    const end = Math.min(expansionEnd(text, at, to), to);
    if (text[at] === "`") inner.push({ start: at + 1, end: Math.max(at + 1, end - 1) });
    else if (text.startsWith("$(", at) && !text.startsWith("$((", at))
      inner.push({ start: at + 2, end: Math.max(at + 2, end - 1) });
    if (end > at + 1) literal = false;
    value += text.slice(at, end);
    at = end;
  };
  while (at < to) {
    const char = text.charAt(at);
    if (char === '"') {
      quoted = !quoted;
      at++;
    } else if (char === "\\") {
      const next = /\r?\n|[\s\S]/y;
      next.lastIndex = at + 1;
      const escaped = next.exec(text)?.[0] ?? "";
      if (!escaped.endsWith("\n")) value += quoted && !/["\\$`]/.test(escaped) ? char + escaped : escaped;
      at += 1 + escaped.length;
    } else if (char === "$" || char === "`") expansion();
    else if (quoted) {
      quotedRun.lastIndex = at;
      quotedRun.test(text);
      const end = Math.max(at + 1, Math.min(quotedRun.lastIndex, to));
      value += text.slice(at, end);
      at = end;
    } else if (char === "'") {
      const close = text.indexOf("'", at + 1);
      const end = close === -1 || close >= to ? to : close;
      value += text.slice(at + 1, end);
      at = end + 1;
    } else {
      plain.lastIndex = at;
      const run = plain.exec(text)?.[0];
      if (run === undefined) break;
      value += run.slice(0, to - at);
      at += run.length;
    }
  }
  const end = Math.min(at, to);
  return { word: { value, span: locate(start, end), literal }, inner, end };
}

/** Behind the `$…` or `` `…` `` at `at`; one that is never closed takes the rest. */
function expansionEnd(text: string, at: number, to: number): number {
  if (text[at] === "`") {
    const close = text.indexOf("`", at + 1);
    return close === -1 ? to : close + 1;
  }
  const opening = text[at + 1];
  if (opening !== "(" && opening !== "{") {
    const name = /\$(?:\w+|[@*#?!$-])?/y;
    name.lastIndex = at;
    name.test(text);
    return Math.max(at + 1, name.lastIndex);
  }
  const closing = opening === "(" ? ")" : "}";
  let depth = 0;
  for (let i = at + 1; i < to; i++) {
    const char = text[i];
    if (char === "\\") i++;
    else if (char === "'" && opening === "(") {
      const close = text.indexOf("'", i + 1);
      i = close === -1 ? to : close;
    } else if (char === opening) depth++;
    else if (char === closing && --depth === 0) return i + 1;
  }
  return to;
}
