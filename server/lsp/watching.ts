// What happens when files, folders or settings change: taken up at once, without a restart.

import { type DidChangeWatchedFilesParams, FileChangeType } from "vscode-languageserver";
import { isConfig } from "../engine/detect.js";
import { isDiskUri, toPath } from "./convert.js";
import { indexWorkspace } from "./indexing.js";
import type { Session } from "./session.js";

export function serveChanges(session: Session): void {
  const { connection, documents, states } = session;
  const { everything } = session.changes;

  connection.onDidChangeConfiguration(() => {
    states.changed();
    everything();
  });
  // One after the other: of two readings of a file the later one has to count.
  let taken: Promise<void> = Promise.resolve();
  const takeUp = (work: () => Promise<void>): void => {
    taken = taken
      .then(work)
      .catch((error: unknown) => connection.console.error(`Changed files could not be taken up: ${error}`));
  };
  connection.onDidChangeWatchedFiles((params) => takeUp(() => changedFiles(session, params)));
  documents.onDidClose(({ document }) => {
    const path = toPath(document.uri, document.languageId);
    takeUp(async () => session.changes.affected(await session.project.closedInEditor(path)));
  });
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

async function changedFiles(session: Session, { changes }: DidChangeWatchedFilesParams): Promise<void> {
  const { project } = session;
  const affected = new Set<string>();
  for (const { uri, type } of changes) {
    if (!isDiskUri(uri)) continue;
    const path = toPath(uri);
    affected.add(path);
    for (const other of await project.changedOnDisk(path, type !== FileChangeType.Deleted)) affected.add(other);
  }
  if (![...affected].some(isConfig)) return session.changes.affected(affected);
  await project.reconfigured();
  session.changes.everything();
}
