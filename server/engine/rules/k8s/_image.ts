// What the rules about images share: an image as its file has it.

import type { Span } from "../../rule.js";

export interface Written {
  readonly text: string;
  /** Where the text starts in the file. */
  readonly start: number;
}

/** The text at an image's place, without quotes. */
export function written(text: string, { start, end }: Span): Written {
  const quoted = /["']/.test(text.charAt(start)) ? 1 : 0;
  return { text: text.slice(start + quoted, end - quoted), start: start + quoted };
}
