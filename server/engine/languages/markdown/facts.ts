// What documents and trackers say to the other files of the workspace. Other Markdown files say nothing.

import { baseName, isDocument, trackersIn } from "../../protocol/documents.js";
import type { Protocol } from "../../protocol/model.js";
import { findRuns, listOf } from "../../protocol/runs.js";
import { lineAt, lineStarts } from "../../text.js";
import type { Fact } from "../../workspace.js";
import { type MarkdownFile, within } from "./model.js";

export interface MarkdownFacts {
  /** By file name, for documents that a protocol speaks of. */
  "markdown.document": {
    readonly sections: readonly DocumentSection[];
    /** Parts were not read: a section that is absent proves nothing. */
    readonly partial: boolean;
  };
  /** By the protocol's id. Lines count from zero. */
  "markdown.tracker": { readonly line: number };
  /** By the id of the list that is run ("role-definition/deploy-application"). Lines count from zero. */
  "markdown.run": { readonly line: number };
}

export interface DocumentSection {
  readonly title: string;
  readonly line: number;
  /** It holds more than a placeholder. */
  readonly filled: boolean;
  /** Boxes in it and below, and how many of them are ticked; absent where it has none. */
  readonly boxes?: { readonly done: number; readonly total: number };
}

/** What others ask of the sections of a document. */
export function documentSections({ text, sections, tasks }: MarkdownFile): readonly DocumentSection[] {
  const starts = lineStarts(text);
  return sections.map(({ heading, span, filled }) => {
    const boxes = within(tasks, span);
    const done = boxes.filter(({ state }) => state === "done").length;
    return {
      title: heading.text,
      line: lineAt(starts, heading.span.start),
      filled,
      ...(boxes.length > 0 && { boxes: { done, total: boxes.length } }),
    };
  });
}

/** @param protocols every one that is known: their names decide which files are documents */
export function facts(file: MarkdownFile, protocols: readonly Protocol[]): readonly Fact[] {
  const { path, text, partial } = file;
  const starts = lineStarts(text);
  const trackers = trackersIn(file, protocols).map(
    ({ protocol, tracker }): Fact => ({
      kind: "markdown.tracker",
      key: protocol.id,
      value: { line: lineAt(starts, tracker.heading.span.start) },
    }),
  );
  const runs = findRuns(file, protocols).map(
    (run): Fact => ({
      kind: "markdown.run",
      key: listOf(run),
      value: { line: lineAt(starts, run.heading.span.start) },
    }),
  );
  if (!isDocument(path, protocols)) return [...trackers, ...runs];
  const sections = documentSections(file);
  return [...trackers, ...runs, { kind: "markdown.document", key: baseName(path), value: { sections, partial } }];
}
