// Order in a pipeline: which jobs come before a job, and whether one of them keeps it from running by failing.

import { canRun } from "./condition.js";
import type { Flow, FlowJob, FlowNode } from "./flow.js";

export interface Order {
  /** All jobs that have to end before this one starts, near and far. */
  before(job: FlowNode): ReadonlySet<FlowNode>;
  /** Whether work that cannot be seen comes before it. */
  unseenBefore(job: FlowNode): boolean;
  /** Whether a failure of `gate`, which comes before `job`, keeps `job` from running. */
  holds(gate: FlowNode, job: FlowNode): boolean;
}

export function orderOf(flow: Flow): Order {
  const known = orders.get(flow) ?? createOrder(flow);
  orders.set(flow, known);
  return known;
}

const orders = new WeakMap<Flow, Order>();

function createOrder(flow: Flow): Order {
  const sets = new Map<readonly FlowNode[], ReadonlySet<FlowNode>>();
  const nodes = [...flow.jobs.keys()];
  const conditional = nodes.some(({ condition, starter }) => condition ?? starter);

  const above = (list: readonly FlowNode[]): ReadonlySet<FlowNode> => {
    const known = sets.get(list);
    if (known) return known;
    const set = new Set<FlowNode>();
    // The list grows while it is walked; a stage's list is shared by all its jobs and walked once.
    const lists = new Set([list]);
    for (const next of lists)
      for (const node of next) {
        set.add(node);
        lists.add(node.waitsFor);
      }
    sets.set(list, set);
    return set;
  };
  const before = (job: FlowNode): ReadonlySet<FlowNode> => {
    const own = above(job.waitsFor);
    return job.starter ? new Set([job.starter, ...own]) : own;
  };

  return {
    before,
    unseenBefore: (job) =>
      job.waitsForUnseen ||
      [...before(job)].some((node) => node.waitsForUnseen || node.work.some(({ role }) => role === "unseen")),
    holds: (gate, job) => !conditional || !mayRun(gate, job, before),
  };
}

/** Whether the job can run although the gate, somewhere before it, has failed. */
function mayRun(gate: FlowNode, job: FlowNode, before: (job: FlowNode) => ReadonlySet<FlowNode>): boolean {
  const known = new Map<FlowNode, boolean>();
  const runs = (node: FlowNode): boolean => {
    if (node === gate) return false;
    const answer = known.get(node);
    if (answer !== undefined) return answer;
    known.set(node, true); // circles are cut before; this keeps one from hanging
    const result = !before(node).has(gate) || canRun(node.condition?.expression, situation(node));
    known.set(node, result);
    return result;
  };
  const situation = (node: FlowNode) => {
    // A status function of GitHub sees the whole chain before a job, within its own file.
    const far = node.scope === undefined ? [] : [...before(node)].filter((one) => one.scope === node.scope);
    const chain = [...node.waitsFor, ...far];
    return {
      failed: chain.some((one) => one !== node.starter && !runs(one)),
      value: (path: string) => valueIn(path, node, gate, runs),
    };
  };
  return runs(job);
}

/** The results that the failure of the gate leaves behind, by the path that conditions name them by. */
function valueIn(path: string, node: FlowNode, gate: FlowNode, runs: (node: FlowNode) => boolean): string | undefined {
  if (path === "github.event.workflow_run.conclusion") return node.starter === gate ? "failure" : undefined;
  const [, id, what] = /^needs\.([\w*-]+)\.(result|outputs\..+)$/.exec(path) ?? [];
  if (id === undefined) return undefined;
  const resultOf = (need: FlowNode): string => (need === gate ? "failure" : runs(need) ? "?" : "skipped");
  if (id === "*") return what === "result" ? node.waitsFor.map((need) => `\0${resultOf(need)}`).join("") : undefined;
  const need = node.waitsFor.find((one) => lastPart(one.id) === id);
  if (!need) return undefined;
  const result = resultOf(need);
  if (result === "?") return undefined;
  // A job that did not run has no outputs; what one that failed has set before is left open.
  return what === "result" ? result : result === "skipped" ? "" : undefined;
}

const lastPart = (id: string): string =>
  id
    .slice(id.lastIndexOf("/") + 1)
    .trim()
    .toLowerCase();

/** Jobs that deploy for certain. */
export const deploysIn = (flow: Flow): readonly FlowJob[] =>
  [...flow.jobs.values()].filter(({ deployment }) => deployment);
