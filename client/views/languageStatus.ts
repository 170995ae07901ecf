// The language status item of the active document: what Dakota takes it for, how many rules ran, or why nothing is shown.
import * as vscode from "vscode";
import { type FileStatus, fileStatusRequest } from "../../server/messages.js";
import type { Server } from "../languageClient.js";
import { documentSelector, selectorWithoutMarkdown } from "../selector.js";

const { t } = vscode.l10n;

export function createLanguageStatus(server: Server, subscriptions: vscode.Disposable[]): vscode.LanguageStatusItem {
  const selector = documentSelector();
  const quiet = selectorWithoutMarkdown();
  const item = vscode.languages.createLanguageStatusItem("dakota.status", quiet);
  const show = (status: FileStatus) => {
    item.selector = status.kind === undefined ? quiet : selector;
    describe(item, status);
  };
  item.name = "Dakota";
  item.command = { title: t("Show Why"), command: "dakota.showWhy" };
  const active = () => vscode.window.activeTextEditor?.document;
  const refresh = async () => {
    const document = active();
    describeServer(item, server);
    if (!document || server.state() !== "running" || vscode.languages.match(selector, document) === 0) return;
    const uri = document.uri.toString();
    try {
      const status = await server.ask(fileStatusRequest, { uri });
      if (active()?.uri.toString() === uri) show(status);
    } catch (error) {
      server.log.warn(`No status of ${uri}: ${error}`);
    }
  };
  subscriptions.push(
    item,
    vscode.window.onDidChangeActiveTextEditor(refresh),
    server.onState(refresh),
    server.onFileStatus((status) => {
      const uri = active()?.uri;
      if (uri && vscode.Uri.parse(status.uri).toString() === uri.toString()) show(status);
    }),
  );
  refresh();
  return item;
}

/** While the server runs, the last answer stays until the next one is there. */
function describeServer(item: vscode.LanguageStatusItem, server: Server): void {
  const state = server.state();
  item.busy = state === "starting";
  if (state === "running") return;
  const stopped = state === "stopped";
  item.text = "Dakota";
  item.detail = stopped ? t("The language server has stopped. Refresh starts it again.") : "";
  item.severity = stopped ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
}

function describe(item: vscode.LanguageStatusItem, status: FileStatus): void {
  const { Information, Warning } = vscode.LanguageStatusSeverity;
  item.busy = false;
  item.text = `Dakota: ${summaryOf(status)}`;
  item.detail = status.reason ?? "";
  item.severity = status.skipped ? Warning : Information;
}

/** "Kubernetes · 9 rules · 3 findings", as far as there is something to say. */
export function summaryOf({ kind, rules, findings, ignored }: FileStatus): string {
  if (kind === undefined) return t("not judged");
  if (rules === 0) return t("{0} · not judged", kind);
  const parts = [
    kind,
    rules === 1 ? t("1 rule") : t("{0} rules", rules),
    findings === 1 ? t("1 finding") : t("{0} findings", findings),
  ];
  if (ignored > 0) parts.push(t("{0} ignored", ignored));
  return parts.join(" · ");
}
