// The engine on Node: the parser that has to be loaded, the date, and a workspace read from disk.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { catalogue } from "../engine/catalogue.gen.js";
import { isCandidate } from "../engine/detect.js";
import { createEngine, type Engine } from "../engine/engine.js";
import { isIgnoreList } from "../engine/gitignore.js";
import { createTerraformParser } from "../engine/languages/terraform/parse.js";
import type { Configs } from "./configs.js";
import { ignoreFilesAbove, readText, toEnginePath, toSystemPath, walk } from "./files.js";

/**
 * An engine with every rule.
 * @param assets folder that holds the two wasm files of the Terraform parser
 * @throws when they cannot be read: the installation is broken
 */
export async function createNodeEngine(assets: string): Promise<Engine> {
  const [runtime, grammar] = await Promise.all([
    readFile(join(assets, "web-tree-sitter.wasm")),
    readFile(join(assets, "tree-sitter-terraform.wasm")),
  ]);
  const parseTerraform = await createTerraformParser({ runtime, grammar });
  return createEngine({ rules: catalogue, parseTerraform, today: () => new Date().toISOString().slice(0, 10) });
}

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
  engine: Engine,
  folders: readonly string[],
  { proceed = () => true, skip = () => false, configs, pause }: IndexOptions = {},
): Promise<void> {
  let since = performance.now();
  for (const folder of folders) {
    for (const list of await ignoreFilesAbove(folder)) await indexFile(engine, toEnginePath(list), configs);
    for await (const walked of walk(folder)) {
      if ("reason" in walked) continue;
      const path = toEnginePath(walked.path);
      if (!skip(path)) await indexFile(engine, path, configs);
      if (!proceed(path)) return;
      if (pause && performance.now() - since > turn) {
        await pause();
        since = performance.now();
      }
    }
  }
}

/** Whether a file tells others more than that it is there, so that it has to be read. */
const isIndexed = (path: string): boolean => isCandidate(path) || isIgnoreList(path);

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
