// Where the extension begins: puts the language server, the views and the commands together and decides nothing else.
import * as vscode from "vscode";
import { createCommands } from "./commands.js";
import { createServer } from "./languageClient.js";
import { createProgressFeed } from "./progress.js";
import { startWhenNeeded } from "./start.js";
import { createChecklistsView, createListFeed } from "./views/checklists.js";
import { createCodeLenses } from "./views/codeLenses.js";
import { createGatePanel } from "./views/gatePanel.js";
import { createLanguageStatus } from "./views/languageStatus.js";
import { createPhasesView } from "./views/phases.js";
import { createPipelinePanel } from "./views/pipelinePanel.js";
import { createStatusBar } from "./views/statusBar.js";

/** What the extension gives to others. */
export type Shown = ReturnType<typeof activate>;

/** @returns what the extension shows where the editor's API cannot read it back; the tests look at it */
export function activate({ extensionUri, subscriptions }: vscode.ExtensionContext) {
  const server = createServer(extensionUri);
  const feed = createProgressFeed(server);
  const lists = createListFeed(server);
  subscriptions.push(server, feed, lists);
  const pipeline = createPipelinePanel(server, subscriptions);
  const gate = createGatePanel(server, feed, subscriptions);
  const commands = createCommands({ server, feed, lists, pipeline, gate, extensionUri, subscriptions });
  for (const [id, run] of Object.entries(commands)) subscriptions.push(vscode.commands.registerCommand(id, run));
  const shown = {
    phases: createPhasesView(server, feed, subscriptions),
    checklists: createChecklistsView(server, lists, subscriptions),
    codeLenses: createCodeLenses(feed, lists, subscriptions),
    statusBar: createStatusBar(feed, subscriptions),
    gate,
    pipeline,
    languageStatus: createLanguageStatus(server, subscriptions),
  };
  startWhenNeeded(server, subscriptions);
  return shown;
}
