// Takes every picture, each from the same state of the window; runs inside the embedded VS Code.
import assert from "node:assert/strict";
import { join } from "node:path";
import * as vscode from "vscode";
import { openFile, type Stage, stageAt, waitFor } from "../../test/vscode/harness.js";
import { type Scene, scenes } from "./scenes.js";

const themes = { light: "Default Light Modern", dark: "Default Dark Modern" } as const;

/** What would make two pictures of one scene differ, or draws the eye away from it. */
const calm = {
  "editor.cursorBlinking": "solid",
  "editor.minimap.enabled": false,
  "editor.renderLineHighlight": "none",
  "editor.scrollbar.vertical": "hidden",
  "editor.occurrencesHighlight": "off",
  "workbench.list.smoothScrolling": false,
  "breadcrumbs.enabled": false,
} as const;

describe("The picture", () => {
  before(async () => {
    for (const [name, value] of Object.entries(calm)) await set(name, value);
  });
  for (const scene of scenes)
    it(scene.name, async () => {
      const { DAKOTA_TEST_STAGE: address, DAKOTA_PICTURES: folder } = process.env;
      assert(address && folder, "pictures are taken by npm run screenshots");
      await take(scene, stageAt(address), folder);
    });
});

async function take({ name, theme, open, prepare, keep }: Scene, stage: Stage, folder: string): Promise<void> {
  await set("workbench.colorTheme", themes[theme]);
  for (const command of [
    "workbench.action.closeAllEditors",
    "workbench.action.closePanel",
    "workbench.action.closeAuxiliaryBar",
    "workbench.view.explorer",
    "workbench.files.action.collapseExplorerFolders",
  ])
    await vscode.commands.executeCommand(command);
  if (open) await openFile(open);
  await prepare?.(stage);
  await vscode.commands.executeCommand("notifications.clearAll");
  await waitFor("the notifications to go", async () => (await stage.texts(".notification-toast")).length === 0);
  await settled();
  const part = typeof keep === "string" ? { selector: keep } : keep ? { clip: keep } : {};
  await stage.picture(join(folder, `${name}.png`), part);
}

const set = (name: string, value: unknown) =>
  vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);

/** The window is drawn a little after VS Code says that something is done, and says nothing when it has been. */
const settled = () => new Promise((done) => setTimeout(done, 800));
