// Finds and remembers the configuration that holds for a file: the nearest one upward.

import { type Config, readConfig } from "../engine/config.js";
import { configNames } from "../engine/detect.js";

export interface Configs {
  /** The configuration for the file at an engine path; undefined where no folder upward has one. */
  nearest(path: string): Promise<Config | undefined>;
  /** Forgets what was read: a configuration file has changed, come or gone. */
  changed(): void;
}

/** `readText` gives the text of a file (an engine path) as it is now, or undefined where there is none. */
export function createConfigs(readText: (path: string) => Promise<string | undefined>): Configs {
  let byFolder = new Map<string, Promise<Config | undefined>>();

  const inFolder = async (folder: string): Promise<Config | undefined> => {
    for (const name of configNames) {
      const path = `${folder}/${name}`;
      const text = await readText(path);
      if (text !== undefined) return readConfig(path, text).config;
    }
    return folder === "" ? undefined : forFolder(folder.slice(0, folder.lastIndexOf("/")));
  };

  const forFolder = (folder: string): Promise<Config | undefined> => {
    const known = byFolder.get(folder) ?? inFolder(folder);
    byFolder.set(folder, known);
    return known;
  };

  return {
    nearest: (path) => forFolder(path.slice(0, path.lastIndexOf("/"))),
    changed() {
      byFolder = new Map();
    },
  };
}
