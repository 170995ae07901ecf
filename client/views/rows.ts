// How a row of the Phases tree looks and reads: label, description, icon, checkbox, tooltip and what a screen reader says.
import * as vscode from "vscode";
import {
  findingsWord,
  gateWord,
  outputWord,
  type PhaseState,
  stateWord,
  stepWord,
  type TrackerProgress,
} from "../../server/messages.js";
import { isUnreadable } from "../progress.js";
import {
  childrenOf,
  type EvidenceNode,
  idOf,
  lineOf,
  type Node,
  nextStep,
  type PhaseNode,
  type StepNode,
} from "./nodes.js";

const { t } = vscode.l10n;

/** The row of a node, without its tooltip. */
export function toTreeItem(node: Node): vscode.TreeItem {
  const item = shapeOf(node);
  item.id = idOf(node);
  item.contextValue = lineOf(node) === undefined ? contextOf(node) : `${contextOf(node)};line`;
  return item;
}

/** What the menus ask for: the kind of row, and what can be done with it. */
function contextOf(node: Node): string {
  if (node.kind === "tracker") return node.tracker.bare ? "tracker;bare" : "tracker";
  if (node.kind !== "phase") return node.kind;
  const { steps, output, gate } = node.phase;
  const shown = steps.some(({ state, shown }) => state !== "done" && shown === "found");
  return ["phase", output && "output", gate && "gate", shown && "shown"].filter(Boolean).join(";");
}

function shapeOf(node: Node): vscode.TreeItem {
  switch (node.kind) {
    case "tracker":
      return trackerItem(node.tracker);
    case "phase":
      return phaseItem(node);
    case "step":
      return stepItem(node);
    case "evidence":
      return evidenceItem(node);
    case "output":
      return outputItem(node);
    case "findings":
      return findingsItem(node);
    case "gate":
      return gateItem(node);
  }
}

const openTracker = (node: Node): vscode.Command => ({
  title: t("Open"),
  command: "dakota.openTracker",
  arguments: [node],
});

function trackerItem(tracker: TrackerProgress): vscode.TreeItem {
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
  const { number, title, shortTitle, state, done, total, findings } = phase;
  const item = new vscode.TreeItem(
    `${number}. ${shortTitle ?? title}`,
    collapsible(true, tracker.currentPhase === number),
  );
  // Passed and stale are said in words too: the icon alone would leave it to shape and colour.
  const word = state === "passed" || state === "stale" ? stateWord(state, t) : "";
  const found = findings && findings.errors + findings.warnings > 0 ? findingsWord(findings, t) : "";
  item.description = [`${done}/${total}`, word, found].filter((part) => part !== "").join(" · ");
  item.iconPath = new vscode.ThemeIcon(phaseIcons[state]);
  const spoken = t("Phase {0}, {1}: {2}, {3} of {4} steps done", number, title, stateWord(state, t), done, total);
  item.accessibilityInformation = { label: [spoken, found].filter((part) => part !== "").join(", ") };
  return item;
}

function stepItem(node: StepNode): vscode.TreeItem {
  const { title, state, shown } = node.step;
  const item = new vscode.TreeItem(title, collapsible(childrenOf(node).length > 0, false));
  const { Checked, Unchecked } = vscode.TreeItemCheckboxState;
  const said = stepNote(node);
  const spoken = [title, stepWord(state, t), shown === "found" ? t("evidence found") : "", said]
    .filter((part, i, all) => part !== "" && all.indexOf(part) === i)
    .join(", ");
  const tooltip = state === "done" ? t("Open this step again") : t("Tick this step");
  item.checkboxState = {
    state: state === "done" ? Checked : Unchecked,
    tooltip,
    accessibilityInformation: { label: spoken, role: "checkbox" },
  };
  item.description = said;
  item.accessibilityInformation = { label: spoken };
  item.command = openTracker(node);
  return item;
}

