// The Phases view and what hangs on it, from an empty folder: tracker, rows, boxes, output documents, status bar.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Shown } from "../../../client/extension.js";
import type { Node, StepNode } from "../../../client/views/nodes.js";
import { extensionId, openFile, stageOrSkip, waitFor, workspaceFolder } from "../harness.js";

describe("Phases", () => {
  let shown: Shown;
  let tracker: vscode.TextDocument;

  before(async () => {
    const extension = vscode.extensions.getExtension<Shown>(extensionId);
    assert(extension, `${extensionId} is not there`);
    shown = await extension.activate();
  });

  after(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

  const rows = async (parent?: Node): Promise<readonly Node[]> => (await shown.phases.getChildren(parent)) ?? [];
  const itemOf = async (node: Node): Promise<vscode.TreeItem> => shown.phases.getTreeItem(node);

  /** The steps of the first phase, as the view shows them now. */
  async function steps(): Promise<readonly StepNode[]> {
    const [phase] = await rows();
    assert(phase, "there is a first phase");
    return (await rows(phase)).filter((node) => node.kind === "step");
  }

  async function stepAt(index: number): Promise<StepNode> {
    const step = (await steps())[index];
    assert(step, `there is a step ${index}`);
    return step;
  }

  /** Waits until the first phase shows this many done steps. */
  const waitForDone = (done: number) =>
    waitFor(`${done} steps to be done`, async () => {
      const [phase] = await rows();
      assert(phase?.kind === "phase" && phase.phase.done === done, JSON.stringify(phase));
      return true;
    });

  it("offers to create a tracker where there is none", async function () {
    const stage = stageOrSkip(this);
    await vscode.commands.executeCommand("dakota.phases.focus");
    await waitFor("the welcome text", async () => {
      const texts = await stage.texts(".welcome-view-content .monaco-button");
      return texts.some((text) => text.includes("Create Tracker"));
    });
    assert.deepEqual(await rows(), []);
  });

  it("creates a tracker, and opens the same one the next time", async () => {
    await vscode.commands.executeCommand("dakota.createTracker");
    const editor = vscode.window.activeTextEditor;
    assert(editor, "the tracker is open");
    tracker = editor.document;
    assert(tracker.uri.path.startsWith(workspaceFolder().path));
    assert.match(tracker.getText(), /DOP Phase Tracker/);
    await editor.edit((edit) => edit.insert(new vscode.Position(tracker.lineCount, 0), "\nA note of ours.\n"));
    await tracker.save();
    const text = tracker.getText();
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await vscode.commands.executeCommand("dakota.createTracker");
    assert.equal(vscode.window.activeTextEditor?.document.getText(), text);
  });

  it("shows every phase with its steps, output and gate", async () => {
    const phases = await waitFor("the phases", async () => {
      const found = await rows();
      return found.length > 0 && found;
    });
    assert.equal(phases.length, 5);
    const items = await Promise.all(phases.map(itemOf));
    assert.deepEqual(
      items.map(({ label }) => String(label).slice(0, 3)),
      ["1. ", "2. ", "3. ", "4. ", "5. "],
    );
    for (const { description } of items) assert.match(String(description), /^0\/\d+$/);
    const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    assert.deepEqual(
      items.map(({ collapsibleState }) => collapsibleState),
      [Expanded, Collapsed, Collapsed, Collapsed, Collapsed],
    );
    for (const phase of phases) {
      const kinds = (await rows(phase)).map(({ kind }) => kind);
      // Findings come when every file has been judged.
      assert.match(kinds.join(), /^(step,)+output,(findings,)?gate$/);
    }
  });

  it("gives every row an id of its own that outlives edits", async () => {
    const ids = async () => {
      const phases = await rows();
      const children = await Promise.all(phases.map((phase) => rows(phase)));
      const items = await Promise.all([...phases, ...children.flat()].map(itemOf));
      return items.map(({ id }) => id);
    };
    const before = await ids();
    assert.equal(new Set(before).size, before.length);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(tracker.uri, new vscode.Position(0, 0), "Above everything.\n\n");
    const [{ line: shownLine } = { line: undefined }] = (await steps()).map(({ step }) => step);
    await vscode.workspace.applyEdit(edit);
    await waitFor("the lines to move", async () => (await stepAt(0)).step.line === (shownLine ?? 0) + 2);
    assert.deepEqual(await ids(), before);
    await vscode.commands.executeCommand("undo");
    await waitFor("the lines to move back", async () => (await stepAt(0)).step.line === shownLine);
    await tracker.save();
  });

  it("says everything about a row in its tooltip, and to a screen reader", async () => {
    const node = await stepAt(0);
    const item = await itemOf(node);
    assert.equal(item.tooltip, undefined);
    const token = new vscode.CancellationTokenSource().token;
    const resolved = await shown.phases.resolveTreeItem?.(item, node, token);
    assert(resolved?.tooltip instanceof vscode.MarkdownString);
    assert(resolved.tooltip.value.length > node.step.title.length);
    assert.equal(resolved.tooltip.isTrusted ?? false, false);
    assert.match(item.accessibilityInformation?.label ?? "", /, next$/);
  });

  it("ticks a step by one character and saves a document that had been saved", async () => {
    const before = tracker.getText();
    const node = await stepAt(0);
    assert.equal(tracker.isDirty, false);
    await vscode.commands.executeCommand("dakota.toggleStep", node);
    const changed = differences(before, tracker.getText());
    assert.deepEqual(changed, [{ line: node.step.line, from: " ", to: "x" }]);
    assert.equal(tracker.isDirty, false);
    await waitForDone(1);
    const item = await itemOf(await stepAt(0));
    assert(typeof item.checkboxState === "object");
    assert.equal(item.checkboxState.state, vscode.TreeItemCheckboxState.Checked);
  });

  it("opens a step again, and leaves a document unsaved that was", async () => {
    const saved = tracker.getText();
    const note = new vscode.WorkspaceEdit();
    note.insert(tracker.uri, new vscode.Position(tracker.lineCount, 0), "Not saved yet.\n");
    await vscode.workspace.applyEdit(note);
    const before = tracker.getText();
    await vscode.commands.executeCommand("dakota.toggleStep", await stepAt(0));
    assert.deepEqual(
      differences(before, tracker.getText()).map(({ from, to }) => [from, to]),
      [["x", " "]],
    );
    assert.equal(tracker.isDirty, true);
    await vscode.window.showTextDocument(tracker);
    await vscode.commands.executeCommand("undo");
    assert.equal(tracker.getText(), before, "one undo takes the tick back and nothing else");
    await vscode.commands.executeCommand("undo");
    assert.equal(tracker.getText(), saved);
    await tracker.save();
    await waitForDone(1);
  });

  it("loses no tick of several at once", async () => {
    const nodes = (await steps()).slice(1, 3);
    assert.equal(nodes.length, 2);
    await Promise.all(nodes.map((node) => vscode.commands.executeCommand("dakota.toggleStep", node)));
    await waitForDone(1 + nodes.length);
    for (const index of nodes.keys())
      await vscode.commands.executeCommand("dakota.toggleStep", await stepAt(index + 1));
    await waitForDone(1);
  });

  it("ticks by a click on the box", async function () {
    const stage = stageOrSkip(this);
    const box = ".custom-view-tree-node-item-checkbox";
    await vscode.commands.executeCommand("dakota.phases.focus");
    // A row that is being drawn anew takes no click: all findings have to be known before.
    await waitFor("the findings", async () =>
      (await rows()).some((node) => node.kind === "phase" && node.phase.findings !== undefined),
    );
    await waitFor("the boxes to be drawn", async () => (await stage.texts(`${box}[aria-checked="true"]`)).length === 1);
    const before = tracker.getText();
    const { step } = await stepAt(1);
    await stage.click(`.pane-body .monaco-list-row[aria-label^="${step.title}"] ${box}`);
    await waitForDone(2);
    assert.deepEqual(differences(before, tracker.getText()), [{ line: step.line, from: " ", to: "x" }]);
    await vscode.commands.executeCommand("dakota.toggleStep", await stepAt(1));
    await waitForDone(1);
  });

  it("shows in the tree what is edited by hand", async () => {
    const { line } = (await stepAt(1)).step;
    assert(line !== undefined);
    const edit = new vscode.WorkspaceEdit();
    const at = tracker.lineAt(line).text.indexOf("[ ]") + 1;
    edit.replace(tracker.uri, new vscode.Range(line, at, line, at + 1), "-");
    await vscode.workspace.applyEdit(edit);
    await waitFor("the step to be in progress", async () => (await stepAt(1)).step.state === "in-progress");
    assert.equal((await itemOf(await stepAt(1))).description, "in progress");
    await tracker.save();
  });

  it("shows the current phase in the status bar", async function () {
    const [phase] = await rows();
    assert(phase?.kind === "phase");
    assert.equal(shown.statusBar.text, `$(checklist) Phase 1 · 1/${phase.phase.total}`);
    const stage = stageOrSkip(this);
    const visible = async () => (await stage.texts(".statusbar-item")).some((text) => text.includes("Phase 1 · 1/"));
    await waitFor("the status bar item", visible);
    const settings = vscode.workspace.getConfiguration("dakota");
    await settings.update("statusBar.enabled", false, vscode.ConfigurationTarget.Workspace);
    await waitFor("the status bar item to go", async () => !(await visible()));
    await settings.update("statusBar.enabled", undefined, vscode.ConfigurationTarget.Workspace);
    await waitFor("the status bar item to come back", visible);
  });

  it("creates an output document once, with its sections, and opens it from then on", async () => {
    const [phase] = await rows();
    assert(phase?.kind === "phase");
    const { output } = phase.phase;
    assert.equal(output?.exists, false);
    await vscode.commands.executeCommand("dakota.openOutput", phase);
    const created = vscode.window.activeTextEditor?.document;
    assert.equal(created?.uri.toString(), vscode.Uri.parse(output.uri).toString());
    for (const section of output.sections) assert(created.getText().includes(section), section);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(created.uri, new vscode.Position(0, 0), "<!-- ours -->\n");
    await vscode.workspace.applyEdit(edit);
    await created.save();
    const text = created.getText();
    // With the row as it was, which did not know of the document.
    await vscode.commands.executeCommand("dakota.openOutput", phase);
    assert.equal(vscode.window.activeTextEditor?.document.getText(), text);
    await waitFor("the tree to see the document", async () => {
      const [now] = await rows();
      return now?.kind === "phase" && now.phase.output?.exists;
    });
  });

  it("opens the tracker at the line of a row", async () => {
    const node = await stepAt(1);
    await openFile("Dockerfile");
    await vscode.commands.executeCommand("dakota.openTracker", node);
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.toString(), tracker.uri.toString());
    assert.equal(editor.selection.active.line, node.step.line);
  });
});

interface Difference {
  readonly line: number;
  readonly from: string;
  readonly to: string;
}

/** Every character that differs between two texts of the same length. */
function differences(before: string, after: string): readonly Difference[] {
  assert.equal(after.length, before.length);
  return [...before].flatMap((from, index) => {
    const to = after.charAt(index);
    return to === before.charAt(index) ? [] : [{ line: before.slice(0, index).split("\n").length - 1, from, to }];
  });
}
