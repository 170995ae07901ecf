// Steps put in front of others of the same job.

import { type FlowJob, jobIdOf } from "../../languages/pipeline/flow.js";
import type { Dialect, Pipeline, Step } from "../../languages/pipeline/model.js";
import { type Edit, lineEnd, lineSpan } from "../../text.js";

const writers: Readonly<Record<Dialect, (command: string) => string>> = {
  github: (command) => `run: ${command}`,
  gitlab: (command) => command,
  azure: (command) => `script: ${command}`,
  circleci: (command) => `run: ${command}`,
  jenkins: (command) => `sh '${command}'`,
};

/** A step with this command (text of a snippet) before the first one that fits; none where it shares its line. */
export function stepEdits(
  { dialect, jobs, text }: Pipeline,
  { node }: FlowJob,
  fits: (step: Step) => boolean,
  command: string,
): readonly Edit[] {
  const step = jobs.find(({ id }) => id === jobIdOf(node))?.steps.find(fits);
  if (!step) return [];
  const { start } = lineSpan(text, step.span.start);
  const before = text.slice(start, step.span.start);
  if (!(dialect === "jenkins" ? /^[ \t]*$/ : /^[ \t]*- $/).test(before)) return [];
  return [{ span: { start, end: start }, text: before + writers[dialect](command) + lineEnd(text) }];
}
