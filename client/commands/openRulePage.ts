// "Open Rule Page": the page of a rule in the Markdown preview. Pages come with the extension, so it works offline.
import * as vscode from "vscode";
import { exists } from "../documents.js";

/**
 * Runs with a rule's id as argument, or lets the user choose.
 * @param extension folder of the extension, which holds a page `docs/rules/<group>/<name>.md` for each rule
 */
export function openRulePage(extension: vscode.Uri): (rule?: unknown) => Promise<void> {
  const pages = vscode.Uri.joinPath(extension, "docs", "rules");
  return async (given) => {
    const rule = typeof given === "string" ? given : await chooseRule(pages);
    if (rule === undefined) return;
    const page = vscode.Uri.joinPath(pages, `${rule}.md`);
    // An id comes from a link as well, so it must not lead out of the folder.
    if (!/^[\w-]+\/[\w-]+$/.test(rule) || !(await exists(page))) {
      vscode.window.showWarningMessage(vscode.l10n.t('There is no page for "{0}".', rule));
      return;
    }
    await vscode.commands.executeCommand("markdown.showPreview", page);
  };
}

async function chooseRule(pages: vscode.Uri): Promise<string | undefined> {
  const groups = await namesIn(pages, vscode.FileType.Directory);
  const rules = groups.map(async (group) => {
    const files = await namesIn(vscode.Uri.joinPath(pages, group), vscode.FileType.File);
    return files.filter((file) => file.endsWith(".md")).map((file) => `${group}/${file.slice(0, -".md".length)}`);
  });
  const ids = (await Promise.all(rules)).flat().sort();
  return await vscode.window.showQuickPick(ids, { placeHolder: vscode.l10n.t("Rule to read about") });
}

async function namesIn(folder: vscode.Uri, wanted: vscode.FileType): Promise<readonly string[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder);
  return entries.filter(([, type]) => type === wanted).map(([name]) => name);
}
