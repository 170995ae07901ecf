// The page of a gate: everything it rests on, and the form with which a human answers it. Nothing else can answer one.
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import {
  answerGateRequest,
  type GatePage,
  gatePageRequest,
  type PhaseParams,
  type PhaseProgress,
  type TrackerProgress,
} from "../../server/messages.js";
import { changeDocument, openLine } from "../documents.js";
import type { Server } from "../languageClient.js";
import type { ProgressFeed } from "../progress.js";
import { gateScript, gateStyle } from "./gatePage.js";
import { escapeHtml } from "./html.js";

const { t } = vscode.l10n;

export interface GatePanel {
  show(tracker: TrackerProgress, phase: PhaseProgress): Promise<void>;
  /** What the panel holds; undefined while there is none. */
  readonly html: () => string | undefined;
}

/** What the page sends. */
type Message =
  | {
      readonly kind: "answer";
      readonly answer: string;
      readonly by: string;
      readonly remark: string;
      readonly knowing: boolean;
    }
  | { readonly kind: "open"; readonly uri: string; readonly line: number };

export function createGatePanel(server: Server, feed: ProgressFeed, subscriptions: vscode.Disposable[]): GatePanel {
  let panel: vscode.WebviewPanel | undefined;
  let shown: PhaseParams | undefined;
  let page: GatePage | undefined;

  const load = async (params: PhaseParams): Promise<GatePage | undefined> => {
    try {
      return await server.ask(gatePageRequest, params);
    } catch (error) {
      server.log.error(`The gate cannot be shown: ${error}`);
      vscode.window.showWarningMessage(t("The gate cannot be shown: the log says why."));
      return undefined;
    }
  };

  // What the user has begun to write stays: only the sheet is drawn anew.
  const update = async (): Promise<void> => {
    const params = shown;
    if (!panel || !params) return;
    const loaded = await load(params);
    if (!loaded || !panel || shown !== params) return;
    const sameForm = page !== undefined && hasForm(page) === hasForm(loaded);
    page = loaded;
    // A page that nobody sees takes no messages: it is made anew for when it is seen again.
    if (panel.visible && sameForm) await panel.webview.postMessage({ kind: "sheet", ...loaded });
    else panel.webview.html = toPage(loaded, params);
  };

  const answer = async (message: Extract<Message, { kind: "answer" }>): Promise<void> => {
    const params = shown;
    const chosen = page?.answers.find(({ word }) => word === message.answer);
    if (!params || !page || !chosen) return;
    const refusal = refusalOf(message, chosen.passes, page.open);
    if (refusal !== undefined) {
      await panel?.webview.postMessage({ kind: "told", text: refusal });
      return;
    }
    const { by, remark } = message;
    const known = page.open;
    const ask = () => server.ask(answerGateRequest, { ...params, answer: chosen.word, by: by.trim(), remark, known });
    const problem = await changeDocument(vscode.Uri.parse(params.tracker), ask);
    await panel?.webview.postMessage({
      kind: "told",
      text: problem ?? t("{0} is written into the gate log.", chosen.word),
      answered: problem === undefined,
    });
    await feed.refresh();
    await update();
  };

  const receive = async (message: unknown): Promise<void> => {
    if (!isMessage(message)) return;
    if (message.kind === "answer") await answer(message);
    else await openLine(vscode.Uri.parse(message.uri), message.line);
  };

  const open = (): vscode.WebviewPanel => {
    const column = { viewColumn: vscode.ViewColumn.Active };
    const options = { enableScripts: true, localResourceRoots: [] };
    const created = vscode.window.createWebviewPanel("dakota.gate", t("Gate"), column, options);
    created.onDidDispose(() => {
      panel = undefined;
      shown = undefined;
      page = undefined;
    });
    created.webview.onDidReceiveMessage(receive);
    created.onDidChangeViewState(() => created.visible && void update());
    return created;
  };

  subscriptions.push(
    feed.onChange(() => void update()),
    { dispose: () => panel?.dispose() },
  );
  return {
    html: () => panel?.webview.html,
    async show(tracker, phase) {
      const params = { tracker: tracker.uri, protocol: tracker.protocol.id, phase: phase.number };
      const loaded = await load(params);
      if (!loaded) return;
      panel ??= open();
      panel.reveal();
      shown = params;
      page = loaded;
      panel.title = t("Gate {0}", phase.number);
      panel.webview.html = toPage(loaded, params);
    },
  };
}

/** Why an answer is not written. A Yes in spite of open items has to be said twice. */
function refusalOf(
  { by, remark, knowing, answer }: Extract<Message, { kind: "answer" }>,
  passes: boolean,
  open: readonly string[],
): string | undefined {
  if (by.trim() === "") return t("An answer needs the name of the one who gives it.");
  if (!passes && remark.trim() === "")
    return t("{0} needs a remark: what has to happen before the next answer?", answer);
  if (passes && open.length > 0 && !knowing) return t("Confirm that the answer is given in spite of what is open.");
  return undefined;
}

function isMessage(message: unknown): message is Message {
  if (typeof message !== "object" || message === null || !("kind" in message)) return false;
  const { kind, ...rest } = message as Record<string, unknown>;
  if (kind === "open") return typeof rest.uri === "string" && typeof rest.line === "number";
  const texts = [rest.answer, rest.by, rest.remark];
  return kind === "answer" && texts.every((text) => typeof text === "string") && typeof rest.knowing === "boolean";
}

const hasForm = ({ problem }: GatePage): boolean => problem === undefined;

function toPage(page: GatePage, { tracker, protocol, phase }: PhaseParams): string {
  const nonce = randomBytes(16).toString("base64");
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  // What has been written for one gate is no answer to another.
  const gate = `${tracker} ${protocol} ${phase}`;
  const state = JSON.stringify({ gate, answers: page.answers, open: page.open }).replaceAll("<", "\\u003c");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(page.title)}</title>
<style nonce="${nonce}">${gateStyle}</style>
</head>
<body>
<main>
<h1 id="title">${escapeHtml(page.title)}</h1>
<div id="sheet">${page.html}</div>
</main>
${hasForm(page) ? formOf(page) : `<p class="problem">${escapeHtml(page.problem ?? "")}</p>`}
<script nonce="${nonce}">const page = ${state};\n${gateScript}</script>
</body>
</html>`;
}

function formOf({ answers, by }: GatePage): string {
  const choices = answers.map(
    ({ word }, i) =>
      `<label><input type="radio" name="answer" value="${escapeHtml(word)}"${i === 0 ? " autofocus" : ""}> ${escapeHtml(word)}</label>`,
  );
  return `<form id="form" aria-label="${escapeHtml(t("Answer"))}">
<fieldset><legend>${escapeHtml(t("Your answer"))}</legend>${choices.join("")}</fieldset>
<label for="remark">${escapeHtml(t("Remark"))}</label>
<textarea id="remark" rows="3" placeholder="${escapeHtml(t("What the answer rests on, or what has to happen first"))}"></textarea>
<label for="by">${escapeHtml(t("Answered by"))}</label>
<input id="by" type="text" value="${escapeHtml(by ?? "")}">
<div id="confirm" hidden><p>${escapeHtml(t("These items are open and will stand in the log:"))}</p><ul id="open"></ul>
<label><input id="knowing" type="checkbox"> ${escapeHtml(t("Answer all the same"))}</label></div>
<button type="submit" id="submit" disabled>${escapeHtml(t("Write Answer into the Gate Log"))}</button>
<p id="told" role="status" aria-live="polite"></p>
</form>`;
}
