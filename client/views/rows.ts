// How a row of the Phases tree looks and reads: label, description, icon, checkbox, tooltip and what a screen reader says.
import * as vscode from "vscode";
import type { GateProgress, OutputProgress, PhaseState } from "../../server/messages.js";
import { isUnreadable } from "../progress.js";
import { idOf, lineOf, type Node, type PhaseNode, type StepNode } from "./nodes.js";

const { t } = vscode.l10n;

/** The row of a node, without its tooltip. */
export function toTreeItem(node: Node): vscode.TreeItem {
  const item = shapeOf(node);
  item.id = idOf(node);
  item.contextValue = lineOf(node) === undefined ? node.kind : `${node.kind};line`;
  return item;
}

function shapeOf(node: Node): vscode.TreeItem {
  if (node.kind === "tracker") return trackerItem(node.tracker);
  if (node.kind === "phase") return phaseItem(node);
  if (node.kind === "step") return stepItem(node);
  return node.kind === "output" ? outputItem(node) : gateItem(node);
}

const openTracker = (node: Node): vscode.Command => ({
  title: t("Open"),
  command: "dakota.openTracker",
  arguments: [node],
});

function trackerItem(tracker: Node["tracker"]): vscode.TreeItem {
  const unreadable = isUnreadable(tracker);
  const folder = vscode.Uri.joinPath(vscode.Uri.parse(tracker.uri), "..");
  // Trackers mostly share their protocol; it is the folder that tells them apart.
  const label = vscode.workspace.asRelativePath(folder);
  const item = new vscode.TreeItem(label, collapsible(!unreadable, true));
  item.description = tracker.protocol.title;
  item.iconPath = new vscode.ThemeIcon(tracker.problem === undefined ? "checklist" : "warning");
  item.accessibilityInformation = { label: [label, tracker.protocol.title, tracker.problem ?? ""].join(", ") };
  if (unreadable) item.command = openTracker({ kind: "tracker", tracker });
  return item;
}

const phaseIcons: Readonly<Record<PhaseState, string>> = {
  "not-started": "circle-large-outline",
  "in-progress": "play-circle",
  done: "pass",
  passed: "pass-filled",
  stale: "warning",
};

function phaseItem({ tracker, phase }: PhaseNode): vscode.TreeItem {
  const { number, title, shortTitle, state, done, total } = phase;
  const item = new vscode.TreeItem(
    `${number}. ${shortTitle ?? title}`,
    collapsible(true, tracker.currentPhase === number),
  );
  // Passed and stale are said in words too: the icon alone would leave it to shape and colour.
  const word = state === "passed" || state === "stale" ? ` · ${stateWord(state)}` : "";
  item.description = `${done}/${total}${word}`;
  item.iconPath = new vscode.ThemeIcon(phaseIcons[state]);
  const spoken = t("Phase {0}, {1}: {2}, {3} of {4} steps done", number, title, stateWord(state), done, total);
  item.accessibilityInformation = { label: spoken };
  return item;
}

function stepItem(node: StepNode): vscode.TreeItem {
  const { title, state } = node.step;
  const item = new vscode.TreeItem(title);
  const { Checked, Unchecked } = vscode.TreeItemCheckboxState;
  const spoken = `${title}, ${stepWord(state)}`;
  const tooltip = state === "done" ? t("Open this step again") : t("Tick this step");
  item.checkboxState = {
    state: state === "done" ? Checked : Unchecked,
    tooltip,
    accessibilityInformation: { label: spoken, role: "checkbox" },
  };
  if (state === "in-progress") item.description = stepWord(state);
  item.accessibilityInformation = { label: spoken };
  item.command = openTracker(node);
  return item;
}

function outputItem(node: Extract<Node, { kind: "output" }>): vscode.TreeItem {
  const { output } = node;
  const item = new vscode.TreeItem(t("Output"));
  // The state first: file names are longer than the side bar is wide.
  item.description = `${outputWord(output)} · ${output.file}`;
  const whole = output.exists && output.missing.length === 0;
  item.iconPath = new vscode.ThemeIcon(whole ? "file" : output.exists ? "file-text" : "new-file");
  item.accessibilityInformation = { label: t("Output document {0}, {1}", output.file, outputWord(output)) };
  item.command = { title: t("Open"), command: "dakota.openOutput", arguments: [node] };
  return item;
}

function gateItem(node: Extract<Node, { kind: "gate" }>): vscode.TreeItem {
  const { gate } = node;
  const item = new vscode.TreeItem(gate.title);
  item.description = gateWord(gate);
  item.iconPath = new vscode.ThemeIcon(gate.answer === undefined ? "lock" : "law");
  item.accessibilityInformation = { label: `${gate.title}, ${gateWord(gate)}` };
  item.command = openTracker(node);
  return item;
}

function collapsible(hasChildren: boolean, expanded: boolean): vscode.TreeItemCollapsibleState {
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  if (!hasChildren) return None;
  return expanded ? Expanded : Collapsed;
}

/** The state of a phase in words. */
export function stateWord(state: PhaseState): string {
  const words: Readonly<Record<PhaseState, string>> = {
    "not-started": t("not started"),
    "in-progress": t("in progress"),
    done: t("done"),
    passed: t("passed"),
    stale: t("stale"),
  };
  return words[state];
}

export function stepWord(state: StepNode["step"]["state"]): string {
  if (state === "open") return t("open");
  return state === "done" ? t("done") : t("in progress");
}

/** What is to be said of an output document: there, missing, or lacking sections. */
export function outputWord({ exists, missing, sections }: OutputProgress): string {
  if (!exists) return t("missing");
  if (missing.length === 0) return t("complete");
  return t("{0} of {1} sections missing", missing.length, sections.length);
}

export function gateWord({ answer, date }: GateProgress): string {
  if (answer === undefined) return t("open");
  return date === undefined ? answer : `${answer} · ${date}`;
}
