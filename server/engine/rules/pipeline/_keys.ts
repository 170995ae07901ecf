// Keys put in front of the others of a job.

import { type FlowJob, jobIdOf } from "../../languages/pipeline/flow.js";
import type { Dialect, Pipeline } from "../../languages/pipeline/model.js";
import { type Edit, lineEnd } from "../../text.js";

/** The line that opens a job, and all before the first of its keys. */
const openings: Readonly<Partial<Record<Dialect, RegExp>>> = {
  github: /^[^\n#]*:[ \t]*(?:#[^\n]*)?\r?\n((?:[ \t]*(?:#[^\n]*)?\r?\n)*)([ \t]+)[^\s#]/,
  gitlab: /^[^\n#]*:[ \t]*(?:#[^\n]*)?\r?\n((?:[ \t]*(?:#[^\n]*)?\r?\n)*)([ \t]+)[^\s#]/,
  jenkins: /^stage\b[^\n{]*\{[ \t]*(?:\/\/[^\n]*)?\r?\n((?:[ \t]*(?:\/\/[^\n]*)?\r?\n)*)([ \t]+)[^\s/]/,
};

/** Edits that add the keys to a job which the judged file writes as a block; none where it does not. */
export function keyEdits(
  { dialect, jobs, text }: Pipeline,
  { node }: FlowJob,
  keys: readonly string[],
): readonly Edit[] {
  const own = jobs.find(({ id }) => id === jobIdOf(node));
  const opening = openings[dialect];
  const first = own && opening?.exec(text.slice(own.span.start, own.span.end));
  if (!own || !first) return [];
  const [all, , indent = ""] = first;
  const at = own.span.start + all.length - 1 - indent.length;
  const eol = lineEnd(text);
  return [{ span: { start: at, end: at }, text: keys.map((key) => `${indent}${key}${eol}`).join("") }];
}
