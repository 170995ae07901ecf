// The built language server over stdio, as a client sees it.

import { spawn } from "node:child_process";
import { join } from "node:path";
import {
  type CodeAction,
  createProtocolConnection,
  type DocumentDiagnosticReport,
  type InitializeParams,
  type InitializeResult,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { URI } from "vscode-uri";

export interface ServerOptions {
  /** Path of a folder to open. */
  readonly folder?: string;
  readonly capabilities?: InitializeParams["capabilities"];
  /** What the client answers for the settings `dakota`. */
  readonly settings?: () => unknown;
}

const pulling: InitializeParams["capabilities"] = {
  textDocument: { diagnostic: { dynamicRegistration: false } },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    diagnostics: { refreshSupport: true },
    workspaceEdit: { documentChanges: true, snippetEditSupport: true },
  },
};

/** Starts a server and shakes hands. `stop` ends it properly and gives its exit code. */
export async function startServer({ folder, capabilities = pulling, settings = () => ({}) }: ServerOptions = {}) {
  const child = spawn(process.execPath, [join("dist", "server.js"), "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const exited = new Promise<number | null>((done) => child.once("exit", done));
  const refreshes: (() => void)[] = [];
  let refreshed = 0;
  connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) => items.map(settings));
  connection.onRequest("workspace/diagnostic/refresh", () => {
    refreshed++;
    for (const waiting of refreshes.splice(0)) waiting();
    return null;
  });
  connection.onRequest("window/workDoneProgress/create", () => null);
  connection.listen();
  const uri = folder ? URI.file(folder).toString() : null;
  const initialized = await connection.sendRequest<InitializeResult>("initialize", {
    processId: process.pid,
    rootUri: uri,
    workspaceFolders: uri ? [{ uri, name: "test" }] : null,
    capabilities,
  });
  await connection.sendNotification("initialized", {});
  // The server says so when it has read the workspace.
  const ready = refreshed > 0 ? Promise.resolve() : new Promise<void>((done) => refreshes.push(done));

  return {
    connection,
    initialized,
    ready,
    pid: child.pid ?? 0,
    refreshCount: () => refreshed,
    nextRefresh: () => new Promise<void>((done) => refreshes.push(done)),
    open: (uri: string, languageId: string, text: string) =>
      connection.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } }),
    change: (uri: string, version: number, text: string) =>
      connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      }),
    pull: (uri: string, previousResultId?: string) =>
      connection.sendRequest<DocumentDiagnosticReport>("textDocument/diagnostic", {
        textDocument: { uri },
        ...(previousResultId && { previousResultId }),
      }),
    actions: (uri: string, range: unknown, only?: readonly string[]) =>
      connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
        textDocument: { uri },
        range,
        context: { diagnostics: [], ...(only && { only }) },
      }),
    async stop(): Promise<number | null> {
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      return exited;
    },
  };
}

export type TestServer = Awaited<ReturnType<typeof startServer>>;
