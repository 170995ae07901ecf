// "Complete Tracker": puts the rows, boxes and the gate log into a tracker that lacks them.
import * as vscode from "vscode";
import { completeTrackerRequest, type TrackerProgress } from "../../server/messages.js";
import { changeDocument } from "../documents.js";
import type { Server } from "../languageClient.js";
import { nearestTracker, type ProgressFeed } from "../progress.js";

const { t } = vscode.l10n;

/** Runs with a row of the tree as argument, or on the nearest tracker. */
export function completeTracker(
  server: Server,
  feed: ProgressFeed,
): (node?: { readonly tracker: TrackerProgress }) => Promise<void> {
  return async (node) => {
    const tracker = node?.tracker ?? nearestTracker(await feed.read());
    if (!tracker) return void vscode.window.showInformationMessage(t("There is no tracker in this workspace yet."));
    if (!tracker.bare) return void vscode.window.showInformationMessage(t("The tracker lacks nothing."));
    const ask = () => server.ask(completeTrackerRequest, { tracker: tracker.uri, protocol: tracker.protocol.id });
    const problem = await changeDocument(vscode.Uri.parse(tracker.uri), ask);
    if (problem !== undefined) vscode.window.showWarningMessage(problem);
  };
}
