// Is this the VS Code we mean, and does it take the extension?
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { extensionId, stageOrSkip, waitFor } from "../harness.js";

describe("VS Code", () => {
  it("is the oldest version that the manifest allows, or newer", () => {
    const [major = 0, minor = 0] = vscode.version.split(".").map(Number);
    assert(major === 1 && minor >= 100, vscode.version);
  });

  it("activates the extension", async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    assert(extension, `${extensionId} is not there`);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it("finds files by pattern", async () => {
    const found = await vscode.workspace.findFiles("**/*");
    assert(found.length > 0);
  });

  it("sees files change on disk", async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert(folder);
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, "watched.txt"));
    try {
      let seen = false;
      watcher.onDidCreate(() => {
        seen = true;
      });
      const { writeFileSync } = await import("node:fs");
      await waitFor("the change to be seen", () => {
        writeFileSync(vscode.Uri.joinPath(folder.uri, "watched.txt").fsPath, String(Date.now()));
        return seen;
      });
    } finally {
      watcher.dispose();
    }
  });

  it("takes keys", async function () {
    const stage = stageOrSkip(this);
    await stage.press("F1");
    await waitFor("the command palette", async () => (await stage.texts(".quick-input-widget")).length > 0);
    await stage.press("Escape");
  });
});
