// Where the workflows of CircleCI use a job, and how another use is put beside it.

import type { FlowJob } from "../../languages/pipeline/flow.js";
import type { Pipeline } from "../../languages/pipeline/model.js";
import { escapeSnippet } from "../../snippet.js";
import { type Edit, indentAt, lineEnd, lineSpan, type Span } from "../../text.js";

/** The use of a job: an item of a list that is written on lines of its own or within brackets. */
interface Use {
  /** What stands before it in its line, and is the item's. */
  readonly start: number;
  readonly form: "lines" | "brackets";
  readonly indent: string;
  readonly end: number;
}

function useOf({ text }: Pipeline, span: Span): Use | undefined {
  const { start, end } = lineSpan(text, span.start);
  const before = text.slice(start, span.start);
  if (/^[ \t]*-[ \t]+['"]?$/.test(before)) return { start, form: "lines", indent: indentAt(text, start), end };
  const open = /^[^#]*\bjobs:[ \t]*\[(?:[^\]#]*,)?[ \t]*$/.exec(before);
  return open ? { start: span.start, form: "brackets", indent: "", end: span.end } : undefined;
}

/** The end of the brackets that a use stands in; undefined where they do not end in its line. */
export function bracketsEnd(pipeline: Pipeline, span: Span): number | undefined {
  if (useOf(pipeline, span)?.form !== "brackets") return undefined;
  let depth = 1;
  for (let at = span.start; at < lineSpan(pipeline.text, span.start).end; at++) {
    const sign = pipeline.text[at];
    if (sign === "[" || sign === "{") depth++;
    else if (sign === "]" || sign === "}") depth--;
    if (depth === 0) return at;
  }
  return undefined;
}

/** Edits by which the job waits for a person; none where its use is written in a way that has no place for it. */
export function approvalEdits(pipeline: Pipeline, { node }: FlowJob): readonly Edit[] {
  const own = pipeline.outline.jobs.find(({ id }) => id === node.id);
  const use = own?.span && useOf(pipeline, own.span);
  if (!own?.span || !use) return [];
  const name = `approve-${(own.id.split(" / ").at(-1) ?? own.id).replace(/[^\w-]+/g, "-")}`;
  const waits = requiring(pipeline.text, own.span, use, name);
  if (waits.length === 0) return [];
  const needs = (own.needs ?? []).map((need) => need.split(" / ").at(-1) ?? need).join(", ");
  const rest = `type: approval${needs === "" ? "" : `, requires: [${escapeSnippet(needs)}]`}`;
  const eol = lineEnd(pipeline.text);
  const item = `${name}: { ${rest} ${escapeSnippet("}")}`;
  const text = use.form === "lines" ? `${use.indent}- ${item}${eol}` : `{ ${item} ${escapeSnippet("}")}, `;
  return [{ span: { start: use.start, end: use.start }, text }, ...waits];
}

/** Puts a name among those that a use waits for. */
function requiring(text: string, key: Span, use: Use, name: string): readonly Edit[] {
  const insert = (at: number, added: string): readonly Edit[] => [{ span: { start: at, end: at }, text: added }];
  const rest = text.slice(key.end, use.end);
  const close = escapeSnippet("}");
  if (use.form === "brackets")
    return /^[ \t]*[,\]]/.test(text.slice(key.end))
      ? [{ span: key, text: `{ ${text.slice(key.start, key.end)}: { requires: [${name}] ${close} ${close}` }]
      : [];
  if (/^['"]?[ \t]*(?:#.*)?\r?$/.test(rest)) {
    const behind = key.end + (/^['"]/.test(rest) ? 1 : 0);
    return insert(behind, `: { requires: [${name}] ${close}`);
  }
  const list = /^:[ \t]*\{[^\n]*?\brequires:[ \t]*\[[^\]\n{}]*[^\]\n{} \t]/.exec(rest);
  if (list) return insert(key.end + list[0].length, `, ${name}`);
  const map = /^:[ \t]*\{(?![^\n]*\brequires:)[ \t]*(?=\w)/.exec(rest);
  if (map) return insert(key.end + map[0].length, `requires: [${name}], `);
  return /^:[ \t]*(?:#.*)?\r?$/.test(rest) ? requiringInLines(text, use, name) : [];
}

/** As `requiring`, for a use whose keys stand on lines of their own. */
function requiringInLines(text: string, { indent, end }: Use, name: string): readonly Edit[] {
  const insert = (at: number, added: string): readonly Edit[] => [{ span: { start: at, end: at }, text: added }];
  const lines = new RegExp(`(?:\\r?\\n(?:${indent}[ \\t]+[^\\r\\n]*|[ \\t]*(?=\\r?\\n)))+`, "y");
  lines.lastIndex = end;
  const body = lines.exec(text)?.[0];
  const keys = body && /\n([ \t]+)[^\s#]/.exec(body);
  if (!body || !keys) return [];
  const eol = lineEnd(text);
  const at = (length: number): number => end + length;
  const flow = /\n[ \t]+requires:[ \t]*\[[^\]\n{}]*[^\]\n{} \t]/.exec(body);
  if (flow) return insert(at(flow.index + flow[0].length), `, ${name}`);
  const block = /\n[ \t]+requires:[ \t]*\r?\n(?=([ \t]+)-)/.exec(body);
  if (block) return insert(at(block.index + block[0].length), `${block[1]}- ${name}${eol}`);
  if (/\n[ \t]+requires:/.test(body)) return [];
  return insert(at(keys.index + 1), `${keys[1]}requires: [${name}]${eol}`);
}
