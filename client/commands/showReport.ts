// "Show Protocol Report": phases, gates, findings and what is open on one page, as "dakota report" writes it.
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { reportRequest } from "../../server/messages.js";
import type { Server } from "../languageClient.js";

const { t } = vscode.l10n;

/** Each call shows the present in the one panel there is; the page itself can neither run nor load anything. */
export function showReport(server: Server, subscriptions: vscode.Disposable[]): () => Promise<void> {
  let panel: vscode.WebviewPanel | undefined;
  subscriptions.push({ dispose: () => panel?.dispose() });
  return async () => {
    const html = await server.ask(reportRequest, { nonce: randomBytes(16).toString("base64") });
    panel ??= createPanel(() => {
      panel = undefined;
    });
    panel.webview.html = html;
    panel.reveal();
  };
}

function createPanel(onClose: () => void): vscode.WebviewPanel {
  const options = { enableScripts: false, localResourceRoots: [] };
  const title = t("Protocol Report");
  const panel = vscode.window.createWebviewPanel("dakota.report", title, vscode.ViewColumn.Active, options);
  panel.onDidDispose(onClose);
  return panel;
}
