// A team's own protocol in the built language server: findings, completion and hover while it is written, and its tracker
// among the others.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { CompletionItem, Hover } from "vscode-languageserver";
import { URI } from "vscode-uri";
import {
  type NewDocument,
  newTrackerRequest,
  progressChanged,
  progressRequest,
  type TrackerProgress,
} from "../../server/messages.js";
import { startServer, type TestServer } from "../harness/server.js";

const folders: string[] = [];
const servers: TestServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const phase = (number: number, title: string): string => `  - number: ${number}
    title: ${title}
    objective: Get through ${title}.
    steps:
      - title: Work on ${title}
        checkpoint: ${title} done
        evidence:
          - { kind: pipeline, roles: [build] }
    gate: { title: Gate of ${title} }
`;

const ours = `id: ours
title: Our Way
purpose: Tests.
gateAnswers:
  - { word: "Yes", passes: true }
  - { word: "No", passes: false }
phases:
${phase(1, "Plan")}${phase(2, "Build")}${phase(3, "Run")}tracker:
  heading: Our Tracker
  level: 2
  columns: { phase: Phase, title: Title, status: Status, notes: Notes }
  statuses:
    - { meaning: not-started, label: Open }
    - { meaning: in-progress, label: Busy }
    - { meaning: complete, label: Ready }
  log:
    heading: Our Answers
    columns: { date: Date, phase: Phase, answer: Answer, by: By, evidence: Evidence }
`;

const file = ".dakota/protocols/ours.yaml";

async function serve(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "dakota protocols "));
  folders.push(folder);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  const server = await startServer({ folder });
  servers.push(server);
  await server.ready;
  const uriOf = (path: string): string => URI.file(join(folder, path)).toString();
  const { connection } = server;
  const watched = (path: string, type: number) =>
    connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri: uriOf(path), type }] });
  const trackers = () => connection.sendRequest<TrackerProgress[]>(progressRequest);
  const newTracker = (protocol?: string) =>
    connection.sendRequest<NewDocument>(newTrackerRequest, {
      folder: URI.file(folder).toString(),
      ...(protocol && { protocol }),
    });
  const told = () => new Promise<void>((done) => connection.onNotification(progressChanged, done));
  /** Asks as often as the server says that something has changed, until the answer is this. */
  const settled = async (is: (found: readonly TrackerProgress[]) => boolean): Promise<readonly TrackerProgress[]> => {
    for (;;) {
      const next = told();
      const found = await trackers();
      if (is(found)) return found;
      await next;
    }
  };
  return { ...server, folder, write, uriOf, watched, trackers, newTracker, told, settled };
}

