// Code lenses on the Markdown of trackers and runs: how far a phase is, what comes next, and the way to its gate.
import * as vscode from "vscode";
import type { PhaseProgress, RunProgress, TrackerProgress } from "../../server/messages.js";
import type { ProgressFeed } from "../progress.js";
import { nextPoint } from "./checklistNodes.js";
import type { ListFeed } from "./checklists.js";
import { nextStep } from "./nodes.js";

const { t } = vscode.l10n;

/** @returns the provider, for whoever wants to read what it shows */
export function createCodeLenses(
  progress: ProgressFeed,
  lists: ListFeed,
  subscriptions: vscode.Disposable[],
): vscode.CodeLensProvider {
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: (listener) => vscode.Disposable.from(progress.onChange(listener), lists.onChange(listener)),
    provideCodeLenses: ({ uri }) => {
      const address = uri.toString();
      const trackers = (progress.last() ?? []).filter((tracker) => tracker.uri === address);
      const runs = (lists.last() ?? []).flatMap((list) => list.runs).filter((run) => run.uri === address);
      return [...trackers.flatMap(trackerLenses), ...runs.flatMap(runLenses)];
    },
  };
  subscriptions.push(vscode.languages.registerCodeLensProvider({ language: "markdown" }, provider));
  return provider;
}

const trackerLenses = (tracker: TrackerProgress): readonly vscode.CodeLens[] =>
  tracker.phases.flatMap((phase) => phaseLenses(tracker, phase));

function phaseLenses(tracker: TrackerProgress, phase: PhaseProgress): readonly vscode.CodeLens[] {
  const { number, line, done, total, gate, state } = phase;
  if (line === undefined) return [];
  const next = nextStep(phase);
  const lenses = [lens(line, t("{0} of {1}", done, total), "dakota.phases.focus")];
  if (next)
    lenses.push(
      lens(line, t("next: {0}", next.checkpoint), "dakota.openTracker", { kind: "step", tracker, phase, step: next }),
    );
  // The gates of phases that are still to come would only be in the way.
  if (gate && (state !== "not-started" || number === tracker.currentPhase)) {
    const titles = { passed: t("gate passed"), stale: t("gate is stale") };
    const title = state === "passed" || state === "stale" ? titles[state] : t("answer gate");
    lenses.push(lens(line, title, "dakota.openGate", { tracker, phase }));
  }
  return lenses;
}

function runLenses(run: RunProgress): readonly vscode.CodeLens[] {
  const next = nextPoint(run);
  const lenses = [lens(run.line, t("{0} of {1}", run.done, run.total), "dakota.checklists.focus")];
  const selection = next?.line === undefined ? undefined : new vscode.Range(next.line, 0, next.line, 0);
  if (next && selection)
    lenses.push(lens(run.line, t("next: {0}", next.title), "vscode.open", vscode.Uri.parse(run.uri), { selection }));
  return lenses;
}

function lens(line: number, title: string, command: string, ...values: readonly unknown[]): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { title, command, arguments: [...values] });
}
