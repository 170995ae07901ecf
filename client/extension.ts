// Where the extension begins: puts the language server, the views and the commands together and decides nothing else.
import * as vscode from "vscode";
import { clientCommands } from "../server/messages.js";
import { createTracker } from "./commands/createTracker.js";
import { insertDocument } from "./commands/insertDocument.js";
import { openOutput } from "./commands/openOutput.js";
import { openRulePage } from "./commands/openRulePage.js";
import { openTracker } from "./commands/openTracker.js";
import { refresh } from "./commands/refresh.js";
import { showLog } from "./commands/showLog.js";
import { showPipeline } from "./commands/showPipeline.js";
import { showWhy } from "./commands/showWhy.js";
import { toggleStep } from "./commands/toggleStep.js";
import { createServer } from "./languageClient.js";
import { createProgressFeed } from "./progress.js";
import { startWhenNeeded } from "./start.js";
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
  subscriptions.push(server, feed);
  const pipeline = createPipelinePanel(server, subscriptions);
  const commands: Readonly<Record<string, (...args: never[]) => unknown>> = {
    "dakota.createTracker": createTracker(server),
    "dakota.openTracker": openTracker(feed),
    "dakota.openOutput": openOutput(server, feed),
    "dakota.toggleStep": toggleStep(server, feed),
    "dakota.refresh": refresh(feed),
    "dakota.insertRunbook": insertDocument(extensionUri, "Runbook"),
    "dakota.insertIncidentReport": insertDocument(extensionUri, "Incident Report"),
    [clientCommands.openRulePage]: openRulePage(extensionUri),
    "dakota.showWhy": showWhy(server),
    "dakota.showLog": showLog(server),
    "dakota.showPipeline": showPipeline(pipeline),
  };
  for (const [id, run] of Object.entries(commands)) subscriptions.push(vscode.commands.registerCommand(id, run));
  const shown = {
    phases: createPhasesView(server, feed, subscriptions),
    statusBar: createStatusBar(feed, subscriptions),
    pipeline,
    languageStatus: createLanguageStatus(server, subscriptions),
  };
  startWhenNeeded(server, subscriptions);
  return shown;
}
