// What a resource sets, as three values: known, absent, unknown. Nested blocks count in every form they can be written in,
// and literals are found behind locals and defaults, with their origin named.

import { type Place, type Span, spanOf } from "../../text.js";
import type { Workspace } from "../../workspace.js";
import type { ValueFact } from "./facts.js";
import {
  addressOf,
  attributeOf,
  type Block,
  type Expression,
  nestedBlocks,
  objectsAt,
  type TerraformFile,
} from "./model.js";
import { filesOf, isCalled, valueIn } from "./module.js";
import { overridden, overridesFor } from "./override.js";

/** Where expressions are resolved: a file in its module. */
export interface Scope {
  readonly file: TerraformFile;
  readonly workspace: Workspace;
}

export type Value = string | number | boolean | null;

/** A value that is certain, where it stands, and where it comes from if it stands elsewhere: `default of var.size`. */
export interface Known {
  readonly value: Value;
  readonly span: Span;
  readonly origin?: string;
}

/** A resource with what is needed to look into it. */
export interface Resource extends Scope {
  readonly block: Block;
  readonly type: string;
  readonly address: string;
  /** Something in it could not be read: what it seems to lack may be there. */
  readonly partial: boolean;
}

/** The blocks of a kind (`resource`, `data`) in a file, with what override files set in them; in those, none is. */
export function resourcesOf(
  file: TerraformFile,
  workspace: Workspace,
  kind: "resource" | "data" = "resource",
): readonly Resource[] {
  if (file.override) return [];
  const overrides = overridesFor(file, workspace);
  const known = seen.get(file)?.[kind];
  if (overrides.length === 0 && known?.workspace === workspace) return known.resources;
  const resources = file.blocks.flatMap((own): readonly Resource[] => {
    const type = own.labels[0]?.text;
    if (own.type !== kind || type === undefined) return [];
    const block = overridden(own, overrides);
    return [{ file, workspace, block, type, address: addressOf(block), partial: block.broken }];
  });
  seen.set(file, { ...seen.get(file), [kind]: { workspace, resources } });
  return resources;
}

/** Many rules ask for the same resources, one after the other. */
const seen = new WeakMap<TerraformFile, Partial<Record<"resource" | "data", Listed>>>();

interface Listed {
  readonly workspace: Workspace;
  readonly resources: readonly Resource[];
}

/** The place to point at when the resource as a whole is meant: its labels. */
export function labelsOf({ block }: Resource): Span {
  const [first, last] = [block.labels[0], block.labels.at(-1)];
  return first && last ? { start: first.span.start, end: last.span.end } : block.head;
}

/** One value, if it is certain. Both branches of a condition have to agree. */
export function resolve(scope: Scope, value: Expression): Known | undefined {
  if (value.kind === "literal")
    return {
      value: value.value,
      span: value.content,
      ...(value.origin !== undefined && { origin: `set in ${value.origin}` }),
    };
  if (value.kind === "conditional") {
    const [yes, no] = [resolve(scope, value.whenTrue), resolve(scope, value.whenFalse)];
    return yes && no && yes.value === no.value ? { ...yes, span: value.span } : undefined;
  }
  if (value.kind !== "reference") return undefined;
  const found = originOf(scope, value.path);
  return found?.fact.value === undefined
    ? undefined
    : { value: found.fact.value, span: value.span, origin: found.origin };
}

/** The items of a list that are certain; what cannot be told is left out, so that the list may hold more. */
export function resolveItems(scope: Scope, value: Expression): readonly Known[] {
  if (value.kind === "list") return value.items.flatMap((item) => resolve(scope, item) ?? []);
  if (value.kind === "call" && ["concat", "toset", "tolist", "distinct", "compact", "flatten"].includes(value.name))
    return value.args.flatMap((arg) => resolveItems(scope, arg));
  if (value.kind !== "reference") {
    const one = resolve(scope, value);
    return one ? [one] : [];
  }
  const found = originOf(scope, value.path);
  if (!found) return [];
  const items = found.fact.items ?? (found.fact.value === undefined ? [] : [found.fact.value]);
  return items.map((item) => ({ value: item, span: value.span, origin: found.origin }));
}

