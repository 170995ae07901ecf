// The refactoring on a tracker's heading: what its bare table lacks of the full form is put in. A bare table is no fault, so
// there is no finding for it.

import { type CodeAction, CodeActionKind, type CodeActionParams } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { PhaseTracker } from "../engine/protocol/documents.js";
import { completeTracker } from "../engine/protocol/edits.js";
import { toTextEdit } from "./convert.js";

export const completeKind = CodeActionKind.RefactorRewrite;

/** The actions for a range; only on the line of a tracker's heading, and only where something lacks. */
export function trackerActions(
  document: TextDocument,
  trackers: readonly PhaseTracker[],
  { range, context: { only } }: CodeActionParams,
): readonly CodeAction[] {
  if (only && !only.some((kind) => completeKind === kind || completeKind.startsWith(`${kind}.`))) return [];
  return trackers.flatMap(({ tracker, protocol, repeated }) => {
    const { line } = document.positionAt(tracker.heading.span.start);
    if (repeated || line < range.start.line || line > range.end.line) return [];
    const { edits } = completeTracker(tracker, protocol);
    if (edits.length === 0) return [];
    const changes = { [document.uri]: edits.map((edit) => toTextEdit(document, edit)) };
    return [{ title: "Add checkpoints and gate log", kind: completeKind, edit: { changes } }];
  });
}
