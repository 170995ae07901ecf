// Absolute paths as rules about several files need them; "/" stands between folders on every system.

import type { Workspace } from "../../rule.js";

export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));
export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** The folder of a file and all above it, the nearest first. */
export function foldersAbove(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder)) folders.push(folder);
  return folders;
}

/** A path below a folder, without "." and ".."; undefined where it leaves the root. */
export function joined(folder: string, relative: string): string | undefined {
  const parts = folder.split("/");
  for (const part of relative.split("/")) {
    if (part === "..") {
      if (parts.length < 2) return undefined;
      parts.pop();
    } else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

/** How a file calls another one: by the part of its path that differs. */
export function shortPath(from: string, to: string): string {
  const folder = foldersAbove(from).find((one) => to.startsWith(`${one}/`));
  return folder === undefined ? to : to.slice(folder.length + 1);
}

/** The repository's own folder, told by what lies at the top of one; undefined where nothing does. */
export const repositoryOf = (path: string, workspace: Workspace): string | undefined =>
  foldersAbove(path).findLast((folder) =>
    [".dakota.yaml", "README.md", ".gitignore", "LICENSE"].some((name) => workspace.exists(`${folder}/${name}`)),
  );