/**
 * What a name stands for: a local that is assigned once, or the default of a variable that nobody else can set: the module
 * has its own providers, is not called, and no file of values lies beside it.
 */
function originOf({ file, workspace }: Scope, path: string): { fact: ValueFact; origin: string } | undefined {
  const [, kind, name] = /^(var|local)\.([\w-]+)$/.exec(path) ?? [];
  if (kind === undefined || name === undefined) return undefined;
  const only = valueIn(workspace, kind === "var" ? "terraform.variable" : "terraform.local", file.folder, name);
  if (!only) return undefined;
  const by = only.override ? ` in ${only.path.slice(only.path.lastIndexOf("/") + 1)}` : "";
  if (kind === "local") return { fact: only, origin: path + by };
  const files = filesOf(workspace, file.folder);
  const settled = files.some(({ providers }) => providers.length > 0) && files.every((one) => one.kind !== "values");
  return settled && !isCalled(workspace, file.folder) ? { fact: only, origin: `default of ${path}${by}` } : undefined;
}

export interface Part {
  readonly block: Block;
  /** Whether it is there in any case, and whole: what it lacks is lacking. */
  readonly certain: boolean;
}

/** The nested blocks of a type, also those of a `dynamic` block and those that are written as a list of objects. */
export function partsOf(block: Block, type: string): { readonly parts: readonly Part[]; readonly open: boolean } {
  const nested = nestedBlocks(block, type);
  const { objects, open } = objectsAt(block, type);
  const all = block.loose ? nested : [...nested, ...objects];
  return {
    parts: all.map((one) => ({ block: one.block, certain: one.certain && !one.block.broken })),
    open: block.broken || open || nested.some(({ certain }) => !certain),
  };
}

const isNull = (value: Expression): boolean => value.kind === "literal" && value.value === null;

/** What is known of an argument, and the block that holds it or would hold it. */
export type Setting =
  | { readonly state: "known"; readonly known: Known; readonly place: Place; readonly holder: Block }
  | { readonly state: "absent"; readonly holder: Block; readonly lacking: readonly string[] }
  | { readonly state: "unknown" };

/** An argument by its path, `storage_encrypted` or `root_block_device.encrypted`: once for each block on the way. */
export function settingsOf(resource: Resource, path: string): readonly Setting[] {
  return within(resource, { block: resource.block, certain: !resource.partial }, path.split("."));
}

/** The same below a block. */
export function within(scope: Scope, { block, certain }: Part, path: readonly string[]): readonly Setting[] {
  const [name = "", ...rest] = path;
  const absent: Setting = certain ? { state: "absent", holder: block, lacking: path } : { state: "unknown" };
  if (rest.length > 0) {
    const { parts, open } = partsOf(block, name);
    if (parts.length === 0) return [open ? { state: "unknown" } : absent];
    return parts.flatMap((part) => within(scope, { ...part, certain: part.certain && certain }, rest));
  }
  const attribute = attributeOf(block, name);
  if (!attribute) return [block.broken || partsOf(block, name).open ? { state: "unknown" } : absent];
  const known = resolve(scope, attribute.value);
  if (!known) return [{ state: "unknown" }];
  if (known.value === null) return [absent];
  return [{ state: "known", known, place: spanOf(attribute.value), holder: block }];
}

/** Whether an argument or a block of that name is there in any form. */
export const has = ({ block, partial }: Resource, name: string): "yes" | "no" | "unknown" => {
  const { parts, open } = partsOf(block, name);
  const attribute = attributeOf(block, name);
  if (attribute ? !isNull(attribute.value) : parts.some(({ certain }) => certain)) return "yes";
  return open || partial || parts.length > 0 ? "unknown" : "no";
};
