// Terraform and OpenTofu text -> model. The only file that knows the parser package, web-tree-sitter, which is loaded from
// bytes that the host has read. It is asked where a text has faults or forms that the quick reader (plain.ts) leaves alone.

import { Edit, Language, Parser, type Tree } from "web-tree-sitter";
import { changeBetween } from "./change.js";
import { type Content, fileOf } from "./file.js";
import { fileOfJson } from "./json-file.js";
import { deepestBrackets, nothing, scan } from "./lexical.js";
import type { Expression, TerraformFile } from "./model.js";
import { splitAtHeads } from "./pieces.js";
import { readPlainly } from "./plain.js";
import { readBody } from "./reader.js";
import { type Kind, kinds } from "./reading.js";

/** The bytes of the parser: `web-tree-sitter.wasm` (runtime) and `tree-sitter-terraform.wasm` (grammar). */
export interface TerraformWasm {
  readonly runtime: Uint8Array;
  readonly grammar: Uint8Array;
}

/**
 * Loads the parser. The function it gives reads a text into a model: it takes an absolute path and never throws; what it
 * cannot read is missing from the model, and blocks that it could read only in part are marked as broken.
 * @throws when the bytes are no such parser
 */
export async function createTerraformParser(
  wasm: TerraformWasm,
): Promise<(path: string, text: string) => TerraformFile> {
  await Parser.init({ wasmBinary: wasm.runtime });
  const language = await Language.load(wasm.grammar);
  const parser = new Parser().setLanguage(language);
  const kindOf = kindTable(language);

  // While somebody types, the parser is asked for nearly the same text again and again: it keeps its last sound tree.
  let last: { readonly path: string; readonly text: string; readonly tree: Tree } | undefined;

  const soundContent = (path: string, text: string): Content | undefined => {
    const before = last?.path === path ? last : undefined;
    if (before) before.tree.edit(new Edit(changeBetween(before.text, text)));
    const tree = parser.parse(text, before?.tree);
    last?.tree.delete();
    last = undefined;
    if (!tree) return undefined;
    if (tree.rootNode.hasError) {
      tree.delete();
      return undefined;
    }
    last = { path, text, tree };
    return readTree(tree, kindOf, text, 0, false);
  };

  const contentOf = (path: string, text: string, sound: boolean): readonly Content[] => {
    const plain = sound ? readPlainly(text) : undefined;
    if (plain) return [plain];
    // The end of a heredoc is only seen with a line end behind it.
    const whole = sound ? soundContent(path, withLineEnd(text)) : undefined;
    if (whole) return [whole];
    // The parser mends a fault by guessing, often up to the end of the file: piece by piece, every block keeps its own.
    return splitAtHeads(text).flatMap(
      ({ start, end }) => readPiece(parser, kindOf, withLineEnd(text.slice(start, end)), start) ?? [],
    );
  };

  /** The inside of a string in JSON, read as the lines of a heredoc: that has no escapes of its own. */
  const readTemplate = (template: string): Expression => {
    const [before, whole] = ["x = <<DAKOTA\n", { start: 0, end: template.length }];
    const content = readPiece(parser, kindOf, `${before}${template}\nDAKOTA\n`, -before.length);
    const read = content?.attributes[0]?.value;
    if (read?.kind !== "template") return { ...(read ?? { kind: "unknown" }), span: whole };
    const [only, ...others] = read.parts;
    const [head, tail] = [template.slice(0, only?.span.start), template.slice(only?.span.end)];
    const alone = only && others.length === 0 && /^\$\{~?\s*$/.test(head) && /^\s*~?\}$/.test(tail);
    return alone ? only : { ...read, span: whole, content: whole };
  };

  return (path, text) => {
    const isJson = /\.json$/i.test(path);
    const lexical = isJson ? nothing : scan(text);
    if (lexical.depth > deepestBrackets)
      return fileOf(path, text, nothing, [], `nested deeper than ${deepestBrackets} levels (${lexical.depth})`);
    try {
      if (isJson) return fileOfJson(path, text, readTemplate);
      return fileOf(path, text, lexical, contentOf(path, text, lexical.problems.length === 0));
    } catch {
      // The wasm module traps when its memory is exhausted.
      parser.reset();
      last = undefined;
      return fileOf(path, text, nothing, [], "too much for the Terraform parser");
    }
  };
}

type KindTable = readonly (Kind | undefined)[];

function kindTable(language: Language): KindTable {
  const table: (Kind | undefined)[] = [];
  for (const kind of kinds) {
    const id = language.idForNodeType(kind, true);
    if (id !== null) table[id] = kind;
  }
  return table;
}

const withLineEnd = (text: string): string => (text.endsWith("\n") ? text : `${text}\n`);

/** What stands in a piece of a file that begins at `offset`, faults and all. */
function readPiece(parser: Parser, kindOf: KindTable, text: string, offset: number): Content | undefined {
  const tree = parser.parse(text);
  if (!tree) return undefined;
  try {
    return readTree(tree, kindOf, text, offset, tree.rootNode.hasError);
  } finally {
    tree.delete();
  }
}

function readTree(tree: Tree, kindOf: KindTable, text: string, offset: number, broken: boolean): Content {
  const cursor = tree.walk();
  try {
    return readBody({ cursor, kindOf, text, offset, broken });
  } finally {
    cursor.delete();
  }
}
