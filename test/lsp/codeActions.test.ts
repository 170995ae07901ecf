// Fixes that create a file, as an editor gets them.

import { describe, expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { catalogue } from "../../server/engine/catalogue.gen.js";
import { settingsFor } from "../../server/engine/config.js";
import { type ActionContext, codeActions } from "../../server/lsp/codeActions.js";
import { engineOver } from "../harness/engine.js";

const text = "FROM node:22.11.0\nEXPOSE 8080\nCOPY . .\nUSER node\n";
const line = { start: { line: 2, character: 0 }, end: { line: 2, character: 9 } };

function contextFor(uri: string): ActionContext {
  const path = "/w/a/Dockerfile";
  const engine = engineOver(catalogue);
  const settings = settingsFor(path, undefined);
  const document = TextDocument.create(uri, "dockerfile", 3, text);
  const judged = { path, id: "1", settings, judgement: engine.check(path, text, settings) };
  return {
    document,
    judged,
    source: () => engine.source(path, text),
    pages: "file:///pages",
    tabStops: true,
    readText: async () => undefined,
  };
}

const ask = (uri: string, only?: string) =>
  codeActions(contextFor(uri), {
    textDocument: { uri },
    range: line,
    context: { diagnostics: [], ...(only !== undefined && { only: [only] }) },
  });

const created = [
  { kind: "create", uri: "file:///w/a/.dockerignore", options: { ignoreIfExists: true } },
  {
    textDocument: { uri: "file:///w/a/.dockerignore", version: null },
    edits: [
      {
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
        newText: expect.stringContaining("**/.env\n"),
      },
    ],
  },
];

describe("a fix that creates a file", () => {
  it("comes as a quick fix", async () => {
    const fix = (await ask("file:///w/a/Dockerfile")).find(({ title }) => title === "Create a .dockerignore");
    expect(fix?.edit?.documentChanges).toEqual(created);
    expect(fix?.isPreferred).toBe(true);
  });

  it("takes part in fix-all", async () => {
    const [all] = await ask("file:///w/a/Dockerfile", "source.fixAll");
    expect(all?.edit?.documentChanges).toEqual(created);
  });

  it("is not offered where there is no folder to create it in", async () => {
    const titles = (await ask("untitled:Dockerfile")).map(({ title }) => title);
    expect(titles).not.toContain("Create a .dockerignore");
    expect(titles).toContain("Open the page of docker/copy-all-without-dockerignore");
    expect(await ask("untitled:Dockerfile", "source.fixAll")).toEqual([]);
  });
});
