// Trackers and output documents in the built language server: findings, their fixes, and the refactoring of a bare table.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { CodeAction } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import { trackerText } from "../../server/engine/protocol/template.js";
import { type FileStatus, fileStatusRequest } from "../../server/messages.js";
import { bareTracker, dop } from "../engine/protocol/dop.js";
import { startServer, type TestServer } from "../harness/server.js";

const folders: string[] = [];
const servers: TestServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function serve(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "dakota documents "));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const server = await startServer({ folder });
  servers.push(server);
  return { ...server, uriOf: (path: string): string => URI.file(join(folder, path)).toString() };
}

describe("a tracker in the editor", () => {
  const plan = "docs/phase1_infrastructure_plan.md";
  const path = "docs/dop-phase-tracker.md";

  it("has findings; an output document that comes to be takes its finding away", async () => {
    const server = await serve({});
    await server.ready;
    const uri = server.uriOf(path);
    await server.open(uri, "markdown", trackerText(dop));
    const rules = async () => {
      const report = await server.pull(uri);
      return report.kind === "full" ? report.items.map(({ code }) => code) : undefined;
    };
    expect(await rules()).toEqual(["doc/phase-output-missing"]);
    await server.open(server.uriOf(plan), "markdown", "# Plan\n");
    await server.pull(server.uriOf(plan));
    expect(await rules()).toEqual([]);
  });

  it("is completed from its heading", async () => {
    const server = await serve({});
    await server.ready;
    const uri = server.uriOf(path);
    await server.open(uri, "markdown", bareTracker);
    const ask = (line: number): Promise<readonly CodeAction[] | null> =>
      server.connection.sendRequest("textDocument/codeAction", {
        textDocument: { uri },
        range: { start: { line, character: 0 }, end: { line, character: 0 } },
        context: { diagnostics: [], only: ["refactor"] },
      });
    expect(await ask(3)).toEqual([]);
    const [action, ...others] = (await ask(0)) ?? [];
    expect([action?.title, action?.kind, others]).toEqual(["Add checkpoints and gate log", "refactor.rewrite", []]);
    const document = TextDocument.create(uri, "markdown", 1, bareTracker);
    expect(TextDocument.applyEdits(document, [...(action?.edit?.changes?.[uri] ?? [])])).toBe(trackerText(dop));
    await server.change(uri, 2, trackerText(dop));
    expect(await ask(0)).toEqual([]);
  });
});

describe("a Markdown file that is nothing of a protocol", () => {
  it("has no findings and no kind", async () => {
    const server = await serve({});
    await server.ready;
    const uri = server.uriOf("README.md");
    await server.open(
      uri,
      "markdown",
      "# Read me\n\n<!-- dakota-ignore doc/phase-gate -->\n\n| Phase | Status |\n|--|--|\n",
    );
    expect(await server.pull(uri)).toMatchObject({ kind: "full", items: [] });
    const status = await server.connection.sendRequest<FileStatus>(fileStatusRequest, { uri });
    expect([status.kind, status.rules]).toEqual([undefined, 0]);
  });
});
