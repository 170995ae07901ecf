// "Create Tracker": a new tracker for a folder, opened. One that is there already is opened as it is.
import * as vscode from "vscode";
import { newTrackerRequest, protocolsRequest } from "../../server/messages.js";
import { chooseFolder, openNewDocument } from "../documents.js";
import type { Server } from "../languageClient.js";

const { t } = vscode.l10n;

/**
 * Runs with folder and protocol as arguments. Without them it asks for the folder where there are several, and takes the
 * first protocol in force.
 */
export function createTracker(server: Server): (folder?: unknown, protocol?: unknown) => Promise<void> {
  return async (given, named) => {
    const folder = given instanceof vscode.Uri ? given : await chooseFolder();
    if (!folder) return;
    const protocol = typeof named === "string" ? { protocol: named } : {};
    await openNewDocument(await server.ask(newTrackerRequest, { folder: folder.toString(), ...protocol }));
  };
}

/** "Create Tracker of Another Protocol": the same, for a protocol that the user chooses. */
export function createOtherTracker(server: Server): () => Promise<void> {
  return async () => {
    const folder = await chooseFolder();
    if (!folder) return;
    const protocols = await server.ask(protocolsRequest, { folder: folder.toString() });
    const items = protocols.map(({ id, title, phases }) => ({
      label: title,
      description: t("{0} phases", phases),
      id,
    }));
    const chosen = await vscode.window.showQuickPick(items, { placeHolder: t("Protocol that the tracker is for") });
    if (chosen) await createTracker(server)(folder, chosen.id);
  };
}
