// "Show Protocol": a protocol as a document in the Markdown preview; and the Checklists view, which can be read unfolded.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Shown } from "../../../client/extension.js";
import { extensionId, waitFor } from "../harness.js";

describe("A protocol to read", () => {
  after(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

  it("opens in the preview, under its title, with everything that it says", async () => {
    await vscode.commands.executeCommand("dakota.showProtocol", "role-definition");
    const document = await waitFor("the text", () =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === "dakota-protocol"),
    );
    const text = document.getText();
    assert.match(text, /^# DevOps Engineer Role Definition\n/);
    assert.match(text, /\n## Who decides\n[\s\S]*\n## Targets\n/);
    const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));
    await waitFor("the preview", () => tabs().some((label) => label.includes("DevOps Engineer Role Definition")));
  });

  it("has lists that are unfolded before anybody starts them, with their limits", async () => {
    const extension = vscode.extensions.getExtension<Shown>(extensionId);
    assert(extension, `${extensionId} is not there`);
    const { checklists } = await extension.activate();
    const label = (node: Parameters<typeof checklists.getTreeItem>[0]) => {
      const item = checklists.getTreeItem(node);
      assert(!("then" in item));
      return item;
    };
    const below = async (node?: Parameters<typeof checklists.getTreeItem>[0]) =>
      (await checklists.getChildren(node)) ?? [];
    const named = async (node: Parameters<typeof checklists.getTreeItem>[0] | undefined, name: string) =>
      waitFor(name, async () => (await below(node)).find((one) => label(one).label === name));
    const scenarios = await named(undefined, "Scenarios");
    const outage = await named(scenarios, "Production Outage During Deployment");
    const [first] = await below(outage);
    assert(first);
    assert.deepEqual([label(first).label, label(first).description], ["Immediate", "within 30 seconds"]);
    const items = (await below(first)).map((one) => label(one));
    assert.deepEqual(
      items.map((item) => [item.label, item.checkboxState]),
      [
        ["Initiate rollback procedure", undefined],
        ["Alert team in incident channel", undefined],
      ],
    );
  });
});
