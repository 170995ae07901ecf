// What a Terraform or OpenTofu file says: blocks, attributes and expressions, a span on every node.

import type { Span } from "../../text.js";
import type { Source } from "../source.js";

export interface TerraformFile extends Source {
  /** The folder of the file, without a slash at the end: all files of a folder are one module. */
  readonly folder: string;
  /** Configuration, values of variables (`*.tfvars`), or settings of a backend (`*.tfbackend`). */
  readonly kind: "configuration" | "values" | "backend";
  /** `override.tf` or `*_override.tf`: its blocks are merged into those of the other files, and judged there. */
  readonly override: boolean;
  /** Top-level attributes: the assignments of a file of values. */
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly Block[];
  /** Why the file was not read, where it was not: it then has no blocks, which proves nothing. */
  readonly notJudged?: string;
}

export interface Block {
  readonly type: string;
  readonly labels: readonly Label[];
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly Block[];
  readonly span: Span;
  /** From the type to the last label. */
  readonly head: Span;
  /** What stands between the braces. */
  readonly body: Span;
  /** Something in it could not be read: what it seems to lack may be there. */
  readonly broken: boolean;
  /** It is written in JSON, where an object among the arguments is a block as well, as the one who asks takes it. */
  readonly loose?: true;
  /** The override file that it stands in, as with attributes. */
  readonly origin?: string;
}

export interface Label {
  readonly text: string;
  readonly span: Span;
}

export interface Attribute {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Expression;
  readonly span: Span;
  /** The override file that sets it; its spans are then those of what it changes. */
  readonly origin?: string;
}

export type Expression = Literal | Template | Reference | List | MapValue | Call | Conditional | Unknown;

/** A value that stands in the text. */
export interface Literal {
  readonly kind: "literal";
  /** Escapes are resolved; a heredoc keeps its indentation. */
  readonly value: string | number | boolean | null;
  readonly span: Span;
  /** Between the quotes, or the lines of a heredoc. */
  readonly content: Span;
  /** The file that it stands in, where an override sets it: its spans are then those of what it changes. */
  readonly origin?: string;
}

/** A string with interpolations or directives. */
export interface Template {
  readonly kind: "template";
  /** What is interpolated. */
  readonly parts: readonly Expression[];
  readonly span: Span;
  readonly content: Span;
  /** As in `Literal`. */
  readonly origin?: string;
}

/** Something named: `var.size`, `local.tags["a"]`, `aws_vpc.main[0].id`. */
export interface Reference {
  readonly kind: "reference";
  /** As it is written. */
  readonly path: string;
  readonly span: Span;
}

export interface List {
  readonly kind: "list";
  readonly items: readonly Expression[];
  readonly span: Span;
}

export interface MapValue {
  readonly kind: "map";
  readonly entries: readonly Entry[];
  readonly span: Span;
}

export interface Entry {
  /** Absent where the key is computed. */
  readonly key?: string;
  readonly keySpan: Span;
  readonly value: Expression;
  readonly span: Span;
}

export interface Call {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly Expression[];
  /** The last argument is a list that is spread out (`...`). */
  readonly spread: boolean;
  readonly span: Span;
}

export interface Conditional {
  readonly kind: "conditional";
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
  readonly span: Span;
}

/** Operations, `for` expressions and whatever else has to be computed. */
export interface Unknown {
  readonly kind: "unknown";
  readonly span: Span;
}

/** The attribute of that name. */
export const attributeOf = (block: Block, name: string): Attribute | undefined =>
  block.attributes.find((attribute) => attribute.name === name);

export interface Nested {
  readonly block: Block;
  /** Whether it is there in any case; a `dynamic` block may come to nothing. */
  readonly certain: boolean;
}

/** The nested blocks of a type; for a `dynamic` block its `content`. */
export function nestedBlocks(block: Block, type: string): readonly Nested[] {
  const nested = block.blocks.flatMap((inner): readonly Nested[] => {
    if (inner.type === type) return [{ block: inner, certain: true }];
    if (inner.type !== "dynamic" || inner.labels[0]?.text !== type) return [];
    const content = inner.blocks.find(({ type: part }) => part === "content");
    return [{ block: content ?? inner, certain: false }];
  });
  return block.loose ? [...nested, ...objectsAt(block, type).objects] : nested;
}

