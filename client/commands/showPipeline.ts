// "Show Pipeline Stages": the picture of the active file, or of the one whose button was pressed.
import * as vscode from "vscode";
import type { PipelinePanel } from "../views/pipelinePanel.js";

export function showPipeline(panel: PipelinePanel): (given?: unknown) => Promise<void> {
  return async (given) => {
    const uri = given instanceof vscode.Uri ? given : vscode.window.activeTextEditor?.document.uri;
    if (uri) return panel.show(uri);
    vscode.window.showInformationMessage(vscode.l10n.t("Open a pipeline to see its stages."));
  };
}
