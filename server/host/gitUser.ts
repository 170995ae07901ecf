// The name that git knows its user by, read from its configuration files: no git has to be there.

import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { repositoryRoot, toSystemPath } from "./files.js";

/** `user.name` for the file or folder at an engine path: the repository's own, else the user's; undefined where none is set. */
export async function gitUser(path: string): Promise<string | undefined> {
  const root = await repositoryRoot(toSystemPath(path));
  const files = [
    ...(root === undefined ? [] : [join(await sharedFolder(root), "config")]),
    join(homedir(), ".gitconfig"),
    join(process.env.XDG_CONFIG_HOME ?? join(homedir(), ".config"), "git", "config"),
  ];
  for (const file of files) {
    const name = userIn(await read(file));
    if (name !== undefined) return name;
  }
  return undefined;
}

const read = (file: string): Promise<string> => readFile(file, "utf8").catch(() => "");

/** Where git keeps what holds for the whole repository: of worktrees and submodules, `.git` is a file that leads there. */
async function sharedFolder(root: string): Promise<string> {
  const git = join(root, ".git");
  const [, target] = /^gitdir:[ \t]*(.+?)\s*$/m.exec(await read(git)) ?? [];
  if (target === undefined) return git;
  const own = resolve(root, target);
  const common = (await read(join(own, "commondir"))).trim();
  return common === "" ? own : resolve(own, common);
}

/** The last one counts. Included files are not followed. */
function userIn(config: string): string | undefined {
  let section = "";
  let name: string | undefined;
  for (const line of config.split(/\r?\n/)) {
    const [, header, behind = line] = /^\s*\[([^\]]*)\](.*)$/.exec(line) ?? [];
    if (header !== undefined) section = header.trim().toLowerCase();
    const [, value] = /^\s*name\s*=\s*(.*)$/i.exec(behind) ?? [];
    if (section === "user" && value !== undefined) name = unquoted(value);
  }
  return name === "" ? undefined : name;
}

/** A value without its quotes, escapes and comment. */
const unquoted = (value: string): string =>
  [...value.trim().matchAll(/"((?:\\.|[^"\\])*)"?|([#;].*$)|(\\.|[^"#;\\]+)/g)]
    .map(([, quoted, comment, plain]) => (comment === undefined ? (quoted ?? plain ?? "").replace(/\\(.)/g, "$1") : ""))
    .join("")
    .trim();
