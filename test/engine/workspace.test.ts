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
});
