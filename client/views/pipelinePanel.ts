// The panel with the picture of a pipeline: one for all files, kept up to date with the one it shows. It runs no scripts.
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { type PipelinePicture, pipelineRequest } from "../../server/messages.js";
import type { Server } from "../languageClient.js";
import { escapeHtml } from "./html.js";

const { t } = vscode.l10n;

export interface PipelinePanel {
  /** Shows the picture of a document beside it. */
  show(uri: vscode.Uri): Promise<void>;
  /** What the panel holds; undefined while there is none. */
  readonly html: () => string | undefined;
}

/** How long the document has to be left alone before it is drawn again, in milliseconds. */
const pause = 300;

export function createPipelinePanel(server: Server, subscriptions: vscode.Disposable[]): PipelinePanel {
  let panel: vscode.WebviewPanel | undefined;
  let shown: vscode.Uri | undefined;
  let timer: NodeJS.Timeout | undefined;

  const draw = async (): Promise<void> => {
    const uri = shown;
    if (!uri) return;
    const picture = await ask(server, uri);
    // Another file may have been asked for meanwhile, or the panel closed.
    if (!panel || shown?.toString() !== uri.toString()) return;
    panel.title = t("Stages of {0}", nameOf(uri));
    panel.webview.html = pageOf(picture, nameOf(uri));
  };
  const open = (): void => {
    panel = createPanel();
    panel.onDidDispose(() => {
      panel = undefined;
      shown = undefined;
    });
  };

  subscriptions.push(
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.toString() !== shown?.toString()) return;
      clearTimeout(timer);
      timer = setTimeout(draw, pause);
    }),
    { dispose: () => clearTimeout(timer) },
    { dispose: () => panel?.dispose() },
  );
  return {
    html: () => panel?.webview.html,
    async show(uri) {
      shown = uri;
      if (panel) panel.reveal(undefined, true);
      else open();
      await draw();
    },
  };
}

/** Beside the text, which keeps the focus; what is shown can neither run nor load anything. */
function createPanel(): vscode.WebviewPanel {
  const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
  const options = { enableScripts: false, localResourceRoots: [] };
  return vscode.window.createWebviewPanel("dakota.pipeline", t("Stages"), column, options);
}

async function ask(server: Server, uri: vscode.Uri): Promise<PipelinePicture> {
  try {
    return await server.ask(pipelineRequest, { uri: uri.toString() });
  } catch (error) {
    server.log.warn(`No picture of ${uri}: ${error}`);
    return { reason: t("the language server does not answer; the log says why") };
  }
}

const nameOf = (uri: vscode.Uri): string => uri.path.slice(uri.path.lastIndexOf("/") + 1);

function pageOf(picture: PipelinePicture, name: string): string {
  const nonce = randomBytes(16).toString("base64");
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'`;
  const body =
    "reason" in picture
      ? `<p>${escapeHtml(t("There are no stages to show of {0}: {1}.", name, picture.reason))}</p>`
      : `${picture.svg}<details><summary>${escapeHtml(t("As text"))}</summary><pre>${escapeHtml(picture.text)}</pre></details>`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(name)}</title>
<style nonce="${nonce}">body { padding: 8px; overflow: auto; } svg { display: block; } details { margin: 12px; }</style>
</head>
<body>${body}</body>
</html>`;
}
