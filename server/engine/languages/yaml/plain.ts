// The short way from a parser's tokens to our nodes, for documents without anything unusual: nearly all there are. Whatever
// is unusual or wrong (tags, explicit keys, tabs, misplaced comments, faults) makes it give up, and the whole composer of
// the package, which knows every case and every complaint, reads the document instead. Both ways give the same nodes.

import type { Span } from "../../text.js";
import { type Build, missing } from "./build.js";
import type { YamlEntry, YamlNode, YamlScalar } from "./model.js";

/** A token as the package's parser gives it; collections have items, all others a source. */
export interface Token {
  readonly type: string;
  readonly offset: number;
  readonly indent?: number;
  readonly source?: string;
  readonly start?: Token | readonly Token[];
  readonly end?: readonly Token[];
  readonly value?: Token | null;
  readonly items?: readonly Item[];
}

interface Item {
  readonly start: readonly Token[];
  readonly key?: Token | null;
  readonly sep?: readonly Token[];
  readonly value?: Token | null;
}

/** Reads a scalar that is more than one plain line; undefined where it is faulty. */
export type ResolveScalar = (token: Token) => { readonly value: string; readonly end: number } | undefined;

/** The root of a document, or undefined where the long way has to be taken; the build is then to be thrown away. */
export function composePlain(
  document: Token,
  text: string,
  build: Build,
  resolve: ResolveScalar,
  deepest: number,
): YamlNode | undefined {
  const start = listOf(document.start);
  const props = propsOf(start, "doc-start", true);
  const { value } = document;
  if (!props || props.anchor !== undefined || !value || !isQuiet(document.end, true)) return undefined;
  if (props.found && !props.newline && isBlock(value)) return undefined;
  const composer = createComposer(text, build, resolve, deepest);
  const root = composer.compose(value, undefined, 0);
  return composer.gaveUp() ? undefined : root;
}

