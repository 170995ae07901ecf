// YAML text -> documents of plain nodes. The only file that knows the "yaml" package.

import { type Alias, Composer, isAlias, isMap, isScalar, isSeq, Lexer, type Node, type Pair, Parser } from "yaml";
import type { Span } from "../../text.js";
import type { Comment, Problem } from "../source.js";
import type { YamlDocument, YamlEntry, YamlFile, YamlMap, YamlNode, YamlScalar } from "./model.js";

/** How deep nodes may nest: real files stay below 40, a deeper one would exhaust the stack. */
export const maximumDepth = 200;
/** How many nodes a document may have once its aliases are followed ("billion laughs"). */
export const maximumNodes = 500_000;

/**
 * Reads any text. A broken document is marked and keeps what could be read of it; documents around it are whole.
 * Nothing is thrown: what cannot be read is a problem with its place.
 */
export function parseYaml(text: string): YamlFile {
  const comments: Comment[] = [];
  const problems: Problem[] = [];
  const statements: Span[] = [];
  const documents: YamlDocument[] = [];
  try {
    for (const parsed of compose(text, comments)) documents.push(toDocument(text, parsed, statements, problems));
  } catch (error) {
    if (!(error instanceof TooDeep || error instanceof RangeError)) throw error;
    const from = error instanceof TooDeep ? error.offset : 0;
    problems.push({ span: { start: from, end: from + 1 }, message: `nested deeper than ${maximumDepth} levels` });
    const whole = { start: 0, end: text.length };
    return { documents: [{ span: whole, broken: true }], comments, statements, problems };
  }
  return { documents, comments, statements, problems };
}

type Parsed = ReturnType<Composer["next"]> extends Generator<infer D> ? D : never;

class TooDeep extends Error {
  constructor(readonly offset: number) {
    super("too deep");
  }
}

/** Lexer, parser and composer in one pass, so that comments can be picked up with their places on the way. */
function* compose(text: string, comments: Comment[]): Generator<Parsed> {
  const parser = new Parser();
  const composer = new Composer({
    merge: false,
    uniqueKeys: false,
    strict: false,
    prettyErrors: false,
    logLevel: "silent",
  });
  let content = false; // the lexer announces the text of a scalar by a mark of its own
  for (const lexeme of new Lexer().lex(text)) {
    if (!content && lexeme.charCodeAt(0) === 35) comments.push(commentAt(parser.offset, lexeme));
    content = lexeme === "\x1f";
    for (const token of parser.next(lexeme)) yield* composer.next(token);
    if (parser.stack.length > maximumDepth * 2) throw new TooDeep(parser.offset);
  }
  for (const token of parser.end()) yield* composer.next(token);
  yield* composer.end(false, text.length);
}

