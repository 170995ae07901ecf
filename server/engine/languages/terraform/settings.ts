// What a resource sets, as three values: known, absent, unknown. Nested blocks count in every form they can be written in,
// and literals are found behind locals and defaults, with their origin named.

import { type Place, type Span, spanOf } from "../../text.js";
import type { Workspace } from "../../workspace.js";
import { keyIn, type ValueFact } from "./facts.js";
import {
  addressOf,
  attributeOf,
  type Block,
  type Expression,
  nestedBlocks,
  objectsAt,
  type TerraformFile,
} from "./model.js";
import { filesOf, isCalled, moduleFacts, valueIn } from "./module.js";
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
  if (found) {
    const { fact, origin } = found;
    return fact.value === undefined ? undefined : { value: fact.value, span: value.span, origin };
  }
  const [, object, rest = ""] = /^(local\.[\w-]+)([.[].+)$/.exec(value.path) ?? [];
  const whole = object && writtenOut(scope, { ...value, path: object });
  const member = whole ? memberAt(whole, rest) : undefined;
  return member?.kind === "literal" && member.origin === undefined
    ? { value: member.value, span: value.span, origin: value.path }
    : undefined;
}

/** What stands in an object under `.port` or `["port"]`; the object itself where the path is empty. */
export function memberAt(value: Expression, path: string): Expression | undefined {
  const steps = [...path.matchAll(/\.([\w-]+)|\["([^"]*)"\]|(\[)/g)];
  return steps.reduce<Expression | undefined>((found, [, word, quoted]) => {
    const step = word ?? quoted;
    return step !== undefined && found?.kind === "map"
      ? found.entries.find((entry) => entry.key === step)?.value
      : undefined;
  }, value);
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
  if (!found) {
    const written = writtenOut(scope, value);
    return written?.kind === "call"
      ? resolveItems(scope, written).map((item) => ({ ...item, span: value.span, origin: value.path }))
      : [];
  }
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
  return isSettled(workspace, file.folder) ? { fact: only, origin: `default of ${path}${by}` } : undefined;
}

/** Whether nobody else can set the variables of a module. */
function isSettled(workspace: Workspace, folder: string): boolean {
  const files = filesOf(workspace, folder);
  const settled = files.some(({ providers }) => providers.length > 0) && files.every((one) => one.kind !== "values");
  return settled && !isCalled(workspace, folder);
}

/**
 * The expression that a local, or the default of a variable, of this file stands for; any other one is itself. It is
 * followed through one file only, for lists of objects and documents are not in the index.
 */
export function writtenOut({ file, workspace }: Scope, value: Expression, depth = 0): Expression | undefined {
  const [, kind, name = ""] = /^(var|local)\.([\w-]+)$/.exec(value.kind === "reference" ? value.path : "") ?? [];
  if (kind === undefined) return value;
  const fact = kind === "var" ? "terraform.variable" : "terraform.local";
  if (depth > 5 || moduleFacts(workspace, fact, file.folder, keyIn(file.folder, name)).some(({ override }) => override))
    return undefined;
  if (kind === "var" && !isSettled(workspace, file.folder)) return undefined;
  const found = file.blocks.flatMap((block) => {
    if (kind === "local") return block.type === "locals" ? (attributeOf(block, name) ?? []) : [];
    const isIt = block.type === "variable" && block.labels[0]?.text === name;
    return isIt ? (attributeOf(block, "default") ?? []) : [];
  });
  const [only] = found;
  return only && found.length === 1 ? writtenOut({ file, workspace }, only.value, depth + 1) : undefined;
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

/**
 * An argument by its path, `storage_encrypted` or `root_block_device.encrypted`: once for each block on the way, and once
 * for each item of a list. `parameter[tls].value` looks into the blocks with that name alone.
 */
export function settingsOf(resource: Resource, path: string): readonly Setting[] {
  return within(resource, { block: resource.block, certain: !resource.partial }, stepsOf(path));
}

/** The same below a block. */
export function within(scope: Scope, { block, certain }: Part, path: readonly string[]): readonly Setting[] {
  const [step = "", ...rest] = path;
  const [, name = step, wanted] = /^(\w+)\[(.+)\]$/.exec(step) ?? [];
  const absent: Setting = certain ? { state: "absent", holder: block, lacking: path } : { state: "unknown" };
  if (rest.length > 0) {
    const all = partsOf(block, name);
    const { parts, open } = wanted === undefined ? all : namedParts(scope, all, wanted);
    if (parts.length === 0) return [open ? { state: "unknown" } : absent];
    return parts.flatMap((part) => within(scope, { ...part, certain: part.certain && certain }, rest));
  }
  const attribute = attributeOf(block, name);
  if (!attribute) return [block.broken || partsOf(block, name).open ? { state: "unknown" } : absent];
  const known = resolve(scope, attribute.value);
  if (!known) {
    const items = resolveItems(scope, attribute.value);
    if (items.length === 0) return [{ state: "unknown" }];
    return items.map((item) => ({ state: "known", known: item, place: item.span, holder: block }));
  }
  if (known.value === null) return [absent];
  return [{ state: "known", known, place: spanOf(attribute.value), holder: block }];
}

type Parts = ReturnType<typeof partsOf>;

/** The blocks whose `name` says so; one whose name cannot be told may be among them. */
function namedParts(scope: Scope, { parts, open }: Parts, wanted: string): Parts {
  const names = parts.map(({ block }) => {
    const name = attributeOf(block, "name");
    return name && resolve(scope, name.value)?.value;
  });
  return {
    parts: parts.filter((_, i) => String(names[i]).toLowerCase() === wanted),
    open: open || names.includes(undefined),
  };
}

/** The steps of a path; the name of a pair may hold dots: `parameter[rds.force_ssl].value`. */
const stepsOf = (path: string): readonly string[] => path.split(/\.(?![^[]*\])/);

/** Where a path leads to something, whatever it says: an argument that is certainly set, or a block. */
export function placesOf(resource: Resource, path: string): readonly Span[] {
  const steps = stepsOf(path);
  const name = steps.at(-1) ?? "";
  const holders = steps
    .slice(0, -1)
    .reduce<readonly Part[]>(
      (parts, step) => parts.flatMap(({ block }) => partsOf(block, step).parts.filter(({ certain }) => certain)),
      [{ block: resource.block, certain: true }],
    );
  return holders.flatMap(({ block }): readonly Span[] => {
    const value = attributeOf(block, name)?.value;
    if (value?.kind === "reference" && !/^(?:var|local|each|module)\b/.test(value.path)) return [spanOf(value)];
    if (value?.kind === "literal") return value.value === null || value.value === "" ? [] : [spanOf(value)];
    return partsOf(block, name).parts.flatMap((part) => (part.certain ? [part.block.head] : []));
  });
}

/** Whether an argument or a block of that name is there in any form. */
export const has = ({ block, partial }: Resource, name: string): "yes" | "no" | "unknown" => {
  const { parts, open } = partsOf(block, name);
  const attribute = attributeOf(block, name);
  if (attribute ? !isNull(attribute.value) : parts.some(({ certain }) => certain)) return "yes";
  return open || partial || parts.length > 0 ? "unknown" : "no";
};
