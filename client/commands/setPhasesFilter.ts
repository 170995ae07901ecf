// "Hide Completed", "Only Current Phase" and their opposites: what the Phases view leaves out, kept as settings of the user.
import * as vscode from "vscode";

export function setPhasesFilter(setting: "hideCompleted" | "onlyCurrentPhase", value: boolean): () => Promise<void> {
  return async () => {
    const settings = vscode.workspace.getConfiguration("dakota.phases");
    // A workspace may have set it for everybody; it would win over the user's own.
    const shared = settings.inspect<boolean>(setting)?.workspaceValue !== undefined;
    await settings.update(
      setting,
      value,
      shared ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
    );
  };
}
