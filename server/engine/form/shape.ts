// The words in which the form of a YAML file is said: what a node must be, read into plain data, with a complaint at the
// place where it is not so; and the same form as a JSON Schema, so that the two cannot differ.

import type { Problem } from "../languages/source.js";
import type { YamlEntry, YamlNode } from "../languages/yaml/model.js";
import type { Span } from "../text.js";
import { meantBy } from "./meant.js";

export interface Shape<T> {
  /** Reads one node; undefined when it is not of the form, which has been complained about then. */
  readonly read: (node: YamlNode, complain: Complain) => T | undefined;
  readonly schema: Schema;
}
type Complain = (span: Span, message: string) => void;

/** The part of JSON Schema (draft 7) that a shape can say. */
export interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: SchemaType | readonly SchemaType[];
  readonly const?: string;
  readonly enum?: readonly (string | boolean)[];
  readonly default?: unknown;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

/** The schema of a whole file. */
export interface RootSchema extends Schema {
  readonly $schema: string;
  readonly title: string;
  readonly definitions: Readonly<Record<string, Schema>>;
}

type SchemaType = "string" | "integer" | "number" | "boolean" | "array" | "object" | "null";

interface Field<T> {
  readonly about: string;
  readonly shape: Shape<T>;
}
interface Required<T> extends Field<T> {
  readonly required: true;
}
interface Defaulted<T> extends Field<T> {
  readonly otherwise: (read: Readonly<Record<string, unknown>>) => T;
}
type AnyField<T> = Field<T> | Required<T> | Defaulted<T>;

/** The fields of a map: required ones, optional ones, and those that have a value where nothing is written. */
type Fields<T> = {
  readonly [K in keyof T]-?: undefined extends T[K]
    ? Field<Exclude<T[K], undefined>>
    : Required<T[K]> | Defaulted<T[K]>;
};

/** A field that has to be there. @param about what it says, for people who write the file */
export const must = <T>(about: string, shape: Shape<T>): Required<T> => ({ about, shape, required: true });

/** A field that may be left out. */
export const may = <T>(about: string, shape: Shape<T>): Field<T> => ({ about, shape });

/** A field that may be left out; `otherwise` gives its value from the fields before it. */
export const or = <T>(about: string, shape: Shape<T>, otherwise: Defaulted<T>["otherwise"]): Defaulted<T> => ({
  about,
  shape,
  otherwise,
});

/** A list that is empty where it is left out. */
export const any = <T>(about: string, shape: Shape<T>): Defaulted<readonly T[]> => or(about, list(shape), () => []);

/** Reads a document's root. Problems are in the order in which they were found. */
export function readShape<T>(
  shape: Shape<T>,
  node: YamlNode,
): { readonly value?: T; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const value = shape.read(node, (span, message) => problems.push({ span, message }));
  return value === undefined ? { problems } : { value, problems };
}

/** A text that is not empty. @param form what it must match, with words for the complaint */
export function text(form?: { readonly pattern: RegExp; readonly words: string }): Shape<string> {
  return {
    schema: { type: "string", pattern: form ? `^(?=.*\\S)${form.pattern.source.replace(/^\^/, "")}` : "\\S" },
    read(node, complain) {
      if (node.type !== "scalar" || typeof node.value !== "string" || node.value.trim() === "")
        return wrong(node, complain, "text");
      if (form && !form.pattern.test(node.value)) return wrong(node, complain, form.words);
      return node.value;
    },
  };
}

/** A whole number between two bounds, both included. */
export function integer(least: number, most: number): Shape<number> {
  return {
    schema: { type: "integer", minimum: least, maximum: most },
    read(node, complain) {
      const value = numberOf(node);
      if (value !== undefined && Number.isInteger(value) && least <= value && value <= most) return value;
      return wrong(node, complain, `a whole number from ${least} to ${most}`);
    },
  };
}

export const number = (least: number): Shape<number> => ({
  schema: { type: "number", minimum: least },
  read(node, complain) {
    const value = numberOf(node);
    return value !== undefined && Number.isFinite(value) && value >= least
      ? value
      : wrong(node, complain, `a number of ${least} or more`);
  },
});

/** A number that is not negative. */
export const amount = number(0);

export const flag: Shape<boolean> = {
  schema: { type: "boolean" },
  read: (node, complain) =>
    node.type === "scalar" && typeof node.value === "boolean" ? node.value : wrong(node, complain, "true or false"),
};

/** A text that may also be empty. */
export const anyText: Shape<string> = {
  schema: { type: "string" },
  read: (node, complain) =>
    node.type === "scalar" && typeof node.value === "string" ? node.value : wrong(node, complain, "text"),
};

export function oneOf<const Word extends string | boolean>(words: readonly Word[]): Shape<Word> {
  return {
    schema: { enum: words },
    read(node, complain) {
      const found = node.type === "scalar" ? words.find((word) => word === node.value) : undefined;
      return found ?? wrong(node, complain, `one of ${words.join(", ")}`);
    },
  };
}

/** A list; items that are not of the form are left out. */
export function list<T>(shape: Shape<T>, least = 0): Shape<readonly T[]> {
  return {
    schema: { type: "array", items: shape.schema, ...(least > 0 && { minItems: least }) },
    read(node, complain) {
      if (node.type !== "list") return wrong(node, complain, "a list");
      if (node.items.length < least) return wrong(node, complain, `a list of at least ${least}`);
      return node.items.flatMap((item) => shape.read(item, complain) ?? []);
    },
  };
}

