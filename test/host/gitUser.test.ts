// Whom git would name as the author, read from its files alone.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { toEnginePath } from "../../server/host/files.js";
import { gitUser } from "../../server/host/gitUser.js";

let base = "";

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "dakota git "));
  for (const name of ["HOME", "USERPROFILE"]) vi.stubEnv(name, join(base, "home"));
  vi.stubEnv("XDG_CONFIG_HOME", undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(base, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(base, path)), { recursive: true });
  writeFileSync(join(base, path), text);
}

const asked = (path: string) => gitUser(toEnginePath(join(base, path)));

test("a repository's own name comes before the user's, for files deep in it that need not exist", async () => {
  write("home/.gitconfig", "[user]\n\tname = Everywhere\n");
  write("repo/.git/config", '[core]\n\tbare = false\n[remote "user"]\n\tname = origin\n[user]\n\tname = Only Here\n');
  expect(await asked("repo/docs/tracker.md")).toBe("Only Here");
  expect(await asked("repo")).toBe("Only Here");
});

test("without one of its own the user's holds, and outside of a repository as well", async () => {
  write("home/.gitconfig", "[user]\n\temail = p@example.com\n\tname = Everywhere\n[alias]\n\tname = log\n");
  write("repo/.git/config", '[core]\n\tbare = false\n[branch "main"]\n\tname = Nobody\n');
  expect(await asked("repo/docs/tracker.md")).toBe("Everywhere");
  expect(await asked("elsewhere/tracker.md")).toBe("Everywhere");
});

test("the configuration below XDG_CONFIG_HOME is the last that is asked", async () => {
  write("xdg/git/config", "[user]\n\tname = From Afar\n");
  vi.stubEnv("XDG_CONFIG_HOME", join(base, "xdg"));
  expect(await asked("repo/tracker.md")).toBe("From Afar");
  write("home/.gitconfig", "[user]\n\tname = Nearer\n");
  expect(await asked("repo/tracker.md")).toBe("Nearer");
});

test("below the home folder it is looked for where XDG_CONFIG_HOME is not set", async () => {
  write("home/.config/git/config", "[user]\n\tname = At Home\n");
  expect(await asked("repo/tracker.md")).toBe("At Home");
});

test("there is none where nothing names one", async () => {
  expect(await asked("repo/tracker.md")).toBeUndefined();
  write("repo/.git/config", "[user]\n\temail = p@example.com\n\tname =\n");
  expect(await asked("repo/tracker.md")).toBeUndefined();
});

test("a worktree has the name of its repository, a submodule its own", async () => {
  write("repo/.git/config", "[user]\n\tname = Of the Repository\n");
  write("repo/.git/worktrees/tree/commondir", "../..\n");
  write("tree/.git", `gitdir: ${join(base, "repo", ".git", "worktrees", "tree")}\n`);
  expect(await asked("tree/docs/tracker.md")).toBe("Of the Repository");
  write("repo/.git/modules/sub/config", "[user]\n\tname = Of the Submodule\n");
  write("repo/sub/.git", "gitdir: ../.git/modules/sub\n");
  expect(await asked("repo/sub/tracker.md")).toBe("Of the Submodule");
});

test.each([
  ["quotes", '[user]\n\tname = "Priya; K."\n', "Priya; K."],
  ["escapes", '[user]\n\tname = Priya \\"P\\" K\n', 'Priya "P" K'],
  ["a comment", "[user]\n\tname = Priya K. ; at work\n", "Priya K."],
  ["lines that end as on Windows", "[user]\r\n\tname = Priya\r\n\temail = p@example.com\r\n", "Priya"],
  ["capitals, and all on one line", "[USER] Name = Priya\n", "Priya"],
  ["two of them", "[user]\n\tname = Old\n[core]\n\tname = No\n[user]\n\tname = New\n", "New"],
])("a configuration with %s is read", async (_, config, name) => {
  write("repo/.git/config", config);
  expect(await asked("repo/tracker.md")).toBe(name);
});
