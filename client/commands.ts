// Every command of the extension with what it needs; the manifest names the same ones.
import type * as vscode from "vscode";
import { clientCommands } from "../server/messages.js";
import { completeTracker } from "./commands/completeTracker.js";
import { createOtherTracker, createTracker } from "./commands/createTracker.js";
import { goToPhase } from "./commands/goToPhase.js";
import { insertDocument } from "./commands/insertDocument.js";
import { openGate } from "./commands/openGate.js";
import { openOutput } from "./commands/openOutput.js";
import { openRulePage } from "./commands/openRulePage.js";
import { openRun } from "./commands/openRun.js";
import { openTracker } from "./commands/openTracker.js";
import { refresh } from "./commands/refresh.js";
import { setPhasesFilter } from "./commands/setPhasesFilter.js";
import { showEvidence } from "./commands/showEvidence.js";
import { showLog } from "./commands/showLog.js";
import { showPhaseFindings } from "./commands/showPhaseFindings.js";
import { showPipeline } from "./commands/showPipeline.js";
import { showProtocol } from "./commands/showProtocol.js";
import { showReport } from "./commands/showReport.js";
import { showWhy } from "./commands/showWhy.js";
import { startRun } from "./commands/startRun.js";
import { tickShown } from "./commands/tickShown.js";
import { togglePoint } from "./commands/togglePoint.js";
import { toggleStep } from "./commands/toggleStep.js";
import type { Server } from "./languageClient.js";
import type { ProgressFeed } from "./progress.js";
import type { ListFeed } from "./views/checklists.js";
import type { GatePanel } from "./views/gatePanel.js";
import type { PipelinePanel } from "./views/pipelinePanel.js";

interface Parts {
  readonly server: Server;
  readonly feed: ProgressFeed;
  readonly lists: ListFeed;
  readonly pipeline: PipelinePanel;
  readonly gate: GatePanel;
  readonly extensionUri: vscode.Uri;
  readonly subscriptions: vscode.Disposable[];
}

/** @returns what to run, by the id of the command */
export function createCommands(parts: Parts): Readonly<Record<string, (...args: never[]) => unknown>> {
  const { server, feed, lists, pipeline, gate, extensionUri, subscriptions } = parts;
  return {
    "dakota.createTracker": createTracker(server),
    "dakota.createOtherTracker": createOtherTracker(server),
    "dakota.completeTracker": completeTracker(server, feed),
    "dakota.openTracker": openTracker(feed),
    "dakota.openOutput": openOutput(server, feed),
    "dakota.goToPhase": goToPhase(feed),
    "dakota.toggleStep": toggleStep(server, feed),
    "dakota.tickShown": tickShown(server, feed),
    "dakota.openGate": openGate(gate, feed),
    "dakota.showPhaseFindings": showPhaseFindings(server, feed),
    "dakota.hideCompleted": setPhasesFilter("hideCompleted", true),
    "dakota.showCompleted": setPhasesFilter("hideCompleted", false),
    "dakota.onlyCurrentPhase": setPhasesFilter("onlyCurrentPhase", true),
    "dakota.allPhases": setPhasesFilter("onlyCurrentPhase", false),
    "dakota.showReport": showReport(server, subscriptions),
    "dakota.showProtocol": showProtocol(server, subscriptions),
    "dakota.showEvidence": showEvidence(feed),
    "dakota.openRun": openRun(lists),
    "dakota.startRun": startRun(server, lists),
    "dakota.togglePoint": togglePoint(server, lists),
    "dakota.refresh": refresh(feed),
    "dakota.insertRunbook": insertDocument(extensionUri, "Runbook"),
    "dakota.insertIncidentReport": insertDocument(extensionUri, "Incident Report"),
    [clientCommands.openRulePage]: openRulePage(extensionUri),
    "dakota.showWhy": showWhy(server),
    "dakota.showLog": showLog(server),
    "dakota.showPipeline": showPipeline(pipeline),
  };
}