function createComposer(text: string, build: Build, resolve: ResolveScalar, deepest: number) {
  let failed = false;
  // Where the node composed last ends, with the comment and the line end behind it.
  let behind = 0;
  const giveUp = (at: number): YamlNode => {
    failed = true;
    return missing({ start: at, end: at });
  };

  const compose = (token: Token, anchor: string | undefined, depth: number): YamlNode => {
    if (failed || depth > deepest) return giveUp(token.offset);
    if (token.type === "alias") return alias(token, anchor);
    return build.node(anchor, () => {
      if (token.type === "block-map") return blockMap(token, depth);
      if (token.type === "block-seq") return blockList(token, depth);
      if (token.type === "flow-collection") return flow(token, depth);
      return scalar(token) ?? giveUp(token.offset);
    });
  };

  const alias = ({ offset, source = "", end }: Token, anchor: string | undefined): YamlNode => {
    if (anchor !== undefined || source.endsWith(":") || !isQuiet(end, false)) return giveUp(offset);
    const span = { start: offset, end: offset + source.length };
    behind = span.end + lengthOf(end);
    return build.alias(source.slice(1), span);
  };

  const scalar = (token: Token): YamlScalar | undefined => {
    const { offset, source = "", end, type } = token;
    if (!isQuiet(end, false)) return undefined;
    const simple = simpleText(type, source);
    const resolved = simple === undefined ? resolve(token) : { value: simple, end: offset + source.length };
    if (!resolved) return undefined;
    behind = resolved.end + lengthOf(end);
    const span = { start: offset, end: resolved.end };
    if (type !== "scalar")
      return {
        type: "scalar",
        value: resolved.value,
        text: resolved.value,
        style: type === "block-scalar" ? "block" : "quoted",
        span,
      };
    const value = coreValue(resolved.value);
    const written = typeof value === "string" ? value : source;
    if (value === null && written === "") return { type: "scalar", value, text: "", style: "missing", span };
    return { type: "scalar", value, text: written, style: "plain", span };
  };

  const blockMap = ({ items = [], offset, indent }: Token, depth: number): YamlNode => {
    const entries: YamlEntry[] = [];
    let comments = 0;
    behind = offset;
    for (const item of items) {
      const props = propsOf(item.start, undefined, true);
      if (!props || props.anchor !== undefined) return giveUp(offset);
      if (!item.key && !item.sep && !item.value) {
        comments = endOf(item.start);
        continue;
      }
      if (item.key?.indent !== indent) return giveUp(offset);
      const entry = entryOf(item, depth, true);
      if (!entry) return giveUp(offset);
      entries.push(entry);
    }
    const span = closed(offset, comments);
    return { type: "map", entries: build.entries(entries), flow: false, span };
  };

  const entryOf = (
    { key: keyToken, sep, value: token }: Item,
    depth: number,
    block: boolean,
  ): YamlEntry | undefined => {
    if (!keyToken || !sep || !isKey(keyToken)) return undefined;
    const props = propsOf(sep, "map-value-ind", false);
    if (!props?.found || props.newlineBefore) return undefined;
    if (block && token && isBlock(token) && !props.newline) return undefined;
    if (!block && token && isBlock(token)) return undefined;
    const key = compose(keyToken, undefined, depth + 1);
    const value = token ? compose(token, props.anchor, depth + 1) : empty(sep, props.anchor);
    if (failed || key.type !== "scalar") return undefined;
    const end = token?.type === "alias" ? token.offset + (token.source?.length ?? 0) : value.span.end;
    const span = { start: key.span.start, end: Math.max(end, key.span.end) };
    build.statements.push(span);
    return { key, value, span };
  };

  /** A value that is not written stands behind its mark and the spaces after it. */
  const empty = (tokens: readonly Token[], anchor: string | undefined): YamlNode => {
    let last = tokens.length - 1;
    while (last >= 0 && isSpace(tokens[last])) last--;
    const mark = tokens[last];
    let at = mark ? mark.offset + (mark.source?.length ?? 0) : 0;
    for (let i = last + 1; tokens[i]?.type === "space"; i++) at += tokens[i]?.source?.length ?? 0;
    behind = Math.max(behind, endOf(tokens));
    return anchor === undefined ? build.node(undefined, () => missing({ start: at, end: at })) : giveUp(at);
  };

  const blockList = ({ items = [], offset }: Token, depth: number): YamlNode => {
    const nodes: YamlNode[] = [];
    let comments = 0;
    behind = offset;
    for (const { start, value } of items) {
      const props = propsOf(start, "seq-item-ind", true);
      if (!props) return giveUp(offset);
      if (!props.found && !value && props.anchor === undefined) {
        comments = endOf(start);
        continue;
      }
      if (!props.found) return giveUp(offset);
      const node = value ? compose(value, props.anchor, depth + 1) : empty(start, props.anchor);
      if (failed) return giveUp(offset);
      build.statements.push(node.span);
      nodes.push(node);
    }
    return { type: "list", items: nodes, flow: false, span: closed(offset, comments) };
  };

  const flow = ({ items = [], offset, start, end = [] }: Token, depth: number): YamlNode => {
    const isMap = (start as Token | undefined)?.source === "{";
    const entries: YamlEntry[] = [];
    const nodes: YamlNode[] = [];
    for (const [i, item] of items.entries()) {
      const comma = item.start[0]?.type === "comma";
      const props = propsOf(comma ? item.start.slice(1) : item.start, undefined, false);
      if (!props || comma !== i > 0) return giveUp(offset);
      if (!item.key && !item.sep && !item.value) {
        if (props.anchor !== undefined || i < items.length - 1 || (i === 0 && comma)) return giveUp(offset);
      } else if (isMap) {
        const entry = props.anchor === undefined ? entryOf(item, depth, false) : undefined;
        if (!entry) return giveUp(offset);
        entries.push(entry);
      } else {
        if (item.key || item.sep || !item.value || isBlock(item.value)) return giveUp(offset);
        const node = compose(item.value, props.anchor, depth + 1);
        build.statements.push(node.span);
        nodes.push(node);
      }
    }
    const [close, ...rest] = end;
    if (failed || close?.source !== (isMap ? "}" : "]") || !isQuiet(rest, false)) return giveUp(offset);
    const span = { start: offset, end: close.offset + 1 };
    behind = span.end + lengthOf(rest);
    return isMap
      ? { type: "map", entries: build.entries(entries), flow: true, span }
      : { type: "list", items: nodes, flow: true, span };
  };

  /** The stretch of a block collection; comments below it belong to what is around it. */
  const closed = (start: number, comments: number): Span => {
    const span = trimmed({ start, end: behind });
    behind = Math.max(behind, comments);
    return span;
  };

  const trimmed = ({ start, end }: Span): Span => {
    let last = end;
    while (last > start && text.charCodeAt(last - 1) <= 32) last--;
    return { start, end: last };
  };

  return { compose, gaveUp: () => failed };
}