function commentAt(offset: number, lexeme: string): Comment {
  const source = lexeme.replace(/[\r\n]+$/, "");
  return { span: { start: offset, end: offset + source.length }, text: source.replace(/^#+/, "").trim() };
}

function toDocument(text: string, parsed: Parsed, statements: Span[], problems: Problem[]): YamlDocument {
  const [start, end] = [parsed.range[0], parsed.range[1]];
  const error = parsed.errors[0];
  if (error && !isDoubtful(text, error))
    problems.push({ span: errorSpan(text, error.pos), message: sentence(error.message) });
  const contents = parsed.contents as Node | null;
  if (!contents) return { span: { start, end }, broken: error !== undefined };
  const builder = createBuilder(text, statements);
  const root = builder.convert(contents, 0);
  const span = { start: root.span.start, end: root.span.end };
  if (root.type === "scalar" && root.style === "missing") return { span, broken: error !== undefined };
  if (builder.nodes() > maximumNodes) {
    problems.push({
      span: firstLine(text, span),
      message: `aliases repeat this document to more than ${maximumNodes} nodes`,
    });
    return { span, broken: true };
  }
  const [lost] = builder.lost;
  if (lost)
    problems.push({ span: lost, message: `no anchor above has the name "${text.slice(lost.start + 1, lost.end)}"` });
  if (root.type === "map") statements.push(span);
  return { root, span, broken: error !== undefined || lost !== undefined };
}

interface Anchored {
  readonly node: YamlNode;
  readonly size: number;
}

function createBuilder(text: string, statements: Span[]) {
  const anchors = new Map<string, Anchored>();
  const announced = new Set<string>();
  const lost: Span[] = [];
  let count = 0;

  const convert = (node: Node, depth: number): YamlNode => {
    if (depth > maximumDepth) throw new TooDeep(node.range?.[0] ?? 0);
    if (isAlias(node)) return follow(node);
    const before = count++;
    const anchor = (node as { anchor?: string }).anchor;
    if (anchor) announced.add(anchor);
    const result = convertOwn(node, depth);
    if (anchor) anchors.set(anchor, { node: result, size: count - before });
    return result;
  };

  // An alias to something that is not finished yet would be a circle: it stays unknown, like one without an anchor.
  const follow = (alias: Alias): YamlNode => {
    const target = anchors.get(alias.source);
    if (!announced.has(alias.source)) lost.push(rangeOf(alias));
    count += target?.size ?? 1;
    return target?.node ?? { type: "scalar", value: null, text: "", style: "missing", span: rangeOf(alias) };
  };

  // A block collection may count the line ends behind it as its own.
  const rangeOf = (node: Node): Span => {
    const start = node.range?.[0] ?? 0;
    let end = node.range?.[1] ?? 0;
    if (!isScalar(node)) while (end > start && text.charCodeAt(end - 1) <= 32) end--;
    return { start, end };
  };

  const convertOwn = (node: Node, depth: number): YamlNode => {
    const span = rangeOf(node);
    if (isMap(node)) {
      const own: YamlEntry[] = [];
      const merged: YamlEntry[] = [];
      for (const pair of node.items as Pair<Node, Node | null>[]) {
        const entry = toEntry(pair, depth);
        if (!entry) continue;
        if (entry.key.text === "<<" && entry.key.style === "plain") merged.push(...mergedEntries(entry.value));
        else own.push(entry);
      }
      return {
        type: "map",
        entries: merged.length ? [...own, ...unseen(own, merged)] : own,
        flow: node.flow === true,
        span,
      };
    }
    if (isSeq(node)) {
      const items = (node.items as Node[]).map((item) => {
        const converted = convert(item, depth + 1);
        statements.push(converted.span);
        return converted;
      });
      return { type: "list", items, flow: node.flow === true, span };
    }
    return toScalar(node, span);
  };

  const toEntry = (pair: Pair<Node, Node | null>, depth: number): YamlEntry | undefined => {
    if (!pair.key) return undefined;
    const key = convert(pair.key, depth + 1);
    if (key.type !== "scalar") return undefined;
    const after = key.span.end + (text[key.span.end] === ":" ? 1 : 0);
    const value: YamlNode = pair.value
      ? convert(pair.value, depth + 1)
      : { type: "scalar", value: null, text: "", style: "missing", span: { start: after, end: after } };
    // The value of an alias stands elsewhere: the entry then ends with the alias itself.
    const end = pair.value ? rangeOf(pair.value).end : after;
    const span = { start: key.span.start, end: Math.max(end, key.span.end) };
    statements.push(span);
    return { key, value, span };
  };

  return { convert, lost, nodes: () => count };
}

function toScalar(node: Node, span: Span): YamlScalar {
  if (!isScalar(node)) return { type: "scalar", value: null, text: "", style: "missing", span };
  const { value, source, type } = node;
  const style = type === "QUOTE_SINGLE" || type === "QUOTE_DOUBLE" ? "quoted" : type === "PLAIN" ? "plain" : "block";
  const known = typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
  const text = typeof value === "string" ? value : (source ?? "");
  if (known === null && text === "") return { type: "scalar", value: null, text, style: "missing", span };
  return { type: "scalar", value: known, text, style, span };
}

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

/**
 * A quote that closes further down, at less indentation than YAML asks for: other readers take it. The document counts as
 * broken, but nobody is told to mend what runs everywhere.
 */
const isDoubtful = (text: string, { code, message, pos: [at] }: Parsed["errors"][number]): boolean => {
  if (code !== "MISSING_CHAR") return false;
  const quote = /closing (["'])/.exec(message)?.[1];
  return quote !== undefined && text.includes(quote, at + 1);
};

function errorSpan(text: string, [start, end]: readonly [number, number]): Span {
  const from = Math.min(start, Math.max(0, text.length - 1));
  return firstLine(text, { start: from, end: Math.max(from, Math.min(end, text.length)) });
}

function firstLine(text: string, { start, end }: Span): Span {
  const stop = text.slice(start, end).search(/[\r\n]/);
  return { start, end: Math.max(start, stop > 0 ? start + stop : stop === 0 ? start : end) };
}

/** The package's message in our form: no position, no full stop, no capital. */
function sentence(message: string): string {
  const plain = message.replace(/\s+at line \d+, column \d+:?[\s\S]*$/, "").replace(/\.$/, "");
  const quote = /^Missing closing (["'])/.exec(plain)?.[1];
  if (quote) return `a text that begins with ${quote} is never closed`;
  return plain.charAt(0).toLowerCase() + plain.slice(1);
}