/** The objects that an argument lists, as blocks; `open` if it may hold more. */
export function objectsAt(block: Block, name: string): { readonly objects: readonly Nested[]; readonly open: boolean } {
  const value = attributeOf(block, name)?.value;
  if (value === undefined || (value.kind === "literal" && value.value === null)) return { objects: [], open: false };
  const items = value.kind === "list" ? value.items : [value];
  const maps = items.filter((item) => item.kind === "map");
  const objects = maps.map((map) => ({
    block: asBlock(name, map, block),
    certain: map.entries.every(({ key }) => key !== undefined),
  }));
  return { objects, open: maps.length < items.length };
}

/** An object that stands for a block. */
const asBlock = (type: string, { entries, span }: MapValue, { loose }: Block): Block => ({
  type,
  labels: [],
  attributes: entries.flatMap(({ key, keySpan, value, span: at }) =>
    key === undefined ? [] : [{ name: key, nameSpan: keySpan, value, span: at }],
  ),
  blocks: [],
  span,
  head: { start: span.start, end: span.start + 1 },
  body: { start: span.start + 1, end: span.end - 1 },
  broken: false,
  ...(loose && { loose }),
});

/** What `lifecycle { ignore_changes = … }` leaves to others: names of attributes, or "all". */
export function ignoredChanges(block: Block): readonly string[] {
  return nestedBlocks(block, "lifecycle").flatMap((lifecycle) => {
    const ignored = attributeOf(lifecycle.block, "ignore_changes")?.value;
    const items = ignored?.kind === "list" ? ignored.items : ignored ? [ignored] : [];
    return items.flatMap((item) => (item.kind === "reference" ? item.path : (literalString(item) ?? [])));
  });
}

/** How others name a block: `aws_vpc.main`, `data.aws_ami.base`, `module.web`, `var.size`. */
export function addressOf({ type, labels }: Block): string {
  const names = labels.map((label) => label.text);
  if (type === "resource") return names.join(".");
  return [type === "variable" ? "var" : type, ...names].join(".");
}

/** Whether override files can name a block by its address; of `terraform`, `locals` and the like there are many. */
export const isOverridable = ({ type, labels }: Block): boolean =>
  labels.length > 0 && ["resource", "data", "module", "variable", "output", "ephemeral"].includes(type);

/** The string that stands in the text; `undefined` for anything else. */
export const literalString = (value: Expression | undefined): string | undefined =>
  value?.kind === "literal" && typeof value.value === "string" ? value.value : undefined;

/**
 * What is known of the keys of a map: those it certainly has, the references that are merged into it (`local.tags`), and
 * whether it may have more.
 */
export interface Keys {
  readonly keys: readonly string[];
  readonly from: readonly string[];
  readonly open: boolean;
}

export const noKeys: Keys = { keys: [], from: [], open: false };
export const openKeys: Keys = { keys: [], from: [], open: true };

/** The keys of both: what `merge` gives. */
export const mergeKeys = (a: Keys, b: Keys): Keys => ({
  keys: [...new Set([...a.keys, ...b.keys])],
  from: [...new Set([...a.from, ...b.from])],
  open: a.open || b.open,
});

/** What the expression of a map tells of its keys. */
export function keysOf(value: Expression): Keys {
  switch (value.kind) {
    case "map":
      return {
        keys: value.entries.flatMap(({ key }) => key ?? []),
        from: [],
        open: value.entries.some(({ key }) => key === undefined),
      };
    case "literal":
      return value.value === null ? noKeys : openKeys;
    case "reference":
      return { keys: [], from: [value.path], open: false };
    case "call":
      if (value.spread) return openKeys;
      if (value.name === "merge" || value.name === "tomap") return value.args.map(keysOf).reduce(mergeKeys, noKeys);
      return openKeys;
    case "conditional":
      return commonKeys(keysOf(value.whenTrue), keysOf(value.whenFalse));
    default:
      return openKeys;
  }
}

/** The keys that hold in either case; if the cases differ, there may be more. */
function commonKeys(a: Keys, b: Keys): Keys {
  const keys = a.keys.filter((key) => b.keys.includes(key));
  const same = keys.length === a.keys.length && keys.length === b.keys.length && a.from.join() === b.from.join();
  return { keys, from: same ? a.from : [], open: a.open || b.open || !same };
}
