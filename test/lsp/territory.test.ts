// What counts as the workspace in the editor: documents from elsewhere can be open, and nothing rests on them.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { URI } from "vscode-uri";
import { dopPath, trackerWith } from "../cli/workspace.js";
import { serveFiles } from "./protocolServer.js";

type Server = Awaited<ReturnType<typeof serveFiles>>;

const network = 'resource "aws_vpc" "main" {}\nresource "aws_db_instance" "main" {\n  password = "hunter2hunter2"\n}\n';

/** A file that lies in no folder of the workspace. */
function elsewhere(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "dakota elsewhere "));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, name), text);
  return URI.file(join(folder, name)).toString();
}

const shown = async (server: Server) => {
  const { steps } = await server.phase(2);
  return steps.find(({ checkpoint }) => checkpoint === "Network defined in code")?.shown;
};

const close = (server: Server, uri: string) =>
  server.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });

test("a file from outside is judged, and is no evidence and no finding of the workspace, open or closed again", async () => {
  const server = await serveFiles({ [dopPath]: trackerWith() });
  const counted = () =>
    server.until(
      () => server.phase(2),
      ({ findings }) => findings !== undefined,
    );
  await counted();
  const uri = elsewhere("a.tf", network);
  await server.open(uri, "terraform", network);
  const report = await server.ask<{ items: readonly unknown[] }>("textDocument/diagnostic", { textDocument: { uri } });
  expect(report.items.length).toBeGreaterThan(0);
  await server.told();
  expect(await shown(server)).toBe("missing");
  expect((await counted()).findings).toMatchObject({ errors: 0, warnings: 0 });
  const told = server.told();
  await close(server, uri);
  await told;
  expect(await shown(server)).toBe("missing");
});

test("what Git ignores, and what others have written, is no evidence because somebody looks at it", async () => {
  const server = await serveFiles({ ".git/HEAD": "", ".gitignore": "out/\n", [dopPath]: trackerWith() });
  for (const path of ["out/network.tf", "node_modules/acme/network.tf"]) {
    const uri = server.uriOf(path);
    server.write(path, network);
    await server.open(uri, "terraform", network);
    await server.ask("textDocument/diagnostic", { textDocument: { uri } });
    expect([path, await shown(server)]).toEqual([path, "missing"]);
  }
  const uri = server.uriOf("infra/new.tf");
  await server.open(uri, "terraform", network);
  await server.ask("textDocument/diagnostic", { textDocument: { uri } });
  expect(await shown(server)).toBe("found");
});

test("a tracker from outside is none of the workspace's", async () => {
  const server = await serveFiles({ [dopPath]: trackerWith(), "infra/network.tf": network });
  const uri = elsewhere("dop-phase-tracker.md", trackerWith());
  await server.open(uri, "markdown", trackerWith());
  expect((await server.trackers()).map((one) => one.uri)).toEqual([server.uriOf(dopPath)]);
  await close(server, uri);
  expect((await server.trackers()).map((one) => one.uri)).toEqual([server.uriOf(dopPath)]);
  expect(await shown(server)).toBe("found");
});

test("a document that is closed without being saved counts as it is on disk", async () => {
  const server = await serveFiles({ [dopPath]: trackerWith(), "infra/network.tf": "" });
  const uri = server.uriOf("infra/network.tf");
  await server.open(uri, "terraform", network);
  await server.ask("textDocument/diagnostic", { textDocument: { uri } });
  expect(await shown(server)).toBe("found");
  await close(server, uri);
  expect(
    await server.until(
      () => shown(server),
      (state) => state !== "found",
    ),
  ).toBe("missing");
});
