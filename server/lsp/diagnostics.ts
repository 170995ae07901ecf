// Findings as diagnostics: pulled by the client, or sent to one that cannot pull, never both.

import {
  type CancellationToken,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { fileStatusChanged, fileStatusRequest } from "../messages.js";
import { isDiskUri, toDiagnostic, toPath } from "./convert.js";
import type { DocumentJudgement } from "./judge.js";
import type { Session } from "./session.js";
import { toFileStatus } from "./status.js";

export function serveDiagnostics(session: Session): void {
  const { connection, documents, judge, client } = session;
  connection.languages.diagnostics.on((params, token) => pull(session, params, token));
  connection.onRequest(fileStatusRequest, async ({ uri }: { readonly uri: string }) => {
    const document = documents.get(uri);
    return toFileStatus(uri, document && (await judge.judge(document)));
  });
  documents.onDidClose(({ document }) => {
    judge.forget(document.uri);
    session.announced.delete(document.uri);
    session.states.forget(document.uri);
    if (!client.pullsDiagnostics) void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });
  if (!client.pullsDiagnostics) documents.onDidChangeContent(({ document }) => push(session, document));
}

async function pull(
  session: Session,
  { textDocument, previousResultId }: DocumentDiagnosticParams,
  token: CancellationToken,
): Promise<DocumentDiagnosticReport> {
  const document = session.documents.get(textDocument.uri);
  if (!document) return pullClosed(session, textDocument.uri);
  const judged = await session.judge.judge(document);
  if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
  if (judged.id === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: judged.id };
  announce(session, document, judged);
  return {
    kind: DocumentDiagnosticReportKind.Full,
    resultId: judged.id,
    items: toDiagnostics(session, document, judged),
  };
}

/** A tab that has not been shown yet: the client asks before it opens the document. */
async function pullClosed(session: Session, uri: string): Promise<DocumentDiagnosticReport> {
  const text = isDiskUri(uri) ? await session.project.readText(toPath(uri)) : undefined;
  if (text === undefined) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
  const document = TextDocument.create(uri, "", 0, text);
  const judged = await session.judge.judgeClosed(document);
  return { kind: DocumentDiagnosticReportKind.Full, items: toDiagnostics(session, document, judged) };
}

async function push(session: Session, document: TextDocument): Promise<void> {
  const { version } = document;
  const judged = await session.judge.judge(document);
  if (session.documents.get(document.uri)?.version !== version) return;
  announce(session, document, judged);
  const diagnostics = toDiagnostics(session, document, judged);
  await session.connection.sendDiagnostics({ uri: document.uri, version, diagnostics });
}

/** Findings of open documents have changed through something else than their own text. */
export function createRefresh(session: () => Session): () => void {
  return () => {
    const { client, connection, documents } = session();
    if (client.pullsDiagnostics && client.refreshesDiagnostics) connection.languages.diagnostics.refresh();
    else if (!client.pullsDiagnostics) for (const document of documents.all()) void push(session(), document);
  };
}

const toDiagnostics = ({ pages }: Session, document: TextDocument, { judgement }: DocumentJudgement) =>
  judgement.findings.map((finding) => toDiagnostic(document, finding, pages));

/** Tells the client what the file was taken for, and the log which rules have failed on it. */
function announce({ connection, announced }: Session, document: TextDocument, judged: DocumentJudgement): void {
  const status = toFileStatus(document.uri, judged);
  const text = JSON.stringify(status);
  if (announced.get(document.uri) !== text) void connection.sendNotification(fileStatusChanged, status);
  announced.set(document.uri, text);
  for (const { rule, error } of judged.judgement.failures) {
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    connection.console.error(`${rule} failed on ${document.uri}; its findings there are lost. ${told}`);
  }
}
