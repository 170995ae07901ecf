// Which protocols hold in the open folders.

import type { Protocol } from "../engine/protocol/model.js";
import type { TrackerParts } from "./trackers.js";

/** Those in force for documents of any folder; of two with one id, the first folder's counts. */
export async function protocolsInForce({
  settings,
  protocols,
  folders,
}: Pick<TrackerParts, "settings" | "protocols" | "folders">): Promise<readonly Protocol[]> {
  const ofFolder = async (folder: string) => (await settings(`${folder}/docs/run.md`)).protocols ?? protocols();
  const all = (await Promise.all(folders().map(ofFolder))).flat();
  return all.filter(({ id }, at) => all.findIndex((one) => one.id === id) === at);
}
