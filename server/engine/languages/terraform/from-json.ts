// Configuration and values of variables in JSON -> the same blocks and attributes as from the native syntax.
// Sources: Terraform language, "JSON Configuration Syntax"; HCL, "JSON Syntax Specification".

import type { Span } from "../../text.js";
import type { Comment } from "../source.js";
import type { Content } from "./file.js";
import { type JsonMember, type JsonNode, type JsonObject, type JsonString, placesIn } from "./json.js";
import { heredocText, simpleExpression } from "./literals.js";
import type { Attribute, Block, Expression, TerraformFile } from "./model.js";
import { deepest } from "./reading.js";
import { moveSpans } from "./spans.js";

interface Reader {
  readonly text: string;
  /** Reads the inside of a string as a template of the native syntax, spans counted from its start. */
  readonly readTemplate: (template: string) => Expression;
}

/** How Terraform takes the strings of a place: as templates, as they are, or as names (`provider = aws.west`). */
type Strings = "templates" | "plain" | "names";

/** How many labels the blocks have that Terraform itself knows at the top of a file. */
const topLevel: Readonly<Record<string, number>> = {
  check: 1,
  data: 2,
  ephemeral: 2,
  import: 0,
  locals: 0,
  module: 1,
  moved: 0,
  output: 1,
  provider: 1,
  removed: 0,
  resource: 2,
  terraform: 0,
  variable: 1,
};

/**
 * The same for the blocks within blocks of a type; "*" for those that hold resources. All other objects are arguments as
 * well as blocks: which of the two, the schema of a provider says, that is, whoever asks for them.
 */
const nested: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  check: { assert: 0, data: 2 },
  data: { lifecycle: 0 },
  dynamic: { content: 0 },
  ephemeral: { lifecycle: 0 },
  lifecycle: { postcondition: 0, precondition: 0 },
  output: { precondition: 0 },
  provisioner: { connection: 0 },
  removed: { lifecycle: 0, provisioner: 1 },
  resource: { connection: 0, lifecycle: 0, provisioner: 1 },
  terraform: { backend: 1, cloud: 0, provider_meta: 1, required_providers: 0 },
  variable: { validation: 0 },
};

/** What a JSON document says; for a file of values or of backend settings, its members are the assignments. */
export function contentOfJson(reader: Reader, kind: TerraformFile["kind"], node: JsonNode | undefined): Content {
  const bodies = node ? objectsIn(node) : [];
  if (kind !== "configuration")
    return { attributes: bodies.flatMap((body) => attributesOf(reader, body, "plain", () => false)), blocks: [] };
  const members = bodies.flatMap((body) => body.members.filter(isMeant));
  return { attributes: [], blocks: members.flatMap((member) => blocksAt(reader, member, topLevel, 0)) };
}

/** Members called "//" are comments; the comma behind one is part of it. */
export function commentsIn(text: string, node: JsonNode | undefined): readonly Comment[] {
  if (!node || !text.includes('"//"')) return [];
  if (node.kind === "array") return node.items.flatMap((item) => commentsIn(text, item));
  if (node.kind !== "object") return [];
  return node.members.flatMap(({ key, value, span }): readonly Comment[] => {
    if (key.value !== "//") return commentsIn(text, value);
    const comma = /^\s*,/.exec(text.slice(span.end, span.end + 80))?.[0].length ?? 0;
    return [
      { span: { start: span.start, end: span.end + comma }, text: value.kind === "string" ? value.value.trim() : "" },
    ];
  });
}

/** One object, or several in a list. */
const objectsIn = (node: JsonNode): readonly JsonObject[] =>
  node.kind === "object" ? [node] : node.kind === "array" ? node.items.flatMap(objectsIn) : [];

const isMeant = ({ key }: JsonMember): boolean => key.value !== "//";

/** The blocks under one name: an object for each label, then the body, or a list of bodies. */
function blocksAt(
  reader: Reader,
  member: JsonMember,
  labelCounts: Readonly<Record<string, number>>,
  depth: number,
): readonly Block[] {
  const type = member.key.value;
  const walk = (node: JsonNode, labels: readonly JsonString[], left: number): readonly Block[] =>
    objectsIn(node).flatMap((object) => {
      if (left === 0) return [blockOf(reader, type, labels, labels.at(-1) ?? member.key, object, depth)];
      return object.members.filter(isMeant).flatMap(({ key, value }) => walk(value, [...labels, key], left - 1));
    });
  return walk(member.value, [], Object.hasOwn(labelCounts, type) ? (labelCounts[type] ?? 0) : 0);
}

