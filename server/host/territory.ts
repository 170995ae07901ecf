// What counts as the workspace: the files of its folders, but for those that a configuration excludes or Git ignores. Others
// can be in the index as well, because somebody has opened them.

import { type Config, isExcluded } from "../engine/config.js";
import { isConfig } from "../engine/detect.js";
import { ignoredIn } from "../engine/gitignore.js";
import { isIn } from "../engine/protocol/scopes.js";
import { isForeign } from "./files.js";
import type { TrackerParts } from "./trackers.js";

export type TerritoryParts = Pick<TrackerParts, "engine" | "files" | "folders">;

export interface Territory {
  /** Engine paths, without "/" at the end. */
  readonly folders: readonly string[];
  /** Whether the file at a path is evidence, can hold a tracker, and has findings that count. */
  counts(path: string): boolean;
}

/** Whether a path lies in one of the folders. Where none is open, there is nothing that it could lie outside of. */
export const isInFolders = (path: string, folders: readonly string[]): boolean =>
  folders.length === 0 || folders.some((folder) => isIn(path, folder));

/** The workspace as the configurations have it now. */
export async function readTerritory({ engine, files, folders }: TerritoryParts): Promise<Territory> {
  const inside = folders();
  const known = new Map<string, boolean>();
  const configs = await configsOf(files, inside);
  const judge = (path: string): boolean => {
    if (!isInFolders(path, inside)) return false;
    // What was found on disk has been asked already.
    const below = path.slice(inside.find((folder) => isIn(path, folder))?.length ?? 0);
    if (!files.files.has(path) && (isForeign(below) || ignoredIn(engine.evidence.lookup, path))) return false;
    return !isExcluded(
      configs.find((config) => isIn(path, folderOf(config.path))),
      path,
    );
  };
  return {
    folders: inside,
    counts(path) {
      const found = known.get(path) ?? judge(path);
      known.set(path, found);
      return found;
    },
  };
}

/** Every configuration that holds somewhere in the folders, the innermost first. */
export async function configsOf(
  { configs, files }: TerritoryParts["files"],
  folders: readonly string[],
): Promise<readonly Config[]> {
  const asked = [...folders.map((folder) => `${folder}/any`), ...[...files].filter(isConfig)];
  const found = (await Promise.all(asked.map(configs.nearest))).flatMap((config) => config ?? []);
  const byPath = new Map(found.map((config) => [config.path, config]));
  return [...byPath.values()].sort((a, b) => folderOf(b.path).length - folderOf(a.path).length);
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));
