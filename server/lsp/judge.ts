// Judges open documents and remembers the outcome for one version, so that diagnostics, actions and hovers agree and
// nothing is judged twice.

import type { TextDocument } from "vscode-languageserver-textdocument";
import { type EditorSettings, type Settings, settingsFor } from "../engine/config.js";
import type { Judgement } from "../engine/judgement.js";
import type { NodeEngine } from "../host/node.js";
import { toPath } from "./convert.js";
import type { Project } from "./project.js";

export interface DocumentJudgement {
  readonly path: string;
  readonly judgement: Judgement;
  readonly settings: Settings;
  /** Differs whenever the judgement may. */
  readonly id: string;
}

export interface EditorState {
  readonly enabled: boolean;
  readonly settings: EditorSettings;
}

export interface Judge {
  judge(document: TextDocument): Promise<DocumentJudgement>;
  /** Judges a document that is not open, by its text on disk; nothing of it is remembered. */
  judgeClosed(document: TextDocument): Promise<DocumentJudgement>;
  /** Everything may differ: the configuration or the index has changed. */
  invalidate(): void;
  forget(uri: string): void;
}

interface JudgeParts {
  readonly engine: NodeEngine;
  readonly project: Project;
  readonly editorState: (uri: string) => Promise<EditorState>;
  /** Paths whose judgement an edit has changed. */
  readonly onAffected: (paths: ReadonlySet<string>) => void;
}

export function createJudge({ engine, project, editorState, onAffected }: JudgeParts): Judge {
  const known = new Map<string, { readonly version: number; readonly judged: Promise<DocumentJudgement> }>();
  let count = 0;

  const judgeNow = async (document: TextDocument): Promise<DocumentJudgement> => {
    const path = toPath(document.uri, document.languageId);
    const [config, editor] = await Promise.all([
      project.configs.nearest(path),
      editorState(document.uri),
      project.learnIgnored(path),
    ]);
    const text = document.getText();
    const affected = engine.index(path, text, config?.signs);
    const settings = {
      ...settingsFor(path, config, editor.settings),
      protocols: engine.protocols.inForce(path, config?.protocols),
    };
    if (affected.size > 0) onAffected(affected);
    const asked = editor.enabled ? settings : { ...settings, excluded: true };
    const judgement = engine.check(path, text, asked);
    const off = editor.enabled ? {} : { notJudged: "switched off in the settings" };
    return { path, judgement: { ...judgement, ...off }, settings: asked, id: String(++count) };
  };

  return {
    judge(document) {
      const found = known.get(document.uri);
      if (found?.version === document.version) return found.judged;
      const judged = judgeNow(document);
      known.set(document.uri, { version: document.version, judged });
      return judged;
    },
    judgeClosed: judgeNow,
    invalidate: () => known.clear(),
    forget: (uri) => {
      known.delete(uri);
    },
  };
}
