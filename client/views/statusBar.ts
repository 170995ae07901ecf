// The status bar item: the current phase and how far it is. Hidden where there is no tracker.
import * as vscode from "vscode";
import { stateWord, type TrackerProgress } from "../../server/messages.js";
import { currentPhase, nearestTracker, type ProgressFeed } from "../progress.js";
import { nextStep } from "./nodes.js";

const { t } = vscode.l10n;

export function createStatusBar(feed: ProgressFeed, subscriptions: vscode.Disposable[]): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem("dakota.phase", vscode.StatusBarAlignment.Left);
  item.name = t("Dakota Phase");
  item.command = "dakota.phases.focus";
  const show = () => {
    const tracker = nearestTracker(feed.last() ?? []);
    if (!tracker || !vscode.workspace.getConfiguration("dakota").get("statusBar.enabled", true)) return item.hide();
    describe(item, tracker);
    item.show();
  };
  subscriptions.push(
    item,
    feed.onChange(show),
    vscode.window.onDidChangeActiveTextEditor(show),
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("dakota.statusBar") && show()),
  );
  return item;
}

function describe(item: vscode.StatusBarItem, tracker: TrackerProgress): void {
  const phase = currentPhase(tracker);
  if (!phase) {
    item.text = `$(checklist) ${t("All phases passed")}`;
    item.tooltip = tracker.protocol.title;
    item.accessibilityInformation = { label: `${tracker.protocol.title}: ${t("All phases passed")}` };
    return;
  }
  const { number, title, state, done, total, fallen } = phase;
  const next = nextStep(phase);
  const waits = next ? t("Next: {0}", next.title) : phase.gate ? t("Next: answer the gate") : "";
  item.text = `$(${state === "stale" ? "warning" : "checklist"}) ${t("Phase {0} · {1}/{2}", number, done, total)}`;
  item.tooltip = [t("{0}, phase {1}: {2}", tracker.protocol.title, number, title), waits, ...fallen]
    .filter((line) => line !== "")
    .join("\n");
  const spoken = t("Phase {0}, {1}: {2}, {3} of {4} steps done", number, title, stateWord(state, t), done, total);
  item.accessibilityInformation = { label: spoken };
}
