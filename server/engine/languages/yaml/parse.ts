// YAML text -> documents of plain nodes. The only file that knows the "yaml" package.

import { Composer, CST, isAlias, isMap, isScalar, isSeq, Lexer, type Node, type Pair, Parser } from "yaml";
import type { Span } from "../../text.js";
import type { Comment, Problem } from "../source.js";
import { type Build, missing, startBuild } from "./build.js";
import type { YamlDocument, YamlEntry, YamlFile, YamlNode, YamlScalar } from "./model.js";
import { composePlain, isQuiet, type ResolveScalar } from "./plain.js";

/** How deep nodes may nest: real files stay below 40, a deeper one would exhaust the stack. */
export const maximumDepth = 200;
/** How many nodes a document may have once its aliases are followed ("billion laughs"). */
export const maximumNodes = 500_000;

/**
 * Reads any text. A broken document is marked and keeps what could be read of it; documents around it are whole.
 * Nothing is thrown: what cannot be read is a problem with its place.
 */
export function parseYaml(text: string): YamlFile {
  const file: Reading = { text, comments: [], problems: [], statements: [] };
  try {
    return { documents: documentsOf(file), ...file };
  } catch (error) {
    if (!(error instanceof TooDeep || error instanceof RangeError)) throw error;
    const from = error instanceof TooDeep ? error.offset : 0;
    file.problems.push({ span: { start: from, end: from + 1 }, message: `nested deeper than ${maximumDepth} levels` });
    return { documents: [{ span: { start: 0, end: text.length }, broken: true }], ...file };
  }
}

interface Reading {
  readonly text: string;
  readonly comments: Comment[];
  readonly problems: Problem[];
  readonly statements: Span[];
}

type Parsed = ReturnType<Composer["next"]> extends Generator<infer D> ? D : never;

class TooDeep extends Error {
  constructor(readonly offset: number) {
    super("too deep");
  }
}

/** Document by document, so that the tokens of one can go before those of the next come. */
function documentsOf(file: Reading): readonly YamlDocument[] {
  const documents: YamlDocument[] = [];
  const whole = eachToken(file, (token) => {
    if (!isOrdinary(token)) return false;
    if (token.type !== "document") return true;
    const plain = plainDocument(file, token);
    if (plain) documents.push(plain);
    else for (const parsed of composeAll([token], file.text.length)) documents.push(toDocument(file, parsed));
    return true;
  });
  return whole ? documents : composedDocuments(file);
}

/** A file with directives, or with faults between its documents: all of it goes through the composer. */
function composedDocuments(file: Reading): readonly YamlDocument[] {
  for (const list of [file.comments, file.problems, file.statements]) list.length = 0;
  const tokens: CST.Token[] = [];
  eachToken(file, (token) => tokens.push(token) > 0);
  return [...composeAll(tokens, file.text.length)].map((parsed) => toDocument(file, parsed));
}

const isOrdinary = (token: CST.Token): boolean =>
  ordinaryTokens.has(token.type) && (token.type !== "doc-end" || isQuiet(token.end, true));

/** What may stand between documents; a directive or a fault concerns the documents around it. */
const ordinaryTokens: ReadonlySet<string> = new Set([
  "document",
  "comment",
  "space",
  "newline",
  "doc-end",
  "byte-order-mark",
]);

/**
 * Lexer and parser in one pass, so that comments can be picked up with their places on the way.
 * @returns false when `take` has stopped it
 */
function eachToken({ text, comments }: Reading, take: (token: CST.Token) => boolean): boolean {
  const parser = new Parser();
  let content = false; // the lexer announces the text of a scalar by a mark of its own
  for (const lexeme of new Lexer().lex(text)) {
    if (!content && lexeme.charCodeAt(0) === 35) comments.push(commentAt(parser.offset, lexeme));
    content = lexeme === "\x1f";
    for (const token of parser.next(lexeme)) if (!take(token)) return false;
    if (parser.stack.length > maximumDepth * 2) throw new TooDeep(parser.offset);
  }
  for (const token of parser.end()) if (!take(token)) return false;
  return true;
}

function plainDocument({ text, statements }: Reading, token: CST.Token): YamlDocument | undefined {
  const before = statements.length;
  const build = startBuild(statements);
  const root = composePlain(token, text, build, resolveScalar, maximumDepth);
  if (!root || build.nodes() > maximumNodes || build.lost.length > 0 || root.type === "scalar") {
    statements.length = before;
    return undefined;
  }
  if (root.type === "map") statements.push(root.span);
  return { root, span: root.span, broken: false };
}

