// Puts what the server has worked out into documents: changes to an existing one, and new ones. Never over a file that is there.
import * as vscode from "vscode";
import type { NewDocument, TextChange } from "../server/messages.js";

let queue: Promise<unknown> = Promise.resolve();

/**
 * Changes a document as one undoable edit, and saves it unless it had unsaved changes before.
 * Changes are made one after the other; one that was computed for an older text is asked for again.
 * @param uri the document
 * @param ask fetches the change for the text as it is now
 * @returns what the user has to be told, such as why nothing was changed
 */
export function changeDocument(uri: vscode.Uri, ask: () => Promise<TextChange>): Promise<string | undefined> {
  const result = queue.then(() => change(uri, ask));
  queue = result.catch(() => undefined);
  return result;
}

const attempts = 5;

async function change(uri: vscode.Uri, ask: () => Promise<TextChange>): Promise<string | undefined> {
  const document = await vscode.workspace.openTextDocument(uri);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { version, isDirty } = document;
    const { edits, problem, inserted } = await ask();
    if (document.version !== version) continue;
    if (edits.length === 0) return problem;
    const edit = new vscode.WorkspaceEdit();
    for (const { range, newText } of edits) edit.replace(uri, toRange(range), newText);
    if (!(await vscode.workspace.applyEdit(edit))) return vscode.l10n.t("The document cannot be changed.");
    if (!isDirty && !(await document.save())) return vscode.l10n.t("The document was changed but could not be saved.");
    if (inserted !== undefined) vscode.window.setStatusBarMessage(inserted, 10_000);
    return problem;
  }
  return vscode.l10n.t("The document kept changing in the meantime.");
}

function toRange({ start, end }: TextChange["edits"][number]["range"]): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** Opens a document that the server has written; a file that exists already is opened as it is. */
export async function openNewDocument({ uri, text }: NewDocument): Promise<vscode.TextEditor> {
  const target = vscode.Uri.parse(uri);
  if (!(await exists(target))) {
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(target, { overwrite: false, contents: new TextEncoder().encode(text) });
    if (!(await vscode.workspace.applyEdit(edit)))
      throw new Error(vscode.l10n.t("{0} cannot be created.", vscode.workspace.asRelativePath(target)));
  }
  return await vscode.window.showTextDocument(target);
}

/** Whether there is a file at an address. */
export async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

/** Shows a document and puts the cursor on a line (zero-based). */
export async function openLine(uri: vscode.Uri, line = 0): Promise<void> {
  const selection = new vscode.Range(line, 0, line, 0);
  await vscode.window.showTextDocument(uri, { selection, preview: true });
}

/** The open folder, or the one that the user chooses of several. */
export async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const [first, ...others] = vscode.workspace.workspaceFolders ?? [];
  if (!first) {
    vscode.window.showWarningMessage(vscode.l10n.t("Open a folder first: the new document is a file in it."));
    return undefined;
  }
  if (others.length === 0) return first.uri;
  const placeHolder = vscode.l10n.t("Folder that the new file is for");
  return (await vscode.window.showWorkspaceFolderPick({ placeHolder }))?.uri;
}
