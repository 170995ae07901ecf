// When the language server is started: at the first document it is for, or in a workspace that uses Dakota.
// Many files activate the extension (Terraform is plain text to VS Code), and most of them need no second process.
import * as vscode from "vscode";
import { exists } from "./documents.js";
import type { Server } from "./languageClient.js";
import { documentSelector } from "./selector.js";

/** Files that say that a workspace uses Dakota; the manifest's activation events name the same ones. */
export const marks = [
  ".dakota.yaml",
  ".dakota.yml",
  ".dakota/protocols",
  ...["dop-phase-tracker.md", "master-phase-tracker.md"].flatMap((name) => [name, `docs/${name}`]),
];

/** Starts the server now or later. The Phases view starts it too, by asking. */
export function startWhenNeeded(server: Server, subscriptions: vscode.Disposable[]): void {
  const selector = documentSelector();
  const isOurs = (document: vscode.TextDocument) => vscode.languages.match(selector, document) > 0;
  if (vscode.workspace.textDocuments.some(isOurs)) {
    server.start();
    return;
  }
  const opening = vscode.workspace.onDidOpenTextDocument((document) => {
    if (!isOurs(document)) return;
    opening.dispose();
    server.start();
  });
  subscriptions.push(opening);
  startInMarkedWorkspace(server);
}

async function startInMarkedWorkspace(server: Server): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const paths = folders.flatMap(({ uri }) => marks.map((mark) => vscode.Uri.joinPath(uri, mark)));
  if ((await Promise.all(paths.map(exists))).includes(true)) server.start();
}
