// Checklists and workflows over the built language server: lists, new runs, ticks.

import { describe, expect, it } from "vitest";
import {
  type ListProgress,
  listsRequest,
  type NewDocument,
  newRunRequest,
  setPointRequest,
  type TextChange,
} from "../../server/messages.js";
import { changed, serveFiles } from "./protocolServer.js";

const incident = "role-definition/handle-incident";
const git = { ".git/config": "[user]\n\tname = Priya\n" };

type Server = Awaited<ReturnType<typeof serveFiles>>;

const lists = (server: Server) => server.ask<ListProgress[]>(listsRequest);
const listOf = async (server: Server, id: string): Promise<ListProgress> => {
  const found = (await lists(server)).find((one) => one.id === id);
  if (!found) throw new Error(`there is no list ${id}`);
  return found;
};
const newRun = (server: Server, list: string) =>
  server.ask<NewDocument>(newRunRequest, { folder: server.folderUri, list });
const pathOf = (server: Server, { uri }: NewDocument): string => uri.slice(server.folderUri.length + 1);

/** A list whose title starts like this. */
async function idOf(server: Server, title: string): Promise<string> {
  const found = (await lists(server)).find((one) => one.title.includes(title));
  if (!found) throw new Error(`no list is called ${title}`);
  return found.id;
}

describe("the lists", () => {
  it("are those of all protocols in force, each once", async () => {
    const server = await serveFiles({});
    const all = await lists(server);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(["checklist", "workflow", "scenario"]));
    for (const { points, runs, title } of all) {
      expect(points.length).toBeGreaterThan(0);
      expect(runs).toEqual([]);
      expect(title).not.toBe("");
    }
  });
});

describe("the lists of protocols", () => {
  const own = (id: string, title: string): string =>
    `id: ${id}\ntitle: Ours\npurpose: Tests.\nchecklists:\n  - { id: night, kind: checklist, title: ${title}, section: S, steps: [Pager charged] }\n`;
  const idsOf = async (server: Server) => (await lists(server)).map(({ id }) => id);

  it("that .dakota.yaml leaves out are left out, and come back with it", async () => {
    const server = await serveFiles({ ".dakota.yaml": "protocols: [role-instructions]\n" });
    const few = await idsOf(server);
    expect(few.length).toBeGreaterThan(0);
    expect(few.filter((id) => !id.startsWith("role-instructions/"))).toEqual([]);
    await server.put(".dakota.yaml", "profile: strict\n");
    const all = await server.until(
      () => idsOf(server),
      (ids) => ids.length > few.length,
    );
    expect(all).toEqual(expect.arrayContaining([...few, await idOf(server, "Handle Production Incident")]));
  });

  it("of a team stand with the others, and instead of those of a protocol with the same id", async () => {
    const beside = await serveFiles({ ".dakota/protocols/ours.yaml": own("ours", "Night Shift") });
    expect(await listOf(beside, "ours/night")).toMatchObject({
      title: "Night Shift",
      points: [{ title: "Pager charged" }],
      protocol: "Ours",
    });
    expect((await idsOf(beside)).length).toBeGreaterThan(1);
    const instead = await serveFiles({ ".dakota/protocols/ours.yaml": own("role-definition", "Night Shift") });
    const ids = (await idsOf(instead)).filter((id) => id.startsWith("role-definition/"));
    expect(ids).toEqual(["role-definition/night"]);
  });
});

