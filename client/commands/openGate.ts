// "Open Gate": the page with everything a gate rests on, where its answer is given.
import * as vscode from "vscode";
import { onPhase, type PhaseTarget, type ProgressFeed } from "../progress.js";
import type { GatePanel } from "../views/gatePanel.js";

const { t } = vscode.l10n;

export function openGate(panel: GatePanel, feed: ProgressFeed) {
  const show = async ({ tracker, phase }: PhaseTarget): Promise<void> => {
    if (!phase.gate) return void vscode.window.showInformationMessage(t("Phase {0} has no gate.", phase.number));
    await panel.show(tracker, phase);
  };
  return onPhase(feed, show, t("No gate waits for an answer in this workspace."));
}
