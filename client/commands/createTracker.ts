// "Create Tracker": a new tracker for a folder, opened. One that is there already is opened as it is.
import * as vscode from "vscode";
import { newTrackerRequest } from "../../server/messages.js";
import { openNewDocument } from "../documents.js";
import type { Server } from "../languageClient.js";

/** Runs with the folder as argument, or asks for it where there are several. */
export function createTracker(server: Server): (folder?: vscode.Uri) => Promise<void> {
  return async (given) => {
    const folder = given ?? (await chooseFolder());
    if (!folder) return;
    await openNewDocument(await server.ask(newTrackerRequest, { folder: folder.toString() }));
  };
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const [first, ...others] = vscode.workspace.workspaceFolders ?? [];
  if (!first) {
    vscode.window.showWarningMessage(vscode.l10n.t("Open a folder first: the tracker is a file in it."));
    return undefined;
  }
  if (others.length === 0) return first.uri;
  const placeHolder = vscode.l10n.t("Folder that the tracker is for");
  return (await vscode.window.showWorkspaceFolderPick({ placeHolder }))?.uri;
}