describe("a new run", () => {
  it("is a dated document by the one whom git knows, and is found again", async () => {
    const server = await serveFiles(git);
    const id = await idOf(server, "Handle Production Incident");
    const document = await newRun(server, id);
    const today = new Date().toISOString().slice(0, 10);
    expect(pathOf(server, document)).toMatch(new RegExp(`^docs/runs/${today}-[a-z-]+\\.md$`));
    expect(document.text).toMatch(/^\*\*By\*\*: Priya {2}$/m);
    await server.put(pathOf(server, document), document.text);
    const { runs } = await server.until(
      () => listOf(server, id),
      (list) => list.runs.length > 0,
    );
    const [run] = runs;
    expect(run).toMatchObject({ uri: document.uri, line: 0, by: "Priya", done: 0 });
    expect(run?.total).toBe(run?.points.length);
  });

  it("says until when its points are due, where the limit holds in every case", async () => {
    const server = await serveFiles(git);
    const id = await idOf(server, "Handle Production Incident");
    const { text } = await newRun(server, id);
    const started = text.replace(/^\*\*Started\*\*: .*$/m, "**Started**: 2026-03-01 22:00 UTC");
    await server.put("docs/runs/night.md", started);
    const { runs } = await server.until(
      () => listOf(server, id),
      (list) => list.runs.length > 0,
    );
    const point = (title: string) => runs[0]?.points.find((one) => one.title.startsWith(title));
    expect(runs[0]?.started).toBe("2026-03-01T22:00:00.000Z");
    expect(point("Acknowledge alert")).toMatchObject({ limit: "within 5 minutes", due: "2026-03-01T22:05:00.000Z" });
    const conditional = point("Check monitoring dashboards");
    expect(conditional?.limit).toBe("P0: within 15 minutes");
    expect(conditional).not.toHaveProperty("due");
    expect(point("Write incident report")?.due).toBe("2026-03-03T22:00:00.000Z");
    expect(point("Verify key user journeys")).not.toHaveProperty("limit");
  });

  it("shows beside a point what the workspace has of it, from the part that its tracker speaks for", async () => {
    const server = await serveFiles({
      ...git,
      "shop/docs/master.md": "### Master Protocol Phase Tracker\n",
      "pay/docs/master.md": "### Master Protocol Phase Tracker\n",
      "shop/.github/workflows/ci.yml":
        "on: push\njobs:\n  build:\n    runs-on: x\n    steps: [{ run: docker build . }]\n",
      "shop/docs/deployment-readiness.md": "## Pre-Deployment Checklist\n\n- [ ] Build automated upon every commit\n",
      "pay/docs/deployment-readiness.md": "## Pre-Deployment Checklist\n\n- [ ] Build automated upon every commit\n",
    });
    const { runs } = await listOf(server, "master/deployment-readiness");
    const shown = runs.map(({ uri, points }) => {
      const [found] = points.find(({ title }) => title.startsWith("Build automated"))?.evidence ?? [];
      return [uri, found?.state];
    });
    expect(Object.fromEntries(shown)).toEqual({
      [server.uriOf("shop/docs/deployment-readiness.md")]: "found",
      [server.uriOf("pay/docs/deployment-readiness.md")]: "missing",
    });
  });

  it("on the same day has a file of its own, and takes nobody else's", async () => {
    const server = await serveFiles(git);
    const id = await idOf(server, "Handle Production Incident");
    const first = await newRun(server, id);
    expect((await newRun(server, id)).uri).toBe(first.uri);
    server.write(pathOf(server, first), first.text);
    const second = await newRun(server, id);
    expect(second.uri).toBe(first.uri.replace(/\.md$/, "-2.md"));
    server.write(pathOf(server, second), "# Notes of somebody\n");
    expect((await newRun(server, id)).uri).toBe(first.uri.replace(/\.md$/, "-3.md"));
  });

  it("is refused for a list that no protocol has", async () => {
    const server = await serveFiles({});
    await expect(newRun(server, "nobody/nothing")).rejects.toThrow('no protocol has a list "nobody/nothing"');
  });
});

describe("a point", () => {
  it("is ticked and opened again by one character, in the run that is meant", async () => {
    const server = await serveFiles(git);
    const id = await idOf(server, "Handle Production Incident");
    const { text } = await newRun(server, id);
    const both = `${text}\n${text}`;
    const path = "docs/runs/two.md";
    await server.put(path, both);
    const { runs } = await server.until(
      () => listOf(server, id),
      (list) => list.runs.length === 2,
    );
    const later = runs.toSorted((a, b) => a.line - b.line)[1];
    const set = (done: boolean, point = "1.2", line = later?.line) =>
      server.ask<TextChange>(setPointRequest, { uri: server.uriOf(path), list: id, line, point, done });
    const ticked = changed(both, await set(true));
    const differing = [...both].flatMap((letter, i) => (ticked[i] === letter ? [] : [[i, letter, ticked[i]]]));
    expect(ticked).toHaveLength(both.length);
    expect(differing).toEqual([[both.indexOf("Assess severity", text.length) - 3, " ", "x"]]);
    await server.put(path, ticked);
    const now = await server.until(
      () => listOf(server, id),
      (list) => list.runs.some(({ done }) => done > 0),
    );
    expect(now.runs.toSorted((a, b) => a.line - b.line).map(({ done }) => done)).toEqual([0, 1]);
    expect(changed(ticked, await set(false))).toBe(both);
    expect((await set(true, "99.1")).problem).toMatch(/has no point 99\.1/);
  });

  it("is not ticked where its run has gone", async () => {
    const server = await serveFiles({ "docs/a.md": "# Something else\n" });
    const change = await server.ask<TextChange>(setPointRequest, {
      uri: server.uriOf("docs/a.md"),
      list: incident,
      line: 0,
      point: "1.1",
      done: true,
    });
    expect(change).toMatchObject({ edits: [], problem: expect.stringContaining("holds no run") });
  });
});
