// Text values of rules in templates and out of them, and where a part of a value stands in the file.

import { lineSpan, type Span } from "../../text.js";
import { type Field, type Look, textOf } from "../kubernetes/look.js";
import { placeholder, type Template } from "../kubernetes/template.js";
import type { YamlScalar } from "../yaml/model.js";

/** A Helm action that only writes what Helm would read itself: `{{ "{{" }}`, "{{`{{ $value }}`}}". */
const literalAction = /\{\{-?\s*(?:"((?:[^"\\\n]|\\.){0,200})"|`([^`]*)`)\s*-?\}\}/g;

/** Reads a scalar as text; in a Helm template with its escaped braces resolved, and unknown where others are left. */
export function textIn(text: string, found: Look): Field<string> {
  const field = textOf(found);
  if (typeof found === "string" || found.node.type !== "scalar" || !found.template) return withoutOtherTemplates(field);
  const { node, template } = found;
  if (field.state === "set" && !branchesIn(template, node.span)) return withoutOtherTemplates(field);
  if (node.style === "missing") return { state: "unknown" };
  const source = text.slice(node.span.start, node.span.end);
  const others = source.replace(literalAction, "");
  if (others === source || /\{\{|\}\}/.test(others)) return { state: "unknown" };
  const value = source.replace(literalAction, (_action, quoted?: string, raw?: string) => quoted ?? raw ?? "");
  return { state: "set", value: node.style === "quoted" ? value.slice(1, -1) : value, span: node.span };
}

/** Jinja and ERB leave the YAML whole, but what they write is not known. */
const withoutOtherTemplates = (field: Field<string>): Field<string> =>
  field.state === "set" && /\{%|<%/.test(field.value) ? { state: "unknown" } : field;

/** Whether lines of a value stand in a branch, or are written by an action that has its own line. */
export const branchesIn = ({ branches, holes }: Template, within: Span): boolean =>
  startsIn(branches, ({ start }) => start, within) || startsIn(holes, ({ span }) => span.start, within);

/** Whether one of the sorted elements starts in a stretch, found by bisection: templates may hold very many. */
function startsIn<T>(sorted: readonly T[], startOf: (element: T) => number, { start, end }: Span): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const element = sorted[middle];
    if (element !== undefined && startOf(element) < start) low = middle + 1;
    else high = middle;
  }
  const first = sorted[low];
  return first !== undefined && startOf(first) < end;
}

/** Whether an expression's text can be read although the file is a template: its actions stand within quotes. */
export function expressionText(found: Look): string | undefined {
  if (typeof found === "string" || found.node.type !== "scalar" || found.node.style === "missing") return undefined;
  const { node, template } = found;
  if (template ? branchesIn(template, node.span) : /\{%|<%|\{\{/.test(node.text)) return undefined;
  return node.text;
}

/** The place of a part of a scalar's text in the file; the scalar's first line where it cannot be told. */
export function placeIn(text: string, scalar: YamlScalar, part: Span): Span {
  const { span, style } = scalar;
  const found = style === "block" ? inBlock(text, scalar, part) : inLine(scalar, part);
  if (found) return found;
  const line = lineSpan(text, span.start);
  return { start: span.start, end: Math.min(span.end, line.end) };
}

function inLine({ span, style, text: value }: YamlScalar, part: Span): Span | undefined {
  const quote = style === "quoted" ? 1 : 0;
  const start = span.start + quote;
  // Escapes and folded lines change the length; a template's mask does not.
  return span.end - quote - start === value.length ? { start: start + part.start, end: start + part.end } : undefined;
}

/** A literal block keeps its lines: each is the end of a line of the file. */
function inBlock(text: string, { span, text: value }: YamlScalar, part: Span): Span | undefined {
  const before = value.slice(0, part.start).split("\n");
  const line = value.split("\n")[before.length - 1];
  const column = before.at(-1)?.length ?? 0;
  if (text[span.start] !== "|" || line === undefined) return undefined;
  let start = span.start;
  for (let count = before.length; count > 0; count--) {
    start = text.indexOf("\n", start) + 1;
    if (start === 0) return undefined;
  }
  const { end } = lineSpan(text, start);
  if (text.slice(start, Math.max(start, end - line.length)).trim() !== "") return undefined;
  const from = end - line.length + column;
  return { start: from, end: Math.min(end, from + part.end - part.start) };
}

/** The first place in a scalar's source at which something stands as it is; the scalar's own span where it does not. */
export function placeOf(text: string, span: Span, written: string): Span {
  const found = text.slice(span.start, span.end).indexOf(written);
  if (found === -1) return span;
  return { start: span.start + found, end: span.start + found + written.length };
}

/** A scalar as a message shows it: as the file writes it, on one line, without quotes. */
export function shown(text: string, { span, style }: YamlScalar): string {
  const source = style === "quoted" ? text.slice(span.start + 1, span.end - 1) : text.slice(span.start, span.end);
  const line = source.replace(/\s+/g, " ").trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

export const isTemplated = (value: string): boolean => value.includes(placeholder) || value.includes("{{");
