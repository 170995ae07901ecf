// "Show Why": what Dakota makes of the active file, by which configuration, and why nothing or not everything is shown.
import * as vscode from "vscode";
import { type FileStatus, fileStatusRequest } from "../../server/messages.js";
import { openLine } from "../documents.js";
import type { Server } from "../languageClient.js";
import { documentSelector } from "../selector.js";
import { summaryOf } from "../views/languageStatus.js";

const { t } = vscode.l10n;

export function showWhy(server: Server): () => Promise<void> {
  return async () => {
    const document = vscode.window.activeTextEditor?.document;
    if (!document) return void vscode.window.showInformationMessage(t("Open a file to see what Dakota makes of it."));
    const name = vscode.workspace.asRelativePath(document.uri);
    if (vscode.languages.match(documentSelector(), document) === 0)
      return void vscode.window.showInformationMessage(t("{0} is no kind of file that Dakota looks at.", name));
    const status = await server.ask(fileStatusRequest, { uri: document.uri.toString() });
    await explain(name, status, server);
  };
}

async function explain(name: string, status: FileStatus, server: Server): Promise<void> {
  const config = status.config === undefined ? undefined : vscode.Uri.parse(status.config);
  const source = config ? vscode.workspace.asRelativePath(config) : t("the settings");
  const lines = [
    `${name}: ${summaryOf(status)}`,
    status.reason ?? "",
    t('Profile "{0}", from {1}', status.profile, source),
  ].filter((line) => line !== "");
  for (const line of lines) server.log.info(line);
  const configure = config ? t("Open Configuration") : t("Open Settings");
  const showLog = t("Show Log");
  const chosen = await vscode.window.showInformationMessage(`${lines.join(". ")}.`, configure, showLog);
  if (chosen === showLog) server.log.show();
  if (chosen !== configure) return;
  if (config) await openLine(config);
  else await vscode.commands.executeCommand("workbench.action.openSettings", "dakota.");
}
