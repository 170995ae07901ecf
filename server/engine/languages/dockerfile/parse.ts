// Text to model. The reader is our own: it splits instructions, continuations, comments and heredocs where BuildKit does.

import type { Span } from "../../text.js";
import type { Comment, Problem } from "../source.js";
import { type Head, lineSpans, once, readHead, toInstruction } from "./instruction.js";
import { type Line, type Logical, lineFrom, readLogical, skipBlanks, trimBlanks } from "./lines.js";
import type { Dockerfile, Heredoc, Instruction, Stage } from "./model.js";
import { createScopes } from "./scopes.js";
import { imageUses, linkStages } from "./stages.js";
import { effectiveUser } from "./user.js";
import { readWords, unquote } from "./words.js";

/** Reads a Dockerfile. Never throws: what cannot be read is left out or listed in `problems`. */
export function parseDockerfile(path: string, text: string): Dockerfile {
  const { escapeMark, next } = readDirectives(text);
  const stageAt = (index: number): Stage | undefined => stages()[index];
  const { instructions, comments, statements, problems } = readInstructions(text, next, escapeMark, stageAt);
  const scopes = createScopes(instructions, escapeMark, () => stages());
  const stages = once(() => linkStages(instructions, scopes));
  const userOf = (stage: Stage) => effectiveUser(stage, scopes);
  const user = once(() => {
    const final = stages().at(-1);
    return final && userOf(final);
  });
  const images = once(() => imageUses(instructions, stages(), scopes));
  const isTemplate = instructions.some((one) =>
    one.name === "FROM" ? /\{\{|\{%|<%/.test(one.rest) : /^(?:\{\{|\{%|<%)/.test(one.name),
  );
  return {
    path,
    text,
    ...(isTemplate && { notJudged: "a template, not a Dockerfile yet" }),
    comments,
    statements,
    problems,
    escapeMark,
    instructions,
    get stages() {
      return stages();
    },
    get final() {
      return stages().at(-1);
    },
    get images() {
      return images();
    },
    get user() {
      return user();
    },
    userOf,
    variable: scopes.variable,
    expand: scopes.expand,
  };
}

/** Splits the text into instructions; which stage one belongs to is asked for only when the stages are linked. */
function readInstructions(
  text: string,
  start: number,
  escapeMark: string,
  stageAt: (index: number) => Stage | undefined,
): Pick<Dockerfile, "instructions" | "comments" | "statements" | "problems"> {
  const comments: Comment[] = [];
  const statements: Span[] = [];
  const problems: Problem[] = [];
  const instructions: Instruction[] = [];
  const onComment = (span: Span): void => {
    comments.push({ span, text: text.slice(span.start + 1, span.end).trim() });
  };
  let stageIndex = -1;
  for (let at = start; at < text.length; ) {
    const line = lineFrom(text, at);
    const first = skipBlanks(text, at, line.end);
    if (first === line.end || text[first] === "#") {
      if (first < line.end) onComment({ start: first, end: line.end });
      at = line.next;
      continue;
    }
    const { logical, next } = readLogical(text, first, escapeMark, onComment);
    const head = readHead(logical);
    const { heredocs, end, problem } = readHeredocs(text, logical, head, escapeMark, next);
    const lines = lineSpans(text, logical);
    const last = heredocs.length > 0 ? lineEndBefore(text, first, end) : (lines.at(-1)?.end ?? line.end);
    if (head.name === "FROM" && !head.onbuild) stageIndex++;
    const index = stageIndex;
    instructions.push(toInstruction(logical, head, escapeMark, last, heredocs, () => stageAt(index)));
    statements.push({ start: first, end: last });
    for (const span of lines.slice(1)) statements.push(span);
    if (problem) problems.push(problem);
    at = end;
  }
  return { instructions, comments, statements, problems };
}

/**
 * Reads the parser directives at the very top: a line that is none ends them. Source: Dockerfile reference, "Parser
 * directives". @returns the escape character, and where the text behind them starts
 */
function readDirectives(text: string): { readonly escapeMark: string; readonly next: number } {
  let escapeMark = "\\";
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  while (at < text.length) {
    const line = lineFrom(text, at);
    const found = /^\s*#\s*(syntax|escape|check)\s*=\s*(\S.*)$/i.exec(text.slice(at, Math.min(line.end, at + 1000)));
    if (!found) break;
    const value = found[2]?.trim();
    if (found[1]?.toLowerCase() === "escape" && (value === "`" || value === "\\")) escapeMark = value;
    at = line.next;
  }
  return { escapeMark, next: at };
}

/** The heredocs that an instruction opens, and where the text behind them starts. */
function readHeredocs(
  text: string,
  logical: Logical,
  head: Head,
  escapeMark: string,
  behind: number,
): { readonly heredocs: readonly Heredoc[]; readonly end: number; readonly problem?: Problem } {
  const heredocs: Heredoc[] = [];
  let at = behind;
  for (const { name, tabs, span } of heredocMarks(logical, head, escapeMark)) {
    const start = at;
    let closing: Line | undefined;
    while (!closing && at < text.length) {
      const line = lineFrom(text, at);
      const from = tabs ? tabsEnd(text, at, line.end) : at;
      if (line.end - from === name.length && text.startsWith(name, from)) closing = line;
      at = line.next;
    }
    heredocs.push({ name, body: closing && { start, end: closing.start } });
    if (!closing) return { heredocs, end: at, problem: { span, message: `no line "${name}" ends this heredoc` } };
  }
  return { heredocs, end: at };
}

interface HeredocMark {
  readonly name: string;
  readonly tabs: boolean;
  readonly span: Span;
}

/** `<<EOF`, `<<-"EOF"`, `3<<EOF` as words of their own, in the instructions that can have them and not in JSON form. */
function heredocMarks(logical: Logical, head: Head, escapeMark: string): readonly HeredocMark[] {
  if (head.name !== "RUN" && head.name !== "COPY" && head.name !== "ADD") return [];
  if (!logical.text.includes("<<", head.argumentsAt)) return [];
  const words = readWords(logical, head.argumentsAt, escapeMark);
  const marks = words.flatMap(({ text, span }): readonly HeredocMark[] => {
    const [, dash, rest] = /^\d*<<(-?)([^<]+)$/s.exec(text) ?? [];
    const name = rest === undefined ? "" : unquote(rest, "\\");
    return name === "" ? [] : [{ name, tabs: dash === "-", span }];
  });
  if (marks.length === 0) return [];
  return toInstruction(logical, head, escapeMark, 0, [], () => undefined).exec ? [] : marks;
}

/** The end of the line that stops at `end`, without its line end. */
function lineEndBefore(text: string, from: number, end: number): number {
  const feed = end > from && text[end - 1] === "\n" ? end - 1 : end;
  return trimBlanks(text, from, feed);
}

function tabsEnd(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && text[at] === "\t") at++;
  return at;
}
