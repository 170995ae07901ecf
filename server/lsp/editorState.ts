// The editor's own settings for a document, asked for once and kept until they change.

import type { Connection } from "vscode-languageserver";
import { readEditorSettings } from "../engine/config.js";
import type { EditorState } from "./judge.js";

export interface EditorStates {
  of(uri: string): Promise<EditorState>;
  changed(): void;
  forget(uri: string): void;
}

/** `asks` says whether the client answers questions about its settings. */
export function createEditorStates(connection: Connection, asks: boolean): EditorStates {
  const known = new Map<string, Promise<EditorState>>();
  const ask = async (uri: string): Promise<EditorState> => {
    const section: unknown = asks
      ? await connection.workspace.getConfiguration({ scopeUri: uri, section: "dakota" })
      : {};
    const { enabled, profile, rules } = (section ?? {}) as Record<string, unknown>;
    return { enabled: enabled !== false, settings: readEditorSettings(profile, rules) };
  };
  return {
    of(uri) {
      const state = known.get(uri) ?? ask(uri);
      known.set(uri, state);
      return state;
    },
    changed: () => known.clear(),
    forget: (uri) => {
      known.delete(uri);
    },
  };
}
