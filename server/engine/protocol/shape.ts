// The words in which the form of a YAML file is said: what a node must be, read into plain data, with a complaint at the
// place where it is not so.

import type { Problem } from "../languages/source.js";
import type { YamlNode } from "../languages/yaml/model.js";
import type { Span } from "../text.js";

/** Reads one node; undefined when it is not of the form, which has been complained about then. */
export type Shape<T> = (node: YamlNode, complain: Complain) => T | undefined;
type Complain = (span: Span, message: string) => void;

/** The fields of a map: required ones are shapes, optional ones say so, some have a value where nothing is written. */
type Fields<T> = {
  readonly [K in keyof T]-?: undefined extends T[K]
    ? Optional<Exclude<T[K], undefined>>
    : Shape<T[K]> | Defaulted<T[K]>;
};
interface Optional<T> {
  readonly optional: Shape<T>;
}
interface Defaulted<T> {
  readonly optional: Shape<T>;
  readonly otherwise: (read: Readonly<Record<string, unknown>>) => T;
}

export const optional = <T>(shape: Shape<T>): Optional<T> => ({ optional: shape });

/** A field that may be left out; `otherwise` gives its value from the fields before it. */
export const defaulted = <T>(shape: Shape<T>, otherwise: Defaulted<T>["otherwise"]): Defaulted<T> => ({
  optional: shape,
  otherwise,
});

/** Reads a document's root. Problems are in the order in which they were found. */
export function readShape<T>(
  shape: Shape<T>,
  node: YamlNode,
): { readonly value?: T; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const value = shape(node, (span, message) => problems.push({ span, message }));
  return value === undefined ? { problems } : { value, problems };
}

/** A text that is not empty. @param form what it must match, with words for the complaint */
export function text(form?: { readonly pattern: RegExp; readonly words: string }): Shape<string> {
  return (node, complain) => {
    if (node.type !== "scalar" || typeof node.value !== "string" || node.value.trim() === "")
      return wrong(node, complain, "text");
    if (form && !form.pattern.test(node.value)) return wrong(node, complain, form.words);
    return node.value;
  };
}

/** A whole number between two bounds, both included. */
export function integer(least: number, most: number): Shape<number> {
  return (node, complain) => {
    const value = node.type === "scalar" ? node.value : undefined;
    if (typeof value === "number" && Number.isInteger(value) && least <= value && value <= most) return value;
    return wrong(node, complain, `a whole number from ${least} to ${most}`);
  };
}

export const flag: Shape<boolean> = (node, complain) =>
  node.type === "scalar" && typeof node.value === "boolean" ? node.value : wrong(node, complain, "true or false");

export function oneOf<const Word extends string>(words: readonly Word[]): Shape<Word> {
  return (node, complain) => {
    const found = node.type === "scalar" ? words.find((word) => word === node.value) : undefined;
    return found ?? wrong(node, complain, `one of ${words.join(", ")}`);
  };
}

/** A list; items that are not of the form are left out. */
export function list<T>(shape: Shape<T>, least = 0): Shape<readonly T[]> {
  return (node, complain) => {
    if (node.type !== "list") return wrong(node, complain, "a list");
    if (node.items.length < least) return wrong(node, complain, `a list of at least ${least}`);
    return node.items.flatMap((item) => shape(item, complain) ?? []);
  };
}

/** A map with these fields and no others. */
export function record<T extends object>(fields: Fields<T>): Shape<T> {
  return (node, complain) => {
    if (node.type !== "map") return wrong(node, complain, `a map with ${Object.keys(fields).join(", ")}`);
    const named = new Map(node.entries.map((entry) => [entry.key.text, entry]));
    for (const { key } of node.entries)
      if (!Object.hasOwn(fields, key.text)) complain(key.span, `"${key.text}" is not known here`);
    const result: Record<string, unknown> = {};
    let whole = true;
    for (const [name, field] of Object.entries<Shape<unknown> | Optional<unknown> | Defaulted<unknown>>(fields)) {
      const entry = named.get(name);
      const shape = typeof field === "function" ? field : field.optional;
      const value = entry && shape(entry.value, complain);
      if (value !== undefined) result[name] = value;
      else if (typeof field !== "function") {
        if ("otherwise" in field) result[name] = field.otherwise(result);
      } else {
        whole = false;
        if (!entry) complain(headOf(node), `"${name}" is missing`);
      }
    }
    // Every required field has been read by its own shape, so the record is what `fields` says.
    return whole ? (result as T) : undefined;
  };
}

/** A map whose field `kind` says which of several forms it has. */
export function variant<T extends { readonly kind: string }>(
  forms: {
    readonly [K in T["kind"]]: Shape<Extract<T, { readonly kind: K }>>;
  },
): Shape<T> {
  const byKind = new Map<string, Shape<T>>(Object.entries<Shape<T>>(forms));
  return (node, complain) => {
    const kind = node.type === "map" ? node.entries.find(({ key }) => key.text === "kind")?.value : undefined;
    if (!kind) return wrong(node, complain, 'a map with "kind"');
    const shape = kind.type === "scalar" ? byKind.get(kind.text) : undefined;
    return shape ? shape(node, complain) : wrong(kind, complain, `one of ${[...byKind.keys()].join(", ")}`);
  };
}

function wrong(node: YamlNode, complain: Complain, wanted: string): undefined {
  complain(headOf(node), `${wanted} is wanted here`);
  return undefined;
}

/** A short place for a long node: its first entry's key, or its first item. */
function headOf(node: YamlNode): Span {
  if (node.type === "map") return node.entries[0]?.key.span ?? node.span;
  const [first] = node.type === "list" ? node.items : [];
  return first ? headOf(first) : node.span;
}
