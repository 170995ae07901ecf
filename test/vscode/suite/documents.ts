// Snippets and pages: documents that come whole, at the cursor or in a new editor, and rule pages without a network.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { fileUri, openFile, waitFor, writeFile } from "../harness.js";

const incidentFields = ["Incident ID", "Date", "Duration", "Severity", "Reported By", "Incident Commander"];
const incidentSections = [
  "Summary",
  "Impact",
  "Timeline",
  "Root Cause",
  "Resolution",
  "Why Did This Happen?",
  "Action Items",
  "Lessons Learned",
  "Attachments",
];
const runbookSections = ["Trigger", "Triage", "Mitigation", "Rollback", "Escalation", "Verification"];

const sectionsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^## (.*)$/gm)].map(([, title = ""]) => title);
const close = () => vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");

function activeText(): string {
  const editor = vscode.window.activeTextEditor;
  assert(editor, "an editor is active");
  assert.equal(editor.document.languageId, "markdown");
  return editor.document.getText();
}

describe("Documents", () => {
  afterEach(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

  it("inserts an incident report into a new document and leaves the open file alone", async () => {
    const editor = await openFile("Dockerfile");
    const before = editor.document.getText();
    const began = new Date();
    await vscode.commands.executeCommand("dakota.insertIncidentReport");
    const text = activeText();
    assert.deepEqual(sectionsOf(text), incidentSections);
    for (const field of incidentFields) assert.match(text, new RegExp(`^\\*\\*${field}\\*\\*: \\S`, "m"));
    const days = [began, new Date()].map((date) => date.toISOString().slice(0, 10));
    assert(days.includes(/^\*\*Date\*\*: (.*)$/m.exec(text)?.[1] ?? ""), "the date is the one in UTC");
    const times = [began, new Date()].map((date) => date.toISOString().slice(11, 16));
    assert(times.includes(/^\*\*(\d\d:\d\d) UTC\*\* - /m.exec(text)?.[1] ?? ""), "the timeline begins now, in UTC");
    assert.doesNotMatch(text, /CURRENT_|\$\{|\$\d/);
    assert.equal(editor.document.getText(), before);
    await close();
  });

  it("fills a Markdown document that is empty", async () => {
    const uri = await writeFile("runbooks/high error rate.md", "");
    await vscode.window.showTextDocument(uri);
    await vscode.commands.executeCommand("dakota.insertRunbook");
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), uri.toString());
    assert.deepEqual(sectionsOf(activeText()), runbookSections);
    await close();
  });

  it("lets the user go through what is to be filled in", async () => {
    await vscode.commands.executeCommand("dakota.insertRunbook");
    const editor = vscode.window.activeTextEditor;
    assert(editor);
    const selected = () => editor.document.getText(editor.selection);
    const seen = [selected()];
    await vscode.commands.executeCommand("jumpToNextSnippetPlaceholder");
    seen.push(await waitFor("the next placeholder", () => selected() !== seen[0] && selected()));
    assert.deepEqual(seen, ["what fails", "service"]);
    await close();
  });

  for (const [name, sections] of [
    ["Runbook", runbookSections],
    ["Incident Report", incidentSections],
  ] as const) {
    it(`inserts the snippet "${name}" at the cursor`, async () => {
      const uri = await writeFile("notes.md", "# Notes\n\n");
      const editor = await vscode.window.showTextDocument(uri);
      editor.selection = new vscode.Selection(2, 0, 2, 0);
      await vscode.commands.executeCommand("editor.action.insertSnippet", { langId: "markdown", name });
      const text = await waitFor("the snippet", () => sectionsOf(activeText()).length > 0 && activeText());
      assert(text.startsWith("# Notes\n\n# "));
      assert.deepEqual(sectionsOf(text), sections);
      assert.doesNotMatch(text, /CURRENT_|\$\{|\$\d/);
      await close();
    });
  }

  it("opens the page of a rule", async () => {
    await vscode.commands.executeCommand("dakota.openRulePage", "dakota/syntax");
    const tab = await waitFor("the preview", () => {
      const active = vscode.window.tabGroups.activeTabGroup.activeTab;
      return active?.input instanceof vscode.TabInputWebview && active;
    });
    assert.match(tab.label, /syntax\.md/);
  });

  it("opens nothing for an id that is none", async () => {
    await openFile("Dockerfile");
    await vscode.commands.executeCommand("dakota.openRulePage", "../../README");
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), fileUri("Dockerfile").toString());
    assert.equal(vscode.window.tabGroups.activeTabGroup.tabs.length, 1);
    await vscode.commands.executeCommand("notifications.clearAll");
  });
});
