// What can be written at a place of a YAML file of ours: keys and values by its schema, from the lines around. The text is
// being written, so it is read by its indentation and not as YAML.

import type { RootSchema, Schema } from "./shape.js";

export interface Proposal {
  readonly name: string;
  /** What it says, for people. */
  readonly about: string;
  readonly kind: "key" | "value";
  /** What stands behind a key: text on the same line, or lines below. */
  readonly holds?: "text" | "list" | "map";
}

export interface Proposals {
  /** What has been typed of the word. */
  readonly typed: string;
  /** A list's entry begins here and has no dash yet. */
  readonly dash: boolean;
  readonly items: readonly Proposal[];
}

/** A key as our files have them, ids of rules included. */
const key = "[A-Za-z][\\w./-]*";

const keyWithValue = new RegExp(`^(${key}):\\s+(\\S*)$`);
const partOfKey = /^[\w./-]*$/;
const keyOnly = new RegExp(`^(${key})(?=:(?:\\s|$))`);
const keyBefore = new RegExp(`(${key}):\\s*$`);
const flowEntry = new RegExp(`^\\s*(${key}):\\s*(.*?)\\s*$`);
const blockEntry = new RegExp(`^(\\s*)((?:- +)*)(${key}):(?:\\s+(.*?))?\\s*$`);

const none: Proposals = { typed: "", dash: false, items: [] };

/**
 * What can be written at a place.
 * @param root the schema of the file
 * @param lines the lines of the file
 * @param line number of the line, from zero
 * @param character column on it, in UTF-16 code units
 */
