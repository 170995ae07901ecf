// The Checklists view: every checklist and workflow of the protocols, and the documents in which they are in use. It holds no
// state; ticking edits the Markdown.
import * as vscode from "vscode";
import { type ListProgress, listsRequest, setPointRequest } from "../../server/messages.js";
import { changeDocument } from "../documents.js";
import { createFeed, type Feed } from "../feed.js";
import type { Server } from "../languageClient.js";
import { isOpen, type ListNode, listChildren, listParent, listRoots, type PointNode } from "./checklistNodes.js";
import { toListItem } from "./checklistRows.js";

const { t } = vscode.l10n;

export type ListFeed = Feed<readonly ListProgress[]>;

/** How often time limits are looked at again, in milliseconds. */
const tick = 30_000;

export function createListFeed(server: Server): ListFeed {
  return createFeed(server, listsRequest, []);
}

/** @returns the view's rows, for whoever wants to read what it shows */
export function createChecklistsView(
  server: Server,
  feed: ListFeed,
  subscriptions: vscode.Disposable[],
): vscode.TreeDataProvider<ListNode> {
  const redraw = new vscode.EventEmitter<void>();
  const provider = createProvider(feed, redraw.event);
  const view = vscode.window.createTreeView("dakota.checklists", {
    treeDataProvider: provider,
    showCollapseAll: true,
    manageCheckboxStateManually: true,
  });
  const limits = setInterval(() => view.visible && hasLimits(feed.last() ?? []) && redraw.fire(), tick);
  subscriptions.push(
    view,
    redraw,
    { dispose: () => clearInterval(limits) },
    feed.onChange(() => {
      view.badge = badgeOf(feed.last() ?? []);
    }),
    view.onDidChangeCheckboxState(async ({ items }) => {
      for (const [node, state] of items)
        if (node.kind === "point") await setPoint(server, node, state === vscode.TreeItemCheckboxState.Checked);
      await feed.refresh();
    }),
  );
  return provider;
}

function createProvider(feed: ListFeed, redraw: vscode.Event<void>): vscode.TreeDataProvider<ListNode> {
  return {
    onDidChangeTreeData: (listener) =>
      vscode.Disposable.from(
        feed.onChange(() => listener(undefined)),
        redraw(() => listener(undefined)),
      ),
    getTreeItem: (node) => toListItem(node, Date.now()),
    getParent: listParent,
    getChildren: async (node) => [...(node ? listChildren(node) : listRoots(await feed.read()))],
  };
}

/** Ticks or opens a point of a run; tells the user what stood in the way. */
export async function setPoint(server: Server, { list, run, point }: PointNode, done: boolean): Promise<void> {
  const params = { uri: run.uri, list: list.id, line: run.line, point: point.id, done };
  const problem = await changeDocument(vscode.Uri.parse(run.uri), () => server.ask(setPointRequest, params));
  if (problem !== undefined) vscode.window.showWarningMessage(problem);
}

const hasLimits = (lists: readonly ListProgress[]): boolean =>
  lists.some(({ runs }) => runs.filter(isOpen).some(({ points }) => points.some(({ due }) => due !== undefined)));

function badgeOf(lists: readonly ListProgress[]): vscode.ViewBadge | undefined {
  const running = lists.flatMap(({ runs }) => runs.filter(isOpen));
  const open = running.reduce((sum, { done, total }) => sum + total - done, 0);
  if (open === 0) return undefined;
  return { value: open, tooltip: open === 1 ? t("1 open item under way") : t("{0} open items under way", open) };
}
