// The picture of a pipeline: the panel that the command opens, for which file it stands, and that it follows the text.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Shown } from "../../../client/extension.js";
import { extensionId, fileUri, openFile, waitFor, writeFile } from "../harness.js";

const workflow = `name: Release
on: push
jobs:
  unit:
    runs-on: ubuntu-24.04
    steps:
      - run: npm test
  ship:
    needs: unit
    environment: production
    runs-on: ubuntu-24.04
    steps:
      - run: kubectl apply -f k8s
`;

describe("Pipeline stages", () => {
  let html: () => string | undefined;

  before(async () => {
    const extension = vscode.extensions.getExtension<Shown>(extensionId);
    assert(extension, `${extensionId} is not there`);
    html = (await extension.activate()).pipeline.html;
    await writeFile(".github/workflows/release.yml", workflow);
  });

  after(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

  const panels = (): readonly string[] =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .flatMap(({ input, label }) => (input instanceof vscode.TabInputWebview ? [label] : []));

  it("are shown in one panel that follows the document", async () => {
    const editor = await openFile(".github/workflows/release.yml");
    await vscode.commands.executeCommand("dakota.showPipeline");
    await waitFor("the panel", () => panels().includes("Stages of release.yml"));
    const page = html() ?? "";
    assert.match(page, /default-src 'none'; style-src 'nonce-[\w+/=]+'"/);
    assert.match(page, />missing<\/text>/);
    assert.doesNotMatch(page, /<script|trivy/);
    const end = editor.document.positionAt(workflow.length);
    await editor.edit((edit) => edit.insert(end, "      - run: trivy fs .\n"));
    await waitFor("the new step in the picture", () => html()?.includes("trivy fs ."));
    assert.equal(panels().length, 1);
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  it("are replaced by the reason where a file is no pipeline", async () => {
    await openFile(".github/workflows/release.yml");
    await vscode.commands.executeCommand("dakota.showPipeline");
    await vscode.window.showTextDocument(fileUri("Dockerfile"), { viewColumn: vscode.ViewColumn.One });
    await vscode.commands.executeCommand("dakota.showPipeline");
    await waitFor("the reason", () => html()?.includes("a Dockerfile is no pipeline"));
    await waitFor("its title", () => panels().join() === "Stages of Dockerfile");
    assert.doesNotMatch(html() ?? "", /<svg/);
  });
});
