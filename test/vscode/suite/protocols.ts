// A protocol followed from an empty repository to its first gate, and back: tracker, steps, document, Clarify, Yes, stale.
// The same with three protocols, one of them a team's own. Gates are answered with mouse and keys, as by a human.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Shown } from "../../../client/extension.js";
import type { Node, PhaseNode } from "../../../client/views/nodes.js";
import type { PhaseProgress } from "../../../server/messages.js";
import {
  extensionId,
  fileUri,
  openFile,
  type Stage,
  stageOrSkip,
  waitFor,
  workspaceFolder,
  writeFile,
} from "../harness.js";

const team = `id: team
title: Our Way to Production
purpose: Three phases of our own.
gateAnswers:
  - { word: "Yes", passes: true }
  - { word: "No", passes: false }
  - { word: Clarify, passes: false }
phases:
  - number: 1
    title: Agree
    objective: Know what is asked for.
    steps:
      - title: Agree on the service
        checkpoint: Service agreed on
      - title: Write it down
        checkpoint: Agreement written
    output:
      file: agreement.md
      sections:
        - { title: Service, prompt: What is it? }
        - { title: Owner, prompt: Who answers at night? }
    gate: { title: Go ahead }
  - number: 2
    title: Build
    objective: Build it.
    steps:
      - title: Build the image
        checkpoint: Image built
    gate: { title: Ready to ship }
  - number: 3
    title: Run
    objective: Run it.
    steps:
      - title: Write a runbook
        checkpoint: Runbook written
    gate: { title: In operation }
tracker:
  heading: Our Phase Tracker
  level: 2
  columns: { phase: Phase, title: Title, status: Status, notes: Notes }
  statuses:
    - { meaning: not-started, label: Not Started }
    - { meaning: in-progress, label: In Progress }
    - { meaning: complete, label: Complete }
  log:
    heading: Gate Log
    columns: { date: Date, phase: Phase, answer: Answer, by: By, evidence: Evidence }
prompts:
  - { title: Night, question: Who is called at night? }
`;

