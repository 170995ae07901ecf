// "dakota protocol": the protocols in force, or one of them as a document to read.

import { join } from "node:path";
import { toHandbook } from "../engine/report/handbook.js";
import { createConfigs } from "../host/configs.js";
import { readText, repositoryRoot, toEnginePath, toSystemPath } from "../host/files.js";
import { protocolsInForce } from "../host/inForce.js";
import { createNodeEngine, indexFolders } from "../host/node.js";
import { settingsAt } from "../host/settings.js";
import { parseArguments } from "./arguments.js";
import { UsageError } from "./usage.js";

/** Runs the command. @returns the exit code: 2 where no protocol has the id */
export async function protocolCommand(args: readonly string[]): Promise<number> {
  const [id, ...others] = parseArguments(args, {}).positionals;
  if (others.length > 0) throw new UsageError('"dakota protocol" takes the id of one protocol');
  const protocols = await readProtocols();
  if (id === undefined) {
    for (const one of protocols) process.stdout.write(`${one.id}: ${one.title}\n`);
    return 0;
  }
  const protocol = protocols.find((one) => one.id === id);
  if (protocol) {
    process.stdout.write(toHandbook(protocol));
    return 0;
  }
  const known = protocols.map((one) => one.id).join(", ");
  process.stderr.write(`dakota: no protocol in force is called "${id}"; in force are ${known}\n`);
  return 2;
}

/** Those in force in the repository around the working directory, a team's own included. */
async function readProtocols() {
  const root = (await repositoryRoot(process.cwd())) ?? process.cwd();
  const engine = await createNodeEngine(__dirname);
  const configs = createConfigs(async (path) => (await readText(toSystemPath(path))).text);
  // Nothing else of the repository has a say in it.
  await indexFolders(engine, [join(root, ".dakota")], { configs, proceed: () => true });
  return protocolsInForce({
    settings: (path) => settingsAt({ engine, configs }, path),
    protocols: engine.protocols.all,
    folders: () => [toEnginePath(root)],
  });
}
