// Does the package work where it was installed, without the project round it?
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { extensionId } from "../harness.js";

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
});
