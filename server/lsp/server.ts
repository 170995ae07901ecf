// Starts the server on a connection and says what it can do; each kind of request is served by a file of its own.

import {
  CodeActionKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { URI, Utils } from "vscode-uri";
import { version } from "../../package.json";
import { createNodeEngine } from "../host/node.js";
import { createChanges } from "./changes.js";
import { readClient } from "./client.js";
import { fixAllKind } from "./codeActions.js";
import { toPath } from "./convert.js";
import { createRefresh, serveDiagnostics } from "./diagnostics.js";
import { createEditorStates } from "./editorState.js";
import { serveFeatures } from "./features.js";
import { indexWorkspace } from "./indexing.js";
import { createJudge } from "./judge.js";
import { serveOwnProtocols } from "./ownProtocols.js";
import { servePipeline } from "./pipeline.js";
import { createProject } from "./project.js";
import { serveProtocol } from "./protocol.js";
import { createSignal, type Session } from "./session.js";
import { completeKind } from "./trackerActions.js";
import { serveChanges } from "./watching.js";

/**
 * Serves a connection until it ends.
 * @param assets folder of the built program, with the parser's wasm files; the rules' pages are in ../docs/rules
 */
export function serve(connection: Connection, assets: string): void {
  connection.onInitialize((params) => start(connection, assets, params));
  connection.listen();
}

async function start(connection: Connection, assets: string, params: InitializeParams): Promise<InitializeResult> {
  const session = await createSession(connection, assets, params);
  serveDiagnostics(session);
  serveFeatures(session);
  servePipeline(session);
  serveProtocol(session);
  serveOwnProtocols(session);
  connection.onInitialized(async () => {
    serveChanges(session);
    await indexWorkspace(session, session.client.folders);
    session.indexed.settle();
    session.changes.everything();
  });
  session.documents.listen(connection);
  return { capabilities: capabilities(session), serverInfo: { name: "dakota", version } };
}

async function createSession(connection: Connection, assets: string, params: InitializeParams): Promise<Session> {
  const documents = new TextDocuments(TextDocument);
  const client = readClient(params);
  const engine = await createNodeEngine(assets);
  const pathOf = (document: TextDocument): string => toPath(document.uri, document.languageId);
  const project = createProject(engine, (path) =>
    documents
      .all()
      .find((one) => pathOf(one) === path)
      ?.getText(),
  );
  const states = createEditorStates(connection, client.hasConfiguration);
  const refresh = createRefresh(() => session);
  const changes = createChanges();
  const judge = createJudge({ engine, project, editorState: states.of, onAffected: changes.affected });
  changes.onAffected((paths) => {
    const others = documents.all().filter((document) => paths.has(pathOf(document)));
    for (const { uri } of others) judge.forget(uri);
    if (others.length > 0) refresh();
  });
  changes.onEverything(() => {
    judge.invalidate();
    refresh();
  });
  const pages = Utils.joinPath(URI.file(assets), "..", "docs", "rules").toString();
  const indexed = createSignal();
  const session: Session = {
    connection,
    client,
    documents,
    engine,
    project,
    judge,
    states,
    pages,
    changes,
    indexed,
    announced: new Map(),
  };
  return session;
}

const capabilities = ({ client }: Session): InitializeResult["capabilities"] => ({
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  ...(client.pullsDiagnostics && {
    diagnosticProvider: { identifier: "dakota", interFileDependencies: true, workspaceDiagnostics: false },
  }),
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, completeKind, fixAllKind] },
  hoverProvider: true,
  completionProvider: { triggerCharacters: [" ", "/", ","] },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
});
