// How the tree is looked at: each look crosses into wasm, so that a node is looked at once.

import type { Span } from "../../text.js";

/** What the reader needs of a cursor over the tree. */
export interface Cursor {
  readonly nodeTypeId: number;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly currentNode: { readonly hasError: boolean };
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
}

/** The nodes of the grammar that the reader knows. */
export const kinds = [
  "attribute",
  "block",
  "block_end",
  "block_start",
  "body",
  "collection_value",
  "comment",
  "conditional",
  "ellipsis",
  "expression",
  "for_expr",
  "function_arguments",
  "function_call",
  "get_attr",
  "heredoc_template",
  "identifier",
  "index",
  "literal_value",
  "object",
  "object_elem",
  "operation",
  "quoted_template",
  "splat",
  "string_lit",
  "template_directive",
  "template_expr",
  "template_interpolation",
  "tuple",
  "variable_expr",
] as const;
export type Kind = (typeof kinds)[number];

export interface Reading {
  readonly cursor: Cursor;
  /** The kind of a node by its number in the grammar. */
  readonly kindOf: readonly (Kind | undefined)[];
  readonly text: string;
  /** Where the text begins in the file. */
  readonly offset: number;
  /** The tree has errors: its parts have to be asked whether they are sound. */
  readonly broken: boolean;
}

/** Deeper nesting than people write is not read: the stack is finite. */
export const deepest = 100;

/** Calls `visit` on every child of the node that the cursor stands on, which it stands on again afterwards. */
export function eachChild({ cursor, kindOf }: Reading, visit: (kind: Kind | undefined) => void): void {
  if (!cursor.gotoFirstChild()) return;
  do visit(kindOf[cursor.nodeTypeId]);
  while (cursor.gotoNextSibling());
  cursor.gotoParent();
}

/** Where the node stands in the text; the parser is given a line end more than the text may have. */
export const bounds = ({ cursor, text }: Reading): [number, number] => [
  cursor.startIndex,
  Math.min(cursor.endIndex, text.length),
];

/** A stretch of the text as a span of the file. */
export const moved = ({ offset }: Reading, start: number, end: number): Span => ({
  start: start + offset,
  end: end + offset,
});

export const textAt = ({ text, offset }: Reading, { start, end }: Span): string =>
  text.slice(start - offset, end - offset);

/** Whether something in the node could not be read. */
export const isFaulty = ({ broken, cursor }: Reading): boolean => broken && cursor.currentNode.hasError;
