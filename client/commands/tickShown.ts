// "Tick Steps with Evidence": lists the open steps whose evidence is found, and ticks those the user leaves chosen.
import * as vscode from "vscode";
import { type PhaseProgress, type TrackerProgress, tickShownRequest } from "../../server/messages.js";
import { changeDocument } from "../documents.js";
import type { Server } from "../languageClient.js";
import { nearestTracker, type ProgressFeed } from "../progress.js";

const { t } = vscode.l10n;

interface Target {
  readonly tracker: TrackerProgress;
  /** Absent for all phases. */
  readonly phase?: PhaseProgress;
}

/** Runs with a row of the tree as argument, or on all phases of the nearest tracker. */
export function tickShown(server: Server, feed: ProgressFeed): (node?: Target) => Promise<void> {
  return async (node) => {
    const tracker = node?.tracker ?? nearestTracker(await feed.read());
    if (!tracker) return void vscode.window.showInformationMessage(t("There is no tracker in this workspace yet."));
    const items = itemsOf(node?.phase ? [node.phase] : tracker.phases);
    if (items.length === 0)
      return void vscode.window.showInformationMessage(t("No open step has evidence in the workspace."));
    const title = t("Steps whose evidence is found");
    const placeHolder = t("The chosen ones are ticked");
    const chosen = await vscode.window.showQuickPick(items, { canPickMany: true, title, placeHolder });
    if (!chosen || chosen.length === 0) return;
    const steps = chosen.map(({ id }) => id);
    const ask = () => server.ask(tickShownRequest, { tracker: tracker.uri, protocol: tracker.protocol.id, steps });
    const problem = await changeDocument(vscode.Uri.parse(tracker.uri), ask);
    if (problem !== undefined) vscode.window.showWarningMessage(problem);
  };
}

function itemsOf(phases: readonly PhaseProgress[]) {
  return phases.flatMap(({ number, steps }) =>
    steps
      .filter(({ state, shown }) => state !== "done" && shown === "found")
      .map(({ id, title, checkpoint, evidence }) => {
        const [place] = evidence.filter(({ state }) => state === "found").flatMap(({ places }) => places);
        const at = place && `${vscode.workspace.asRelativePath(vscode.Uri.parse(place.uri))}:${place.line + 1}`;
        const detail = place ? t("found: {0} {1}", at ?? "", place.what) : "";
        return { id, label: title, description: t("phase {0} · {1}", number, checkpoint), detail, picked: true };
      }),
  );
}
