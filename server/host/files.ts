// Reads files and walks folders of a disk. What cannot be read is told as a sentence, never thrown.

import type { Dirent, Stats } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { maximumLength } from "../engine/detect.js";
import { type IgnoreList, ignoredBy, readIgnoreList } from "../engine/gitignore.js";

export type TextOrReason =
  | { readonly text: string; readonly reason?: never }
  | { readonly text?: never; readonly reason: string };

/** Bytes beyond which a file is not read: a text of the largest size can have up to three bytes for each unit. */
const maximumBytes = maximumLength * 3;

/** The text of a file, without a byte order mark; the reason where it has none. */
export async function readText(path: string): Promise<TextOrReason> {
  try {
    const file = await open(path);
    try {
      const info = await file.stat();
      const reason = unreadable(info);
      return reason ? { reason } : decode(await file.readFile());
    } finally {
      await file.close();
    }
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

function unreadable(info: Stats): string | undefined {
  if (info.isDirectory()) return "a folder";
  if (!info.isFile()) return "no regular file";
  if (info.size > maximumBytes)
    return `larger than ${maximumLength / 1_048_576} MiB (${(info.size / 1_048_576).toFixed(1)} MiB)`;
  return undefined;
}

/** Bytes as UTF-8 text, or why they are none. */
export function decode(bytes: Uint8Array): TextOrReason {
  if (bytes.subarray(0, 8192).includes(0)) return { reason: "a binary file" };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { reason: "not valid UTF-8" };
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "permission denied",
  EPERM: "permission denied",
  ELOOP: "a symbolic link that leads in a circle",
  ENAMETOOLONG: "the path is too long",
  EISDIR: "a folder",
};

/** Why the system refused, as a sentence without full stop. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code && reasons[code]) ?? `cannot be read (${code ?? message})`;
}

/** A path of this system as the engine wants it: absolute, "/" between folders, "/" first. */
export function toEnginePath(path: string): string {
  const absolute = resolve(path);
  return sep === "/" ? absolute : `/${absolute.split(sep).join("/")}`;
}

/** The path of this system for one of the engine's. */
export const toSystemPath = (path: string): string => (sep === "/" ? path : path.slice(1).split("/").join(sep));

export type Walked = { readonly path: string } | { readonly path: string; readonly reason: string };

// Folders that hold other people's files or copies of them.
const foreign = new Set([".git", ".hg", ".svn", "node_modules", ".terraform", ".terragrunt-cache", ".cache", ".venv"]);

/** Whether a path lies in such a folder. */
export const isForeign = (path: string): boolean => path.split("/").some((name) => foreign.has(name));

/**
 * All files below a folder, in the order of their names, as paths of this system. Honours `.gitignore` files (also those
 * above, up to the root of the repository); does not follow links to folders.
 */
export async function* walk(root: string): AsyncGenerator<Walked> {
  yield* walkFolder(root, await ignoreListsAbove(root));
}

/** The same for a folder below `root` that has just come; none where a walk over `root` would leave it out. */
export async function* walkInside(root: string, folder: string): AsyncGenerator<Walked> {
  const names = relative(root, folder).split(sep);
  if (names.some((name) => foreign.has(name))) return;
  const lists = (await Promise.all((await foldersAbove(folder)).map(ignoreListsIn))).flat();
  if (!isIgnored(`${folder}${sep}`, lists)) yield* walkFolder(folder, lists);
}

async function* walkFolder(folder: string, above: readonly IgnoreList[]): AsyncGenerator<Walked> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    yield { path: folder, reason: reasonOf(error) };
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const here = entries.some(({ name }) => name === ".gitignore") ? await ignoreListsIn(folder) : [];
  const lists = [...above, ...here];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!foreign.has(entry.name) && !isIgnored(`${path}${sep}`, lists)) yield* walkFolder(path, lists);
    } else if (entry.isFile()) {
      if (!isIgnored(path, lists)) yield { path };
    } else if (entry.isSymbolicLink() && !isIgnored(path, lists)) yield* walkLink(path);
  }
}

async function* walkLink(path: string): AsyncGenerator<Walked> {
  try {
    const target = await stat(path);
    if (target.isDirectory()) yield { path, reason: "a symbolic link to a folder, not followed" };
    else if (target.isFile()) yield { path };
  } catch (error) {
    yield { path, reason: reasonOf(error) };
  }
}

const isIgnored = (path: string, lists: readonly IgnoreList[]): boolean =>
  ignoredBy(path.split(sep).join("/"), lists) !== undefined;

async function ignoreListsIn(folder: string): Promise<readonly IgnoreList[]> {
  const { text } = await readText(join(folder, ".gitignore")); // an unreadable list of ignored files ignores nothing
  return text === undefined ? [] : [readIgnoreList(folder.split(sep).join("/"), text)];
}

async function ignoreListsAbove(root: string): Promise<readonly IgnoreList[]> {
  const found = await Promise.all((await foldersAbove(root)).map(ignoreListsIn));
  const lists = found.flat();
  // A folder that is itself ignored was asked for all the same: what is above it does not count then.
  return isIgnored(`${root}${sep}`, lists) ? [] : lists;
}

/** The lists of ignored files that hold for a folder and lie above it, up to the root of its repository: their paths. */
export async function ignoreFilesAbove(root: string): Promise<readonly string[]> {
  const folders = (await ignoreListsAbove(root)).map(({ folder }) => folder.split("/").join(sep));
  return folders.map((folder) => join(folder, ".gitignore"));
}

/** The protocols of a team that hold for a folder and lie above it, up to the root of its repository: their paths. */
export async function protocolFilesAbove(root: string): Promise<readonly string[]> {
  const folders = (await foldersAbove(root)).map((folder) => join(folder, ".dakota", "protocols"));
  const names = await Promise.all(folders.map((folder) => readdir(folder).catch(() => [])));
  return folders.flatMap((folder, i) => (names[i] ?? []).sort().map((name) => join(folder, name)));
}

/** Where lists of ignored files can lie that hold for what is in a folder, whether it is ignored itself or not. */
export async function ignoreFilesFor(folder: string): Promise<readonly string[]> {
  return [...(await foldersAbove(folder)), folder].map((one) => join(one, ".gitignore"));
}

/** The folders above a folder up to the root of its repository, that first; none outside of one. */
async function foldersAbove(root: string): Promise<readonly string[]> {
  const top = await repositoryRoot(root);
  const folders: string[] = [];
  for (let folder = root; top !== undefined && folder !== top && dirname(folder) !== folder; ) {
    folder = dirname(folder);
    folders.unshift(folder);
  }
  return folders;
}

/** The nearest folder upward that holds a `.git`; undefined outside a repository. */
export async function repositoryRoot(path: string): Promise<string | undefined> {
  for (let folder = path; ; folder = dirname(folder)) {
    if (await exists(join(folder, ".git"))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

export const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
