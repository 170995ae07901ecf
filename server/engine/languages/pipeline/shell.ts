// The commands of a shell script with their places: quotes, continuations, comments, substitutions and heredocs are
// understood as far as they decide where a command starts and what its words are.

import type { Span } from "../../text.js";
import type { Command } from "./model.js";

interface Region {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** A line end is a space, as in a folded scalar of YAML; an empty line still ends a command. */
  readonly folded?: boolean;
  /** For a text whose places do not count: all commands get this one. */
  readonly span?: Span;
  /** How many substitutions `$( )` this one stands in. */
  readonly depth?: number;
}

/** Substitutions that stand deeper than this are not looked into. */
const maximumDepth = 4;

interface Draft {
  words: string[];
  start: number;
  end: number;
}

/** The commands between `start` and `end` in their order. */
export function commandsOf(region: Region): readonly Command[] {
  const { text, start, end, folded, span, depth = 0 } = region;
  const commands: Command[] = [];
  let draft: Draft | undefined;
  let word: string | undefined;
  let heredocs: { readonly mark: string; readonly runs: boolean }[] = [];
  let at = start;

  const open = (): Draft => {
    draft ??= { words: [], start: at, end: at };
    return draft;
  };
  const add = (piece: string, length: number): void => {
    open().end = Math.min(at + length, end);
    word = (word ?? "") + piece;
    at += length;
  };
  const closeWord = (): void => {
    if (word !== undefined) draft?.words.push(word);
    word = undefined;
  };
  const close = (joint: Command["joint"]): void => {
    closeWord();
    if (draft) {
      const place = { start: draft.start, end: draft.end };
      const command = toCommand(draft.words, text.slice(place.start, place.end), span ?? place, joint);
      if (command) commands.push(command);
    }
    draft = undefined;
  };
  const openHeredoc = (mark: RegExpExecArray): void => {
    closeWord();
    const runs = /^(?:.*\/)?(?:ssh|bash|sh)$/.test(draft?.words[0] ?? "");
    heredocs.push({ mark: mark[2] ?? "", runs });
    at += mark[0].length;
  };
  const skipHeredocs = (): void => {
    for (const { mark, runs } of heredocs) {
      const from = at;
      const until = heredocEnd(text, at, end, mark);
      const remote = commands.at(-1)?.words[0] === "ssh";
      if (runs)
        for (const inner of commandsOf({ ...region, start: from, end: until.body, folded: false }))
          commands.push(remote ? { ...inner, remote: true } : inner);
      at = until.next;
    }
    heredocs = [];
  };

  while (at < end) {
    const char = text[at] ?? "";
    const next = text[at + 1];
    if (char === "\\") {
      const lineEnd = /^\\[ \t]*\r?\n\s*/.exec(text.slice(at, at + 400));
      if (lineEnd) {
        closeWord();
        at += lineEnd[0].length;
      } else add(next ?? "", 2);
    } else if (char === "\n" || char === "\r") {
      if (folded && !/^\r?\n[ \t]*\r?\n/.test(text.slice(at, at + 200))) closeWord();
      else close(";");
      at += char === "\r" && next === "\n" ? 2 : 1;
      skipHeredocs();
    } else if (char === " " || char === "\t") {
      closeWord();
      at++;
    } else if (char === "'" || char === '"') {
      const stop = quoteEnd(text, at, end);
      add(text.slice(at + 1, stop), stop + 1 - at);
    } else if (char === "$" && (next === "{" || next === "(")) {
      const stop = bracketEnd(text, at + 1, end);
      if (next === "(" && depth < maximumDepth)
        commands.push(...commandsOf({ ...region, start: at + 2, end: stop - 1, folded: false, depth: depth + 1 }));
      add(text.slice(at, stop), stop - at);
    } else if (char === "`") {
      const stop = text.indexOf("`", at + 1);
      const length = stop < 0 || stop >= end ? 1 : stop + 1 - at;
      add(text.slice(at, at + length), length);
    } else if (char === "#" && word === undefined) {
      while (at < end && text[at] !== "\n") at++;
    } else if (
      char === "<" &&
      next === "<" &&
      text[at + 2] !== "<" &&
      (draft || circleValue.test(text.slice(at, at + 120)))
    ) {
      const mark = /^<<-?\s*(['"\\]?)([A-Za-z_][\w-]*)\1?/.exec(text.slice(at, at + 120));
      // `<< parameters.x >>` of CircleCI is a value.
      const place = circleValue.exec(text.slice(at, at + 120));
      if (place) add(place[0], place[0].length);
      else if (mark) openHeredoc(mark);
      else add("<<", 2);
    } else if ((char === "&" || char === "|") && next === char) {
      close(char === "&" ? "&&" : "||");
      at += 2;
    } else if (char === "&" && (text[at - 1] === ">" || next === ">")) {
      add(char, 1);
    } else if (char === ";" || char === "|" || char === "&" || char === "(" || char === ")") {
      close(char === "|" ? "|" : ";");
      at++;
    } else {
      plain.lastIndex = at + 1;
      const rest = plain.exec(text)?.[0].length ?? 0;
      const length = Math.min(at + 1 + rest, end) - at;
      add(text.slice(at, at + length), length);
    }
  }
  close(";");
  return commands;
}

const circleValue = /^<<\s*(?:parameters|pipeline|matrix)\.[\w.-]+\s*>>/;

/** A run of characters that mean nothing but themselves. */
const plain = /[^\s\\'"$`#<>&|;()]+/y;

function quoteEnd(text: string, from: number, end: number): number {
  const quote = text[from];
  let at = from + 1;
  while (at < end && text[at] !== quote) at += quote === '"' && text[at] === "\\" ? 2 : 1;
  return Math.min(at, end);
}

/** Behind the bracket that closes the one at `from`; an expression `${{ … }}` may hold anything. */
function bracketEnd(text: string, from: number, end: number): number {
  if (text.startsWith("{{", from)) {
    const stop = text.indexOf("}}", from);
    return stop < 0 || stop >= end ? end : stop + 2;
  }
  const opening = text[from];
  const closing = opening === "(" ? ")" : "}";
  let depth = 0;
  for (let at = from; at < end; at++) {
    if (text[at] === opening) depth++;
    else if (text[at] === closing && --depth === 0) return at + 1;
    else if (text[at] === "\\") at++;
  }
  return end;
}

function heredocEnd(text: string, from: number, end: number, mark: string): { body: number; next: number } {
  let at = from;
  while (at < end) {
    const stop = text.indexOf("\n", at);
    const lineEnd = stop < 0 || stop > end ? end : stop;
    if (text.slice(at, lineEnd).trim() === mark) return { body: at, next: lineEnd };
    at = lineEnd + 1;
  }
  return { body: end, next: end };
}

const leading = new Set([
  "if",
  "then",
  "else",
  "elif",
  "do",
  "while",
  "until",
  "!",
  "time",
  "{",
  "}",
  "exec",
  "command",
  "nohup",
  "sudo",
  "env",
  "call",
]);

/** Words of the shell before a command that are not its own. */
const opening = /^(?:(?:if|then|else|elif|do|while|until|time|!|\{)\s+)+/;

/** Undefined where nothing is run: an assignment, the end of a block. */
function toCommand(words: readonly string[], source: string, span: Span, joint: Command["joint"]): Command | undefined {
  let first = 0;
  let skipped = false; // behind "sudo" or "env", flags and assignments come before the program
  for (; first < words.length; first++) {
    const word = words[first] ?? "";
    if (leading.has(word)) skipped = true;
    else if (!/^[A-Za-z_]\w*\+?=/.test(word) && !(skipped && word.startsWith("-"))) break;
  }
  const program = words[first];
  if (!program || /^(?:fi|done|esac)$/.test(program)) return undefined;
  const own = [program, ...words.slice(first + 1)];
  const shown = source.replace(opening, "");
  const before = source.length - shown.length;
  return {
    words: own,
    text: shown.includes("\n") ? shown.replace(/\s*\\?\r?\n\s*/g, " ").trim() : shown.trim(),
    // Where a text has no places of its own, its commands share one.
    span: before > 0 && span.end - span.start === source.length ? { start: span.start + before, end: span.end } : span,
    joint,
  };
}
