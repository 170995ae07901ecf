// Which files Git is told to leave alone: `.gitignore` files, read from a disk by the walk over folders or from the index
// by rules.

import ignore, { type Ignore } from "ignore";
import type { Fact, Workspace } from "./workspace.js";

export interface GitignoreFacts {
  /** By folder: the text of its list of ignored files. */
  readonly "git.ignore": { readonly text: string };
}

/** Whether a path is one of a list of ignored files. */
export const isIgnoreList = (path: string): boolean => path.endsWith("/.gitignore");

/** What a list of ignored files tells others. */
export const ignoreFacts = (path: string, text: string): readonly Fact[] => [
  { kind: "git.ignore", key: folderOf(path), value: { text } },
];

/** A list of ignored files, read, with its folder. */
export interface IgnoreList {
  readonly folder: string;
  readonly list: Ignore;
}

/** Reads a list. */
export const readIgnoreList = (folder: string, text: string): IgnoreList => ({ folder, list: ignore().add(text) });

/** The line that makes Git ignore a file, and the folder of the list that it stands in. */
export interface IgnoredBy {
  readonly pattern: string;
  readonly folder: string;
}

/**
 * Why Git ignores a path; `undefined` where it does not. Source: gitignore(5): lists further down and later lines win, "!"
 * takes a path back in, and nothing is taken back in below a folder that is ignored.
 * @param path absolute, "/" between folders; a folder ends in "/"
 * @param lists from the outermost folder to the innermost
 */
export function ignoredBy(path: string, lists: readonly IgnoreList[]): IgnoredBy | undefined {
  const above = lists.filter(({ folder }) => path.startsWith(`${folder}/`));
  let at = above[0] ? `${above[0].folder}/` : path;
  for (const part of path.slice(at.length).match(/[^/]+\/?/g) ?? []) {
    at += part;
    const found = verdictOn(at, above);
    if (found) return found;
  }
  return undefined;
}

/** What the lists say of this very path, whatever is the case with the folders above it. */
function verdictOn(path: string, lists: readonly IgnoreList[]): IgnoredBy | undefined {
  let found: IgnoredBy | undefined;
  for (const { folder, list } of lists) {
    if (!path.startsWith(`${folder}/`) || path === `${folder}/`) continue;
    const { ignored, unignored, rule } = list.test(path.slice(folder.length + 1));
    if (ignored) found = { pattern: rule?.pattern ?? "", folder };
    else if (unignored) found = undefined;
  }
  return found;
}

/** Why Git ignores a file of the workspace, as far as its lists are in the index. */
export function ignoredIn(workspace: Pick<Workspace, "facts">, path: string): IgnoredBy | undefined {
  const folders = path.split("/").map((_, i, parts) => parts.slice(0, i).join("/"));
  const lists = folders.flatMap((folder) =>
    folder === "" ? [] : workspace.facts("git.ignore", folder).map(({ text }) => known(folder, text)),
  );
  return ignoredBy(path, lists);
}

/** Whether the workspace has a file that Git keeps: it is there, and no list leaves it out. */
export const isVersioned = (workspace: Workspace, path: string): boolean =>
  workspace.exists(path) && ignoredIn(workspace, path) === undefined;

// Every file of a folder is held against the same few lists.
const lists = new Map<string, IgnoreList>();

function known(folder: string, text: string): IgnoreList {
  const key = `${folder}\n${text}`;
  const found = lists.get(key);
  if (found) return found;
  if (lists.size >= 64) lists.clear();
  const list = readIgnoreList(folder, text);
  lists.set(key, list);
  return list;
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));