interface Props {
  readonly found: boolean;
  readonly anchor: string | undefined;
  readonly newline: boolean;
  /** There is a line end in front of the mark. */
  readonly newlineBefore: boolean;
}

/** What stands in front of a node; undefined for anything but spaces, comments, the expected mark and one anchor. */
function propsOf(tokens: readonly Token[], mark: string | undefined, atLineStart: boolean): Props | undefined {
  let [found, newline, newlineBefore, space] = [false, false, false, atLineStart];
  let anchor: string | undefined;
  for (const { type, source = "" } of tokens) {
    if (type === "space") {
      if (source.includes("\t")) return undefined;
      space = true;
    } else if (type === "newline") {
      space = newline = true;
      if (!found) newlineBefore = true;
    } else if (type === "comment") {
      if (!space) return undefined;
    } else if (type === "anchor") {
      if (anchor !== undefined || source.endsWith(":") || (mark !== undefined && !found)) return undefined;
      anchor = source.slice(1);
      space = false;
    } else if (type === mark) {
      if (found || anchor !== undefined) return undefined;
      found = true;
      space = false;
    } else return undefined;
  }
  if (anchor !== undefined && !space) return undefined;
  return { found, anchor, newline, newlineBefore };
}

const listOf = (start: Token["start"]): readonly Token[] => (Array.isArray(start) ? start : []);

const isBlock = ({ type }: Token): boolean => type === "block-map" || type === "block-seq";

const isSpace = (token: Token | undefined): boolean =>
  token?.type === "space" || token?.type === "newline" || token?.type === "comment";

/** A key on one line, with nothing behind it. */
const isKey = ({ type, source = "", end }: Token): boolean =>
  (type === "scalar" || type === "single-quoted-scalar" || type === "double-quoted-scalar") &&
  !end?.length &&
  source.length <= 1024 &&
  !/[\r\n]/.test(source);

/** Only spaces, line ends and comments that have a space before them. */
export function isQuiet(tokens: readonly Token[] | undefined, atLineStart: boolean): boolean {
  let space = atLineStart;
  for (const { type } of tokens ?? []) {
    if (type === "comment" ? !space : type !== "space" && type !== "newline") return false;
    space = true;
  }
  return true;
}

const lengthOf = (tokens: readonly Token[] | undefined): number =>
  tokens?.reduce((sum, { source = "" }) => sum + source.length, 0) ?? 0;

function endOf(tokens: readonly Token[]): number {
  const last = tokens.at(-1);
  return last ? last.offset + (last.source?.length ?? 0) : 0;
}

/** The text of a scalar that says what it says: one line, no escapes. */
function simpleText(type: string, source: string): string | undefined {
  if (type === "block-scalar" || /[\r\n]/.test(source)) return undefined;
  if (type === "scalar") return /^[\t,%|>@`]/.test(source) ? undefined : source;
  const quote = type === "double-quoted-scalar" ? '"' : "'";
  const inner = source.slice(1, -1);
  const closed = source.length > 1 && source.endsWith(quote);
  return closed && !inner.includes(quote) && !(quote === '"' && inner.includes("\\")) ? inner : undefined;
}

/** A plain scalar by the core schema of YAML 1.2. */
export function coreValue(text: string): string | number | boolean | null {
  if (text === "" || text === "~" || /^(?:null|Null|NULL)$/.test(text)) return null;
  if (!/^[-+.0-9tTfF]/.test(text)) return text;
  if (/^(?:true|True|TRUE|false|False|FALSE)$/.test(text)) return text[0] === "t" || text[0] === "T";
  if (/^[-+]?[0-9]+$/.test(text)) return Number.parseInt(text, 10);
  if (/^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(text)) return Number.parseFloat(text);
  if (/^0o[0-7]+$/.test(text)) return Number.parseInt(text.slice(2), 8);
  if (/^0x[0-9a-fA-F]+$/.test(text)) return Number.parseInt(text.slice(2), 16);
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text))
    return text[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return /^\.(?:nan|NaN|NAN)$/.test(text) ? Number.NaN : text;
}
