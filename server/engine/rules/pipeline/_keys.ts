// Keys put in front of the others of a job.

import { type FlowJob, jobIdOf } from "../../languages/pipeline/flow.js";
import type { Dialect, Pipeline } from "../../languages/pipeline/model.js";
import { type Edit, lineEnd, type Span } from "../../text.js";

/** The line that opens a job, and all before the first of its keys. */
const openings: Readonly<Partial<Record<Dialect, RegExp>>> = {
  github: /^[^\n#]*:[ \t]*(?:#[^\n]*)?\r?\n((?:[ \t]*(?:#[^\n]*)?\r?\n)*)([ \t]+)[^\s#]/,
  gitlab: /^[^\n#]*:[ \t]*(?:#[^\n]*)?\r?\n((?:[ \t]*(?:#[^\n]*)?\r?\n)*)([ \t]+)[^\s#]/,
  azure: /^(?:job|deployment):[^\n#]*(?:#[^\n]*)?\r?\n((?:[ \t]*(?:#[^\n]*)?\r?\n)*)([ \t]+)[^\s#-]/,
  jenkins: /^stage\b[^\n{]*\{[ \t]*(?:\/\/[^\n]*)?\r?\n((?:[ \t]*(?:\/\/[^\n]*)?\r?\n)*)([ \t]+)[^\s/]/,
};

/** Edits that add the keys to a job which the judged file writes as a block; none where it does not. */
export function keyEdits(pipeline: Pipeline, { node }: FlowJob, keys: readonly string[]): readonly Edit[] {
  const own = pipeline.jobs.find(({ id }) => id === jobIdOf(node));
  return own ? keysInto(pipeline, own.span, keys) : [];
}

/** Whether stages are written in blocks: in a scripted pipeline they are nothing but steps. */
export const isDeclarative = ({ text }: Pipeline): boolean => /^[ \t]*pipeline[ \t]*\{/m.test(text);

/** As `keyEdits`, for the place of a job. */
export function keysInto(pipeline: Pipeline, span: Span, keys: readonly string[]): readonly Edit[] {
  const { dialect, text } = pipeline;
  if (dialect === "jenkins" && !isDeclarative(pipeline)) return [];
  const first = openings[dialect]?.exec(text.slice(span.start, span.end));
  if (!first) return [];
  const [all, , indent = ""] = first;
  const at = span.start + all.length - 1 - indent.length;
  const eol = lineEnd(text);
  return [{ span: { start: at, end: at }, text: keys.map((key) => `${indent}${key}${eol}`).join("") }];
}
