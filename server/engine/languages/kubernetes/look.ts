// Look-ups with three answers: what stands at a path, that nothing stands there, or that the text does not tell. A
// template's actions, a broken document and a patch hide things; what they hide is unknown, never absent.

import type { Span } from "../../text.js";
import { entryOf, type YamlMap, type YamlNode, type YamlScalar } from "../yaml/model.js";
import { type Hole, placeholder, type Template } from "./template.js";

/** A node and what is known about its surroundings. */
export interface Tree {
  readonly node: YamlNode;
  /** Where its text may be, from behind its key to the next node: an action in there may write into it. */
  readonly reach: Span;
  /** Set when what is absent from it proves nothing. */
  readonly partial: boolean;
  readonly template?: Template;
}

export type Look = Tree | "absent" | "unknown";

/** What a place says, once it is read as text, a number or a boolean. */
export type Field<T> =
  | { readonly state: "set"; readonly value: T; readonly span: Span }
  | { readonly state: "absent" }
  | { readonly state: "unknown" };

const absent = { state: "absent" } as const;
const unknown = { state: "unknown" } as const;

/** What stands at the end of a path of keys. */
export function look(from: Look, ...path: readonly string[]): Look {
  let here = from;
  for (const key of path) {
    if (typeof here === "string") return here;
    here = step(here, key);
  }
  return here;
}

function step(tree: Tree, key: string): Look {
  const { node, reach, partial, template } = tree;
  if (node.type === "scalar") return isNull(node) && !(template && holeIn(template, reach)) ? nothing(tree) : "unknown";
  if (node.type === "list") return "unknown";
  const entry = entryOf(node, key);
  if (!entry) return partial || (template && mayGain(template, node, reach)) ? "unknown" : "absent";
  if (template && isConditional(template, entry.span, reach)) return "unknown";
  const end = template ? nextStart(node, entry.span.start, reach.end) : entry.span.end;
  return {
    node: entry.value,
    reach: { start: entry.key.span.end, end },
    partial,
    ...(template && { template }),
  };
}

const nothing = ({ partial }: Tree): Look => (partial ? "unknown" : "absent");

/** The items of a list; none where there is no list or it cannot be read. */
export function items(found: Look): readonly Tree[] {
  if (typeof found === "string" || found.node.type !== "list") return [];
  const { node, reach, partial, template } = found;
  return node.items.map((item, index) => {
    const next = node.items[index + 1];
    return {
      node: item,
      reach: { start: item.span.start, end: next?.span.start ?? reach.end },
      partial: partial || (template !== undefined && next !== undefined && mayLoseTail(template, item, next)),
      ...(template && { template }),
    };
  });
}

/** Whether a branch takes in the start of an item, not its end: when it is left out, the rest is the item's before it. */
function mayLoseTail({ branches }: Template, { span }: YamlNode, next: YamlNode): boolean {
  for (let i = firstFrom(branches, (branch) => branch.start, span.start); i < branches.length; i++) {
    const branch = branches[i];
    if (!branch || branch.start >= next.span.start) return false;
    if (branch.end > next.span.start && branch.end < next.span.end) return true;
  }
  return false;
}

/** Reads a scalar as text. */
export const textOf = (found: Look): Field<string> => scalarOf(found, ({ text }) => text);

/** Reads a boolean as the YAML 1.1 of Kubernetes' own tools knows it: `yes` and `on` as well. Quoted ones are strings. */
export const booleanOf = (found: Look): Field<boolean> =>
  scalarOf(found, ({ style, text }) => {
    if (style !== "plain") return undefined;
    if (/^(?:true|yes|on|y)$/i.test(text)) return true;
    return /^(?:false|no|off|n)$/i.test(text) ? false : undefined;
  });

/** Reads a number; quoted ones are strings. */
export const numberOf = (found: Look): Field<number> =>
  scalarOf(found, ({ value }) => (typeof value === "number" ? value : undefined));

function scalarOf<T>(found: Look, read: (scalar: YamlScalar) => T | undefined): Field<T> {
  if (found === "absent") return absent;
  if (found === "unknown" || found.node.type !== "scalar") return unknown;
  const { node, template, partial, reach } = found;
  if (template && (node.text.includes(placeholder) || holeIn(template, node.text === "" ? reach : node.span)))
    return unknown;
  if (isNull(node)) return partial ? unknown : absent;
  const value = read(node);
  return value === undefined ? unknown : { state: "set", value, span: node.span };
}

const isNull = ({ style, value }: YamlScalar): boolean => style === "missing" || (value === null && style === "plain");

/** Whether no action stands in a node or behind it: only then is it certain what a line put there belongs to. */
export const isPlain = ({ template, reach }: Tree): boolean =>
  !template || !(holeIn(template, reach) || branchIn(template, reach));

const branchIn = ({ branches }: Template, { start, end }: Span): boolean =>
  (branches[firstFrom(branches, (branch) => branch.start, start)]?.start ?? end) < end;

/** Whether a hole stands inside a stretch, found by bisection: templates may hold very many. */
function holeIn({ holes }: Template, { start, end }: Span): boolean {
  return (holes[firstFrom(holes, (hole) => hole.span.start, start)]?.span.start ?? end) < end;
}

/** Whether an action may add an entry to a map: by writing at its column, at an unknown one, or by standing for a key. */
function mayGain(template: Template, map: YamlMap, reach: Span): boolean {
  if (map.entries.some(({ key }) => key.text.includes(placeholder))) return true;
  const column = columnOf(template, map);
  const holes: readonly Hole[] = template.holes;
  for (let i = firstFrom(holes, (hole) => hole.span.start, reach.start); i < holes.length; i++) {
    const hole = holes[i];
    if (!hole || hole.span.start >= reach.end) break;
    if (hole.column === column || (hole.column === undefined && hole.least <= column)) return true;
  }
  return false;
}

function columnOf({ text }: Template, map: YamlMap): number {
  const start = map.entries.find(({ merged }) => !merged)?.key.span.start ?? map.span.start;
  return start - (text.lastIndexOf("\n", start - 1) + 1);
}

/** Whether an entry stands in a branch that does not hold its whole map: then it may be left out. */
function isConditional({ branches }: Template, entry: Span, reach: Span): boolean {
  for (let i = firstFrom(branches, (branch) => branch.start, reach.start); i < branches.length; i++) {
    const branch = branches[i];
    if (!branch || branch.start > entry.start) break;
    if (branch.end >= entry.end) return true;
  }
  return false;
}

/** Where the next entry of a map starts. */
function nextStart(map: YamlMap, after: number, end: number): number {
  let next = end;
  for (const { span, merged } of map.entries) if (!merged && span.start > after && span.start < next) next = span.start;
  return next;
}

/** The position of the first element that starts at `offset` or behind it. */
function firstFrom<T>(sorted: readonly T[], startOf: (element: T) => number, offset: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const element = sorted[middle];
    if (element !== undefined && startOf(element) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