for (const [id, phases] of [
  ["dop", 5],
  ["master", 4],
  ["team", 3],
] as const)
  describe(`Following "${id}"`, () => {
    let shown: Shown;
    let tracker: vscode.TextDocument;

    before(async () => {
      const extension = vscode.extensions.getExtension<Shown>(extensionId);
      assert(extension, `${extensionId} is not there`);
      shown = await extension.activate();
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      // What VS Code has to say about snippets for languages that it does not know would cover the button.
      await vscode.commands.executeCommand("notifications.clearAll");
      await remove("docs");
      await waitFor("no tracker", async () => (await rows()).length === 0);
      if (id !== "team") return;
      await writeFile(".dakota/protocols/team.yaml", team);
      await openFile(".dakota/protocols/team.yaml");
    });

    after(async () => {
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await remove("docs");
      await remove(".dakota");
      await waitFor("no tracker", async () => (await rows()).length === 0);
    });

    const rows = async (parent?: Node): Promise<readonly Node[]> => (await shown.phases.getChildren(parent)) ?? [];

    async function row(number: number): Promise<PhaseNode> {
      const found = (await rows()).find((node) => node.kind === "phase" && node.phase.number === number);
      assert(found?.kind === "phase", `phase ${number} is shown`);
      return found;
    }

    const waitForPhase = (what: string, number: number, holds: (phase: PhaseProgress) => boolean) =>
      waitFor(what, async () => {
        const { phase } = await row(number);
        assert(holds(phase), JSON.stringify(phase));
        return phase;
      });

    it("creates the tracker with every phase, the first one current", async () => {
      const create = () => vscode.commands.executeCommand("dakota.createTracker", workspaceFolder(), id);
      await waitFor("the protocol to be in force", async () => {
        await create();
        return vscode.window.activeTextEditor?.document.uri.path.endsWith(`/docs/${id}-phase-tracker.md`);
      });
      const editor = vscode.window.activeTextEditor;
      assert(editor);
      tracker = editor.document;
      const found = await waitFor("the phases", async () => {
        const now = await rows();
        return now.length > 0 && now;
      });
      assert.deepEqual(
        found.map((node) => node.kind === "phase" && node.phase.number),
        Array.from({ length: phases }, (_, i) => i + 1),
      );
    });

    it("keeps the page of a gate at what holds, also while nobody sees it", async () => {
      await vscode.commands.executeCommand("dakota.openGate", await row(1));
      await waitFor("the page", () => shown.gate.html()?.includes("Checkpoints: 0 of"));
      await vscode.window.showTextDocument(tracker);
      const toggle = async () => {
        const { phase, tracker: progress } = await row(1);
        await vscode.commands.executeCommand("dakota.toggleStep", { tracker: progress, step: phase.steps[0] });
      };
      await toggle();
      await waitFor("the tick on the page", () => shown.gate.html()?.includes("Checkpoints: 1 of"));
      await toggle();
      await waitFor("the page without it", () => shown.gate.html()?.includes("Checkpoints: 0 of"));
    });

    it("takes what was begun for one gate for no answer to another", async function () {
      const stage = stageOrSkip(this);
      await vscode.commands.executeCommand("dakota.openGate", await row(1));
      await waitFor("the page", async () => (await stage.texts("#form")).length > 0);
      await stage.click('input[value="Clarify"]');
      await stage.fill("#remark", "Only begun");
      const chosen = async () => (await stage.texts("[name=answer]:checked")).length;
      await waitFor("the choice", async () => (await chosen()) === 1);
      await vscode.commands.executeCommand("dakota.openGate", await row(2));
      await waitFor("the other gate", () => shown.gate.html()?.includes("of phase 2"));
      await waitFor("a form without a choice", async () => (await chosen()) === 0);
      await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    });

    it("follows the first phase until its gate alone is open", async () => {
      const { phase, tracker: progress } = await row(1);
      for (const step of phase.steps)
        await vscode.commands.executeCommand("dakota.toggleStep", { tracker: progress, step });
      await waitForPhase("all steps to be done", 1, ({ done, total }) => done === total);
      if (phase.output) {
        await vscode.commands.executeCommand("dakota.openOutput", await row(1));
        const document = vscode.window.activeTextEditor?.document;
        assert(document);
        assert(document.uri.path.endsWith(phase.output.file));
        const written = document.getText().replace(/<!--[\s\S]*?-->/g, "Agreed on by all, in the meeting of Monday.");
        await replaceAll(document, written);
        await document.save();
      }
      await waitForPhase(
        "nothing but the gate to be open",
        1,
        ({ state, output }) => state === "done" && (!output || (output.exists && output.missing.length === 0)),
      );
    });

    it("takes Clarify with a remark, and the gate stays closed", async function () {
      const stage = stageOrSkip(this);
      await vscode.commands.executeCommand("dakota.openGate", await row(1));
      await answer(stage, "Clarify", "Who pays for the second region?");
      await waitForPhase("the answer", 1, ({ gate, state }) => gate?.answer === "Clarify" && state !== "passed");
      const text = tracker.getText();
      assert.match(text, /\| Clarify +\| Priya +\| Who pays for the second region\?; \d of \d checkpoints/);
    });

    it("takes no answer without a name, and no refusal without a remark", async function () {
      const stage = stageOrSkip(this);
      const before = tracker.getText();
      await answer(stage, "No", "");
      await waitFor("the reason", async () =>
        (await stage.texts("#told")).some((text) => text.includes("needs a remark")),
      );
      await stage.fill("#by", "");
      await stage.click("#submit");
      await waitFor("the reason", async () =>
        (await stage.texts("#told")).some((text) => text.includes("needs the name")),
      );
      assert.equal(tracker.getText(), before);
    });

    it("takes Yes, which opens the next phase", async function () {
      const stage = stageOrSkip(this);
      const { phase } = await row(1);
      await answer(stage, "Yes", "");
      if (phase.open.length > 0) {
        await stage.click("#knowing");
        await stage.click("#submit");
      }
      await waitForPhase("the gate to be passed", 1, ({ state }) => state === "passed");
      const [first] = await rows();
      assert(first?.kind === "phase" && first.phase.number === 2, "the second phase is current and comes first");
      assert.match(shown.statusBar.text, /Phase 2/);
    });

    it("takes a Yes back by one undo, and again by one redo", async () => {
      await vscode.window.showTextDocument(tracker);
      const after = tracker.getText();
      await vscode.commands.executeCommand("undo");
      assert.notEqual(tracker.getText(), after);
      await waitForPhase("the gate to be open again", 1, ({ state }) => state !== "passed");
      await vscode.commands.executeCommand("redo");
      assert.equal(tracker.getText(), after);
      await waitForPhase("the gate to be passed", 1, ({ state }) => state === "passed");
      await tracker.save();
    });

    it("turns the gate stale when its document breaks, says why, and heals", async function () {
      const { phase } = await row(1);
      if (!phase.output) return this.skip();
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(phase.output.uri));
      const whole = document.getText();
      const [section = ""] = phase.output.sections;
      await vscode.window.showTextDocument(document);
      await replaceAll(document, whole.replace(`## ${section}`, "## Something else"));
      const stale = await waitForPhase("the gate to be stale", 1, ({ state }) => state === "stale");
      assert.deepEqual(stale.fallen, [`${phase.output.file} has no section "${section}" any more`]);
      await replaceAll(document, whole);
      await waitForPhase("the gate to be passed", 1, ({ state }) => state === "passed");
      await document.save();
    });

    it("says on the tracker itself how far it is", async () => {
      const lenses = await waitFor("the lenses", async () => {
        const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
          "vscode.executeCodeLensProvider",
          tracker.uri,
        );
        return found.length > 0 && found.map(({ command }) => command?.title ?? "");
      });
      assert(lenses.includes("gate passed"), lenses.join());
      assert(
        lenses.some((title) => title.startsWith("next: ")),
        lenses.join(),
      );
      assert.equal(lenses.filter((title) => title === "answer gate").length, 1);
    });

    /** Chooses an answer on the gate's page and presses the button. */
    async function answer(stage: Stage, word: string, remark: string): Promise<void> {
      await waitFor("the page", async () => (await stage.texts("#form")).length > 0);
      await stage.click(`input[value="${word}"]`);
      await stage.fill("#by", "Priya");
      await stage.fill("#remark", remark);
      if ((await stage.texts("#submit[disabled]")).length === 0) await stage.click("#submit");
    }
  });

async function replaceAll(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert(await vscode.workspace.applyEdit(edit));
}

/** Removes a folder, where it is there. */
async function remove(path: string): Promise<void> {
  try {
    await vscode.workspace.fs.delete(fileUri(path), { recursive: true });
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError) || error.code !== "FileNotFound") throw error;
  }
}
