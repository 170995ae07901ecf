// The bare parser packages, as the measure that everything is held against.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DockerfileParser } from "dockerfile-ast";
import { Language, Parser } from "web-tree-sitter";
import { parseAllDocuments } from "yaml";
import type { Sample } from "./texts.js";

/** Each parser on a whole text, throwing its result away. */
export async function bareParsers(): Promise<Readonly<Record<Sample["parser"], (text: string) => void>>> {
  await Parser.init({ wasmBinary: readFileSync(join("dist", "web-tree-sitter.wasm")) });
  const hcl = new Parser();
  hcl.setLanguage(await Language.load(readFileSync(join("dist", "tree-sitter-terraform.wasm"))));
  return {
    dockerfile: (text) => void DockerfileParser.parse(text),
    yaml: (text) => void parseAllDocuments(text),
    terraform: (text) => hcl.parse(text)?.delete(),
  };
}
