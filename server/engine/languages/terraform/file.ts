// Puts a model together: what the path says, what was read, and the statements once somebody asks for them.

import type { Span } from "../../text.js";
import type { Lexical } from "./lexical.js";
import type { Attribute, Block, Expression, TerraformFile } from "./model.js";

/** What stands at the top level of a text, or of a piece of it, or in a block. */
export interface Content {
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly Block[];
}

/** The model of a file at an absolute path; `notJudged` says why it was not read, if it was not. */
export function fileOf(
  path: string,
  text: string,
  { comments, problems }: Lexical,
  pieces: readonly Content[],
  notJudged?: string,
): TerraformFile {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const blocks = pieces.flatMap((piece) => piece.blocks);
  const attributes = pieces.flatMap((piece) => piece.attributes);
  let statements: readonly Span[] | undefined;
  return {
    path,
    text,
    folder: path.slice(0, Math.max(path.lastIndexOf("/"), 0)),
    kind: kindOf(name),
    override: /^(?:.*_)?override\.(?:tf|tofu)(?:\.json)?$/.test(name),
    attributes,
    blocks,
    comments,
    problems,
    ...(notJudged !== undefined && { notJudged }),
    ...(/\.json$/i.test(name) && { unwritable: true }),
    get statements() {
      statements ??= statementsOf({ attributes, blocks });
      return statements;
    },
  };
}

export function kindOf(name: string): TerraformFile["kind"] {
  if (/\.tfvars(?:\.json)?$/i.test(name)) return "values";
  return /\.tfbackend$/i.test(name) ? "backend" : "configuration";
}

/** Blocks, attributes, and the entries and items that fill their values. */
function statementsOf({ attributes, blocks }: Content): readonly Span[] {
  return [
    ...attributes.flatMap(({ span, value }) => [span, ...statementsIn(value)]),
    ...blocks.flatMap((block) => [block.span, ...statementsOf(block)]),
  ];
}

function statementsIn(value: Expression): readonly Span[] {
  switch (value.kind) {
    case "map":
      return value.entries.flatMap((entry) => [entry.span, ...statementsIn(entry.value)]);
    case "list":
      return value.items.flatMap((item) => [item.span, ...statementsIn(item)]);
    case "call":
      return value.args.flatMap(statementsIn);
    default:
      return [];
  }
}
