// What holds for one file: its configuration, and the protocols that are in force for it.

import { type EditorSettings, type Settings, settingsFor } from "../engine/config.js";
import type { Configs } from "./configs.js";
import type { NodeEngine } from "./node.js";

/** @param path engine path of the file @param editor the editor's own settings, for files without a configuration */
export async function settingsAt(
  { engine, configs }: { readonly engine: NodeEngine; readonly configs: Configs },
  path: string,
  editor?: EditorSettings,
): Promise<Settings> {
  const config = await configs.nearest(path);
  return { ...settingsFor(path, config, editor), protocols: engine.protocols.inForce(path, config?.protocols) };
}
