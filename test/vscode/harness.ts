// What tests inside VS Code need again and again: wait, open, read findings, apply fixes, act on the window.
import assert from "node:assert/strict";
import * as vscode from "vscode";

export const extensionId = "dakota-devops.dakota";

/**
 * Asks until there is an answer.
 * @param what for the message, as in "the finding to go"
 * @param ask undefined and false mean not yet; an error it throws is the reason in the message
 * @param milliseconds how long to wait
 */
export async function waitFor<T>(
  what: string,
  ask: () => T | undefined | false | PromiseLike<T | undefined | false>,
  milliseconds = 15_000,
): Promise<T> {
  const late = Date.now() + milliseconds;
  for (;;) {
    let reason = "";
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      reason = `: ${error instanceof Error ? error.message : error}`;
    }
    if (Date.now() > late) throw new Error(`waited ${milliseconds} ms in vain for ${what}${reason}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** The folder that is open; of several the first. */
export function workspaceFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert(folder, "a folder is open");
  return folder.uri;
}

/** Address of a file of the workspace. @param path from its folder, with `/` */
export const fileUri = (path: string): vscode.Uri => vscode.Uri.joinPath(workspaceFolder(), ...path.split("/"));

/** Opens a file of the workspace in an editor, and nothing beside it. */
export async function openFile(path: string): Promise<vscode.TextEditor> {
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(fileUri(path)));
}

/** Writes a file into the workspace, on disk, and gives its address. */
export async function writeFile(path: string, text: string): Promise<vscode.Uri> {
  await vscode.workspace.fs.writeFile(fileUri(path), new TextEncoder().encode(text));
  return fileUri(path);
}

/** What the Problems list shows of Dakota for a document, in the order of the text. */
export function findingsOf(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  const ours = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "dakota");
  return ours.sort((a, b) => a.range.start.compareTo(b.range.start));
}

/** The id of the rule that a finding comes from. */
export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

/** The text that a finding underlines. */
export const underlined = (document: vscode.TextDocument, finding: vscode.Diagnostic): string =>
  document.getText(finding.range);

/** Waits until exactly these rules have findings in a document, in the order of the text, and gives the findings. */
export async function waitForFindings(
  uri: vscode.Uri,
  rules: readonly string[],
): Promise<readonly vscode.Diagnostic[]> {
  return waitFor(`findings ${rules.join(", ") || "to go"}`, () => {
    const findings = findingsOf(uri);
    assert.deepEqual(findings.map(ruleOf), rules);
    return findings;
  });
}

/** The code actions that are offered at a place. */
export async function actionsAt(
  uri: vscode.Uri,
  range: vscode.Range,
  kind?: vscode.CodeActionKind,
): Promise<readonly vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    uri,
    range,
    kind?.value,
    20,
  );
}

/** Applies the code action with this title, as choosing it in the editor would. */
export async function applyAction(uri: vscode.Uri, range: vscode.Range, title: string): Promise<void> {
  const action = await waitFor(`the code action "${title}"`, async () => {
    const actions = await actionsAt(uri, range);
    const found = actions.find((candidate) => candidate.title === title);
    if (!found) throw new Error(`offered: ${actions.map((candidate) => candidate.title).join(", ") || "nothing"}`);
    return found;
  });
  if (action.edit) assert(await vscode.workspace.applyEdit(action.edit), `"${title}" applies`);
  if (action.command) await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
}

/** A part of the window, in CSS pixels from its upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Acts on the window around VS Code, as a person before it would. Selectors are Playwright's. */
export interface Stage {
  /** Presses a key or a combination: "Enter", "Control+Shift+P". */
  press(keys: string): Promise<void>;
  type(text: string): Promise<void>;
  click(selector: string): Promise<void>;
  /** Puts a text into a field, in place of what it holds. */
  fill(selector: string, text: string): Promise<void>;
  hover(selector: string): Promise<void>;
  /** What is to be read in every element that fits. */
  texts(selector: string): Promise<readonly string[]>;
  /** Writes a PNG of the window, of a part of it or of an element. */
  picture(file: string, what?: { readonly clip?: Box; readonly selector?: string }): Promise<void>;
}

/** The window, where the embedded VS Code runs; a test that needs it is skipped on the desktop. */
export function stageOrSkip(test: Mocha.Context): Stage {
  const address = process.env.DAKOTA_TEST_STAGE;
  if (address) return stageAt(address);
  console.log("  The next test is skipped: a desktop VS Code lets nobody press its keys");
  return test.skip();
}

/** @param address that the launcher says in DAKOTA_TEST_STAGE */
export function stageAt(address: string): Stage {
  const ask = async (act: string, what: object): Promise<unknown> => {
    const response = await fetch(`${address}/${act}`, { method: "POST", body: JSON.stringify(what) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${act} ${JSON.stringify(what)}: ${text}`);
    return JSON.parse(text);
  };
  const act = async (name: string, what: object): Promise<void> => void (await ask(name, what));
  return {
    press: (keys) => act("press", { keys }),
    type: (text) => act("type", { text }),
    click: (selector) => act("click", { selector }),
    fill: (selector, text) => act("fill", { selector, text }),
    hover: (selector) => act("hover", { selector }),
    picture: (file, what) => act("picture", { file, ...what }),
    texts: async (selector) => {
      const texts = await ask("texts", { selector });
      return Array.isArray(texts) ? texts.map(String) : [];
    },
  };
}
