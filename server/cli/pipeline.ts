// "dakota pipeline": the stages of one pipeline as text.

import { dirname, resolve } from "node:path";
import { settingsFor } from "../engine/config.js";
import { toPipelineText } from "../engine/report/pipeline-text.js";
import { createConfigs } from "../host/configs.js";
import { readText, repositoryRoot, toEnginePath, toSystemPath } from "../host/files.js";
import { createNodeEngine, indexFolders } from "../host/node.js";
import { parseArguments } from "./arguments.js";
import { UsageError } from "./usage.js";

/** Runs the command. @returns the exit code: 2 where the file is no pipeline or cannot be read */
export async function pipelineCommand(args: readonly string[]): Promise<number> {
  const file = readArguments(args);
  const path = resolve(file);
  const read = await readText(path);
  if (read.text === undefined) return refuse(file, read.reason);
  const engine = await createNodeEngine(__dirname);
  const configs = createConfigs(async (other) => (await readText(toSystemPath(other))).text);
  // Jobs may stand in other files of the repository.
  await indexFolders(engine, [(await repositoryRoot(dirname(path))) ?? dirname(path)], { configs });
  const enginePath = toEnginePath(path);
  const settings = settingsFor(enginePath, await configs.nearest(enginePath));
  engine.index(enginePath, read.text, settings.signs);
  engine.complete();
  const sketch = engine.sketch(enginePath, read.text, settings);
  if ("reason" in sketch) return refuse(file, sketch.reason);
  process.stdout.write(toPipelineText(sketch, file));
  return 0;
}

function refuse(file: string, reason: string): 2 {
  process.stderr.write(`dakota: ${file}: ${reason}\n`);
  return 2;
}

function readArguments(args: readonly string[]): string {
  const { positionals } = parseArguments(args, {});
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UsageError('"dakota pipeline" takes one file');
  return file;
}
