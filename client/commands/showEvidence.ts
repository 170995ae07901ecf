// "Show Evidence": the places in the workspace that the steps of a phase rest on, as a list that leads to them.
import * as vscode from "vscode";
import type { EvidenceShown, PhaseProgress } from "../../server/messages.js";
import { openLine } from "../documents.js";
import { onPhase, type PhaseTarget, type ProgressFeed } from "../progress.js";
import { evidenceWord } from "../views/rows.js";

const { t } = vscode.l10n;

export function showEvidence(feed: ProgressFeed) {
  const show = async ({ phase }: PhaseTarget): Promise<void> => {
    const { number, title } = phase;
    const options = { title: t("Phase {0}: {1}", number, title), placeHolder: t("Place to go to") };
    const chosen = await vscode.window.showQuickPick(itemsOf(phase), { ...options, matchOnDescription: true });
    if (chosen?.place) await openLine(vscode.Uri.parse(chosen.place.uri), chosen.place.line);
  };
  return onPhase(feed, show, t("There is no current phase in this workspace."));
}

interface Item extends vscode.QuickPickItem {
  readonly place?: EvidenceShown["places"][number];
}

/** Every place under its step; what was not found is named as well. */
const itemsOf = ({ steps }: PhaseProgress): readonly Item[] =>
  steps.flatMap(({ title, evidence }): readonly Item[] => [
    { label: title, kind: vscode.QuickPickItemKind.Separator },
    ...evidence.flatMap(evidenceItems),
  ]);

function evidenceItems({ state, text, places }: EvidenceShown): readonly Item[] {
  if (places.length === 0) return [{ label: `$(dash) ${text}`, description: evidenceWord(state) }];
  return places.map((place) => ({
    label: `$(${state === "found" ? "check" : "dash"}) ${place.what === "" ? text : place.what}`,
    description: `${vscode.workspace.asRelativePath(vscode.Uri.parse(place.uri))}:${place.line + 1}`,
    place,
  }));
}
