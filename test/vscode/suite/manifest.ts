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
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly id: string;
        readonly description: string;
        readonly media: { readonly markdown: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
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
    // VS Code makes some for the views themselves.
    const views = Object.values(manifest.contributes.views).flatMap((those) => those.map(({ id }) => id));
    const ours = all.filter(
      (command) => command.startsWith("dakota.") && !views.some((view) => command.startsWith(`${view}.`)),
    );
    assert.deepEqual([...offered].sort(), ours.sort());
  });

  it("walks through five steps, each with a page, commands that are there, and an end", async () => {
    const [walkthrough, ...others] = manifest.contributes.walkthroughs;
    assert(walkthrough && others.length === 0);
    assert.equal(walkthrough.steps.length, 5);
    const all = await vscode.commands.getCommands(true);
    const extension = vscode.extensions.getExtension(extensionId);
    assert(extension);
    for (const { id, description, media, completionEvents } of walkthrough.steps) {
      const page = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension.extensionUri, media.markdown));
      assert.match(new TextDecoder().decode(page), /^### /, id);
      const linked = [...description.matchAll(/\(command:([\w.]+)\)/g)].map(([, command]) => command);
      const ending = completionEvents.flatMap((event) => /^onCommand:(.+)$/.exec(event)?.[1] ?? []);
      assert(linked.length > 0 && completionEvents.length > 0, id);
      for (const command of [...linked, ...ending]) assert(command && all.includes(command), `${id}: ${command}`);
    }
  });

  it("leaves no text without words, and no language to take over", () => {
    assert.doesNotMatch(JSON.stringify(manifest.contributes), /"%[\w.]+%"/);
    assert.equal(manifest.contributes.languages, undefined);
  });
});
