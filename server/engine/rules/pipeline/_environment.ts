// How a deployment names its environment, in the dialects that have a word for it.

import { type FlowJob, jobIdOf } from "../../languages/pipeline/flow.js";
import type { Pipeline } from "../../languages/pipeline/model.js";
import { type Edit, lineEnd, lineSpan, type Span } from "../../text.js";
import { keyEdits } from "./_keys.js";

/** Edits that name it; none where the job is not written as a block, or says more than could be kept. */
export function environmentEdits(pipeline: Pipeline, job: FlowJob, name: string): readonly Edit[] {
  const { dialect } = pipeline;
  if (dialect === "github" || dialect === "gitlab") return keyEdits(pipeline, job, [`environment: ${name}`]);
  return dialect === "azure" ? asDeployment(pipeline, job, name) : [];
}

/** A plain job of Azure Pipelines has no environment: it becomes a deployment with one strategy, its steps as they are. */
function asDeployment({ text, jobs }: Pipeline, { node }: FlowJob, name: string): readonly Edit[] {
  const own = jobs.find(({ id }) => id === jobIdOf(node));
  if (!own) return [];
  const { start } = own.span;
  const lead = text.slice(lineSpan(text, start).start, start);
  const isItem = /^[ \t]*-[ \t]+$/.test(lead) && text.startsWith("job:", start);
  // A file that has nothing but steps is one job without a name.
  const isFile = jobs.length === 1 && lead === "" && /^steps:/m.test(text) && !ownKeys.test(text);
  const indent = isItem ? " ".repeat(lead.length) : "";
  const block =
    isItem || isFile ? stepsAt(text, isItem ? own.span : { start: 0, end: text.length }, indent) : undefined;
  if (!block || text.slice(start, block.start).includes("\t")) return [];
  const eol = lineEnd(text);
  const job = isItem ? indent : "    ";
  const deep = " ".repeat(job.length - indent.length + 6);
  const head = [`${job}environment: ${name}`, `${job}strategy:`, `${job}  runOnce:`, `${job}    deploy:`];
  const opening = isItem ? head : ["jobs:", "  - deployment: deploy", ...head];
  // A deployment does not check the repository out by itself.
  const checksOut = /-[ \t]+checkout:/.test(text.slice(block.start, block.end));
  const lines = linesIn(text, block);
  const dash = /^[ \t]*(?=-)/.exec(text.slice(lines[1] ?? block.end))?.[0] ?? indent;
  const before = (i: number): readonly string[] =>
    i === 0 ? opening : i === 1 && !checksOut ? [`${deep}${dash}- checkout: self`] : [];
  const edits = lines.map((at, i): Edit => {
    const added = before(i).map((line) => line + eol);
    return { span: { start: at, end: at }, text: added.join("") + deep };
  });
  return isItem ? [{ span: { start, end: start + "job".length }, text: "deployment" }, ...edits] : edits;
}

/** Keys of a job that may also stand at the top of a file of steps, and mean another thing beside `jobs`. */
const ownKeys =
  /^(?:container|services|workspace|strategy|timeoutInMinutes|cancelTimeoutInMinutes|continueOnError|condition|dependsOn):/m;

/** The key `steps` with the list behind it, which may stand as deep as the key itself. */
function stepsAt(text: string, { start, end }: Span, indent: string): Span | undefined {
  const key = new RegExp(
    `^${indent}steps:[ \\t]*(?:#.*)?\\r?\\n(?:${indent}[ \\t-][^\\n]*(?:\\n|$)|[ \\t]*\\r?\\n)+`,
    "m",
  );
  const found = key.exec(text.slice(start, end));
  return found ? { start: start + found.index, end: start + found.index + found[0].length } : undefined;
}

/** Where the lines of a part start that hold anything. */
function linesIn(text: string, { start, end }: Span): readonly number[] {
  const found: number[] = [];
  for (let at = start; at < end; ) {
    const next = text.indexOf("\n", at);
    const stop = next < 0 ? end : next + 1;
    if (text.slice(at, stop).trim() !== "") found.push(at);
    at = stop;
  }
  return found;
}
