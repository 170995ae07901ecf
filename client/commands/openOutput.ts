// "Open Output Document": the document that a phase has to deliver, created with its required sections where it is missing.
import * as vscode from "vscode";
import { newOutputRequest, type PhaseProgress, type TrackerProgress } from "../../server/messages.js";
import { openLine, openNewDocument } from "../documents.js";
import type { Server } from "../languageClient.js";
import { currentPhase, nearestTracker, type ProgressFeed } from "../progress.js";

interface Target {
  readonly tracker: TrackerProgress;
  readonly phase: PhaseProgress;
}

/** Runs with a row of the tree as argument, or on the current phase. */
export function openOutput(server: Server, feed: ProgressFeed): (node?: Target) => Promise<void> {
  return async (node) => {
    const target = node ?? (await currentTarget(feed));
    if (!target) {
      vscode.window.showInformationMessage(vscode.l10n.t("There is no current phase in this workspace."));
      return;
    }
    const { tracker, phase } = target;
    if (!phase.output) {
      vscode.window.showInformationMessage(vscode.l10n.t("Phase {0} asks for no document.", phase.number));
      return;
    }
    if (phase.output.exists) return openLine(vscode.Uri.parse(phase.output.uri));
    await openNewDocument(await server.ask(newOutputRequest, { tracker: tracker.uri, phase: phase.number }));
  };
}

async function currentTarget(feed: ProgressFeed): Promise<Target | undefined> {
  const tracker = nearestTracker(await feed.read());
  const phase = tracker && currentPhase(tracker);
  return phase && { tracker, phase };
}
