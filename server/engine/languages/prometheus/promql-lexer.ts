// The words of PromQL, and the brackets and quotes that do not close. Reads Loki's and Mimir's dialects as far as they
// share the words; what is none of them is told, so that nobody builds on it.

import type { Span } from "../../text.js";
import { placeholder } from "../kubernetes/template.js";
import type { Problem } from "../source.js";

export interface Token {
  readonly kind: "name" | "number" | "string" | "mark" | "strange";
  readonly text: string;
  /** A name in lower case, or a mark; empty for the others. */
  readonly word: string;
  readonly span: Span;
}

export interface Lexed {
  readonly tokens: readonly Token[];
  /** Brackets and quotes that certainly have no partner. */
  readonly problems: readonly Problem[];
}

// Space and comments, names (they may start with a colon), strings, numbers (a duration is one with units), marks.
// Grammar: Prometheus, "Querying basics". One expression with groups: a file has thousands of words.
const words = new RegExp(
  [
    /((?:\s+|#[^\n]*)+)/,
    /([A-Za-z_:][\w:]*)/,
    /("[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'|`[^`]*`)/,
    /(0[xX][\da-fA-F]+|(?:\d+(?:ms|[smhdwy]))+(?![\w.])|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?!\w))/,
    /(==|!=|=~|!~|>=|<=|[-+*/%^@<>=,(){}[\]])/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "y",
);

/** Splits an expression into words; never throws. Behind a quote that stays open nothing can be told apart. */
export function lexPromql(text: string): Lexed {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    words.lastIndex = at;
    const [found = "", space, name, quoted, number, mark] = words.exec(text) ?? [];
    const span = { start: at, end: at + (found.length || 1) };
    at = span.end;
    if (space !== undefined) continue;
    if (name !== undefined) tokens.push({ kind: "name", text: name, word: name.toLowerCase(), span });
    else if (quoted !== undefined) tokens.push({ kind: "string", text: quoted, word: "", span });
    else if (number !== undefined) tokens.push({ kind: "number", text: number, word: "", span });
    else if (mark !== undefined) tokens.push({ kind: "mark", text: mark, word: mark, span });
    else {
      const strange = text.charAt(span.start);
      tokens.push({ kind: "strange", text: strange, word: "", span });
      if (/["'`]/.test(strange))
        return { tokens, problems: [{ span, message: `the quote ${strange} is never closed` }] };
    }
  }
  // Words that a template writes may hold the partner of a bracket.
  const masked = tokens.some((token) => token.kind === "strange" && token.text === placeholder);
  return { tokens, problems: masked ? [] : unpaired(tokens) };
}

const partners: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

function unpaired(tokens: readonly Token[]): readonly Problem[] {
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.kind !== "mark") continue;
    if (token.text in partners) open.push(token);
    if (token.text !== ")" && token.text !== "]" && token.text !== "}") continue;
    const last = open.pop();
    if (!last) return [{ span: token.span, message: `"${token.text}" closes nothing` }];
    if (partners[last.text] !== token.text)
      return [{ span: token.span, message: `"${token.text}" stands where "${last.text}" is still open` }];
  }
  const last = open.at(-1);
  return last ? [{ span: last.span, message: `"${last.text}" is never closed` }] : [];
}
