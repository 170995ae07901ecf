// "Go to Phase": every phase of every tracker with what its row in the tree offers, from the keyboard.
import * as vscode from "vscode";
import { type PhaseProgress, stateWord, type TrackerProgress } from "../../server/messages.js";
import { isUnreadable, nearestTracker, type PhaseTarget, type ProgressFeed } from "../progress.js";

const { t } = vscode.l10n;

export function goToPhase(feed: ProgressFeed): () => Promise<void> {
  return async () => {
    const target = await choosePhase(await feed.read());
    const action = target && (await chooseAction(target));
    if (action) await vscode.commands.executeCommand(action, { kind: "phase", ...target });
  };
}

/** The nearest tracker's phases first, each tracker under its file. */
async function choosePhase(trackers: readonly TrackerProgress[]): Promise<PhaseTarget | undefined> {
  const nearest = nearestTracker(trackers);
  const readable = trackers.filter((tracker) => !isUnreadable(tracker));
  if (!nearest) {
    vscode.window.showInformationMessage(t("There is no tracker in this workspace yet."));
    return undefined;
  }
  const items = [nearest, ...readable.filter((one) => one !== nearest)].flatMap((tracker) => [
    {
      label: vscode.workspace.asRelativePath(vscode.Uri.parse(tracker.uri)),
      kind: vscode.QuickPickItemKind.Separator,
      target: undefined,
    },
    ...tracker.phases.map((phase) => ({
      label: `${phase.number}. ${phase.title}`,
      description: `${stateWord(phase.state, t)} · ${phase.done}/${phase.total}`,
      target: { tracker, phase },
    })),
  ]);
  return (await vscode.window.showQuickPick(items, { placeHolder: t("Phase to go to") }))?.target;
}

async function chooseAction({ phase }: PhaseTarget): Promise<string | undefined> {
  const items = actionsFor(phase).map(([label, command]) => ({ label, command }));
  const title = t("Phase {0}: {1}", phase.number, phase.title);
  return (await vscode.window.showQuickPick(items, { title }))?.command;
}

const actionsFor = (phase: PhaseProgress): readonly (readonly [label: string, command: string])[] => [
  [t("Open it in the tracker"), "dakota.openTracker"],
  ...(phase.gate ? [[t("Open {0}", phase.gate.title), "dakota.openGate"] as const] : []),
  ...(phase.output ? [[t("Open {0}", phase.output.file), "dakota.openOutput"] as const] : []),
  [t("Tick or open a step"), "dakota.toggleStep"],
  [t("Tick steps with evidence"), "dakota.tickShown"],
  [t("Show evidence"), "dakota.showEvidence"],
  [t("Show findings"), "dakota.showPhaseFindings"],
];
