// Where new lines go in a block, in the file's own style.

import type { Attribute, Block, TerraformFile } from "../../languages/terraform/model.js";
import { insertAt, replace } from "../../rule.js";
import { type Edit, indentAt, lineEnd } from "../../text.js";

/** `lines` indented by `indent` and joined with the file's line end; empty lines stay empty. */
export const joinLines = ({ text }: TerraformFile, indent: string, lines: readonly string[]): string =>
  lines.map((line) => (line === "" ? line : indent + line)).join(lineEnd(text));

/** The white space before what stands directly in a block. */
export const innerIndent = ({ text }: TerraformFile, block: Block): string => `${indentAt(text, block.span.start)}  `;

/** Adds lines at the start of a block, set off by an empty line, or at its end; `undefined` for a
 * block with its content on one line, or from another file. */
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
  if (block.broken || block.origin !== undefined) return undefined;
  if (inside.trim() === "" && !inside.includes("#") && !inside.includes("//"))
    return replace(body, `${newline}${added}${newline}${indentAt(text, block.span.start)}`);
  const lastLine = /\r?\n[ \t]*$/.exec(inside);
  if (!/^[ \t]*\r?\n/.test(inside) || !lastLine) return undefined;
  if (where === "end") return insertAt(body.start + lastLine.index, newline + added);
  return insertAt(body.start + inside.indexOf("\n") + 1, added + newline + newline);
}

/**
 * Adds an argument at the end of a block, the signs of equality of the lines above moved under its own where they have to;
 * `undefined` as in `addLines`.
 */
export function addArgument(
  file: TerraformFile,
  block: Block,
  name: string,
  value: string,
): readonly Edit[] | undefined {
  const signs = lastLines(file, block).map(({ nameSpan, span }) => {
    const at = file.text.indexOf("=", nameSpan.end);
    return { at, column: at - span.start - 1 };
  });
  const width = Math.max(name.length, ...signs.map(({ column }) => column));
  const added = addLines(file, block, "end", [`${name.padEnd(width)} = ${value}`]);
  const moved = signs
    .filter(({ column }) => column < width)
    .map(({ at, column }) => insertAt(at, " ".repeat(width - column)));
  return added && [...moved, added];
}

/** The arguments on the last lines of a block, one a line without a gap: those that are laid out in columns. */
function lastLines({ text }: TerraformFile, block: Block): readonly Attribute[] {
  const run: Attribute[] = [];
  let end = block.body.end;
  for (const attribute of block.attributes.toReversed()) {
    const { start } = attribute.span;
    const between = text.slice(attribute.span.end, end);
    if (!/^[ \t]*(?:#[^\n]*|\/\/[^\n]*)?\r?\n[ \t]*$/.test(between)) break;
    if (text.slice(start, attribute.span.end).includes("\n")) break;
    run.push(attribute);
    end = start;
  }
  return run;
}

/** A place of a snippet that waits to be filled in. */
export const stop = (position: number, proposal: string): string => `\${${position}:${proposal}}`;
