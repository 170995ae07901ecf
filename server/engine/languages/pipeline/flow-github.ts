// How the jobs of GitHub workflows come together: `needs`, called workflows, local actions, and workflows that start others.

import type { Span } from "../../text.js";
import type { Workspace } from "../../workspace.js";
import { workflowKey } from "./facts.js";
import type { Assembled, FlowNode, NodeDraft, Outlined } from "./flow.js";
import { type Evidence, type JobOutline, type Outline, repositoryOf, type Unseen, type Work } from "./model.js";
import { rolesOfName } from "./names.js";

/** How deep workflows may call each other; GitHub allows ten levels. */
const maximumDepth = 10;

/** Events by which something outside of the repository's workflows starts one, maybe after its own tests. */
const outsideEvents: ReadonlySet<string> = new Set([
  "workflow_call",
  "repository_dispatch",
  "deployment",
  "deployment_status",
  "check_run",
  "check_suite",
  "status",
  "registry_package",
]);

interface Context {
  readonly workspace: Workspace;
  readonly repository: string | undefined;
  /** How many calls of workflows and local actions may still be followed. */
  readonly budget: { left: number };
}

const maximumCalls = 1_000;

export function githubFlow(pipeline: Outlined, workspace: Workspace): Assembled {
  const { outline, path } = pipeline;
  const context: Context = { workspace, repository: repositoryOf(path, "github"), budget: { left: maximumCalls } };
  const starter = outline.follows ? starterOf(outline.follows, context) : undefined;
  const nodes = nodesOf(outline, context, { scope: "", depth: 0, starter });
  const events = outline.triggers;
  return {
    nodes: starter ? [starter, ...nodes] : nodes,
    startUnseen: events.length > 0 && events.every((event) => outsideEvents.has(event)),
    startedByHand: events.length > 0 && events.every((event) => event === "workflow_dispatch" || event === "release"),
    ...(outline.name !== undefined && { name: outline.name }),
  };
}

interface Call {
  /** Ids of the jobs on the way, `""` for the judged file. */
  readonly scope: string;
  /** Where the judged file names the called one; undefined within the judged file itself. */
  readonly span?: Span;
  readonly depth: number;
  readonly caller?: FlowNode;
  readonly starter?: FlowNode | undefined;
}

const nowhere: Span = { start: 0, end: 0 };

/** The nodes of a workflow's jobs. A job waits for all nodes of the jobs it needs. */
function nodesOf(outline: Outline, context: Context, call: Call): readonly FlowNode[] {
  const made = outline.jobs.map((job) => ({ job, own: toNode(job, context, call) }));
  const nodes = new Map(made.map(({ job, own }) => [job.id, [own, ...calledNodes(job, own, context, call)]]));
  for (const { job, own } of made) {
    const needed = (job.needs ?? []).flatMap((need) => nodes.get(need) ?? []);
    own.waitsFor = needed.length === 0 && call.caller ? [call.caller] : needed;
  }
  return [...nodes.values()].flat();
}

function toNode(job: JobOutline, context: Context, call: Call): NodeDraft {
  const calls = job.calls !== undefined;
  return {
    id: call.scope === "" ? job.id : `${call.scope} / ${job.id}`,
    span: call.span ?? job.span ?? nowhere,
    // A caller does nothing itself: its names would say again what the called jobs do.
    names: calls ? [] : job.title === undefined ? [job.id] : [job.id, job.title],
    ...(job.said && { said: job.said }),
    work: followAll(job.main ?? [], context, 0),
    waitsFor: [],
    waitsForUnseen: false,
    scope: call.scope,
    ...(job.environment && { environment: job.environment }),
    ...(job.condition && { condition: job.condition }),
    ...(call.starter && { starter: call.starter }),
  };
}

function calledNodes(job: JobOutline, own: NodeDraft, context: Context, call: Call): readonly FlowNode[] {
  if (job.calls === undefined) return [];
  const called = call.depth < maximumDepth ? fileAt(job.calls, context) : undefined;
  if (called) return nodesOf(called, context, { scope: own.id, span: own.span, depth: call.depth + 1, caller: own });
  own.work = [{ role: "unseen", text: job.calls, span: own.span }];
  return [];
}

/** A workflow or action of this repository, `./path` as written. */
function fileAt(written: string, { workspace, repository, budget }: Context): Outline | undefined {
  if (repository === undefined || !written.startsWith("./") || budget.left-- <= 0) return undefined;
  const path = `${repository}/${written.slice(2).replace(/\/$/, "")}`;
  const paths = /\.ya?ml$/.test(path) ? [path] : [`${path}/action.yml`, `${path}/action.yaml`];
  for (const candidate of paths) {
    const [found] = workspace.facts("pipeline.file", candidate);
    if (found) return found;
  }
  return undefined;
}

/** Puts the steps of local actions in their places. */
function followAll(work: readonly Work[], context: Context, depth: number): readonly (Evidence | Unseen)[] {
  return work.flatMap((one): readonly (Evidence | Unseen)[] => {
    if (one.role !== "followed") return [one];
    const span = one.span ? { span: one.span } : {};
    const action = depth < maximumDepth && one.action ? fileAt(one.action, context) : undefined;
    if (action?.kind === "action")
      return followAll(action.jobs[0]?.main ?? [], context, depth + 1).map((step) => ({ ...step, ...span }));
    const named = rolesOfName(one.text.slice(one.text.lastIndexOf("/") + 1));
    if (named.length === 0) return [{ role: "unseen", text: one.text, ...span }];
    return named.map((role) => ({ role, text: one.text, by: "action", weak: true, ...span }));
  });
}

/** All workflows that this one follows, as one node: when one of them has ended, this one starts. */
function starterOf(names: readonly string[], context: Context): FlowNode {
  const work: (Evidence | Unseen)[] = [];
  const { repository, workspace } = context;
  for (const name of names) {
    const files = repository === undefined ? [] : workspace.facts("pipeline.workflow", workflowKey(repository, name));
    const outlines = files.flatMap(({ path }) => workspace.facts("pipeline.file", path));
    if (outlines.length === 0) work.push({ role: "unseen", text: name });
    const call = { scope: name, depth: 1 };
    for (const outline of outlines) work.push(...nodesOf(outline, context, call).flatMap((node) => node.work));
  }
  return {
    id: names.join(", "),
    span: nowhere,
    names: [],
    work,
    waitsFor: [],
    waitsForUnseen: false,
    outside: true,
  };
}