export function proposalsAt(root: RootSchema, lines: readonly string[], line: number, character: number): Proposals {
  const { schemaAt, mapOf, isList, keysOf, valuesOf } = readerOf(root);
  const before = (lines[line] ?? "").slice(0, character);
  if (/^\s*#|\s#/.test(before)) return none;
  const place = placeOf(lines, line, before);
  const holder = schemaAt(place.path);
  if (!holder) return none;
  const value = keyWithValue.exec(place.rest);
  if (value?.[1] !== undefined) {
    const schema = mapOf(holder, place.siblings)?.properties?.[value[1]];
    return { typed: value[2] ?? "", dash: false, items: schema ? valuesOf(schema) : [] };
  }
  if (!partOfKey.test(place.rest)) return none;
  const keys = place.inList ? [] : keysOf(mapOf(holder, place.siblings), place.siblings);
  const dash = !place.isItem && place.siblings.size === 0 && !place.inMap && isList(place.path);
  return { typed: place.rest, dash, items: [...keys, ...(place.isItem || dash ? valuesOf(holder) : [])] };
}

/** The description of the key at a place; undefined where no known key stands. */
export function aboutKeyAt(
  root: RootSchema,
  lines: readonly string[],
  line: number,
  character: number,
): { readonly start: number; readonly end: number; readonly about: string } | undefined {
  const text = lines[line] ?? "";
  const start = /[\w./-]*$/.exec(text.slice(0, character))?.index ?? character;
  const word = keyOnly.exec(text.slice(start))?.[1];
  if (!word) return undefined;
  const place = placeOf(lines, line, text.slice(0, start));
  const { schemaAt, mapOf } = readerOf(root);
  const holder = schemaAt(place.path);
  const about = holder && mapOf(holder, place.siblings)?.properties?.[word]?.description;
  return about ? { start, end: start + word.length, about } : undefined;
}

interface Step {
  readonly key: string;
  /** The other keys of the map that the key stands in, with what follows them. */
  readonly siblings: ReadonlyMap<string, string>;
}

interface Place {
  /** The keys around the place, outermost first. */
  readonly path: readonly Step[];
  readonly siblings: ReadonlyMap<string, string>;
  /** What is written of the entry up to the place. */
  readonly rest: string;
  /** Behind a dash or inside brackets: an entry of a list. */
  readonly isItem: boolean;
  /** Inside brackets, where no key can stand. */
  readonly inList: boolean;
  /** Inside braces. */
  readonly inMap: boolean;
}

/** Brackets of the line are looked through from the inside, then the lines above. */
function placeOf(lines: readonly string[], line: number, before: string): Place {
  const flow = openBrackets(before);
  const head = /^(\s*)((?:- +)*)/.exec(before) ?? ["", "", ""];
  const column = head[0].length;
  const own = blockSiblings(lines, line, column);
  const above = keysAbove(lines, line, column);
  const [outer] = flow;
  if (!outer) {
    const rest = before.slice(column);
    return { path: above, siblings: own, rest, isItem: head[2] !== "", inList: false, inMap: false };
  }
  const inner = flow.map(({ key, siblings }, i): readonly Step[] =>
    key === undefined ? [] : [{ key, siblings: i === 0 ? own : (flow[i - 1]?.siblings ?? siblings) }],
  );
  const last = flow.at(-1) ?? outer;
  return {
    path: [...above, ...inner.flat()],
    siblings: last.siblings,
    rest: last.rest,
    isItem: last.list,
    inList: last.list,
    inMap: !last.list,
  };
}

interface Bracket {
  /** The key it is the value of; absent in a list of lists and for an entry of a list. */
  readonly key?: string;
  readonly list: boolean;
  readonly siblings: ReadonlyMap<string, string>;
  readonly rest: string;
}

/** The brackets that are still open at the end of a text, outermost first, with what stands in them. */
function openBrackets(text: string): readonly Bracket[] {
  const open: { at: number; parts: string[]; from: number }[] = [];
  let quote = "";
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    const current = open.at(-1);
    if (quote) quote = char === quote ? "" : quote;
    else if (/["']/.test(char) && /[\s[{,]/.test(text[i - 1] ?? " ")) quote = char;
    else if ((char === "{" || char === "[") && /[\s[{,:-]/.test(text[i - 1] ?? " "))
      open.push({ at: i, parts: [], from: i + 1 });
    else if (current && (char === "}" || char === "]")) open.pop();
    else if (current && char === ",") {
      current.parts.push(text.slice(current.from, i));
      current.from = i + 1;
    }
  }
  return open.map((bracket, i): Bracket => {
    const { at, parts, from } = bracket;
    const end = open[i + 1]?.at ?? text.length;
    const name = keyBefore.exec(text.slice(open[i - 1]?.from ?? 0, at))?.[1];
    return {
      ...(name !== undefined && { key: name }),
      list: text[at] === "[",
      siblings: new Map(parts.map(entryIn).filter((entry) => entry !== undefined)),
      rest: text.slice(from, end).trimStart(),
    };
  });
}

const entryIn = (text: string): readonly [string, string] | undefined => {
  const found = flowEntry.exec(text);
  return found?.[1] === undefined ? undefined : [found[1], found[2] ?? ""];
};

interface Line {
  readonly column: number;
  readonly dash: boolean;
  readonly key: string;
  readonly value: string;
}

/** A line that holds a key: where the key begins, counted behind the dashes before it. */
function keyLine(text: string | undefined): Line | undefined {
  const found = blockEntry.exec(text ?? "");
  if (found?.[3] === undefined) return undefined;
  const [, indent = "", dashes = "", key, value = ""] = found;
  return { column: indent.length + dashes.length, dash: dashes !== "", key, value };
}

function keysAbove(lines: readonly string[], line: number, column: number): readonly Step[] {
  const steps: Step[] = [];
  let limit = column;
  for (let above = line - 1; above >= 0 && limit > 0; above--) {
    const found = keyLine(lines[above]);
    if (!found || found.column >= limit) continue;
    steps.unshift({ key: found.key, siblings: blockSiblings(lines, above, found.column) });
    limit = found.column;
  }
  return steps;
}

/** The other keys of the map that a line belongs to; its own is left out. */
function blockSiblings(lines: readonly string[], line: number, column: number): ReadonlyMap<string, string> {
  const siblings = new Map<string, string>();
  const walk = (step: 1 | -1): void => {
    for (let at = line + step; at >= 0 && at < lines.length; at += step) {
      const text = lines[at] ?? "";
      if (/^\s*(?:#.*)?$/.test(text)) continue;
      const found = keyLine(text);
      const begins = /^\s*-\s/.test(text) && (found?.column ?? 0) === column;
      if ((step > 0 && begins) || (/^\s*/.exec(text)?.[0].length ?? 0) + (begins ? column : 0) < column) return;
      if (found?.column === column) siblings.set(found.key, found.value);
      if (begins) return;
    }
  };
  if (!/^\s*-\s/.test(lines[line] ?? "")) walk(-1);
  walk(1);
  return siblings;
}

/** The questions that are asked of the schema of one kind of file. */
function readerOf(root: RootSchema) {
  const resolved = (schema: Schema): Schema => {
    const wrapped = schema.allOf?.[0];
    if (wrapped) return { ...resolved(wrapped), ...(schema.description && { description: schema.description }) };
    const name = schema.$ref?.replace("#/definitions/", "");
    return name === undefined ? schema : (root.definitions[name] ?? {});
  };

  /** Whether the last of these keys holds a list. */
  const isList = (path: readonly Step[]): boolean => {
    const last = path.at(-1);
    const holder = schemaAt(path.slice(0, -1));
    const schema = last && holder && mapOf(holder, last.siblings)?.properties?.[last.key];
    return schema !== undefined && listIn(resolved(schema)) !== undefined;
  };

  /** What stands under these keys: of a list, one entry. */
  const schemaAt = (path: readonly Step[]): Schema | undefined => {
    let schema: Schema | undefined = root;
    for (const { key: name, siblings } of path) {
      const under: Schema | undefined = schema && mapOf(schema, siblings)?.properties?.[name];
      const whole: Schema | undefined = under && resolved(under);
      const items: Schema | undefined = whole && listIn(whole)?.items;
      schema = items ? resolved(items) : whole;
    }
    return schema;
  };

  /** The list among the forms that something can have. */
  const listIn = (schema: Schema): Schema | undefined =>
    schema.items ? schema : schema.oneOf?.map(resolved).find(({ items }) => items);

  /** Of several forms, the map; of several maps, the one whose kind is written. */
  const mapOf = (schema: Schema, siblings: ReadonlyMap<string, string>): Schema | undefined => {
    const whole = resolved(schema);
    if (!whole.oneOf) return whole.properties ? whole : undefined;
    const maps = whole.oneOf.map(resolved).filter(({ properties }) => properties);
    const kind = siblings.get("kind");
    const chosen = maps.find(({ properties }) => kind !== undefined && properties?.kind?.enum?.includes(kind));
    if (chosen || maps.length <= 1) return chosen ?? maps[0];
    const kinds = maps.flatMap(({ properties }) => properties?.kind?.enum ?? []);
    return { properties: { kind: { description: "What is looked for", enum: kinds } }, required: ["kind"] };
  };

  const keysOf = (map: Schema | undefined, written: ReadonlyMap<string, string>): readonly Proposal[] => {
    const entries = Object.entries(map?.properties ?? {}).filter(([name]) => !written.has(name));
    // What has to be there comes first.
    const needed = (name: string): boolean => map?.required?.includes(name) ?? false;
    const sorted = [...entries.filter(([name]) => needed(name)), ...entries.filter(([name]) => !needed(name))];
    return sorted.map(([name, schema]): Proposal => {
      const { description = "" } = resolved(schema);
      return {
        name,
        about: needed(name) ? `${description} (required)` : description,
        kind: "key",
        holds: holdsOf(schema),
      };
    });
  };

  /** What is written most behind a key: where one word will do, the word. */
  const holdsOf = (schema: Schema): "text" | "list" | "map" => {
    const { type, oneOf } = resolved(schema);
    const [first] = oneOf ?? [];
    if (first) return holdsOf(first);
    const types = [type].flat();
    return types.includes("array") ? "list" : types.includes("object") ? "map" : "text";
  };

  const valuesOf = (schema: Schema): readonly Proposal[] => {
    const { type, enum: words, oneOf, description = "" } = resolved(schema);
    if (oneOf) return oneOf.flatMap(valuesOf);
    // Booleans among words are only another way to write one of them.
    const values = words?.filter((word) => typeof word === "string") ?? (type === "boolean" ? ["true", "false"] : []);
    return values.map((name) => ({ name, about: description, kind: "value" }));
  };

  return { schemaAt, mapOf, isList, keysOf, valuesOf };
}
