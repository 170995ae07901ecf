// YAML as plain data: documents, maps, lists and scalars, a span on every node, aliases and merge keys already followed.
// Everything written in YAML (manifests, pipelines, configuration, protocols) is read from here.

import type { Span } from "../../text.js";
import type { Comment, Problem } from "../source.js";

export interface YamlScalar {
  readonly type: "scalar";
  /** Read by the YAML 1.2 core schema: `yes` and `on` are strings, `1.10` is a number. */
  readonly value: string | number | boolean | null;
  /** The content as text whatever its type: `1.10` stays "1.10"; empty for a missing value. */
  readonly text: string;
  readonly style: "plain" | "quoted" | "block" | "missing";
  readonly span: Span;
}

export interface YamlEntry {
  readonly key: YamlScalar;
  readonly value: YamlNode;
  /** From the key to the end of the value. */
  readonly span: Span;
  /** Set when the entry came in by a merge key (`<<`). */
  readonly merged?: true;
}

export interface YamlMap {
  readonly type: "map";
  /** In the order of the text; merged ones last. A key that is written twice stands twice: the last one counts. */
  readonly entries: readonly YamlEntry[];
  readonly flow: boolean;
  readonly span: Span;
}

export interface YamlList {
  readonly type: "list";
  readonly items: readonly YamlNode[];
  readonly flow: boolean;
  readonly span: Span;
}

export type YamlNode = YamlScalar | YamlMap | YamlList;

export interface YamlDocument {
  /** Absent for an empty document. */
  readonly root?: YamlNode;
  readonly span: Span;
  /** The document could not be read to its end: what is absent from it proves nothing. */
  readonly broken: boolean;
}

export interface YamlFile {
  readonly documents: readonly YamlDocument[];
  readonly comments: readonly Comment[];
  readonly statements: readonly Span[];
  readonly problems: readonly Problem[];
}

/** The entry of a map under a key; undefined for other nodes and where there is none. */
export function entryOf(node: YamlNode | undefined, key: string): YamlEntry | undefined {
  if (node?.type !== "map") return undefined;
  let merged: YamlEntry | undefined;
  for (let i = node.entries.length - 1; i >= 0; i--) {
    const entry = node.entries[i];
    if (entry?.key.text !== key) continue;
    if (!entry.merged) return entry;
    merged = entry;
  }
  return merged;
}

/** The node at the end of a path of keys and list positions; undefined where the path ends earlier. */
export function nodeAt(node: YamlNode | undefined, ...path: readonly (string | number)[]): YamlNode | undefined {
  let here = node;
  for (const step of path) {
    if (typeof step === "string") here = entryOf(here, step)?.value;
    else here = here?.type === "list" ? here.items[step] : undefined;
  }
  return here;
}

/** The scalar at the end of a path, where something is written. */
export function scalarAt(node: YamlNode | undefined, ...path: readonly (string | number)[]): YamlScalar | undefined {
  const found = nodeAt(node, ...path);
  return found?.type === "scalar" && found.style !== "missing" ? found : undefined;
}

/** The text at the end of a path: of a string, a number or a boolean. */
export function textAt(node: YamlNode | undefined, ...path: readonly (string | number)[]): string | undefined {
  const found = scalarAt(node, ...path);
  return found && found.value !== null ? found.text : undefined;
}

/** The items of a list at the end of a path; none for other nodes. */
export function itemsAt(node: YamlNode | undefined, ...path: readonly (string | number)[]): readonly YamlNode[] {
  const found = nodeAt(node, ...path);
  return found?.type === "list" ? found.items : [];
}

/** The entries of a map at the end of a path; none for other nodes. */
export function entriesAt(node: YamlNode | undefined, ...path: readonly (string | number)[]): readonly YamlEntry[] {
  const found = nodeAt(node, ...path);
  return found?.type === "map" ? found.entries : [];
}
