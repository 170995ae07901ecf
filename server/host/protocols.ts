// The protocols that come with the product, read from its folder.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Protocol } from "../engine/protocol/model.js";

/**
 * @param folder holds what is derived from its YAML files
 * @throws when it cannot be read: the installation is broken
 */
export async function readProtocols(folder: string): Promise<readonly Protocol[]> {
  // Written by scripts/gen.ts, which has had every file checked by the reader.
  const protocols: readonly Protocol[] = JSON.parse(await readFile(join(folder, "all.gen.json"), "utf8"));
  return protocols;
}
