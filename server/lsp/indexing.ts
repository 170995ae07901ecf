// Reads the workspace into the index while the editor is already in use, with progress where it takes long.

import type { WorkDoneProgressServerReporter } from "vscode-languageserver";
import { isInFolders } from "../host/territory.js";
import { isDiskUri, toFolder } from "./convert.js";
import type { Session } from "./session.js";

/** How long reading may take before the user is shown that it goes on, in milliseconds. */
const patience = 500;

/** Reads folders (URIs); findings that ask about other files appear when all are read. Progress can be cancelled. */
export async function indexWorkspace(session: Session, folders: readonly string[]): Promise<void> {
  const { connection, client, project } = session;
  let reporter: WorkDoneProgressServerReporter | undefined;
  let ended = false;
  const timer = setTimeout(async () => {
    if (!client.showsProgress) return;
    const created = await connection.window.createWorkDoneProgress();
    if (ended) return;
    created.begin("Dakota: reading the workspace", undefined, undefined, true);
    reporter = created;
  }, patience);
  try {
    const proceed = (files: number): boolean => {
      if (files % 100 === 0) reporter?.report(`${files} files`);
      return reporter?.token.isCancellationRequested !== true;
    };
    const whole = await project.index(folders.filter(isDiskUri), proceed);
    if (whole) session.engine.complete((path) => isInFolders(path, client.folders.map(toFolder)));
    else connection.console.warn("Reading the workspace was cancelled: rules about other files stay silent.");
  } catch (error) {
    connection.console.error(`The workspace could not be read: ${error instanceof Error ? error.stack : error}`);
  } finally {
    ended = true;
    clearTimeout(timer);
    reporter?.done();
  }
}
