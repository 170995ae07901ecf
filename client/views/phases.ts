// The Phases view: a projection of what the server says about the trackers. It holds no state; ticking edits the Markdown.
import * as vscode from "vscode";
import { outputWord, stateWord, type TrackerProgress } from "../../server/messages.js";
import { setStep } from "../commands/toggleStep.js";
import type { Server } from "../languageClient.js";
import { currentPhase, type ProgressFeed } from "../progress.js";
import { childrenOf, type Filter, idOf, type Node, nextStep, parentOf, rootNodes } from "./nodes.js";
import { toTreeItem } from "./rows.js";
import { tooltipOf } from "./tooltips.js";

const { t } = vscode.l10n;

/** @returns the view's rows, for whoever wants to read what it shows */
export function createPhasesView(
  server: Server,
  feed: ProgressFeed,
  subscriptions: vscode.Disposable[],
): vscode.TreeDataProvider<Node> {
  const redraw = new vscode.EventEmitter<void>();
  const provider = createProvider(server, feed, redraw.event);
  const view = vscode.window.createTreeView("dakota.phases", {
    treeDataProvider: provider,
    showCollapseAll: true,
    // A box follows the Markdown, not the click: it stays as it was when the edit is refused.
    manageCheckboxStateManually: true,
  });
  const show = createDisplay(server, feed, view);
  subscriptions.push(
    view,
    feed.onChange(show),
    server.onState(show),
    redraw,
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration("dakota.phases")) return;
      redraw.fire();
      show();
    }),
    view.onDidChangeCheckboxState(async ({ items }) => {
      for (const [node, state] of items)
        if (node.kind === "step") await setStep(server, node, state === vscode.TreeItemCheckboxState.Checked);
      await feed.refresh();
    }),
  );
  return provider;
}

/** @returns brings what stands around the rows up to date: badge, message, description, the expanded phase */
function createDisplay(server: Server, feed: ProgressFeed, view: vscode.TreeView<Node>): () => void {
  let expanded: string | undefined;
  return () => {
    const trackers = feed.last() ?? [];
    view.badge = badgeOf(trackers);
    // Rows that may be out of date say so.
    view.message = server.state() === "stopped" ? t("The language server has stopped") : (messageOf(trackers) ?? "");
    view.description = (trackers.length === 1 && trackers[0]?.protocol.title) || "";
    // A new current phase is a row that VS Code remembers as collapsed. Revealing would open a hidden view.
    const current = trackers.length === 1 ? currentNode(trackers) : undefined;
    const id = current && idOf(current);
    if (current && expanded !== undefined && id !== expanded && view.visible)
      view.reveal(current, { expand: true, select: false, focus: false });
    expanded = id;
  };
}

function createProvider(server: Server, feed: ProgressFeed, redraw: vscode.Event<void>): vscode.TreeDataProvider<Node> {
  return {
    onDidChangeTreeData: (listener) =>
      vscode.Disposable.from(
        feed.onChange(() => listener(undefined)),
        redraw(() => listener(undefined)),
      ),
    getTreeItem: toTreeItem,
    getParent: parentOf,
    resolveTreeItem: (item, node) => {
      item.tooltip = tooltipOf(node);
      return item;
    },
    getChildren: async (node) => {
      const filter = filterOf();
      if (node) return [...childrenOf(node, filter)];
      // No rows, as for a single tracker that cannot be read, leave the view to its welcome text.
      return [...rootNodes(server.state() === "stopped" ? (feed.last() ?? []) : await feed.read(), filter)];
    },
  };
}

/** What the settings leave out of the tree; two commands of the view change them. */
function filterOf(): Filter {
  const settings = vscode.workspace.getConfiguration("dakota.phases");
  return { hideCompleted: settings.get("hideCompleted", false), onlyCurrent: settings.get("onlyCurrentPhase", false) };
}

function currentNode(trackers: readonly TrackerProgress[]): Node | undefined {
  const number = trackers[0]?.currentPhase;
  return rootNodes(trackers).find((node) => node.kind === "phase" && node.phase.number === number);
}

function badgeOf(trackers: readonly TrackerProgress[]): vscode.ViewBadge | undefined {
  if (!vscode.workspace.getConfiguration("dakota").get("phases.badge", true)) return undefined;
  const open = trackers
    .flatMap((tracker) => currentPhase(tracker) ?? [])
    .reduce((sum, { done, total }) => sum + total - done, 0);
  if (open === 0) return undefined;
  return {
    value: open,
    tooltip: open === 1 ? t("1 open step in the current phase") : t("{0} open steps in the current phase", open),
  };
}

/** What the next gate waits for, in one line; several trackers have too many gates for one line. */
function messageOf(trackers: readonly TrackerProgress[]): string | undefined {
  const [tracker, ...others] = trackers;
  if (!tracker || others.length > 0) return undefined;
  if (tracker.problem !== undefined) return tracker.problem;
  const phase = currentPhase(tracker);
  if (!phase) return t("All phases are passed");
  const { number, done, total, output, gate, fallen } = phase;
  if (phase.state === "stale") return t("Gate {0} is stale: {1}", number, fallen.join("; "));
  const waits: string[] = [];
  if (total - done > 0) waits.push(total - done === 1 ? t("1 step open") : t("{0} steps open", total - done));
  if (output && (!output.exists || output.missing.length > 0)) waits.push(t("output {0}", outputWord(output, t)));
  const next = nextStep(phase);
  if (next) waits.push(t("next: {0}", next.title));
  if (!gate) return t("Phase {0}: {1}", number, waits.join(", ") || stateWord(phase.state, t));
  return t("Gate {0}: {1}", number, waits.join(", ") || t("ready for an answer"));
}
