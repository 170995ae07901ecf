// What the models of all languages have in common: the text, its comments, and the statements that a comment can stand above.

import type { Span } from "../text.js";

export interface Comment {
  /** From the comment's mark to its end, without the line end. */
  readonly span: Span;
  /** What it says, without its mark and the white space around. */
  readonly text: string;
}

/** A part of the text that could not be read; the rest of the model holds all the same. */
export interface Problem {
  readonly span: Span;
  readonly message: string;
}

export interface Source {
  /** Absolute, with "/" between folders on every system. */
  readonly path: string;
  readonly text: string;
  readonly comments: readonly Comment[];
  /** What a comment alone on a line begins and ends with; absent where that is "#" and nothing. */
  readonly commentMarks?: readonly [open: string, close: string];
  /** Every stretch that a comment on the line above speaks about: instructions, blocks, keys with their values, list items. */
  readonly statements: readonly Span[];
  readonly problems: readonly Problem[];
  /** It is written in a syntax that fixes do not speak: they may make files, and leave this one as it is. */
  readonly unwritable?: true;
  /** Why nothing can be said about the file, as a sentence without full stop. */
  readonly notJudged?: string;
}