function blockOf(
  reader: Reader,
  type: string,
  labels: readonly JsonString[],
  name: JsonString,
  body: JsonObject,
  depth: number,
): Block {
  const inner = Object.hasOwn(nested, type) ? (nested[type] ?? {}) : {};
  const isBlock = ({ key }: JsonMember): boolean =>
    Object.hasOwn(inner, key.value) || (key.value === "dynamic" && depth < deepest);
  const strings = type === "variable" || type === "backend" || type === "required_providers" ? "plain" : "templates";
  return {
    type,
    // Blocks share the keys of their first labels: what tells them apart is the last one.
    labels: labels.map(({ value }) => ({ text: value, span: name.span })),
    attributes: attributesOf(reader, body, strings, isBlock),
    blocks: body.members
      .filter(isBlock)
      .flatMap((member) => blocksAt(reader, member, { ...inner, dynamic: 1 }, depth + 1)),
    span: { start: Math.min(name.span.start, body.span.start), end: body.span.end },
    head: name.span,
    body: { start: body.span.start + 1, end: body.span.end - 1 },
    broken: body.broken,
    loose: true,
  };
}

function attributesOf(
  reader: Reader,
  body: JsonObject,
  strings: Strings,
  isBlock: (member: JsonMember) => boolean,
): readonly Attribute[] {
  return body.members
    .filter((member) => isMeant(member) && !isBlock(member))
    .map(({ key, value, span }) => ({
      name: key.value,
      nameSpan: key.span,
      value: expressionOf(reader, value, named.has(key.value) && strings === "templates" ? "names" : strings, 0),
      span,
    }));
}

/** Arguments whose strings name something. */
const named: ReadonlySet<string> = new Set(["provider", "providers", "depends_on", "replace_triggered_by"]);

function expressionOf(reader: Reader, node: JsonNode, strings: Strings, depth: number): Expression {
  const { span } = node;
  if (depth > deepest) return { kind: "unknown", span };
  switch (node.kind) {
    case "word":
      return { kind: "literal", value: node.value, span, content: span };
    case "string":
      return stringOf(reader, node, strings);
    case "array":
      return { kind: "list", items: node.items.map((item) => expressionOf(reader, item, strings, depth + 1)), span };
    case "object":
      return {
        kind: "map",
        entries: node.members.filter(isMeant).map(({ key, value, span: member }) => ({
          ...(!(strings === "templates" && hasTemplate(key.value)) && { key: key.value }),
          keySpan: key.span,
          value: expressionOf(reader, value, strings, depth + 1),
          span: member,
        })),
        span,
      };
  }
}

const hasTemplate = (value: string): boolean => /[$%]\{/.test(value);

function stringOf({ text, readTemplate }: Reader, node: JsonString, strings: Strings): Expression {
  const { span, value } = node;
  const content: Span = { start: span.start + 1, end: span.end - 1 };
  if (strings === "names" && !hasTemplate(value)) return { kind: "reference", path: value, span };
  if (strings === "plain" || !hasTemplate(value)) return { kind: "literal", value, span, content };
  const place = placesIn(text, node);
  const moved = (one: Span): Span => ({ start: place(one.start), end: place(one.end) });
  const whole = /^\$\{\s*([^{}]*?)\s*\}$/.exec(value)?.[1];
  const from = whole === undefined ? -1 : value.indexOf(whole, 2);
  const simple = whole ? simpleExpression(value, from, from + whole.length, 0) : undefined;
  const read = simple ?? readTemplate(value);
  // As in the native syntax, a string that is one interpolation is the interpolated value itself.
  if (read.kind === "literal" && !simple) return { kind: "literal", value: heredocText(value), span, content };
  const all = moveSpans(read, moved);
  return all.kind === "template" ? { ...all, span, content } : { ...all, span };
}
