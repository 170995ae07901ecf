// The protocols that come with the product, read from its folder.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Protocol } from "../engine/protocol/model.js";
import { readProtocol } from "../engine/protocol/read.js";

/**
 * @param folder holds one YAML file a protocol
 * @throws when it cannot be read or a protocol is not valid: the installation is broken
 */
export async function readProtocols(folder: string): Promise<readonly Protocol[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".yaml")).sort();
  return Promise.all(
    names.map(async (name) => {
      const { protocol, problems } = readProtocol(await readFile(join(folder, name), "utf8"));
      if (!protocol) throw new Error(`${name}: ${problems.map(({ message }) => message).join("; ")}`);
      return protocol;
    }),
  );
}
