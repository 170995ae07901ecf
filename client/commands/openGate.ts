// "Open Gate": the page with everything a gate rests on, where its answer is given.
import * as vscode from "vscode";
import { currentTarget, type PhaseTarget, type ProgressFeed } from "../progress.js";
import type { GatePanel } from "../views/gatePanel.js";

const { t } = vscode.l10n;

/** Runs with a row of the tree as argument, or on the current phase of the nearest tracker. */
export function openGate(panel: GatePanel, feed: ProgressFeed): (node?: PhaseTarget) => Promise<void> {
  return async (node) => {
    const target = node ?? (await currentTarget(feed));
    if (!target) return void vscode.window.showInformationMessage(t("No gate waits for an answer in this workspace."));
    const { tracker, phase } = target;
    if (!phase.gate) return void vscode.window.showInformationMessage(t("Phase {0} has no gate.", phase.number));
    await panel.show(tracker, phase);
  };
}
