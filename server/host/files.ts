// Reads files and walks folders of a disk. What cannot be read is told as a sentence, never thrown.

import type { Dirent, Stats } from "node:fs";
import { open, readdir, readFile, stat } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import ignore, { type Ignore } from "ignore";
import { maximumLength } from "../engine/detect.js";

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

/**
 * All files below a folder, in the order of their names, as paths of this system. Honours `.gitignore` files (also those
 * above, up to the root of the repository); does not follow links to folders.
 */
export async function* walk(root: string): AsyncGenerator<Walked> {
  const rules = await ignoreRulesAbove(root);
  yield* walkFolder(root, rules);
}

interface IgnoreRules {
  readonly folder: string;
  readonly rules: Ignore;
}

async function* walkFolder(folder: string, above: readonly IgnoreRules[]): AsyncGenerator<Walked> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    yield { path: folder, reason: reasonOf(error) };
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const here = entries.some(({ name }) => name === ".gitignore") ? await ignoreRulesIn(folder) : [];
  const rules = [...above, ...here];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!foreign.has(entry.name) && !isIgnored(`${path}${sep}`, rules)) yield* walkFolder(path, rules);
    } else if (entry.isFile()) {
      if (!isIgnored(path, rules)) yield { path };
    } else if (entry.isSymbolicLink() && !isIgnored(path, rules)) yield* walkLink(path);
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

/** Later files and later lines win, as in git; "!" takes a path back in. */
function isIgnored(path: string, rules: readonly IgnoreRules[]): boolean {
  let ignored = false;
  for (const { folder, rules: own } of rules) {
    const relative = path
      .slice(folder.length + 1)
      .split(sep)
      .join("/");
    const verdict = own.test(relative);
    if (verdict.ignored) ignored = true;
    else if (verdict.unignored) ignored = false;
  }
  return ignored;
}

async function ignoreRulesIn(folder: string): Promise<readonly IgnoreRules[]> {
  try {
    return [{ folder, rules: ignore().add(await readFile(join(folder, ".gitignore"), "utf8")) }];
  } catch {
    return []; // an unreadable list of ignored files ignores nothing
  }
}

async function ignoreRulesAbove(root: string): Promise<readonly IgnoreRules[]> {
  const top = await repositoryRoot(root);
  const rules: IgnoreRules[] = [];
  for (let folder = root; top && folder !== top && dirname(folder) !== folder; ) {
    folder = dirname(folder);
    rules.unshift(...(await ignoreRulesIn(folder)));
  }
  // A folder that is itself ignored was asked for all the same: what is above it does not count then.
  return isIgnored(
    `${root}${sep}`,
    rules.filter((one) => one.folder !== root),
  )
    ? []
    : rules;
}

/** The nearest folder upward that holds a `.git`; undefined outside a repository. */
export async function repositoryRoot(path: string): Promise<string | undefined> {
  for (let folder = path; ; folder = dirname(folder)) {
    if (await exists(join(folder, ".git"))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
