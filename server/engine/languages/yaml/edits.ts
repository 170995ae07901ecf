// Changes to YAML in the file's own style: entries and items are added with its indentation, line ends, quotes and
// brackets, and comments stay where they are.

import { contains, type Edit, indentAt, lineEnd, lineSpan, type Span } from "../../text.js";
import { entryOf, type YamlEntry, type YamlList, type YamlMap, type YamlNode, type YamlScalar } from "./model.js";

/** What is put into a file: text is written as it is, or in quotes where its neighbours have them. */
export type Content = string | number | boolean | readonly Content[] | { readonly [key: string]: Content };

type ContentMap = { readonly [key: string]: Content };

/**
 * Edits that make a map hold `content`: keys that it lacks are added behind its last entry, maps in it are filled the same
 * way, other values are replaced.
 * @returns undefined where a part of the map stands elsewhere (an alias or a merge) and would change for others too
 */
export function extendMap(text: string, map: YamlMap, content: ContentMap): readonly Edit[] | undefined {
  const missing: [string, Content][] = [];
  const edits: Edit[] = [];
  for (const [key, value] of Object.entries(content)) {
    const entry = entryOf(map, key);
    if (!entry) {
      missing.push([key, value]);
      continue;
    }
    const inner = setValue(text, map, entry, value);
    if (!inner) return undefined;
    edits.push(...inner);
  }
  return missing.length > 0 ? [...edits, addEntries(text, map, Object.fromEntries(missing))] : edits;
}

/**
 * The edit that puts other entries in the place of one.
 * @returns undefined where the entry or its value stands elsewhere (a merge or an alias), or others refer to it (an anchor)
 */
export function replaceEntry(text: string, map: YamlMap, entry: YamlEntry, content: ContentMap): Edit | undefined {
  if (entry.merged || !contains(entry.span, entry.value.span)) return undefined;
  if (text.slice(entry.key.span.end, entry.value.span.start).includes("&")) return undefined;
  const span = { start: entry.key.span.start, end: endOf(text, entry.value, entry.span.end) };
  if (map.flow) {
    const quote = flowQuote(text, map);
    const entries = Object.entries(content).map(([key, value]) => flowEntry(key, value, quote));
    return { span, text: entries.join(", ") };
  }
  const lines = blockLines(content, columnAt(text, span.start), text);
  return { span, text: lines.join(lineEnd(text)).trimStart() };
}

/**
 * Edits that add entries to a map behind the one with this key or, without a key, before all others; to a map in one line,
 * or without that key, behind the last one.
 * @returns undefined where a part of the map stands elsewhere (an alias or a merge)
 */
export function addEntriesAt(
  text: string,
  map: YamlMap,
  behind: string | undefined,
  content: ContentMap,
): readonly Edit[] | undefined {
  const own = map.entries.filter(({ merged }) => !merged);
  const entry = behind === undefined ? own[0] : own.find(({ key }) => key.text === behind);
  if (map.flow || !entry || !contains(entry.span, entry.value.span)) return extendMap(text, map, content);
  const lines = blockLines(content, columnAt(text, map.span.start), text, commonQuote(text, own));
  if (behind !== undefined) return [addLines(text, endOf(text, entry.value, entry.span.end), lines)];
  const [first = "", ...rest] = [...lines, indent(columnAt(text, entry.span.start))];
  return [insertion(entry.span.start, [first.trimStart(), ...rest].join(lineEnd(text)))];
}

const indent = (columns: number): string => " ".repeat(columns);

/**
 * The edit that takes an entry out of a map, with its line and the comment on it.
 * @returns undefined for the only entry (an empty map would be left), and for one that stands elsewhere (a merge, an alias)
 */
export function removeEntry(text: string, map: YamlMap, key: string): Edit | undefined {
  const own = map.entries.filter(({ merged }) => !merged);
  const index = own.findIndex((entry) => entry.key.text === key);
  const [before, entry, after] = [own[index - 1], own[index], own[index + 1]];
  if (!entry || own.length < 2 || !contains(entry.span, entry.value.span)) return undefined;
  if (map.flow) {
    const [from, to] = after ? [entry.span.start, after.span.start] : [before?.span.end ?? 0, entry.span.end];
    return { span: { start: from, end: to }, text: "" };
  }
  const { start } = lineSpan(text, entry.span.start);
  const { end } = lineSpan(text, endOf(text, entry.value, entry.span.end));
  if (text.slice(start, entry.span.start).trim() !== "") return undefined;
  const next = /^\r?\n/.exec(text.slice(end, end + 2))?.[0].length ?? 0;
  return { span: { start, end: end + next }, text: "" };
}

/**
 * The edit that adds a document to the end of a text.
 * @returns undefined for JSON, which holds one only
 */
