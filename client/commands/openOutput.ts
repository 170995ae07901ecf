// "Open Output Document": the document that a phase has to deliver, created with its required sections where it is missing.
import * as vscode from "vscode";
import { newOutputRequest } from "../../server/messages.js";
import { openLine, openNewDocument } from "../documents.js";
import type { Server } from "../languageClient.js";
import { onPhase, type PhaseTarget, type ProgressFeed } from "../progress.js";

export function openOutput(server: Server, feed: ProgressFeed) {
  const open = async ({ tracker, phase }: PhaseTarget): Promise<void> => {
    if (!phase.output) {
      vscode.window.showInformationMessage(vscode.l10n.t("Phase {0} asks for no document.", phase.number));
      return;
    }
    if (phase.output.exists) return openLine(vscode.Uri.parse(phase.output.uri));
    const params = { tracker: tracker.uri, protocol: tracker.protocol.id, phase: phase.number };
    await openNewDocument(await server.ask(newOutputRequest, params));
  };
  return onPhase(feed, open, vscode.l10n.t("There is no current phase in this workspace."));
}
