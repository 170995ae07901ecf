// Order in a pipeline: which jobs come before a job, and whether one of them keeps it from running by failing.

import { canRun, type Situation } from "./condition.js";
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

  const afterFailure = new Map<FlowNode, (node: FlowNode) => boolean>();

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
    holds(gate, job) {
      if (!conditional) return true;
      const runs = afterFailure.get(gate) ?? runsAfterFailureOf(gate, before);
      afterFailure.set(gate, runs);
      return !runs(job);
    },
  };
}

/** Which jobs can run although the gate, somewhere before them, has failed. */
function runsAfterFailureOf(gate: FlowNode, before: Order["before"]): (node: FlowNode) => boolean {
  const known = new Map<FlowNode, boolean>();
  const chains = new Map<string, Map<readonly FlowNode[], boolean>>();

  const runs = (node: FlowNode): boolean => {
    if (node === gate) return false;
    const answer = known.get(node);
    if (answer !== undefined) return answer;
    known.set(node, true); // a circle of needs never starts: any answer will do
    const result = !before(node).has(gate) || canRun(node.condition?.expression, situationOf(node));
    known.set(node, result);
    return result;
  };

  // A status function of GitHub sees the whole chain before a job within its own file, one of GitLab what it waits for.
  const failedBefore = ({ waitsFor, scope }: FlowNode): boolean =>
    waitsFor.some((node) => !runs(node)) || (scope !== undefined && failedAbove(waitsFor, scope));

  const failedAbove = (list: readonly FlowNode[], scope: string): boolean => {
    const ofScope = chains.get(scope) ?? new Map<readonly FlowNode[], boolean>();
    chains.set(scope, ofScope);
    const answer = ofScope.get(list);
    if (answer !== undefined) return answer;
    ofScope.set(list, false);
    const result = list.some((node) => (node.scope === scope && !runs(node)) || failedAbove(node.waitsFor, scope));
    ofScope.set(list, result);
    return result;
  };

  const situationOf = (node: FlowNode): Situation => ({
    failed: failedBefore(node),
    value: (path) => valueIn(path, node, gate, runs),
  });
  return runs;
}

/** The results that the failure of the gate leaves behind, by the path that conditions name them by. */
function valueIn(path: string, node: FlowNode, gate: FlowNode, runs: (node: FlowNode) => boolean): string | undefined {
  if (path === "github.event.workflow_run.conclusion") return node.starter === gate ? "failure" : undefined;
  const [, id, what] = /^needs\.([\w*-]+)\.(result|outputs\..+)$/.exec(path) ?? [];
  if (id === undefined) return undefined;
  const resultOf = (need: FlowNode): string => (need === gate ? "failure" : runs(need) ? "?" : "skipped");
  if (id === "*") return what === "result" ? node.waitsFor.map((need) => `\0${resultOf(need)}`).join("") : undefined;
  // A called workflow ends as the worst of its jobs.
  const own = node.scope ? `${node.scope} / ${id}` : id;
  const needs = node.waitsFor.filter((one) => isJobOf(one.id.toLowerCase(), own.toLowerCase()));
  const results = needs.map(resultOf);
  const result = ["failure", "skipped"].find((one) => results.includes(one));
  if (result === undefined) return undefined;
  // A job that did not run has no outputs; what one that failed has set before is left open.
  return what === "result" ? result : result === "skipped" ? "" : undefined;
}

const isJobOf = (id: string, called: string): boolean => id === called || id.startsWith(`${called} / `);

/** Jobs that deploy for certain. */
export function deploysIn(flow: Flow): readonly FlowJob[] {
  const known = deploys.get(flow) ?? [...flow.jobs.values()].filter(({ deployment }) => deployment);
  deploys.set(flow, known);
  return known;
}

// Nearly every rule about order asks it.
const deploys = new WeakMap<Flow, readonly FlowJob[]>();
