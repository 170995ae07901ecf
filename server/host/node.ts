// The engine on Node: the parser that has to be loaded, the date, and a workspace read from disk.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { catalogue } from "../engine/catalogue.gen.js";
import { isIndexed, isMarkdown } from "../engine/detect.js";
import { createEngine, type Engine } from "../engine/engine.js";
import { createTerraformParser } from "../engine/languages/terraform/parse.js";
import { createKnownProtocols, type KnownProtocols } from "../engine/protocol/known.js";
import type { Configs } from "./configs.js";
import { ignoreFilesAbove, protocolFilesAbove, readText, toEnginePath, toSystemPath, walk } from "./files.js";
import { readProtocols } from "./protocols.js";

/** An engine that takes the protocols of the folders it indexes into account. */
export interface NodeEngine extends Engine {
  readonly protocols: KnownProtocols;
}

/**
 * An engine with every rule.
 * @param assets folder that holds the two wasm files of the Terraform parser, beside the folder with the protocols
 * @throws when the files cannot be read: the installation is broken
 */
export async function createNodeEngine(assets: string): Promise<NodeEngine> {
  const [runtime, grammar, builtIn] = await Promise.all([
    readFile(join(assets, "web-tree-sitter.wasm")),
    readFile(join(assets, "tree-sitter-terraform.wasm")),
    readProtocols(join(assets, "..", "protocols")),
  ]);
  const parseTerraform = await createTerraformParser({ runtime, grammar });
  const today = () => new Date().toISOString().slice(0, 10);
  const protocols = createKnownProtocols(builtIn);
  return withProtocols(createEngine({ rules: catalogue, parseTerraform, today, protocols: protocols.all }), protocols);
}

/** The engine with every protocol file that it is told of taken into force. */
export const withProtocols = (engine: Engine, protocols: KnownProtocols): NodeEngine => ({
  ...engine,
  protocols,
  index(path, text, signs) {
    protocols.take(path, text);
    return engine.index(path, text, signs);
  },
  note(path) {
    protocols.take(path, undefined);
    return engine.note(path);
  },
  remove(path) {
    protocols.take(path, undefined);
    return engine.remove(path);
  },
});

export interface IndexOptions {
  /** Told after each file with its engine path; returning false stops the work. */
  readonly proceed?: (path: string) => boolean;
  /** Files whose text is held elsewhere (open in an editor): they are left alone. */
  readonly skip?: (path: string) => boolean;
  /** The configurations that hold for the files. */
  readonly configs?: Pick<Configs, "nearest">;
  /** Awaited every now and then, so that others have their turn. */
  readonly pause?: () => Promise<unknown>;
}

/** How long the index may keep others waiting, in milliseconds. */
const turn = 10;

/** Takes every file below the folders (paths of this system) into the engine's index. */
export async function indexFolders(
  engine: NodeEngine,
  folders: readonly string[],
  { proceed = () => true, skip = () => false, configs, pause }: IndexOptions = {},
): Promise<void> {
  let since = performance.now();
  const known = engine.protocols.all();
  const documents: string[] = [];
  for (const folder of folders) {
    for (const above of [...(await ignoreFilesAbove(folder)), ...(await protocolFilesAbove(folder))])
      await indexFile(engine, toEnginePath(above), configs);
    for await (const walked of walk(folder)) {
      if ("reason" in walked) continue;
      const path = toEnginePath(walked.path);
      if (!skip(path)) {
        await indexFile(engine, path, configs);
        if (isMarkdown(path)) documents.push(path);
      }
      if (!proceed(path)) return;
      if (pause && performance.now() - since > turn) {
        await pause();
        since = performance.now();
      }
    }
  }
  // What a document says to others depends on the protocols, and some were found after it.
  if (engine.protocols.all() === known) return;
  for (const path of documents) await indexFile(engine, path, configs);
}

/** Takes the file at an engine path into the index as it is on disk. @returns see `Engine.index` */
export async function indexFile(
  engine: Engine,
  path: string,
  configs: IndexOptions["configs"],
): Promise<ReadonlySet<string>> {
  const read = isIndexed(path) ? await readText(toSystemPath(path)) : undefined;
  if (read?.text === undefined) return engine.note(path);
  return engine.index(path, read.text, (await configs?.nearest(path))?.signs);
}
