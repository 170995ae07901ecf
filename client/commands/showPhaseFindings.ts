// "Show Findings of Phase": what the rules of a phase found in the whole workspace, as a list that leads to the places.
import * as vscode from "vscode";
import { type PhaseFinding, type PhaseProgress, phaseFindingsRequest } from "../../server/messages.js";
import type { Server } from "../languageClient.js";
import { onPhase, type PhaseTarget, type ProgressFeed } from "../progress.js";

const { t } = vscode.l10n;

export function showPhaseFindings(server: Server, feed: ProgressFeed) {
  const show = async ({ tracker, phase }: PhaseTarget): Promise<void> => {
    const params = { tracker: tracker.uri, protocol: tracker.protocol.id, phase: phase.number };
    const findings = await server.ask(phaseFindingsRequest, params);
    if (findings.length === 0)
      return void vscode.window.showInformationMessage(t("The rules of phase {0} find nothing.", phase.number));
    await choose(findings, phase);
  };
  return onPhase(feed, show, t("There is no current phase in this workspace."));
}

const icons: Readonly<Record<PhaseFinding["severity"], string>> = {
  error: "error",
  warning: "warning",
  information: "info",
  hint: "lightbulb",
};

async function choose(findings: readonly PhaseFinding[], { number, title }: PhaseProgress): Promise<void> {
  const items = findings.map((finding) => {
    const uri = vscode.Uri.parse(finding.uri);
    return {
      label: `$(${icons[finding.severity]}) ${finding.message}`,
      description: finding.rule,
      detail: `${vscode.workspace.asRelativePath(uri)}:${finding.line + 1}`,
      uri,
      finding,
    };
  });
  const options = { matchOnDescription: true, matchOnDetail: true, placeHolder: t("Finding to go to") };
  const chosen = await vscode.window.showQuickPick(items, {
    ...options,
    title: t("Phase {0}: {1}, {2} findings", number, title, findings.length),
  });
  if (!chosen) return;
  const { line, character } = chosen.finding;
  const selection = new vscode.Range(line, character, line, character);
  await vscode.window.showTextDocument(chosen.uri, { selection });
}
