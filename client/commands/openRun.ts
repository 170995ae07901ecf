// "Open Checklist or Workflow": the document of a run, at its next item.
import * as vscode from "vscode";
import type { ListProgress, RunProgress } from "../../server/messages.js";
import { openLine } from "../documents.js";
import { isOpen, nextPoint } from "../views/checklistNodes.js";
import type { ListFeed } from "../views/checklists.js";

const { t } = vscode.l10n;

/** Runs with a row of the tree as argument, or lets the user choose: runs under way come first. */
export function openRun(feed: ListFeed): (node?: { readonly run: RunProgress }) => Promise<void> {
  return async (node) => {
    const run = node?.run ?? (await chooseRun(await feed.read()));
    if (run) await openLine(vscode.Uri.parse(run.uri), nextPoint(run)?.line ?? run.line);
  };
}

async function chooseRun(lists: readonly ListProgress[]): Promise<RunProgress | undefined> {
  const all = lists.flatMap((list) => list.runs.map((run) => ({ list, run })));
  if (all.length === 0) {
    vscode.window.showInformationMessage(t("No checklist or workflow has been started yet."));
    return undefined;
  }
  const items = all
    .toSorted((a, b) => Number(isOpen(b.run)) - Number(isOpen(a.run)))
    .map(({ list, run }) => ({
      label: `$(${isOpen(run) ? "play-circle" : "pass-filled"}) ${list.title}`,
      description: `${run.done}/${run.total}`,
      detail: vscode.workspace.asRelativePath(vscode.Uri.parse(run.uri)),
      run,
    }));
  return (await vscode.window.showQuickPick(items, { placeHolder: t("Document to open"), matchOnDetail: true }))?.run;
}
