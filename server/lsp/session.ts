// What the handlers of one connection share.

import type { Connection, TextDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { NodeEngine } from "../host/node.js";
import type { Changes } from "./changes.js";
import type { Client } from "./client.js";
import type { EditorStates } from "./editorState.js";
import type { Judge } from "./judge.js";
import type { Project } from "./project.js";

export interface Session {
  readonly connection: Connection;
  readonly client: Client;
  readonly documents: TextDocuments<TextDocument>;
  readonly engine: NodeEngine;
  readonly project: Project;
  readonly judge: Judge;
  readonly states: EditorStates;
  /** The status that the client knows of each document, as JSON: only another one is worth a message. */
  readonly announced: Map<string, string>;
  /** Settled when the workspace has been read for the first time, or cannot be. */
  readonly indexed: Signal;
  /** URI of the folder with the rules' pages. */
  readonly pages: string;
  readonly changes: Changes;
}

/** Something that happens once. */
export interface Signal {
  readonly settled: Promise<void>;
  readonly settle: () => void;
}

export function createSignal(): Signal {
  let settle = (): void => {};
  const settled = new Promise<void>((done) => {
    settle = done;
  });
  return { settled, settle };
}
