// The documents that a protocol asks for, as far as progress and evidence read them, and where they are.

import { type DocumentSection, documentSections } from "../languages/markdown/facts.js";
import type { MarkdownFile } from "../languages/markdown/model.js";
import type { Lookup } from "../workspace.js";
import { baseName, filesOf, isNamed } from "./documents.js";
import type { Protocol } from "./model.js";
import { nearestTo, type Scope } from "./scopes.js";

export interface OutputFile {
  readonly path: string;
  readonly sections: readonly DocumentSection[];
  /** Parts were not read: a section that is absent proves nothing. */
  readonly partial: boolean;
}

/** By the file name that the protocol gives; one that is not there is missing. */
export type Outputs = ReadonlyMap<string, OutputFile>;

export const outputFile = (file: MarkdownFile): OutputFile => ({
  path: file.path,
  partial: file.partial,
  sections: documentSections(file),
});

/**
 * The documents of a protocol as the index knows them.
 * @param tracker path of the tracker
 * @param speaksFor the files that it speaks for: trackers of one protocol in several folders have documents of their own
 */
export function outputsNear(tracker: string, protocol: Protocol, lookup: Asked, speaksFor: Scope): Outputs {
  const outputs = new Map<string, OutputFile>();
  for (const name of new Set(filesOf(protocol))) {
    const own = outputNear(tracker, name, lookup, speaksFor);
    if (own) outputs.set(name, own);
  }
  return outputs;
}

/** The document that a tracker means by a name: of those that it speaks for the nearest. */
export function outputNear(tracker: string, name: string, lookup: Asked, speaksFor: Scope): OutputFile | undefined {
  const named = lookup.facts("markdown.document", baseName(name)).filter(({ path }) => isNamed(path, name));
  return nearestTo(
    tracker,
    named.filter(({ path }) => speaksFor(path)),
  );
}

type Asked = Pick<Lookup, "facts">;
