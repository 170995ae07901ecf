// The language status item: what Dakota takes the active file for, or why nothing is shown.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Shown } from "../../../client/extension.js";
import { extensionId, openFile, stageOrSkip, waitFor, writeFile } from "../harness.js";

describe("Language status", () => {
  let item: vscode.LanguageStatusItem;

  before(async () => {
    const extension = vscode.extensions.getExtension<Shown>(extensionId);
    assert(extension, `${extensionId} is not there`);
    item = (await extension.activate()).languageStatus;
  });

  after(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

  it("says what a file is, how many rules ran and what they found", async () => {
    await openFile("Dockerfile");
    await waitFor("the status", () => {
      assert.match(item.text, /^Dakota: Dockerfile · \d+ rules? · \d+ findings?$/);
      return true;
    });
    assert.equal(item.severity, vscode.LanguageStatusSeverity.Information);
    assert.equal(item.busy, false);
  });

  it("gives the reason where a file is nothing that is judged", async () => {
    await writeFile("shopping list.yaml", "milk: 2\nbread: 1\n");
    await openFile("shopping list.yaml");
    await waitFor("the status", () => item.text === "Dakota: not judged");
    assert.notEqual(item.detail, "");
    assert.equal(item.severity, vscode.LanguageStatusSeverity.Information);
  });

  it("follows the active editor", async () => {
    await openFile("shopping list.yaml");
    await waitFor("the first status", () => item.text === "Dakota: not judged");
    await openFile("Dockerfile");
    await waitFor("the second status", () => item.text.startsWith("Dakota: Dockerfile"));
  });

  it("explains the active file when asked, and not before", async function () {
    const stage = stageOrSkip(this);
    await openFile("Dockerfile");
    const toasts = () => stage.texts(".notification-toast-container");
    assert.deepEqual(await toasts(), []);
    // Ends only when somebody has answered.
    vscode.commands.executeCommand("dakota.showWhy");
    await waitFor("the explanation", async () =>
      (await toasts()).some((text) => text.includes("Dockerfile: Dockerfile · ")),
    );
    await vscode.commands.executeCommand("notifications.clearAll");
    await waitFor("it to go", async () => (await toasts()).length === 0);
  });
});
