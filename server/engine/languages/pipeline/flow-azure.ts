// How the stages and jobs of Azure Pipelines come together: `dependsOn`, the order of stages, and templates.

import type { Span } from "../../text.js";
import type { Workspace } from "../../workspace.js";
import { filled, filledText, type Values, valuesOf } from "./azure-parameters.js";
import { evidenceOfCommand, shorten } from "./commands.js";
import type { Assembled, FlowNode, NodeDraft, Outlined } from "./flow.js";
import type { Condition, Evidence, JobOutline, Outline, Unseen, Work } from "./model.js";
import { rolesOfName, tierOfName } from "./names.js";
import { commandsOf } from "./shell.js";
import { templatePaths } from "./templates.js";

/** How deep templates may stand in each other, and how many are followed; Azure allows 100 files. */
const maximumDepth = 20;
const maximumFiles = 100;

const nowhere: Span = { start: 0, end: 0 };

interface Context {
  readonly workspace: Workspace;
  readonly budget: { left: number };
}

/** A stage or job with the file that it stands in, and the place where the judged file brings it in. */
interface Item {
  readonly job: JobOutline;
  readonly path: string;
  readonly span: Span;
  /** What the parameters of its file are. */
  readonly values: Values;
}

/** Undefined for a template that another file uses. */
export function azureFlow({ outline, path }: Outlined, workspace: Workspace): Assembled | undefined {
  if (workspace.facts("pipeline.called", path).length > 0) return undefined;
  const context: Context = { workspace, budget: { left: maximumFiles } };
  // Its own parameters are chosen by whoever starts it.
  const items = expand(outline.jobs, { path, values: {} }, undefined, context, 0);
  const staged = items.some(({ job }) => job.jobs);
  return {
    nodes: staged ? stagesToNodes(items, context) : jobsToNodes(items, { scope: "" }, context),
    // Another pipeline has built what this one takes, and may have tested it.
    startUnseen: outline.triggers.includes("workflow_run"),
    startedByHand: outline.triggers.length > 0 && outline.triggers.every((event) => event === "workflow_dispatch"),
    ...(outline.name !== undefined && { name: outline.name }),
  };
}

/** Puts the stages or jobs of templates in their places. */
function expand(
  jobs: readonly JobOutline[],
  { path, values }: Pick<Item, "path" | "values">,
  from: Span | undefined,
  context: Context,
  depth: number,
): readonly Item[] {
  return jobs.flatMap((job) => {
    const span = from ?? job.span ?? nowhere;
    if (job.calls === undefined) return [{ job: filled(job, values), path, span, values }];
    const found = depth < maximumDepth ? templateAt(job.calls, path, context) : undefined;
    if (found)
      return expand(
        job.undecided ? found.jobs.map((one) => ({ ...one, undecided: true })) : found.jobs,
        { path: found.path, values: valuesOf(found, job, values) },
        span,
        context,
        depth + 1,
      );
    return [{ job: { ...job, main: [{ role: "unseen", text: job.calls, span }] }, path, span, values }];
  });
}

function templateAt(written: string, from: string, { workspace, budget }: Context) {
  if (budget.left-- <= 0) return undefined;
  for (const path of templatePaths(written, from)) {
    const [found] = workspace.facts("pipeline.file", path);
    if (found) return isWhole(found) ? found : undefined;
  }
  return undefined;
}

const isWhole = ({ dialect, broken, jobs }: Outline): boolean => dialect === "azure" && !broken && jobs.length > 0;

interface Stage {
  readonly item: Item;
  /** Stands for the start of the stage: its jobs wait for it, whatever their own conditions say. */
  readonly start: NodeDraft;
  readonly nodes: readonly FlowNode[];
}

const startName = "-";

function stagesToNodes(items: readonly Item[], context: Context): readonly FlowNode[] {
  const stages = items.map((item) => toStage(item, context));
  const byId = new Map<string, Stage[]>();
  for (const stage of stages) byId.set(stage.item.job.id, [...(byId.get(stage.item.job.id) ?? []), stage]);
  const needed = new Map<Stage, readonly Stage[]>();
  for (const [i, stage] of stages.entries()) {
    const { needs, needsUnseen, undecided } = stage.item.job;
    const previous = stages[i - 1];
    needed.set(stage, needs ? needs.flatMap((id) => byId.get(id) ?? []) : previous ? [previous] : []);
    stage.start.waitsForUnseen =
      needsUnseen === true || undecided === true || (needs ?? []).some((id) => !byId.has(id));
  }
  // "succeeded()" asks for every stage before, near and far.
  for (const stage of stages) {
    const before = new Set(needed.get(stage));
    for (const one of before) for (const next of needed.get(one) ?? []) if (next !== stage) before.add(next);
    stage.start.waitsFor = [...before].flatMap(({ nodes }) => nodes);
  }
  return stages.flatMap(({ nodes }) => nodes);
}

