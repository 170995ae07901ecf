// The pictures that the README shows: what is open, what is done before, and which part is kept.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { type Box, fileUri, findingsOf, type Stage, waitFor } from "../../test/vscode/harness.js";

export interface Scene {
  /** Name of the picture, without its ending. */
  readonly name: string;
  readonly theme: "light" | "dark";
  /** File to open, from the folder of examples. */
  readonly open?: string;
  /** What is done before the picture is taken; it has to wait for what it wants to show. */
  readonly prepare?: (stage: Stage) => Promise<void>;
  /** The part that is kept: a box in the window of 1280 by 800, or an element; all of it without one. */
  readonly keep?: Box | string;
}

export const scenes: readonly Scene[] = [
  { name: "dockerfile", theme: "light", open: "Dockerfile", prepare: () => showFindings("Dockerfile") },
  {
    name: "kubernetes",
    theme: "dark",
    open: "deploy/base/orders.yaml",
    prepare: () => showFindings("deploy/base/orders.yaml"),
  },
  { name: "terraform", theme: "light", open: "terraform/main.tf", prepare: () => showFindings("terraform/main.tf") },
  {
    name: "pipeline",
    theme: "dark",
    open: ".github/workflows/hotfix.yml",
    prepare: () => showFindings(".github/workflows/hotfix.yml"),
  },
  {
    name: "quick-fix",
    theme: "light",
    open: "deploy/base/orders.yaml",
    prepare: (stage) => offerFixes(stage, "deploy/base/orders.yaml", "k8s/run-as-non-root"),
  },
  { name: "phases", theme: "light", open: "docs/dop-phase-tracker.md", prepare: showPhases },
  { name: "gate", theme: "dark", prepare: showGate },
  { name: "protocol", theme: "light", prepare: showProtocol },
];

async function showFindings(path: string): Promise<void> {
  await waitFor(`findings in ${path}`, () => findingsOf(fileUri(path)).length > 0);
  await vscode.commands.executeCommand("workbench.actions.view.problems");
  await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
}

/** Opens the list of code actions at the first finding of a rule. */
async function offerFixes(stage: Stage, path: string, rule: string): Promise<void> {
  const finding = await waitFor(`a finding of ${rule}`, () =>
    findingsOf(fileUri(path)).find(({ code }) => typeof code === "object" && code.value === rule),
  );
  const editor = vscode.window.activeTextEditor;
  assert(editor);
  editor.selection = new vscode.Selection(finding.range.start, finding.range.start);
  editor.revealRange(finding.range, vscode.TextEditorRevealType.InCenter);
  await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
  await stage.press("Control+.");
  await waitFor("the list of code actions", async () => (await stage.texts(".action-widget")).length > 0);
}

async function showPhases(stage: Stage): Promise<void> {
  await vscode.commands.executeCommand("workbench.view.extension.dakota");
  const editor = vscode.window.activeTextEditor;
  assert(editor);
  const heading = editor.document.positionAt(editor.document.getText().indexOf("#### "));
  editor.revealRange(new vscode.Range(heading, heading), vscode.TextEditorRevealType.AtTop);
  await waitFor("the phases", async () => (await stage.texts(".pane-body .monaco-list-row")).length >= 5);
  // VS Code asks for lenses only where the focus is.
  await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
  await waitFor("the lenses", async () => (await stage.texts(".codelens-decoration")).length > 0);
}

async function showGate(stage: Stage): Promise<void> {
  await vscode.commands.executeCommand("workbench.view.extension.dakota");
  await waitFor("the phases", async () => (await stage.texts(".pane-body .monaco-list-row")).length >= 5);
  await vscode.commands.executeCommand("dakota.openGate");
  await waitFor("the gate", () => {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof vscode.TabInputWebview;
  });
}

async function showProtocol(stage: Stage): Promise<void> {
  await vscode.commands.executeCommand("dakota.showProtocol", "role-definition");
  await vscode.commands.executeCommand("dakota.checklists.focus");
  const rows = () => stage.texts(".pane-body .monaco-list-row");
  await waitFor("the lists", async () => (await rows()).some((text) => text.includes("Under way")));
}
