import { describe, expect, it } from "vitest";
import { createWorkspaceIndex, type Fact } from "../../server/engine/workspace.js";

// The index does not look into facts: any kind will do.
const fact = (key: string, value: object): Fact => ({ kind: "test", key, value }) as unknown as Fact;
const ask = (view: ReturnType<ReturnType<typeof createWorkspaceIndex>["viewFor"]>, key: string) =>
  view.facts("test" as never, key) as readonly unknown[];

describe("the workspace index", () => {
  it("answers by key, with the file that says it, in the order of paths", () => {
    const index = createWorkspaceIndex();
    index.update("/b", [fact("k", { n: 1 }), fact("other", { n: 2 })]);
    index.update("/a", [fact("k", { n: 3 })]);
    expect(ask(index.viewFor("/c"), "k")).toEqual([
      { n: 3, path: "/a" },
      { n: 1, path: "/b" },
    ]);
  });

  it("names those who asked, and nobody else, when an answer changes", () => {
    const index = createWorkspaceIndex();
    index.update("/a", [fact("k", { n: 1 })]);
    ask(index.viewFor("/asked-k"), "k");
    ask(index.viewFor("/asked-x"), "x");
    expect([...index.update("/a", [fact("k", { n: 2 })])]).toEqual(["/asked-k"]);
    expect([...index.update("/a", [fact("k", { n: 2 })])]).toEqual([]);
    expect([...index.update("/a", [fact("x", {})])].sort()).toEqual(["/asked-k", "/asked-x"]);
    expect([...index.remove("/a")]).toEqual(["/asked-x"]);
  });

  it("forgets the questions of a file that is looked at anew", () => {
    const index = createWorkspaceIndex();
    ask(index.viewFor("/c"), "k");
    index.viewFor("/c");
    expect([...index.update("/a", [fact("k", {})])]).toEqual([]);
  });

  it("knows which files exist, and who wanted to know", () => {
    const index = createWorkspaceIndex();
    const view = index.viewFor("/c");
    expect(view.exists("/readme")).toBe(false);
    expect(view.asked()).toBe(1);
    expect([...index.update("/readme", [])]).toEqual(["/c"]);
    expect(index.viewFor("/c").exists("/readme")).toBe(true);
  });

  it("gives long answers as if they were put together anew, whatever has changed", () => {
    const name = (i: number) => `/${String((i * 37) % 200).padStart(3, "0")}`;
    const files = new Map<string, readonly Fact[]>();
    const index = createWorkspaceIndex();
    const set = (path: string, facts: readonly Fact[]) => {
      files.set(path, facts);
      index.update(path, facts);
    };
    for (let i = 0; i < 150; i++) set(name(i), [fact("k", { i })]);
    for (let i = 0; i < 200; i++) {
      ask(index.viewFor("/c"), "k");
      if (i % 3 === 0) {
        files.delete(name(i));
        index.remove(name(i));
      } else set(name(i), i % 3 === 1 ? [fact("k", { i }), fact("k", { also: i })] : []);
      const fresh = createWorkspaceIndex();
      for (const [path, facts] of files) fresh.update(path, facts);
      expect(ask(index.viewFor("/c"), "k")).toEqual(ask(fresh.viewFor("/c"), "k"));
    }
  });

  it("answers those who ask anew without remembering them, and names the keys of a kind", () => {
    const index = createWorkspaceIndex();
    const keys = () => [...index.lookup.keys("test" as never)].sort();
    index.update("/a", [fact("k", { n: 1 }), fact("l m", {})]);
    expect(keys()).toEqual(["k", "l m"]);
    expect(index.lookup.facts("test" as never, "k")).toEqual([{ n: 1, path: "/a" }]);
    expect([...index.update("/a", [fact("k", { n: 2 })])]).toEqual([]);
    expect(keys()).toEqual(["k"]);
    index.update("/b", [fact("x", {})]);
    index.remove("/a");
    expect(keys()).toEqual(["x"]);
  });
});
