// What Git ignores, by the lists of several folders.

import { describe, expect, it } from "vitest";
import {
  ignoredBy,
  ignoredIn,
  ignoreFacts,
  isIgnoreList,
  isVersioned,
  readIgnoreList,
} from "../../server/engine/gitignore.js";
import { createWorkspaceIndex } from "../../server/engine/workspace.js";

const by = (path: string, lists: Readonly<Record<string, string>>): string | undefined =>
  ignoredBy(
    path,
    Object.entries(lists).map(([folder, text]) => readIgnoreList(folder, text)),
  )?.pattern;

describe("ignoredBy", () => {
  it.each([
    ["a name anywhere", "/w/a/b/x.tfvars", { "/w": "*.tfvars" }, "*.tfvars"],
    ["an anchored folder", "/w/out/a/b.tf", { "/w": "/out/" }, "/out/"],
    ["the folder itself", "/w/out/", { "/w": "out/" }, "out/"],
    ["a list further down", "/w/a/b.tf", { "/w": "", "/w/a": "b.tf" }, "b.tf"],
    ["the last line that holds", "/w/a.tf", { "/w": "*.tf\n!b.tf\na.*" }, "a.*"],
    ["a file that cannot come back from an ignored folder", "/w/out/a.tf", { "/w": "out/", "/w/out": "!a.tf" }, "out/"],
  ])("%s", (_what, path, lists, pattern) => expect(by(path, lists)).toBe(pattern));

  it.each([
    ["taken back in by a later line", "/w/a.tf", { "/w": "*.tf\n!a.tf" }],
    ["taken back in by a list further down", "/w/a/b.tf", { "/w": "*.tf", "/w/a": "!b.tf" }],
    ["an anchored name in another folder", "/w/a/out.tf", { "/w": "/out.tf" }],
    ["a list of a folder beside it", "/w/ab/c.tf", { "/w/a": "*.tf" }],
    ["no list at all", "/w/a.tf", {}],
  ])("not %s", (_what, path, lists) => expect(by(path, lists)).toBeUndefined());
});

describe("the index", () => {
  it("tells a file anew when a list changes", () => {
    const index = createWorkspaceIndex();
    index.update("/w/a/main.tf", []);
    expect(ignoredIn(index.viewFor("/w/a/main.tf"), "/w/a/main.tf")).toBeUndefined();
    const changed = index.update("/w/.gitignore", ignoreFacts("/w/.gitignore", "a/"));
    expect([...changed]).toEqual(["/w/a/main.tf"]);
    const view = index.viewFor("/w/a/main.tf");
    expect(ignoredIn(view, "/w/a/main.tf")).toEqual({ pattern: "a/", folder: "/w" });
    expect(isVersioned(view, "/w/a/main.tf")).toBe(false);
    expect(isVersioned(view, "/w/.gitignore")).toBe(true);
    expect(isVersioned(view, "/w/none.tf")).toBe(false);
  });

  it("knows lists by their name", () => {
    expect(isIgnoreList("/w/.gitignore")).toBe(true);
    expect(isIgnoreList("/w/a.gitignore")).toBe(false);
  });
});