/** What is worth a word beside an open step: that it is under way, seems done, or is the next one. */
function stepNote({ tracker, phase, step }: StepNode): string {
  if (step.state === "in-progress") return stepWord(step.state, t);
  if (step.state === "done") return "";
  if (step.shown === "found") return t("evidence found");
  return tracker.currentPhase === phase.number && nextStep(phase) === step ? t("next") : "";
}

function evidenceItem({ evidence, place }: EvidenceNode): vscode.TreeItem {
  if (!place) {
    const item = new vscode.TreeItem(evidence.text);
    item.iconPath = new vscode.ThemeIcon(
      evidence.state === "found" ? "check" : evidence.state === "missing" ? "dash" : "question",
    );
    item.accessibilityInformation = { label: `${evidenceWord(evidence.state)}: ${evidence.text}` };
    return item;
  }
  const uri = vscode.Uri.parse(place.uri);
  const file = `${vscode.workspace.asRelativePath(uri)}:${place.line + 1}`;
  const item = new vscode.TreeItem(t("found: {0}", place.what === "" ? file : place.what));
  item.description = place.what === "" ? "" : file;
  item.iconPath = new vscode.ThemeIcon("check");
  item.accessibilityInformation = { label: t("found: {0} in {1}", place.what, file) };
  const at = new vscode.Range(place.line, 0, place.line, 0);
  item.command = { title: t("Open"), command: "vscode.open", arguments: [uri, { selection: at, preview: true }] };
  return item;
}

export function evidenceWord(state: EvidenceNode["evidence"]["state"]): string {
  if (state === "found") return t("found");
  return state === "missing" ? t("not found") : t("cannot be seen");
}

function findingsItem(node: Extract<Node, { kind: "findings" }>): vscode.TreeItem {
  const { findings } = node;
  const item = new vscode.TreeItem(t("Findings"));
  item.description = findingsWord(findings, t);
  const clean = findings.errors + findings.warnings + findings.information + findings.hints === 0;
  item.iconPath = new vscode.ThemeIcon(findings.errors > 0 ? "error" : clean ? "pass" : "warning");
  item.accessibilityInformation = { label: t("Findings of the phase's rules: {0}", findingsWord(findings, t)) };
  if (!clean) item.command = { title: t("Show"), command: "dakota.showPhaseFindings", arguments: [node] };
  return item;
}

function outputItem(node: Extract<Node, { kind: "output" }>): vscode.TreeItem {
  const { output } = node;
  const item = new vscode.TreeItem(t("Output"));
  // The state first: file names are longer than the side bar is wide.
  item.description = `${outputWord(output, t)} · ${output.file}`;
  const whole = output.exists && output.missing.length === 0;
  item.iconPath = new vscode.ThemeIcon(whole ? "file" : output.exists ? "file-text" : "new-file");
  item.accessibilityInformation = { label: t("Output document {0}, {1}", output.file, outputWord(output, t)) };
  item.command = { title: t("Open"), command: "dakota.openOutput", arguments: [node] };
  return item;
}

function gateItem(node: Extract<Node, { kind: "gate" }>): vscode.TreeItem {
  const { gate, phase } = node;
  const item = new vscode.TreeItem(gate.title);
  item.description = phase.state === "stale" ? `${stateWord("stale", t)} · ${gateWord(gate, t)}` : gateWord(gate, t);
  item.iconPath = new vscode.ThemeIcon(
    phase.state === "stale" ? "warning" : gate.answer === undefined ? "lock" : "law",
  );
  item.accessibilityInformation = { label: `${gate.title}, ${item.description}` };
  item.command = { title: t("Open Gate"), command: "dakota.openGate", arguments: [node] };
  return item;
}

function collapsible(hasChildren: boolean, expanded: boolean): vscode.TreeItemCollapsibleState {
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  if (!hasChildren) return None;
  return expanded ? Expanded : Collapsed;
}