function toStage(item: Item, context: Context): Stage {
  const { job, path, span, values } = item;
  const start: NodeDraft = {
    id: `${job.id} / ${startName}`,
    span,
    names: [],
    work: job.jobs ? [] : followAll(job.main ?? [], { path, values }, span, context, 0),
    waitsFor: [],
    waitsForUnseen: false,
    start: true,
    ...(job.condition && { condition: job.condition }),
  };
  // A template that was followed has its own place for all that it brings.
  const inside = job.jobs ? expand(job.jobs, { path, values }, span === job.span ? undefined : span, context, 1) : [];
  const jobs = jobsToNodes(inside, { scope: job.id, stage: job.title ?? job.id, start }, context);
  return { item, start, nodes: [start, ...jobs] };
}

interface Within {
  readonly scope: string;
  readonly stage?: string;
  readonly start?: FlowNode;
}

function jobsToNodes(items: readonly Item[], within: Within, context: Context): readonly FlowNode[] {
  const made = items.map((item) => ({ item, node: toNode(item, within, context) }));
  const byId = new Map<string, FlowNode[]>();
  for (const { item, node } of made) byId.set(item.job.id, [...(byId.get(item.job.id) ?? []), node]);
  const first = within.start ? [within.start] : [];
  for (const { item, node } of made) {
    const needs = item.job.needs ?? [];
    node.waitsFor = needs.length === 0 ? first : [...first, ...needs.flatMap((id) => byId.get(id) ?? [])];
    node.waitsForUnseen =
      item.job.needsUnseen === true || item.job.undecided === true || needs.some((id) => !byId.has(id));
  }
  return made.map(({ node }) => node);
}

function toNode({ job, path, span, values }: Item, { scope, stage, start }: Within, context: Context): NodeDraft {
  const condition = job.condition && start ? withinStage(job.condition) : job.condition;
  return {
    id: scope === "" ? job.id : `${scope} / ${job.id}`,
    span,
    names: job.title === undefined ? [job.id] : [job.id, job.title],
    ...(stage !== undefined && { stage }),
    ...(job.said && { said: job.said }),
    work: followAll(job.main ?? [], { path, values }, span === job.span ? undefined : span, context, 0),
    waitsFor: [],
    waitsForUnseen: false,
    scope,
    ...(job.environment && { environment: job.environment }),
    ...(condition && { condition }),
    ...(job.manual && { manual: job.manual }),
  };
}

/** No condition of a job goes round the one of its stage. */
const withinStage = ({ expression, text }: Condition): Condition => ({
  expression: `needs.${startName}.result != 'skipped' && (${expression})`,
  text,
});

/** Puts the steps of templates in their places. */
function followAll(
  work: readonly Work[],
  { path, values }: Pick<Item, "path" | "values">,
  place: Span | undefined,
  context: Context,
  depth: number,
): readonly (Evidence | Unseen)[] {
  return work.flatMap((one): readonly (Evidence | Unseen)[] => {
    const at = place ?? one.span;
    const span = at ? { span: at } : {};
    if (one.role !== "followed") return withValues(one, values).map((known) => ({ ...known, ...span }));
    const found = depth < maximumDepth && one.action ? templateAt(one.action, path, context) : undefined;
    const [steps] = found?.jobs ?? [];
    if (found && steps && !steps.jobs && found.jobs.length === 1)
      return followAll(
        steps.main ?? [],
        { path: found.path, values: valuesOf(found, one, values) },
        at,
        context,
        depth + 1,
      );
    const named = rolesOfName(one.text.slice(one.text.lastIndexOf("/") + 1));
    return [
      ...named.map((role): Evidence => ({ role, text: one.text, by: "action", weak: true, ...span })),
      { role: "unseen", text: one.text, ...span },
    ];
  });
}

/** What a step does with values in the place of the parameters in its command, as far as they are known. */
function withValues(one: Evidence | Unseen, values: Values): readonly (Evidence | Unseen)[] {
  if (!one.text.includes("${{")) return [one];
  const text = filledText(one.text, values);
  if (text === one.text) return [one];
  if (one.role === "unseen") {
    if (text.includes("${{") || text.endsWith("…")) return [one];
    const span = one.span ?? nowhere;
    return commandsOf({ text, start: 0, end: text.length, span }).flatMap((command) => evidenceOfCommand(command));
  }
  const tier = one.role === "deploy" && !one.tier ? tierOfName(text) : undefined;
  return [{ ...one, text: shorten(text), ...(tier && { tier }) }];
}