/** What holds only as a whole: without its faulty parts it would say something else. */
export const flawless = <T>(shape: Shape<T>): Shape<T> => ({
  schema: shape.schema,
  read(node, complain) {
    let faults = 0;
    const value = shape.read(node, (span, message) => {
      faults++;
      complain(span, message);
    });
    return faults === 0 ? value : undefined;
  },
});

/** A map with these fields and no others. @param about what one such map is */
export function record<T extends object>(about: string, fields: Fields<T>): Shape<T> {
  const entries = Object.entries<AnyField<unknown>>(fields);
  const names = entries.map(([name]) => name);
  const wanted = names.length > 12 ? "a map" : `a map with ${names.join(", ")}`;
  return {
    schema: {
      type: "object",
      description: about,
      additionalProperties: false,
      required: entries.flatMap(([name, field]) => ("required" in field ? [name] : [])),
      properties: Object.fromEntries(
        entries.map(([name, { about: what, shape }]) => [name, described(what, shape.schema)]),
      ),
    },
    read(node, complain) {
      if (node.type !== "map") return wrong(node, complain, wanted);
      const named = new Map(node.entries.map((entry) => [entry.key.text, entry]));
      for (const { key } of node.entries)
        if (!Object.hasOwn(fields, key.text)) complain(key.span, unknownKey(key.text, names));
      const result: Record<string, unknown> = {};
      let whole = true;
      for (const [name, field] of entries) {
        const entry = named.get(name);
        const value = entry && field.shape.read(entry.value, complainFor(entry, complain));
        if (value !== undefined) result[name] = value;
        else if ("otherwise" in field) result[name] = field.otherwise(result);
        else if ("required" in field) {
          whole = false;
          if (!entry) complain(headOf(node), `"${name}" is missing`);
        }
      }
      // Every required field has been read by its own shape, so the record is what `fields` says.
      return whole ? (result as T) : undefined;
    },
  };
}

/** A map with some of these keys, which all hold the same kind of thing. */
export const keyed = <T>(
  about: string,
  fields: Readonly<Record<string, Field<T>>>,
): Shape<Readonly<Record<string, T>>> =>
  // Keys that are not written are absent from what was read, never undefined.
  record<Record<string, T | undefined>>(about, fields as Fields<Record<string, T | undefined>>) as Shape<
    Readonly<Record<string, T>>
  >;

/** Where nothing is written behind a key, there is nothing to mark but the key. */
const complainFor =
  ({ key, value }: YamlEntry, complain: Complain): Complain =>
  (span, message) =>
    complain(value.span.start === value.span.end ? key.span : span, message);

function unknownKey(written: string, names: readonly string[]): string {
  const meant = written.length > 40 ? undefined : meantBy(written, names);
  return `"${written}" is not known here${meant === undefined ? "" : `: "${meant}" is`}`;
}

/** A reference says nothing else in draft 7, so it is wrapped. */
const described = (about: string, schema: Schema): Schema =>
  schema.$ref ? { description: about, allOf: [schema] } : { ...schema, description: about };

/** A map whose field `kind` says which of several forms it has. */
export function variant<T extends { readonly kind: string }>(
  forms: {
    readonly [K in T["kind"]]: Shape<Extract<T, { readonly kind: K }>>;
  },
): Shape<T> {
  const byKind = new Map<string, Shape<T>>(Object.entries<Shape<T>>(forms));
  return {
    schema: { oneOf: [...byKind.values()].map(({ schema }) => schema) },
    read(node, complain) {
      const kind = node.type === "map" ? node.entries.find(({ key }) => key.text === "kind")?.value : undefined;
      if (!kind) return wrong(node, complain, 'a map with "kind"');
      const shape = kind.type === "scalar" ? byKind.get(kind.text) : undefined;
      return shape ? shape.read(node, complain) : wrong(kind, complain, `one of ${[...byKind.keys()].join(", ")}`);
    },
  };
}

/** A map or list that may also be written as one word or text, where nothing but this is to be said. */
export function short<Plain, T>(plain: Shape<Plain>, full: Shape<T>, toFull: (said: Plain) => T): Shape<T> {
  return {
    schema: { oneOf: [plain.schema, full.schema] },
    read(node, complain) {
      if (node.type !== "scalar") return full.read(node, complain);
      const said = plain.read(node, complain);
      return said === undefined ? undefined : toFull(said);
    },
  };
}

/** Something behind a key that may also have nothing behind it. @param nothing what that says */
export const orNothing = <T>(shape: Shape<T>, nothing: T): Shape<T> => ({
  schema: { ...shape.schema, type: [shape.schema.type ?? "object", "null"].flat() as readonly SchemaType[] },
  read: (node, complain) => (node.type === "scalar" && node.value === null ? nothing : shape.read(node, complain)),
});

/**
 * What is made of a value that is of the form.
 * @param make gives undefined for a value that cannot be taken, and complains about it
 */
export const made = <A, B>(
  shape: Shape<A>,
  make: (value: A, place: Span, complain: Complain) => B | undefined,
): Shape<B> => ({
  schema: shape.schema,
  read(node, complain) {
    const value = shape.read(node, complain);
    return value === undefined ? undefined : make(value, headOf(node), complain);
  },
});

/** A shape that has a name of its own in the schema, under "definitions"; it may hold itself. */
export const named = <T>(name: string, shape: () => Shape<T>): Shape<T> => ({
  schema: { $ref: `#/definitions/${name}` },
  read: (node, complain) => shape().read(node, complain),
});

const numberOf = (node: YamlNode): number | undefined =>
  node.type === "scalar" && typeof node.value === "number" ? node.value : undefined;

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
