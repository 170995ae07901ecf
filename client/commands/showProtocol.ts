// "Show Protocol": what a protocol asks for, as a document to read in the Markdown preview.
import * as vscode from "vscode";
import { type Handbook, handbooksRequest } from "../../server/messages.js";
import type { Server } from "../languageClient.js";

const { t } = vscode.l10n;

const scheme = "dakota-protocol";

/** Lets the user choose where several protocols are in force; the text is that of the moment. */
export function showProtocol(server: Server, subscriptions: vscode.Disposable[]): (id?: unknown) => Promise<void> {
  const texts = new Map<string, string>();
  const changes = new vscode.EventEmitter<vscode.Uri>();
  const read = async (): Promise<readonly Handbook[]> => {
    const all = await server.ask(handbooksRequest, undefined);
    for (const { id, title, text } of all) texts.set(pathOf(id, title), text);
    return all;
  };
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: changes.event,
    async provideTextDocumentContent({ path }) {
      // A preview that comes back with the window asks before anybody has called the command.
      if (!texts.has(path)) await read();
      return texts.get(path) ?? "";
    },
  };
  subscriptions.push(changes, vscode.workspace.registerTextDocumentContentProvider(scheme, provider));
  return async (id) => {
    const all = await read();
    const chosen = all.find((one) => one.id === id) ?? (await choose(all));
    if (!chosen) return;
    const uri = vscode.Uri.from({ scheme, path: pathOf(chosen.id, chosen.title) });
    changes.fire(uri);
    await vscode.commands.executeCommand("markdown.showPreview", uri);
  };
}

/** The title is what the preview's tab shows. */
const pathOf = (id: string, title: string): string => `/${id}/${title.replace(/[\\/]/g, "-")}.md`;

async function choose(all: readonly Handbook[]): Promise<Handbook | undefined> {
  if (all.length === 0) {
    vscode.window.showInformationMessage(t("No protocol is in force in this workspace."));
    return undefined;
  }
  const items = all.map((handbook) => ({ label: handbook.title, description: handbook.id, handbook }));
  return (await vscode.window.showQuickPick(items, { placeHolder: t("Protocol to read") }))?.handbook;
}