export function appendDocument(text: string, content: ContentMap): Edit | undefined {
  if (isJson(text)) return undefined;
  const eol = lineEnd(text);
  const tail = text.trimEnd();
  const isOpen = tail === "---" || tail.endsWith("\n---");
  const lines = [...(isOpen ? [] : ["---"]), ...blockLines(content, 0, text)];
  return insertion(
    text.length,
    (text === "" || text.endsWith("\n") ? "" : eol) + lines.map((line) => line + eol).join(""),
  );
}

/** A string as a scalar that YAML reads as that string: in quotes where it would be a number, a boolean or something else. */
export const asString = (value: string): string =>
  /^[a-z_][\w./-]*$/i.test(value) && !/^(?:true|false|yes|no|on|off|y|n|null)$/i.test(value)
    ? value
    : JSON.stringify(value);

/**
 * The edit that adds an item to a list, behind its last one.
 * @returns undefined where the last item stands elsewhere (an alias)
 */
export function addItem(text: string, list: YamlList, item: Content): Edit | undefined {
  const last = list.items.at(-1);
  if (last && !contains(list.span, last.span)) return undefined;
  if (list.flow || !last) return addToFlow(text, list.span, last?.span, [flowText(item, isJson(text) ? '"' : "")]);
  return addLines(text, endOf(text, last, last.span.end), blockLines([item], columnAt(text, list.span.start), text));
}

/**
 * The edit that takes an item out of a list, with its line where it has one of its own.
 * @returns undefined for the only item (an empty list would be left), and for one that stands elsewhere (an alias)
 */
export function removeItem(text: string, list: YamlNode, index: number): Edit | undefined {
  if (list.type !== "list" || list.items.length < 2) return undefined;
  const [before, item, after] = [list.items[index - 1], list.items[index], list.items[index + 1]];
  if (!item || list.items.some(({ span }) => !contains(list.span, span))) return undefined;
  if (list.flow) {
    const [start, end] = after ? [item.span.start, after.span.start] : [before?.span.end ?? 0, item.span.end];
    return { span: { start, end }, text: "" };
  }
  const { start } = lineSpan(text, item.span.start);
  const { end } = lineSpan(text, endOf(text, item, item.span.end));
  if (text.slice(start, item.span.start).trim() !== "-") return undefined;
  const next = /^\r?\n/.exec(text.slice(end, end + 2))?.[0].length ?? 0;
  return { span: { start, end: end + next }, text: "" };
}

function setValue(text: string, map: YamlMap, entry: YamlEntry, value: Content): readonly Edit[] | undefined {
  const { value: old } = entry;
  if (entry.merged || !contains(entry.span, old.span)) return undefined;
  if (!isContentMap(value)) return old.type === "scalar" ? setScalar(text, old, value) : undefined;
  if (old.type === "map" && (old.entries.length > 0 || map.flow)) return extendMap(text, old, value);
  if (!isEmpty(old)) return undefined;
  const { end } = old.span;
  if (map.flow) return [{ span: old.span, text: spaceBefore(text, end) + flowText(value, flowQuote(text, map)) }];
  // The new lines go below the key's line, behind its comment.
  const colon = entry.key.span.end + 1;
  const lines = blockLines(value, columnAt(text, entry.key.span.start) + styleOf(text).unit, text);
  const below = addLines(text, colon, lines);
  return old.type === "scalar" && old.style === "missing"
    ? [below]
    : [{ span: { start: colon, end }, text: "" }, below];
}

function setScalar(text: string, old: YamlScalar, value: Content): readonly Edit[] | undefined {
  if (old.style === "block" || typeof value === "object") return undefined;
  if (old.style === "missing") return [{ span: old.span, text: spaceBefore(text, old.span.end) + value }];
  return [{ span: old.span, text: scalarText(value, old.style === "quoted" ? text.charAt(old.span.start) : "") }];
}

const spaceBefore = (text: string, offset: number): string => (text[offset - 1] === ":" ? " " : "");

const isContentMap = (content: Content): content is ContentMap =>
  typeof content === "object" && !Array.isArray(content);

const isEmpty = (node: YamlNode): boolean =>
  node.type === "map" ? node.entries.length === 0 : node.type === "scalar" && node.value === null;

function addEntries(text: string, map: YamlMap, content: ContentMap): Edit {
  const own = map.entries.filter(({ merged }) => !merged);
  const last = own.at(-1);
  if (map.flow) {
    const quote = flowQuote(text, map);
    const added = Object.entries(content).map(([key, value]) => flowEntry(key, value, quote));
    return addToFlow(text, map.span, last?.span, added);
  }
  const lines = blockLines(content, columnAt(text, map.span.start), text, commonQuote(text, own));
  const inside = last && contains(last.span, last.value.span);
  return addLines(text, inside ? endOf(text, last.value, last.span.end) : (last?.span ?? map.span).end, lines);
}

/** Whole lines below the line with `offset`, or right there where a line starts. */
function addLines(text: string, offset: number, lines: readonly string[]): Edit {
  const eol = lineEnd(text);
  if (offset > 0 && text[offset - 1] === "\n") return insertion(offset, lines.map((line) => line + eol).join(""));
  return insertion(lineSpan(text, offset).end, lines.map((line) => eol + line).join(""));
}

