// Jobs that mend a pipeline, as snippets in the words of its dialect, and where they go.

import { type FlowJob, jobIdOf } from "../../languages/pipeline/flow.js";
import type { Pipeline, Step } from "../../languages/pipeline/model.js";
import { type Fix, snippet } from "../../rule.js";
import { escapeSnippet } from "../../snippet.js";
import { type Edit, indentAt, lineEnd, lineSpan, type Span } from "../../text.js";
import { isDeclarative } from "./_keys.js";
import { bracketsEnd } from "./_workflows.js";
import { linesOf, type NewJob, postLines, shortUseOf, stepsOf, usesOf } from "./_writing.js";

/** A job to be added; it starts at once unless it comes behind another. */
export interface Addition extends Omit<NewJob, "needs"> {
  readonly after?: FlowJob | string;
}

/**
 * One snippet with these jobs; none where the pipeline is not written in a way that has a place for them.
 * @param anchor the deployment they are for: where text decides the order they stand before or behind it
 */
export function addJobs(
  title: string,
  pipeline: Pipeline,
  anchor: FlowJob | undefined,
  additions: readonly Addition[],
): readonly Fix[] {
  const edits = additions.length > 0 ? editsFor(pipeline, anchor, additions) : [];
  return edits.length > 0 ? [snippet(title, ...edits)] : [];
}

function editsFor(pipeline: Pipeline, anchor: FlowJob | undefined, additions: readonly Addition[]): readonly Edit[] {
  const { dialect } = pipeline;
  const jobs = additions.map(({ after, ...job }): NewJob => {
    const needs = after === undefined || typeof after === "string" ? after : ownId(after, pipeline);
    return { ...job, ...(needs !== undefined && { needs }) };
  });
  if (dialect === "jenkins") return jenkinsEdits(pipeline, anchor, jobs);
  const only = dialect === "azure" ? onlySteps(pipeline) : undefined;
  if (only) return stepEdits(pipeline, only, anchor, jobs);
  const place = dialect === "azure" ? placeInList(pipeline) : placeInMap(pipeline);
  if (!place) return [];
  const text = jobs.map((job) => written(linesOf(dialect, job, place.stages === true), place, pipeline));
  const edits: readonly Edit[] = [insertion(place.at, text.join(""))];
  if (dialect !== "circleci") return edits;
  const use = useIn(pipeline, anchor);
  const end = use && bracketsEnd(pipeline, use);
  if (end !== undefined) return [...edits, insertion(end, jobs.map((job) => `, ${shortUseOf(job)}`).join(""))];
  const workflow = use && placeInWorkflow(pipeline, use);
  if (!workflow) return [];
  const uses = jobs.map((job) => written(usesOf(job), { ...workflow, gap: "" }, pipeline));
  return [...edits, insertion(workflow.at, uses.join(""))];
}

const insertion = (at: number, text: string): Edit => ({ span: { start: at, end: at }, text });

/** The name by which other jobs wait for it. A called or included job is named by the key in the judged file. */
function ownId({ node }: FlowJob, { dialect }: Pipeline): string {
  if (dialect === "jenkins") return jobIdOf(node);
  const parts = node.id.split(" / ");
  return (dialect === "circleci" ? parts.at(-1) : parts[0]) ?? node.id;
}

interface Spot {
  readonly at: number;
  readonly indent: string;
  /** What stands between it and what is before. */
  readonly gap?: string;
  /** It is a list of stages. */
  readonly stages?: true;
}

function written(lines: readonly string[], { indent, gap = "\n" }: Spot, { text }: Pipeline): string {
  const all = lines.map((line) => `\n${indent}${line}`).join("");
  return `${gap}${all}`.replaceAll("\n", lineEnd(text));
}

/** Where the content of a part ends that something follows. */
const endOf = (text: string, end: number): number => text.slice(0, end).trimEnd().length;

/** Behind the last job of a map; undefined where the jobs are not written as a block. */
function placeInMap({ dialect, jobs, text }: Pipeline): Spot | undefined {
  const last = jobs.at(-1);
  if (!last) return undefined;
  const { start } = lineSpan(text, last.span.start);
  const indent = indentAt(text, start);
  if (start + indent.length !== last.span.start || (dialect === "gitlab") !== (indent === "")) return undefined;
  return { at: endOf(text, last.span.end), indent };
}

/** Behind the last stage or job of Azure Pipelines; undefined for one that has only steps, or ends with a template. */
function placeInList({ outline, text }: Pipeline): Spot | undefined {
  const last = outline.jobs.at(-1);
  if (!last?.span || last.calls !== undefined) return undefined;
  const { start } = lineSpan(text, last.span.start);
  const indent = /^([ \t]*)- (?:stage|job|deployment):[ \t]/.exec(text.slice(start, last.span.start))?.[1];
  if (indent === undefined) return undefined;
  return { at: itemEnd(text, last.span.start, indent), indent, ...(last.jobs && { stages: true }) };
}

/** The steps of a pipeline of Azure that has nothing else. */
function onlySteps({ jobs, text }: Pipeline): readonly Step[] | undefined {
  const [only, ...others] = jobs;
  const alone = only && others.length === 0 && only.steps.length > 0 && /^steps:[ \t]*\r?$/m.test(text);
  return alone ? only.steps : undefined;
}

