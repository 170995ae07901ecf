// What the manifest says against what the extension does: two places, one truth.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { disguises, languages } from "../../../client/selector.js";
import { marks } from "../../../client/start.js";
import { extensionId } from "../harness.js";

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly languages?: unknown;
  };
}

describe("Manifest", () => {
  let manifest: Manifest;

  before(async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    assert(extension, `${extensionId} is not there`);
    await extension.activate();
    manifest = extension.packageJSON;
  });

  it("wakes the extension for what the server looks at, and by no search", () => {
    const expected = [
      ...[...languages, ...disguises].map((language) => `onLanguage:${language}`),
      ...marks.map((mark) => `workspaceContains:${mark}`),
    ];
    // VS Code adds the events that it derives from commands and views.
    const own = manifest.activationEvents.filter((event) => /^(onLanguage|workspaceContains|onStartup|\*)/.test(event));
    assert.deepEqual([...own].sort(), [...expected].sort());
    assert.deepEqual(
      marks.filter((mark) => mark.includes("*")),
      [],
    );
  });

  it("offers exactly the commands that are there", async () => {
    const offered = manifest.contributes.commands.map(({ command }) => command);
    const all = await vscode.commands.getCommands(true);
    // VS Code makes some for the view itself.
    const ours = all.filter((command) => command.startsWith("dakota.") && !command.startsWith("dakota.phases."));
    assert.deepEqual([...offered].sort(), ours.sort());
  });

  it("leaves no text without words, and no language to take over", () => {
    assert.doesNotMatch(JSON.stringify(manifest.contributes), /"%[\w.]+%"/);
    assert.equal(manifest.contributes.languages, undefined);
  });
});
