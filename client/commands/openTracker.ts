// "Open Tracker": the tracker's Markdown, at the line of a row of the tree or of the current phase.
import * as vscode from "vscode";
import type { TrackerProgress } from "../../server/messages.js";
import { openLine } from "../documents.js";
import { currentPhase, nearestTracker, type ProgressFeed } from "../progress.js";
import { lineOf, type Node } from "../views/nodes.js";

/** Runs with a row of the tree as argument, or on the tracker that is nearest to the active editor. */
export function openTracker(feed: ProgressFeed): (node?: Node) => Promise<void> {
  return async (node) => {
    if (node) return openLine(vscode.Uri.parse(node.tracker.uri), lineOf(node));
    const tracker = await chooseTracker(feed);
    if (tracker) await openLine(vscode.Uri.parse(tracker.uri), currentPhase(tracker)?.line);
  };
}

/** The nearest tracker, one that cannot be read where there is no other; says so where there is none. */
async function chooseTracker(feed: ProgressFeed): Promise<TrackerProgress | undefined> {
  const trackers = await feed.read();
  const found = nearestTracker(trackers) ?? trackers[0];
  if (!found) vscode.window.showInformationMessage(vscode.l10n.t("There is no tracker in this workspace yet."));
  return found;
}
