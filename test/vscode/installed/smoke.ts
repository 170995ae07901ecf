// Does the package work where it was installed, without the project round it?
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { extensionId, fileUri, openFile, waitFor, waitForFindings, writeFile } from "../harness.js";

describe("The installed package", () => {
  it("is what runs, not the project's folder", () => {
    const extension = vscode.extensions.getExtension(extensionId);
    assert(extension, `${extensionId} is not there`);
    assert.match(extension.extensionPath, /dakota-devops\.dakota-\d+\.\d+\.\d+/);
  });

  it("activates", async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    await extension?.activate();
    assert.equal(extension?.isActive, true);
  });

  it("finds what is wrong, in the parser that has to be loaded too", async () => {
    await writeFile("Dockerfile", "FROM node\nUSER app\n");
    await openFile("Dockerfile");
    await waitForFindings(fileUri("Dockerfile"), ["docker/image-tag"]);
    await writeFile("main.tf", 'terraform {\n  required_version = ">= 1.9"\n  backend "local" {}\n}\n');
    await openFile("main.tf");
    await waitForFindings(fileUri("main.tf"), ["terraform/remote-state"]);
    await vscode.workspace.fs.delete(fileUri("main.tf"));
  });

  it("brings its protocols and its rules' pages", async () => {
    await vscode.commands.executeCommand("dakota.createTracker");
    await waitFor("the tracker", () =>
      vscode.window.activeTextEditor?.document.getText().includes("### DOP Phase Tracker"),
    );
    const extension = vscode.extensions.getExtension(extensionId);
    assert(extension);
    const page = vscode.Uri.joinPath(extension.extensionUri, "docs/rules/docker/image-tag.md");
    assert((await vscode.workspace.fs.stat(page)).size > 0);
  });
});
