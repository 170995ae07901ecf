// What the client at the other end can do, and which folders it has open.

import type { InitializeParams, WorkspaceFolder } from "vscode-languageserver";

export interface Client {
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly hasConfiguration: boolean;
  readonly watchesFolders: boolean;
  readonly showsProgress: boolean;
  /** Whether edits can hold tab stops. */
  readonly tabStops: boolean;
  /** URIs of the open folders; changes as folders come and go. */
  folders: readonly string[];
}

export function readClient({ capabilities, workspaceFolders, rootUri }: InitializeParams): Client {
  const { workspace, textDocument, window } = capabilities;
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    hasConfiguration: workspace?.configuration === true,
    watchesFolders: workspace?.workspaceFolders === true,
    showsProgress: window?.workDoneProgress === true,
    tabStops: workspace?.workspaceEdit?.snippetEditSupport === true,
    folders: workspaceFolders?.map(({ uri }: WorkspaceFolder) => uri) ?? (rootUri ? [rootUri] : []),
  };
}
