// Comments, and what certainly is broken: strings, heredocs, comments and brackets that nobody closes. The syntax tree
// repairs broken text by guessing, so that it cannot tell a fault from its own limits; this scan can.

import type { Span } from "../../text.js";
import type { Comment, Problem } from "../source.js";

export interface Lexical {
  readonly comments: readonly Comment[];
  /** The first fault alone: what follows it is read wrongly and proves nothing. */
  readonly problems: readonly Problem[];
  /** How many brackets, strings and heredocs are open at once, at most. */
  readonly depth: number;
}

export const nothing: Lexical = { comments: [], problems: [], depth: 0 };

/** Nobody nests like this, and the parser's time grows steeply with it. */
export const deepestBrackets = 1000;

/** What is open: a bracket (with the one that closes it), a quoted string, or a heredoc with the word that ends it. */
type Open =
  | { readonly kind: "bracket"; readonly at: number; readonly close: string }
  | { readonly kind: "quote"; readonly at: number }
  | { readonly kind: "heredoc"; readonly at: number; readonly word: string };

const closing: Readonly<Record<string, string>> = { "{": "}", "[": "]", "(": ")" };

// What may stand out in code, in a quoted string, in a heredoc; everything between is passed over in one step.
// Signs go in pairs: `$${` is no interpolation, `$$${` is one.
const inCode = /[#"{}[\]()]|\/[/*]|<<-?[\p{L}_][\p{L}\p{N}_-]*[ \t]*(?=\r?\n)/gu;
const inQuote = /\\.|\$\$|%%|\$\{|%\{|"|\n/g;
const inHeredoc = /\$\$|%%|\$\{|%\{|\n[ \t]*([\p{L}_][\p{L}\p{N}_-]*)[ \t]*(?=\r?\n|$)/gu;

/** Scans a text once, from front to back. */
export function scan(text: string): Lexical {
  const comments: Comment[] = [];
  const stack: Open[] = [];
  let at = 0;
  let depth = 0;
  const fault = (start: number, length: number, message: string): Lexical => ({
    comments,
    problems: [{ span: { start, end: Math.min(start + length, text.length) }, message }],
    depth,
  });

  for (;;) {
    depth = Math.max(depth, stack.length);
    const top = stack.at(-1);
    const next = top?.kind === "quote" ? inQuote : top?.kind === "heredoc" ? inHeredoc : inCode;
    next.lastIndex = at;
    const match = next.exec(text);
    if (!match) break;
    const [token] = match;
    const start = match.index;
    at = start + token.length;

    if (top?.kind === "quote") {
      if (token === '"') stack.pop();
      else if (token === "${" || token === "%{") stack.push({ kind: "bracket", at: start, close: "}" });
      else if (token === "\n") return fault(top.at, start - top.at, "the string is not closed on its line");
    } else if (top?.kind === "heredoc") {
      if (token === "${" || token === "%{") stack.push({ kind: "bracket", at: start, close: "}" });
      else if (match[1] === top.word) stack.pop();
    } else if (token === "#" || token === "//" || token === "/*") {
      const span = commentSpan(text, start, token);
      if (!span) return fault(start, 2, 'the comment is not closed by "*/"');
      comments.push({ span, text: commentText(text.slice(span.start, span.end)) });
      at = span.end;
    } else if (token === '"') {
      stack.push({ kind: "quote", at: start });
    } else if (token.startsWith("<<")) {
      stack.push({ kind: "heredoc", at: start, word: token.replace(/^<<-?/, "").trim() });
    } else if (token in closing) {
      stack.push({ kind: "bracket", at: start, close: closing[token] ?? "" });
    } else if (top?.kind !== "bracket") {
      return fault(start, 1, `"${token}" closes nothing`);
    } else if (top.close !== token) {
      return fault(top.at, 1, `"${text.charAt(top.at)}" is not closed: "${token}" comes first`);
    } else {
      stack.pop();
    }
  }

  const open = stack.at(-1);
  if (!open) return { comments, problems: [], depth };
  if (open.kind === "quote") return fault(open.at, text.length - open.at, "the string is not closed on its line");
  if (open.kind === "heredoc") return fault(open.at, open.word.length + 2, `no line "${open.word}" ends the heredoc`);
  const sign = /^[$%]\{|^./.exec(text.slice(open.at, open.at + 2))?.[0] ?? "";
  return fault(open.at, sign.length, `"${sign}" is not closed`);
}

function commentSpan(text: string, start: number, mark: string): Span | undefined {
  if (mark === "/*") {
    const end = text.indexOf("*/", start + 2);
    return end < 0 ? undefined : { start, end: end + 2 };
  }
  const newline = text.indexOf("\n", start);
  let end = newline < 0 ? text.length : newline;
  if (text.charAt(end - 1) === "\r") end--;
  return { start, end };
}

const commentText = (comment: string): string =>
  comment.startsWith("/*") ? comment.slice(2, -2).trim() : comment.replace(/^(?:#+|\/\/+)/, "").trim();
