// What happens when files, folders or settings change: taken up at once, without a restart.

import { type DidChangeWatchedFilesParams, FileChangeType } from "vscode-languageserver";
import { configNames } from "../engine/detect.js";
import { isDiskUri, toPath } from "./convert.js";
import { indexWorkspace } from "./indexing.js";
import type { Session } from "./session.js";

export function serveChanges(session: Session): void {
  const { connection, documents, judge, states } = session;
  const everything = (): void => {
    judge.invalidate();
    session.refresh();
  };

  connection.onDidChangeConfiguration(() => {
    states.changed();
    everything();
  });
  connection.onDidChangeWatchedFiles((params) => changedFiles(session, params, everything));
  documents.onDidChangeContent(({ document }) => {
    const path = toPath(document.uri, document.languageId);
    session.project.changedInEditor(path);
    if (!isConfig(path)) return;
    void session.project.reconfigured().then(everything);
  });
  if (session.client.watchesFolders)
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(removed.map(({ uri }) => uri));
      const come = added.map(({ uri }) => uri);
      session.client.folders = [...session.client.folders.filter((uri) => !gone.has(uri)), ...come];
      void indexWorkspace(session, come).then(everything);
    });
}

async function changedFiles(
  { project, judge, documents, refresh }: Session,
  { changes }: DidChangeWatchedFilesParams,
  everything: () => void,
): Promise<void> {
  const affected = new Set<string>();
  let configured = false;
  for (const { uri, type } of changes) {
    if (!isDiskUri(uri)) continue;
    const path = toPath(uri);
    if (isConfig(path)) configured = true;
    for (const other of await project.changedOnDisk(path, type !== FileChangeType.Deleted)) affected.add(other);
  }
  if (configured) {
    await project.reconfigured();
    everything();
    return;
  }
  const open = documents.all().filter((document) => affected.has(toPath(document.uri, document.languageId)));
  for (const document of open) judge.forget(document.uri);
  if (open.length > 0) refresh();
}

const isConfig = (path: string): boolean => configNames.includes(path.slice(path.lastIndexOf("/") + 1));
