// "Open Output Document": the document that a phase has to deliver, created with its required sections where it is missing.
import * as vscode from "vscode";
import { newOutputRequest } from "../../server/messages.js";
import { openLine, openNewDocument } from "../documents.js";
import type { Server } from "../languageClient.js";
import { currentTarget, type PhaseTarget, type ProgressFeed } from "../progress.js";

/** Runs with a row of the tree as argument, or on the current phase. */
export function openOutput(server: Server, feed: ProgressFeed): (node?: PhaseTarget) => Promise<void> {
  return async (node) => {
    const target = node ?? (await currentTarget(feed));
    if (!target) {
      vscode.window.showInformationMessage(vscode.l10n.t("There is no current phase in this workspace."));
      return;
    }
    const { tracker, phase } = target;
    if (!phase.output) {
      vscode.window.showInformationMessage(vscode.l10n.t("Phase {0} asks for no document.", phase.number));
      return;
    }
    if (phase.output.exists) return openLine(vscode.Uri.parse(phase.output.uri));
    const params = { tracker: tracker.uri, protocol: tracker.protocol.id, phase: phase.number };
    await openNewDocument(await server.ask(newOutputRequest, params));
  };
}
