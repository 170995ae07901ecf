// The rows of the Checklists tree: runs under way first, every list below its kind, ids that hold.
import { describe, expect, it } from "vitest";
import {
  type ListNode,
  listChildren,
  listId,
  listParent,
  listRoots,
  nextPoint,
} from "../../client/views/checklistNodes.js";
import type { ListProgress, PointProgress, RunProgress } from "../../server/messages.js";

const point = (id: string, more: Partial<PointProgress> = {}): PointProgress => ({
  id,
  title: `Point ${id}`,
  state: "open",
  evidence: [],
  ...more,
});

const run = (uri: string, points: readonly PointProgress[], started = "2026-03-01T10:00:00.000Z"): RunProgress => ({
  uri,
  line: 0,
  started,
  done: points.filter(({ state }) => state === "done").length,
  total: points.length,
  points,
});

const list = (id: string, kind: ListProgress["kind"], runs: readonly RunProgress[] = []): ListProgress => ({
  id,
  kind,
  title: id,
  protocol: "P",
  points: [
    { id: "1.1", title: "Look", step: "Respond", limit: "within 5 minutes" },
    { id: "1.2", title: "Tell", step: "Respond" },
    { id: "2", title: "Learn" },
  ],
  runs,
});

const points = [point("1.1", { step: "Respond" }), point("1.2", { step: "Respond" }), point("2")];
const all = (roots: readonly ListNode[]): readonly ListNode[] =>
  roots.flatMap((node) => [node, ...all(listChildren(node))]);

describe("rows of the Checklists tree", () => {
  it("groups the lists by kind and leaves out what has no lists", () => {
    const roots = listRoots([list("p/a", "checklist"), list("p/w", "workflow")]);
    expect(roots.map((node) => node.kind === "group" && node.group)).toEqual(["checklist", "workflow"]);
  });

  it("puts open runs on top, the newest first, and ended ones under their list alone", () => {
    const old = run("file:///old.md", points, "2026-02-01T10:00:00.000Z");
    const ended = run("file:///ended.md", [point("1", { state: "done" })]);
    const roots = listRoots([list("p/a", "workflow", [run("file:///new.md", points), old, ended])]);
    const [running, workflows] = roots.map((node) => listChildren(node));
    expect(running?.map((node) => node.kind === "run" && node.run.uri)).toEqual(["file:///new.md", "file:///old.md"]);
    const [row] = workflows ?? [];
    expect(row && listChildren(row).length).toBe(3);
  });

  it("shows what a list asks for that nobody has started, and its runs alone once there are some", () => {
    const [group] = listRoots([list("p/a", "workflow")]);
    const [row] = group ? listChildren(group) : [];
    const [part, item] = row ? listChildren(row) : [];
    expect(part).toMatchObject({ kind: "part", title: "Respond" });
    expect(part && listChildren(part).map((one) => one.kind === "item" && one.point.title)).toEqual(["Look", "Tell"]);
    expect(item).toMatchObject({ kind: "item", point: { title: "Learn" } });
    const [, workflows] = listRoots([list("p/a", "workflow", [run("file:///a.md", points)])]);
    const [started] = workflows ? listChildren(workflows) : [];
    expect(started && listChildren(started).map(({ kind }) => kind)).toEqual(["run"]);
  });

  it("has an id of its own for a run that was copied within its file", () => {
    const first = run("file:///a.md", points);
    const [group] = listRoots([list("p/a", "workflow", [first, { ...first, line: 30 }])]);
    const ids = (group ? listChildren(group) : []).map(listId);
    expect(new Set(ids).size).toBe(2);
  });

  it("gathers the points of a step, and leaves a step without items a point itself", () => {
    const [running] = listRoots([list("p/a", "workflow", [run("file:///a.md", points)])]);
    const [first] = running ? listChildren(running) : [];
    const rows = first ? listChildren(first) : [];
    expect(rows.map((node) => node.kind)).toEqual(["step", "point"]);
    expect(rows[0] && listChildren(rows[0]).map((node) => node.kind === "point" && node.point.id)).toEqual([
      "1.1",
      "1.2",
    ]);
  });

  it("gives every row its own id and leads from each up to a root", () => {
    const roots = listRoots([list("p/a", "workflow", [run("file:///a.md", points)]), list("p/b", "checklist")]);
    const nodes = all(roots);
    expect(new Set(nodes.map(listId)).size).toBe(nodes.length);
    for (const node of nodes) {
      let top = node;
      for (let up = listParent(top); up; up = listParent(up)) top = up;
      expect(roots.map(listId)).toContain(listId(top));
    }
  });

  it("finds what comes next in a run", () => {
    expect(nextPoint(run("file:///a.md", [point("1", { state: "done" }), point("2")]))?.id).toBe("2");
    expect(nextPoint(run("file:///a.md", [point("1", { state: "done" })]))).toBeUndefined();
  });
});