/** The position of the first "text" in a text, and behind it. */
function behind(text: string, part: string) {
  const before = text.slice(0, text.indexOf(part) + part.length).split("\n");
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

const phasesIn = (trackers: readonly TrackerProgress[], id: string) =>
  trackers.find(({ protocol }) => protocol.id === id)?.phases.map(({ title }) => title);

describe("a team's own protocol", () => {
  it("is what a new tracker follows first, and its tracker is read", async () => {
    const server = await serve({ [file]: ours });
    const { text } = await server.newTracker();
    expect(text).toContain("## Our Tracker");
    server.write("docs/ours.md", text);
    await server.watched("docs/ours.md", 1);
    const found = await server.settled((all) => all.length > 0);
    expect(found).toMatchObject([{ uri: server.uriOf("docs/ours.md"), protocol: { id: "ours", title: "Our Way" } }]);
    expect(phasesIn(found, "ours")).toEqual(["Plan", "Build", "Run"]);
    // The product's protocols are there as well.
    expect((await server.newTracker("master")).text).toContain("Master Protocol Phase Tracker");
  });

  it("is followed while it is written, and gone when its file is", async () => {
    const server = await serve({ [file]: ours });
    const { text } = await server.newTracker("ours");
    server.write("docs/ours.md", text);
    await server.watched("docs/ours.md", 1);
    const uri = server.uriOf(file);
    await server.open(uri, "yaml", ours);
    await server.pull(uri);
    await server.change(uri, 2, ours.replace("title: Build\n", "title: Construct\n"));
    await server.pull(uri);
    const changed = await server.settled((all) => phasesIn(all, "ours")?.[1] !== "Build");
    expect(phasesIn(changed, "ours")).toEqual(["Plan", "Construct", "Run"]);
    await server.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    rmSync(join(server.folder, file));
    await server.watched(file, 3);
    expect(await server.settled((all) => all.length === 0)).toEqual([]);
  });

  it("arrives while the editor is open, and what it says of documents already there counts", async () => {
    const source = await serve({ [file]: ours });
    const { text } = await source.newTracker("ours");
    const server = await serve({ "docs/ours.md": text });
    expect(await server.trackers()).toEqual([]);
    server.write(file, ours);
    await server.watched(file, 1);
    const found = await server.settled((all) => all.length > 0);
    expect(phasesIn(found, "ours")).toEqual(["Plan", "Build", "Run"]);
    // A folder that is read before ".dakota" makes no difference.
    const late = await serve({ "+first/ours.md": text, [file]: ours });
    expect(phasesIn(await late.trackers(), "ours")).toEqual(["Plan", "Build", "Run"]);
  });

  it("is out of force where the configuration does not name it", async () => {
    const server = await serve({ [file]: ours, ".dakota.yaml": "protocols: [master]\n" });
    expect((await server.newTracker()).text).toContain("Master Protocol Phase Tracker");
    await expect(server.newTracker("ours")).rejects.toThrow();
    server.write(".dakota.yaml", "protocols: [master, ours]\n");
    const told = server.told();
    await server.watched(".dakota.yaml", 2);
    await told;
    const { text } = await server.newTracker("ours");
    server.write("docs/ours.md", text);
    await server.watched("docs/ours.md", 1);
    expect(await server.settled((all) => all.length > 0)).toHaveLength(1);
    server.write(".dakota.yaml", "protocols: [master]\n");
    await server.watched(".dakota.yaml", 2);
    expect(await server.settled((all) => all.length === 0)).toEqual([]);
  });

  it("is offered where the configuration names protocols, in both ways of writing", async () => {
    const server = await serve({ [file]: ours });
    const offered = async (name: string, text: string): Promise<readonly string[]> => {
      const uri = server.uriOf(name);
      await server.open(uri, "yaml", text);
      const position = behind(text, text);
      const params = { textDocument: { uri }, position };
      const items = await server.connection.sendRequest<CompletionItem[]>("textDocument/completion", params);
      return items.map(({ label }) => label).sort();
    };
    const others = ["engineer-instructions", "master", "role-definition", "role-instructions"];
    expect(await offered("a/.dakota.yaml", "protocols: [dop, ")).toEqual([...others, "ours"].sort());
    expect(await offered("b/.dakota.yaml", "protocols:\n  - ours\n  - d")).toEqual(["dop", ...others]);
    expect(await offered("c/.dakota.yaml", "exclude:\n  - d")).not.toContain("dop");
  });

  it("has its mistakes shown where they are", async () => {
    const server = await serve({});
    const uri = server.uriOf(file);
    const wrong = ours.replace("roles: [build]", "roles: [scan]").replace("level: 2", "level: 9");
    await server.open(uri, "yaml", wrong);
    const report = await server.pull(uri);
    const found = report.kind === "full" ? report.items.map(({ code, range }) => [code, range.start]) : [];
    const scan = behind(wrong, "roles: [");
    const level = behind(wrong, "level: ");
    expect(found).toEqual([
      ["dakota/protocol", scan],
      ["dakota/protocol", level],
    ]);
    await server.change(uri, 2, ours);
    expect(await server.pull(uri)).toMatchObject({ kind: "full", items: [] });
  });

  it("is completed by its form, and its keys are explained", async () => {
    const server = await serve({});
    const uri = server.uriOf(file);
    const begun = ours.replace("roles: [build]", "roles: [").replace("    objective: Get through Plan.\n", "    ob\n");
    await server.open(uri, "yaml", begun);
    const at = (part: string) => ({ textDocument: { uri }, position: behind(begun, part) });
    const complete = (part: string) =>
      server.connection.sendRequest<CompletionItem[]>("textDocument/completion", at(part));
    const keys = await complete("    ob");
    expect(keys.find(({ label }) => label === "objective")?.textEdit).toMatchObject({ newText: "objective: " });
    expect(keys.map(({ label }) => label)).not.toContain("number");
    const roles = await complete("roles: [");
    expect(roles.map(({ label }) => label)).toEqual(expect.arrayContaining(["build", "security", "rollback"]));
    const hover = await server.connection.sendRequest<Hover>(
      "textDocument/hover",
      at("      - title: Work on Plan\n        check"),
    );
    expect(hover.contents).toMatchObject({ value: expect.stringContaining("text of its box in the tracker") });
  });
});
