// Progress over the built language server: evidence, findings of a phase, changes to the tracker, and how soon it is told.

import { describe, expect, it } from "vitest";
import {
  completeTrackerRequest,
  type PhaseFinding,
  phaseFindingsRequest,
  type TextChange,
  tickShownRequest,
} from "../../server/messages.js";
import { dopPath, trackerWith } from "../cli/workspace.js";
import { bareTracker } from "../engine/protocol/dop.js";
import { changed, newLines, serveFiles } from "./protocolServer.js";

type Server = Awaited<ReturnType<typeof serveFiles>>;

const dop = (server: Server) => ({ tracker: server.uriOf(dopPath), protocol: "dop" });

const network = { "infra/network.tf": '\n\nresource "aws_vpc" "main" {}\nresource "aws_subnet" "a" {}\n' };

describe("steps", () => {
  it("show what is found, where, and never tick themselves", async () => {
    const server = await serveFiles({ [dopPath]: trackerWith(), ...network });
    const { steps } = await server.phase(2);
    const found = steps.find(({ checkpoint }) => checkpoint === "Network defined in code");
    expect(found).toMatchObject({ state: "open", shown: "found" });
    const places = found?.evidence.flatMap((one) => one.places);
    expect(places).toContainEqual({ uri: server.uriOf("infra/network.tf"), line: 2, what: "aws_vpc.main" });
    expect(steps.find(({ checkpoint }) => checkpoint === "Data stores defined in code")).toMatchObject({
      state: "open",
      shown: "missing",
    });
  });

  it("are ticked where their evidence is found and somebody has agreed, and no others", async () => {
    const text = trackerWith();
    const server = await serveFiles({ [dopPath]: text, ...network });
    const { steps } = await server.phase(2);
    const [shown] = steps.filter((step) => step.shown === "found");
    const [missing] = steps.filter((step) => step.shown !== "found");
    const tick = (ids: readonly (string | undefined)[]) =>
      server.ask<TextChange>(tickShownRequest, { ...dop(server), steps: ids });
    const change = await tick([shown?.id, missing?.id]);
    expect(newLines(text, changed(text, change))).toEqual([`- [x] ${shown?.checkpoint}`]);
    expect(await tick([missing?.id])).toMatchObject({ edits: [], problem: expect.stringMatching(/\S/) });
    expect(await tick([])).toMatchObject({ edits: [] });
  });

  it("lose their evidence with the file that it was in", async () => {
    const server = await serveFiles({ [dopPath]: trackerWith(), ...network });
    const shown = async () => {
      const { steps } = await server.phase(2);
      return steps.find(({ checkpoint }) => checkpoint === "Network defined in code")?.shown;
    };
    expect(await shown()).toBe("found");
    await server.put("infra/network.tf", "");
    expect(await server.until(shown, (state) => state !== "found")).toBe("missing");
  });
});

describe("a bare tracker", () => {
  it("gets its boxes and its log on request, and keeps every line it has", async () => {
    const server = await serveFiles({ [dopPath]: bareTracker });
    expect((await server.trackers())[0]?.bare).toBe(true);
    const after = changed(bareTracker, await server.ask<TextChange>(completeTrackerRequest, dop(server)));
    expect(after.startsWith(bareTracker)).toBe(true);
    expect(after.match(/- \[ \]/g)).toHaveLength(24);
    await server.open(server.uriOf(dopPath), "markdown", after);
    expect((await server.trackers())[0]?.bare).toBeUndefined();
    const again = await server.ask<TextChange>(completeTrackerRequest, dop(server));
    expect(again.edits).toEqual([]);
  });
});

