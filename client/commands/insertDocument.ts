// "Insert Runbook" and "Insert Incident Report": the whole document at once, with its tab stops and times in UTC.
import * as vscode from "vscode";

/** A snippet of `snippets/markdown.json`, by its name there. */
type SnippetName = "Runbook" | "Incident Report";

/**
 * Fills the active Markdown document when it is empty, and a new one otherwise: whoever calls this in an incident
 * may be looking at any file, and that file is not to be disturbed. At a cursor the same text comes from its prefix.
 * @param extension folder of the extension
 */
export function insertDocument(extension: vscode.Uri, name: SnippetName): () => Promise<void> {
  return async () => {
    const body = await bodyOf(extension, name);
    const editor = emptyMarkdown() ?? (await newMarkdown());
    await editor.insertSnippet(new vscode.SnippetString(inUtc(body, new Date())), new vscode.Position(0, 0));
  };
}

async function bodyOf(extension: vscode.Uri, name: SnippetName): Promise<string> {
  const file = vscode.Uri.joinPath(extension, "snippets", "markdown.json");
  const snippets: Readonly<Record<SnippetName, { readonly body: readonly string[] }>> = JSON.parse(
    new TextDecoder().decode(await vscode.workspace.fs.readFile(file)),
  );
  return snippets[name].body.join("\n");
}

function emptyMarkdown(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== "markdown") return undefined;
  return editor.document.getText() === "" ? editor : undefined;
}

async function newMarkdown(): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ language: "markdown" });
  return await vscode.window.showTextDocument(document, { preview: false });
}

/** VS Code's own date variables give local time and know no UTC, so they are filled in here. */
function inUtc(body: string, now: Date): string {
  const [date = "", time = ""] = now.toISOString().split("T");
  const [year = "", month = "", day = ""] = date.split("-");
  const [hour = "", minute = ""] = time.split(":");
  const values: Readonly<Record<string, string>> = {
    YEAR: year,
    MONTH: month,
    DATE: day,
    HOUR: hour,
    MINUTE: minute,
    TIMEZONE_OFFSET: "",
  };
  return body.replace(/\$CURRENT_([A-Z_]+)/g, (variable, part: string) => values[part] ?? variable);
}