function addToFlow(text: string, outer: Span, last: Span | undefined, added: readonly string[]): Edit {
  if (!last) return insertion(outer.start + 1, added.join(", "));
  const broken = /[\r\n]/.test(text.slice(outer.start, last.start));
  const gap = broken ? lineEnd(text) + indentAt(text, last.start) : " ";
  const comma = /^\s*,/.exec(text.slice(last.end, outer.end))?.[0];
  return insertion(last.end + (comma?.length ?? 0), (comma ? "" : ",") + gap + added.join(`,${gap}`));
}

const insertion = (offset: number, text: string): Edit => ({ span: { start: offset, end: offset }, text });

/** The end of a node's text. Empty lines behind it are its own only in a block scalar that keeps them ("|+"). */
function endOf(text: string, node: YamlNode, end: number): number {
  const last = lastScalar(node);
  if (last?.style === "block" && /^[|>]\d?\+/.test(text.slice(last.span.start, last.span.start + 3)))
    return last.span.end;
  let trimmed = end;
  while (trimmed > node.span.start && /\s/.test(text.charAt(trimmed - 1))) trimmed--;
  return trimmed;
}

function lastScalar(node: YamlNode): YamlScalar | undefined {
  if (node.type === "scalar") return node;
  const last = node.type === "list" ? node.items.at(-1) : node.entries.filter(({ merged }) => !merged).at(-1)?.value;
  return last && contains(node.span, last.span) ? lastScalar(last) : undefined;
}

const columnAt = (text: string, offset: number): number => offset - lineSpan(text, offset).start;

/** How many columns a level is indented by: as far as the first nested key of the file. */
function unitOf(text: string): number {
  const [, outer = "", inner = "  "] = /^( *)[^\s#-][^\r\n]*:[ \t]*\r?\n(\1 +)[^\s#-]/m.exec(text) ?? [];
  return inner.length - outer.length;
}

interface Style {
  /** Columns of one level. */
  readonly unit: number;
  /** Whether lists start at the column of their key. */
  readonly flushLists: boolean;
}

// Each finding in a file may bring a fix in the file's style: a text is measured once.
let measured: { readonly text: string; readonly style: Style } | undefined;

function styleOf(text: string): Style {
  if (measured?.text === text) return measured.style;
  const style = { unit: unitOf(text), flushLists: /^( *)[^\s#-][^\r\n]*:[ \t]*\r?\n\1- /m.test(text) };
  measured = { text, style };
  return style;
}

/** Lines of block style from a column on; the file's indentation is measured once. */
function blockLines(content: Content, column: number, text: string, quote = ""): readonly string[] {
  const { unit, flushLists } = styleOf(text);
  const lines: string[] = [];
  const write = (value: Content, at: number, lead: string, quoted: string): void => {
    if (isContentMap(value)) {
      let start = lead;
      for (const [key, inner] of Object.entries(value)) {
        writeUnder(`${start}${key}:`, inner, at, quoted);
        start = " ".repeat(at);
      }
    } else if (typeof value !== "object") lines.push(lead + scalarText(value, quoted));
    else for (const item of value) write(item, at + 2, `${" ".repeat(at)}- `, "");
  };
  const writeUnder = (key: string, value: Content, at: number, quoted: string): void => {
    if (typeof value !== "object") {
      lines.push(`${key} ${scalarText(value, quoted)}`);
      return;
    }
    const inner = Array.isArray(value) && flushLists ? at : at + unit;
    lines.push(key);
    write(value, inner, " ".repeat(inner), "");
  };
  write(content, column, " ".repeat(column), quote);
  return lines;
}

function flowText(content: Content, quote: string): string {
  if (typeof content !== "object") return scalarText(content, quote);
  if (!isContentMap(content)) return `[${content.map((item: Content) => flowText(item, quote)).join(", ")}]`;
  const entries = Object.entries(content).map(([key, value]) => flowEntry(key, value, quote));
  return `{${entries.join(", ")}}`;
}

const flowEntry = (key: string, value: Content, quote: string): string =>
  `${quote}${key}${quote}: ${flowText(value, quote)}`;

const scalarText = (value: Content, quote: string): string =>
  typeof value === "string" ? quote + value + quote : String(value);

/** Whether a text is one JSON value. */
export const isJson = (text: string): boolean => /^\uFEFF?\s*[{[]/.test(text);

const flowQuote = (text: string, { entries }: YamlMap): string =>
  entries.some(({ key, merged }) => !merged && key.style === "quoted") || isJson(text) ? '"' : "";

/** The quote that all values of a map have; none where there is no value, or one without quotes. */
function commonQuote(text: string, entries: readonly YamlEntry[]): string {
  const quotes = new Set(
    entries.map(({ value }) =>
      value.type === "scalar" && value.style === "quoted" ? text.charAt(value.span.start) : "",
    ),
  );
  return quotes.size === 1 ? ([...quotes][0] ?? "") : "";
}
