// The requests about a place in a document: code actions, hover, completion.

import type { CodeActionParams, TextDocumentPositionParams } from "vscode-languageserver";
import { configNames, detect } from "../engine/detect.js";
import type { Language } from "../engine/rule.js";
import { codeActions } from "./codeActions.js";
import { configCompletion, ignoreCompletion } from "./completion.js";
import { toPath } from "./convert.js";
import { hover } from "./hover.js";
import type { Session } from "./session.js";

export function serveFeatures(session: Session): void {
  const { connection, documents, judge, pages } = session;

  connection.onCodeAction(async (params: CodeActionParams) => {
    const document = documents.get(params.textDocument.uri);
    if (!document) return [];
    const judged = await judge.judge(document);
    const folder = folderOf(session, document.uri);
    const source = () => session.engine.source(judged.path, document.getText());
    const { readText } = session.project;
    const context = { document, judged, source, pages, tabStops: session.client.tabStops, readText };
    return [...(await codeActions({ ...context, ...(folder !== undefined && { folder }) }, params))];
  });

  connection.onHover(async ({ textDocument, position }: TextDocumentPositionParams) => {
    const document = documents.get(textDocument.uri);
    return document ? hover(document, await judge.judge(document), position, pages) : null;
  });

  connection.onCompletion(({ textDocument, position }) => {
    const document = documents.get(textDocument.uri);
    if (!document) return [];
    const path = toPath(document.uri, document.languageId);
    if (configNames.includes(path.slice(path.lastIndexOf("/") + 1))) return [...configCompletion(document, position)];
    const { language } = detect(path, document.getText());
    const judged: Language | undefined = language === "config" ? undefined : language;
    return [...ignoreCompletion(document, position, judged)];
  });
}

/** The innermost open folder that holds a document. */
const folderOf = ({ client }: Session, uri: string): string | undefined =>
  client.folders
    .filter((folder) => uri.startsWith(`${folder.replace(/\/$/, "")}/`))
    .sort((a, b) => b.length - a.length)[0];
