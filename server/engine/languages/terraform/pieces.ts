// Cuts a broken text where its top-level blocks begin, so that a fault stays in its own block.

import type { Span } from "../../text.js";

const head = /^\ufeff?[A-Za-z_][\w-]*(?:[ \t]+(?:"[^"\n]*"|[A-Za-z_][\w-]*))*[ \t]*\{/;
const heredoc = /<<-?([\p{L}_][\p{L}\p{N}_-]*)[ \t]*$/u;

/** The pieces of a text, each from the head of a block at the start of a line up to the next one. */
export function splitAtHeads(text: string): readonly Span[] {
  const lines = text.split("\n");
  const lastLine = new Map(lines.map((line, i) => [line.trim(), i]));
  const starts = [0];
  let offset = 0;
  let until: string | undefined;
  for (const [i, line] of lines.entries()) {
    if (until !== undefined) {
      if (line.trim() === until) until = undefined;
    } else {
      if (offset > 0 && head.test(line)) starts.push(offset);
      const word = heredoc.exec(line.trimEnd())?.[1];
      // A heredoc that nothing ends does not hide the blocks behind it.
      if (word !== undefined && (lastLine.get(word) ?? 0) > i) until = word;
    }
    offset += line.length + 1;
  }
  return starts.map((start, i) => ({ start, end: starts[i + 1] ?? text.length }));
}
