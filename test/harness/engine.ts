// An engine over texts in memory, as the tests need it.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createEngine, type Engine, type EngineParts } from "../../server/engine/engine.js";
import { createTerraformParser } from "../../server/engine/languages/terraform/parse.js";
import type { Protocol } from "../../server/engine/protocol/model.js";
import { readProtocols } from "../../server/host/protocols.js";

const require = createRequire(import.meta.url);

const bytes = (name: string): Uint8Array => readFileSync(require.resolve(name));

export const parseTerraform = await createTerraformParser({
  runtime: bytes("web-tree-sitter/web-tree-sitter.wasm"),
  grammar: readFileSync(
    join(dirname(require.resolve("@tree-sitter-grammars/tree-sitter-hcl/package.json")), "tree-sitter-terraform.wasm"),
  ),
});

const builtIn: readonly Protocol[] = await readProtocols(fileURLToPath(new URL("../../protocols", import.meta.url)));

/**
 * An engine with these rules on 2026-01-15, over a complete workspace of `files` (path -> text); the protocols in force are
 * the built-in ones.
 */
export function engineOver(rules: EngineParts["rules"], files: Readonly<Record<string, string>> = {}): Engine {
  const engine = createEngine({ rules, parseTerraform, today: () => "2026-01-15", protocols: () => builtIn });
  for (const [path, text] of Object.entries(files)) engine.index(path, text);
  engine.complete();
  return engine;
}
