// The requests about a place in a document: code actions, hover, completion.

import type { CodeActionParams, TextDocumentPositionParams } from "vscode-languageserver";
import { configSchema } from "../engine/config-form.js";
import { isConfig } from "../engine/detect.js";
import type { RootSchema } from "../engine/form/shape.js";
import { protocolSchema } from "../engine/protocol/form.js";
import { isProtocolFile } from "../engine/protocol/known.js";
import type { Language } from "../engine/rule.js";
import { codeActions } from "./codeActions.js";
import { configCompletion, formCompletion, ignoreCompletion } from "./completion.js";
import { toPath } from "./convert.js";
import { formHover, hover } from "./hover.js";
import type { Session } from "./session.js";
import { trackerActions } from "./trackerActions.js";

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
    const trackers = session.engine.trackers(judged.path, document.getText(), judged.settings);
    return [
      ...(await codeActions({ ...context, ...(folder !== undefined && { folder }) }, params)),
      ...trackerActions(document, trackers, params),
    ];
  });

  connection.onHover(async ({ textDocument, position }: TextDocumentPositionParams) => {
    const document = documents.get(textDocument.uri);
    if (!document) return null;
    const found = hover(document, await judge.judge(document), position, pages);
    const form = formOf(toPath(document.uri));
    return found ?? (form ? formHover(form, document, position) : null);
  });

  connection.onCompletion(({ textDocument, position }) => {
    const document = documents.get(textDocument.uri);
    if (!document) return [];
    const path = toPath(document.uri, document.languageId);
    if (isConfig(path)) return [...configCompletion(document, position, session.engine.protocols.all())];
    if (isProtocolFile(path)) return [...formCompletion(protocolSchema, document, position)];
    const { language } = session.engine.detect(path, document.getText());
    const judged: Language | undefined = language === "config" || language === "protocol" ? undefined : language;
    return [...ignoreCompletion(document, position, judged)];
  });
}

/** The form of a file of ours; undefined for all others. */
function formOf(path: string): RootSchema | undefined {
  if (isConfig(path)) return configSchema();
  return isProtocolFile(path) ? protocolSchema : undefined;
}

/** The innermost open folder that holds a document. */
const folderOf = ({ client }: Session, uri: string): string | undefined =>
  client.folders
    .filter((folder) => uri.startsWith(`${folder.replace(/\/$/, "")}/`))
    .sort((a, b) => b.length - a.length)[0];
