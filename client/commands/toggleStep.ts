// "Tick or Open Step": changes the box of a step in the tracker's Markdown, from the tree or from a list of the current steps.
import * as vscode from "vscode";
import { type StepProgress, setStepRequest, type TrackerProgress } from "../../server/messages.js";
import { changeDocument } from "../documents.js";
import type { Server } from "../languageClient.js";
import { currentTarget, type PhaseTarget, type ProgressFeed } from "../progress.js";

interface Target {
  readonly tracker: TrackerProgress;
  readonly step: StepProgress;
}

/** Runs with the row of a step as argument, or lets the user choose from that of a phase, or from the current phase. */
export function toggleStep(server: Server, feed: ProgressFeed): (node?: Target | PhaseTarget) => Promise<void> {
  return async (node) => {
    const target = node && "step" in node ? node : await chooseStep(node ?? (await currentTarget(feed)));
    if (target) await setStep(server, target, target.step.state !== "done");
  };
}

/** Ticks or opens a step; tells the user what stood in the way. */
export async function setStep(server: Server, { tracker, step }: Target, done: boolean): Promise<void> {
  const ask = () => server.ask(setStepRequest, { tracker: tracker.uri, step: step.id, done });
  const problem = await changeDocument(vscode.Uri.parse(tracker.uri), ask);
  if (problem !== undefined) vscode.window.showWarningMessage(problem);
}

async function chooseStep(target: PhaseTarget | undefined): Promise<Target | undefined> {
  if (!target) {
    vscode.window.showInformationMessage(vscode.l10n.t("There is no current phase in this workspace."));
    return undefined;
  }
  const { tracker, phase } = target;
  const items = phase.steps.map((step) => ({
    label: `$(${step.state === "done" ? "check" : "circle-large-outline"}) ${step.title}`,
    description: step.checkpoint,
    tracker,
    step,
  }));
  const title = vscode.l10n.t("Phase {0}: {1}", phase.number, phase.title);
  const placeHolder = vscode.l10n.t("Step to tick, or to open again");
  return await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
}