describe("findings of a phase", () => {
  const secret = { "infra/db.tf": 'resource "aws_db_instance" "main" {\n  password = "hunter2hunter2"\n}\n' };
  const counted = (server: Server) =>
    server.until(
      () => server.phase(2),
      ({ findings }) => findings !== undefined,
    );

  it("come from files that nobody has opened, are counted once all are judged, and listed with their places", async () => {
    const server = await serveFiles({ [dopPath]: trackerWith(), ...secret, Dockerfile: "FROM node:latest\n" });
    const { findings } = await counted(server);
    expect(findings?.errors).toBeGreaterThan(0);
    const listed = await server.ask<PhaseFinding[]>(phaseFindingsRequest, { ...dop(server), phase: 2 });
    const { errors = 0, warnings = 0, information = 0, hints = 0 } = findings ?? {};
    expect(listed).toHaveLength(errors + warnings + information + hints);
    expect(listed).toContainEqual({
      uri: server.uriOf("infra/db.tf"),
      line: 1,
      character: expect.any(Number),
      rule: "terraform/no-hardcoded-secret",
      severity: "error",
      message: expect.stringMatching(/\S/),
    });
    expect(listed.filter(({ rule }) => rule.startsWith("docker/"))).toEqual([]);
    const order = ["error", "warning", "information", "hint"];
    const ranks = listed.map(({ severity }) => order.indexOf(severity));
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    expect((await server.phase(1)).findings).toBeUndefined();
  });

  it("go with an edit that has not been saved", async () => {
    const server = await serveFiles({ [dopPath]: trackerWith(), ...secret });
    const before = await counted(server);
    const uri = server.uriOf("infra/db.tf");
    await server.open(uri, "terraform", secret["infra/db.tf"]);
    await server.change(uri, 2, "");
    const after = await server.until(
      () => server.phase(2),
      ({ findings }) => findings?.errors !== before.findings?.errors,
    );
    expect(after.findings).toEqual({ errors: 0, warnings: 0, information: 0, hints: 0 });
  });
});

describe("an edit of the tracker", () => {
  it("is told, and the new answer has it", async () => {
    const text = trackerWith();
    const server = await serveFiles({ [dopPath]: text, ...network });
    const uri = server.uriOf(dopPath);
    await server.open(uri, "markdown", text);
    await server.until(
      () => server.phase(2),
      ({ findings }) => findings !== undefined,
    );
    for (let count = 0; count < 3; count++) {
      const next = server.told();
      await server.change(uri, count + 2, count % 2 === 0 ? text.replace("[ ]", "[x]") : text);
      await next;
      expect((await server.phase(1)).done).toBe(count % 2 === 0 ? 1 : 0);
    }
  });

  it("shows in the next answer even without having been told", async () => {
    const text = trackerWith();
    const server = await serveFiles({ [dopPath]: text });
    const uri = server.uriOf(dopPath);
    await server.open(uri, "markdown", text);
    await server.change(uri, 2, trackerWith(3));
    expect((await server.phase(1)).done).toBe(3);
    await server.change(uri, 3, "# Nothing\n");
    expect(await server.trackers()).toEqual([]);
  });
});

describe("a folder that comes with its files", () => {
  const come = async (server: Server, path: string) =>
    await server.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: server.uriOf(path), type: 1 }],
    });

  it("is read as a whole, although the editor names nothing but the folder", async () => {
    const server = await serveFiles({ "README.md": "# Nothing yet\n" });
    expect(await server.trackers()).toEqual([]);
    server.write(`pay/${dopPath}`, trackerWith());
    await come(server, "pay");
    const found = await server.until(server.trackers, (trackers) => trackers.length > 0);
    expect(found.map(({ uri }) => uri)).toEqual([server.uriOf(`pay/${dopPath}`)]);
  });

  it("brings its configuration into force", async () => {
    const server = await serveFiles({ [`pay/${dopPath}`]: trackerWith() });
    expect(await server.trackers()).toHaveLength(1);
    server.write("pay/.dakota.yaml", "tracker: STATUS.md\n");
    await come(server, "pay");
    const found = await server.until(server.trackers, ([one]) => one?.problem !== undefined);
    expect(found).toMatchObject([
      { uri: server.uriOf("pay/.dakota.yaml"), problem: expect.stringContaining("STATUS.md") },
    ]);
  });

  it("is left alone where git ignores it, or where it holds what others wrote", async () => {
    const server = await serveFiles({ ".git/HEAD": "", ".gitignore": "out/\n", [dopPath]: trackerWith() });
    expect(await server.trackers()).toHaveLength(1);
    server.write(`out/${dopPath}`, trackerWith());
    server.write(`node_modules/${dopPath}`, trackerWith());
    await come(server, "out");
    await come(server, "node_modules");
    server.write(`pay/${dopPath}`, trackerWith());
    await come(server, "pay");
    const found = await server.until(server.trackers, (trackers) => trackers.length > 1);
    expect(found.map(({ uri }) => uri)).toEqual([server.uriOf(dopPath), server.uriOf(`pay/${dopPath}`)]);
  });
});
