// Where new lines go in a block, in the file's own style.

import type { Block, TerraformFile } from "../../languages/terraform/model.js";
import { insertAt, replace } from "../../rule.js";
import { type Edit, indentAt, lineEnd } from "../../text.js";

/** `lines` indented by `indent` and joined with the file's line end; empty lines stay empty. */
export const joinLines = ({ text }: TerraformFile, indent: string, lines: readonly string[]): string =>
  lines.map((line) => (line === "" ? line : indent + line)).join(lineEnd(text));

/** The white space before what stands directly in a block. */
export const innerIndent = ({ text }: TerraformFile, block: Block): string => `${indentAt(text, block.span.start)}  `;

/** Adds lines at the start of a block, set off by an empty line, or at its end; `undefined` for a block with its content on one line. */
export function addLines(
  file: TerraformFile,
  block: Block,
  where: "start" | "end",
  lines: readonly string[],
): Edit | undefined {
  const { text } = file;
  const { body } = block;
  const inside = text.slice(body.start, body.end);
  const [newline, added] = [lineEnd(text), joinLines(file, innerIndent(file, block), lines)];
  if (block.broken) return undefined;
  if (inside.trim() === "" && !inside.includes("#") && !inside.includes("//"))
    return replace(body, `${newline}${added}${newline}${indentAt(text, block.span.start)}`);
  const lastLine = /\r?\n[ \t]*$/.exec(inside);
  if (!/^[ \t]*\r?\n/.test(inside) || !lastLine) return undefined;
  if (where === "end") return insertAt(body.start + lastLine.index, newline + added);
  return insertAt(body.start + inside.indexOf("\n") + 1, added + newline + newline);
}