const resolveScalar: ResolveScalar = (token) => {
  let faulty = false;
  const resolved = CST.resolveAsScalar(token as CST.Token, false, () => {
    faulty = true;
  });
  return resolved && !faulty ? { value: resolved.value, end: resolved.range[1] } : undefined;
};

function* composeAll(tokens: readonly CST.Token[], end: number): Generator<Parsed> {
  const composer = new Composer({
    merge: false,
    uniqueKeys: false,
    strict: false,
    prettyErrors: false,
    logLevel: "silent",
  });
  for (const token of tokens) yield* composer.next(token);
  yield* composer.end(false, end);
}

function commentAt(offset: number, lexeme: string): Comment {
  const source = lexeme.replace(/[\r\n]+$/, "");
  return { span: { start: offset, end: offset + source.length }, text: source.replace(/^#+/, "").trim() };
}

function toDocument({ text, statements, problems }: Reading, parsed: Parsed): YamlDocument {
  const [start, end] = [parsed.range[0], parsed.range[1]];
  const error = parsed.errors[0];
  if (error && !isDoubtful(text, error))
    problems.push({ span: errorSpan(text, error.pos), message: sentence(error.message) });
  const contents = parsed.contents as Node | null;
  if (!contents) return { span: { start, end }, broken: error !== undefined };
  const build = startBuild(statements);
  const root = convert(text, build, contents, 0);
  const { span } = root;
  if (root.type === "scalar" && root.style === "missing") return { span, broken: error !== undefined };
  if (build.nodes() > maximumNodes) {
    problems.push({
      span: firstLine(text, span),
      message: `aliases repeat this document to more than ${maximumNodes} nodes`,
    });
    return { span, broken: true };
  }
  const [lost] = build.lost;
  if (lost)
    problems.push({ span: lost, message: `no anchor above has the name "${text.slice(lost.start + 1, lost.end)}"` });
  if (root.type === "map") statements.push(span);
  return { root, span, broken: error !== undefined || lost !== undefined };
}

function convert(text: string, build: Build, node: Node, depth: number): YamlNode {
  if (depth > maximumDepth) throw new TooDeep(node.range?.[0] ?? 0);
  if (isAlias(node)) return build.alias(node.source, rangeOf(text, node));
  return build.node((node as { anchor?: string }).anchor, () => convertOwn(text, build, node, depth));
}

function convertOwn(text: string, build: Build, node: Node, depth: number): YamlNode {
  const span = rangeOf(text, node);
  if (isMap(node)) {
    const entries = (node.items as Pair<Node, Node | null>[]).flatMap(
      (pair) => toEntry(text, build, pair, depth) ?? [],
    );
    return { type: "map", entries: build.entries(entries), flow: node.flow === true, span };
  }
  if (isSeq(node)) {
    const items = (node.items as Node[]).map((item) => {
      const converted = convert(text, build, item, depth + 1);
      build.statements.push(converted.span);
      return converted;
    });
    return { type: "list", items, flow: node.flow === true, span };
  }
  return toScalar(node, span);
}

function toEntry(text: string, build: Build, pair: Pair<Node, Node | null>, depth: number): YamlEntry | undefined {
  if (!pair.key) return undefined;
  const key = convert(text, build, pair.key, depth + 1);
  if (key.type !== "scalar") return undefined;
  const after = key.span.end + (text[key.span.end] === ":" ? 1 : 0);
  const value = pair.value ? convert(text, build, pair.value, depth + 1) : missing({ start: after, end: after });
  // The value of an alias stands elsewhere: the entry then ends with the alias itself.
  const end = pair.value ? rangeOf(text, pair.value).end : after;
  const span = { start: key.span.start, end: Math.max(end, key.span.end) };
  build.statements.push(span);
  return { key, value, span };
}

/** A block collection may count the line ends behind it as its own: they do not belong to its stretch. */
function rangeOf(text: string, node: Node): Span {
  const start = node.range?.[0] ?? 0;
  let end = node.range?.[1] ?? 0;
  if (!isScalar(node)) while (end > start && text.charCodeAt(end - 1) <= 32) end--;
  return { start, end };
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
