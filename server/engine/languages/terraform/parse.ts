// Terraform and OpenTofu text -> model. The only file that knows the parser package, web-tree-sitter, which is loaded from
// bytes that the host has read.

import { Language, Parser } from "web-tree-sitter";
import { type Content, fileOf } from "./file.js";
import { type Lexical, scan } from "./lexical.js";
import type { TerraformFile } from "./model.js";
import { splitAtHeads } from "./pieces.js";
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

  const contentOf = (text: string, sound: boolean): readonly Content[] => {
    const whole = sound ? read(parser, kindOf, text, 0, "sound only") : undefined;
    if (whole) return [whole];
    // The parser mends a fault by guessing, often up to the end of the file: piece by piece, every block keeps its own.
    return splitAtHeads(text).flatMap(
      ({ start, end }) => read(parser, kindOf, text.slice(start, end), start, "any") ?? [],
    );
  };

  return (path, text) => {
    if (/\.json$/i.test(path)) return fileOf(path, text, nothing, [], "Terraform in JSON is not read yet");
    const lexical = scan(text);
    if (lexical.depth > deepest)
      return fileOf(path, text, nothing, [], `nested deeper than ${deepest} levels (${lexical.depth})`);
    try {
      return fileOf(path, text, lexical, contentOf(text, lexical.problems.length === 0));
    } catch {
      // The wasm module traps when its memory is exhausted.
      parser.reset();
      return fileOf(path, text, nothing, [], "too much for the Terraform parser");
    }
  };
}

const nothing: Lexical = { comments: [], problems: [], depth: 0 };

/** Nobody nests like this, and the parser's time grows steeply with it. */
const deepest = 1000;

type KindTable = readonly (Kind | undefined)[];

function kindTable(language: Language): KindTable {
  const table: (Kind | undefined)[] = [];
  for (const kind of kinds) {
    const id = language.idForNodeType(kind, true);
    if (id !== null) table[id] = kind;
  }
  return table;
}

/** What stands in a text that begins at `offset` of its file; nothing if the tree has errors and only a sound one counts. */
function read(
  parser: Parser,
  kindOf: KindTable,
  text: string,
  offset: number,
  wanted: "sound only" | "any",
): Content | undefined {
  // The end of a heredoc is only seen with a line end behind it.
  const tree = parser.parse(text.endsWith("\n") ? text : `${text}\n`);
  if (!tree) return undefined;
  const broken = tree.rootNode.hasError;
  const cursor = broken && wanted === "sound only" ? undefined : tree.walk();
  try {
    return cursor && readBody({ cursor, kindOf, text, offset, broken });
  } finally {
    cursor?.delete();
    tree.delete();
  }
}
