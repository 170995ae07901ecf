// "Tick or Open Item": changes the box of an item in the document of a run, from the tree or from a list of open runs.
import * as vscode from "vscode";
import type { Server } from "../languageClient.js";
import { isOpen, listChildren, type PointNode, type RunNode } from "../views/checklistNodes.js";
import { type ListFeed, setPoint } from "../views/checklists.js";

const { t } = vscode.l10n;

/** Runs with a row of the tree as argument, or lets the user choose among the items of the runs under way. */
export function togglePoint(server: Server, feed: ListFeed): (node?: PointNode) => Promise<void> {
  return async (node) => {
    const chosen = node ?? (await choosePoint(feed));
    if (!chosen) return;
    await setPoint(server, chosen, chosen.point.state !== "done");
    await feed.refresh();
  };
}

async function choosePoint(feed: ListFeed): Promise<PointNode | undefined> {
  const lists = await feed.read();
  const runs = lists.flatMap((list) =>
    list.runs.filter(isOpen).map((run): RunNode => {
      const group = { kind: "group", group: "running", lists } as const;
      return { kind: "run", list, run, parent: group };
    }),
  );
  if (runs.length === 0) {
    vscode.window.showInformationMessage(t("No checklist or workflow is under way."));
    return undefined;
  }
  const points = runs.flatMap((run) =>
    listChildren(run).flatMap((row) => (row.kind === "step" ? listChildren(row) : [row])),
  );
  const items = points.flatMap((row) =>
    row.kind === "point"
      ? [
          {
            label: `$(${row.point.state === "done" ? "check" : "circle-large-outline"}) ${row.point.title}`,
            description: row.list.title,
            row,
          },
        ]
      : [],
  );
  const placeHolder = t("Item to tick, or to open again");
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.row;
}
