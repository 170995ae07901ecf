// What building the nodes of a document needs to know: anchors met so far, how many nodes there are, the statements.

import type { Span } from "../../text.js";
import type { YamlEntry, YamlMap, YamlNode } from "./model.js";

export interface Build {
  readonly statements: Span[];
  /** Aliases whose anchor is nowhere above. */
  readonly lost: Span[];
  readonly nodes: () => number;
  /** Counts a node and what is made for it; afterwards its anchor stands for it. */
  node(anchor: string | undefined, make: () => YamlNode): YamlNode;
  /** What an alias stands for. */
  alias(name: string, span: Span): YamlNode;
  /** The entries of a map, those that merge keys bring in last. */
  entries(all: readonly YamlEntry[]): readonly YamlEntry[];
}

interface Anchored {
  readonly node: YamlNode;
  readonly size: number;
}

/** Building a document; its statements are added to those given. */
export function startBuild(statements: Span[]): Build {
  const anchors = new Map<string, Anchored>();
  const announced = new Set<string>();
  const lost: Span[] = [];
  let count = 0;
  return {
    statements,
    lost,
    nodes: () => count,
    node(anchor, make) {
      const before = count++;
      if (anchor === undefined) return make();
      announced.add(anchor);
      const node = make();
      anchors.set(anchor, { node, size: count - before });
      return node;
    },
    // An alias to something that is not finished yet would be a circle: it stays unknown, like one without an anchor.
    alias(name, span) {
      const target = anchors.get(name);
      if (!announced.has(name)) lost.push(span);
      count += target?.size ?? 1;
      return target?.node ?? missing(span);
    },
    entries(all) {
      if (!all.some(isMerge)) return all;
      const own = all.filter((entry) => !isMerge(entry));
      const merged = all.filter(isMerge).flatMap(({ value }) => mergedEntries(value));
      return [...own, ...unseen(own, merged)];
    },
  };
}

/** A value that is not written. */
export const missing = (span: Span): YamlNode => ({ type: "scalar", value: null, text: "", style: "missing", span });

const isMerge = ({ key }: YamlEntry): boolean => key.text === "<<" && key.style === "plain";

const mergedEntries = (value: YamlNode): readonly YamlEntry[] => {
  const maps: readonly YamlMap[] =
    value.type === "map" ? [value] : value.type === "list" ? value.items.filter((item) => item.type === "map") : [];
  return maps.flatMap(({ entries }) => entries.map((entry): YamlEntry => ({ ...entry, merged: true })));
};

/** Merged entries under keys that the map does not set itself; of several maps the first one wins. */
function unseen(own: readonly YamlEntry[], merged: readonly YamlEntry[]): readonly YamlEntry[] {
  const seen = new Set(own.map(({ key }) => key.text));
  return merged.filter(({ key }) => !seen.has(key.text) && seen.add(key.text));
}