/** There a job is a step: behind the others, or before them where it has to come before the deployment. */
function stepEdits(
  pipeline: Pipeline,
  steps: readonly Step[],
  anchor: FlowJob | undefined,
  added: readonly NewJob[],
): readonly Edit[] {
  const { text } = pipeline;
  const first = steps.find(({ span }) => !text.startsWith("checkout:", span.start)) ?? steps[0];
  const last = steps.at(-1);
  if (!first || !last || added.some(({ environment }) => environment !== undefined)) return [];
  const open = lineSpan(text, first.span.start).start;
  const indent = /^([ \t]*)- /.exec(text.slice(open))?.[1];
  if (indent === undefined) return [];
  const isEarly = ({ needs }: NewJob): boolean => anchor !== undefined && needs === undefined;
  const early = added.filter(isEarly).flatMap(stepsOf);
  const late = added.filter((job) => !isEarly(job)).flatMap(stepsOf);
  const spot: Spot = { at: itemEnd(text, last.span.start, indent), indent, gap: "" };
  return [
    ...(early.length > 0 ? [insertion(open, linesAt(indent, early, text))] : []),
    ...(late.length > 0 ? [insertion(spot.at, written(late, spot, pipeline))] : []),
  ];
}

const linesAt = (indent: string, lines: readonly string[], text: string): string =>
  lines.map((line) => indent + line + lineEnd(text)).join("");

/** The use of the job in its workflow of CircleCI, or the last of all. */
const useIn = ({ outline }: Pipeline, anchor: FlowJob | undefined): Span | undefined =>
  (outline.jobs.find(({ id }) => id === anchor?.node.id) ?? outline.jobs.at(-1))?.span;

/** Behind a use that stands on lines of its own. */
function placeInWorkflow({ text }: Pipeline, use: Span): Spot | undefined {
  const { start } = lineSpan(text, use.start);
  const indent = /^([ \t]*)- ['"]?$/.exec(text.slice(start, use.start))?.[1];
  return indent === undefined ? undefined : { at: itemEnd(text, use.start, indent), indent };
}

/** The end of the list item in the line of `at`: what stands deeper than its dash belongs to it. */
function itemEnd(text: string, at: number, indent: string): number {
  const { end } = lineSpan(text, at);
  const rest = new RegExp(`(?:\\r?\\n(?:${indent}[ \\t]+[^\\r\\n]*|[ \\t]*(?=\\r?\\n)))*`, "y");
  rest.lastIndex = end;
  return text.slice(0, end + (rest.exec(text)?.[0].length ?? 0)).trimEnd().length;
}

/** Stages of a Jenkinsfile run in the order of the text: they stand before the deployment, or behind what they wait for. */
function jenkinsEdits(pipeline: Pipeline, anchor: FlowJob | undefined, added: readonly NewJob[]): readonly Edit[] {
  if (!isDeclarative(pipeline)) return [];
  const stageOf = (id: string | undefined): Stage | undefined => {
    const job = pipeline.jobs.find((one) => one.id === id);
    return job && toStage(job.span, pipeline);
  };
  const deploy = stageOf(anchor && jobIdOf(anchor.node)) ?? stageOf(pipeline.jobs.at(-1)?.id);
  if (!deploy) return [];
  const edits = added.map((job): Edit | undefined => {
    const stage = stageOf(job.needs);
    if (!job.needs || !stage) return insertion(deploy.start, linesIn(deploy, linesOf("jenkins", job, false)));
    if (!job.runs) return insertion(stage.next, linesIn(stage, linesOf("jenkins", job, false)));
    return stage.brace === undefined ? undefined : insertion(stage.brace, linesIn(stage, postLines([job])));
  });
  return edits.filter((edit) => edit !== undefined);
}

/** A stage of a Jenkinsfile that stands on lines of its own. */
interface Stage {
  readonly start: number;
  /** Behind its last line. */
  readonly next: number;
  /** The start of the line that closes it; absent where something stands there that a `post` could not follow. */
  readonly brace?: number;
  readonly indent: string;
  /** What it is indented by inside. */
  readonly step: string;
  readonly eol: string;
}

function toStage(span: Span, { text }: Pipeline): Stage | undefined {
  const { start } = lineSpan(text, span.start);
  const indent = text.slice(start, span.start);
  const own = text.slice(span.start, span.end);
  const last = lineSpan(text, Math.max(span.start, span.end - 1));
  if (indent.trim() !== "" || !/^stage\b/.test(own) || text.slice(span.end, last.end).trim() !== "") return undefined;
  const eol = lineEnd(text);
  const inner = /\r?\n([ \t]+)[^\s]/.exec(own)?.[1] ?? "";
  const step = inner.startsWith(indent) && inner.length > indent.length ? inner.slice(indent.length) : "    ";
  const closed = text.slice(last.start, span.end).trim() === "}" && !/\bpost\s*\{/.test(own);
  const next = Math.min(text.length, last.end + eol.length);
  return { start, next, indent, step, eol, ...(closed && { brace: last.start }) };
}

/** Lines written with four spaces a level, as the file has it. */
const linesIn = ({ indent, step, eol }: Stage, lines: readonly string[]): string =>
  lines.map((line) => indent + line.replace(/^(?: {4})+/, (deep) => step.repeat(deep.length / 4)) + eol).join("");

export const placeholder = (tab: number, proposal: string): string => `\${${tab}:${escapeSnippet(proposal)}}`;
