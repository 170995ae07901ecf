// Jobs that can start before those that belong before them, by what waits for what and not by their order in the text.

import { type FlowJob, type FlowNode, flowOf } from "../../languages/pipeline/flow.js";
import type { Evidence } from "../../languages/pipeline/model.js";
import { type Order, orderOf } from "../../languages/pipeline/order.js";
import { at, option, rule } from "../../rule.js";
import { listOf, namedBy } from "./_names.js";

export default rule({
  on: "pipeline",
  title: "Keep the stages of a pipeline in their order",
  why: "The order of stages is what makes a pipeline a chain of gates: what is linted, tested, scanned and built is deployed to staging, tried there, and only then goes to production. A stage that can start too early judges something that has already happened.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Pipeline Stages",
  options: {
    order: option.strings(
      [
        "lint < deploy",
        "test < deploy",
        "security < deploy",
        "build < deploy",
        "staging < integration",
        "staging < production",
        "integration < production",
        "production < smoke",
      ],
      'What belongs before what, as "earlier < later"; a role (lint, test, security, build, integration, smoke) or a deployment (deploy, development, staging, production)',
    ),
  },

  *check(pipeline, { order: pairs }, workspace) {
    const flow = flowOf(pipeline, workspace);
    if (!flow) return;
    const order = orderOf(flow);
    const jobs = [...flow.jobs.values()];
    const early = new Map<FlowJob, Early>();
    for (const pair of pairs) {
      const [earlier = "", later = ""] = pair.split("<").map((word) => word.trim());
      for (const [job, missed] of violations(earlier, later, jobs, order)) {
        const known = early.get(job);
        early.set(job, { name: known?.name ?? described(job, later), missed: [...(known?.missed ?? []), ...missed] });
      }
    }
    for (const [{ node }, { name, missed }] of early) {
      // What waits for a job that starts too early is too early by that alone.
      if ([...order.before(node)].some((before) => isIn(before, early))) continue;
      yield at(node.span, `${name} can start before ${listOf([...new Set(missed)])}`);
    }
  },
});

interface Early {
  readonly name: string;
  /** The jobs that it can start before. */
  readonly missed: readonly string[];
}

const isIn = (node: FlowNode, jobs: ReadonlyMap<FlowJob, unknown>): boolean =>
  [...jobs.keys()].some((job) => job.node === node);

/** The later jobs that wait for none of the earlier ones, with those that they miss. */
function* violations(
  earlier: string,
  later: string,
  jobs: readonly FlowJob[],
  order: Order,
): Generator<readonly [FlowJob, readonly string[]]> {
  const first = jobs.filter((job) => isA(job, earlier));
  if (first.length === 0) return;
  for (const job of jobs) {
    if (!isA(job, later) || isA(job, earlier) || order.unseenBefore(job.node)) continue;
    const before = order.before(job.node);
    if (first.some(({ node }) => before.has(node))) continue;
    const missed = first.filter(({ node }) => !isOtherWay(later, earlier, job.node, node, order));
    if (missed.length > 0) yield [job, missed.map((one) => described(one, earlier))];
  }
}

/**
 * Tests, scans and smoke tests stand on either side of a deployment: integration tests are also run before staging, a
 * dynamic scan after it. Where the pipeline says so on purpose, that is no early start.
 */
const isOtherWay = (later: string, earlier: string, job: FlowNode, first: FlowNode, order: Order): boolean =>
  (eitherSide.has(later) || earlier === "security") && order.before(first).has(job);

const eitherSide = new Set(["integration", "smoke"]);

const tiers = new Set(["development", "staging", "production"]);

/** Whether a job is of the kind that a word of the order names: certain ones only. */
function isA(job: FlowJob, kind: string): boolean {
  const { deployment } = job;
  if (kind === "deploy") return deployment !== undefined && deployment.tier !== "review";
  if (tiers.has(kind)) return deployment?.tier === kind;
  return evidenceFor(job, kind) !== undefined;
}

function evidenceFor({ evidence }: FlowJob, kind: string): Evidence | undefined {
  const certain = evidence.find(({ role, weak }) => role === kind && !weak);
  if (certain) return certain;
  // A name alone counts where nothing in the job speaks of anything else.
  return evidence.every(({ role }) => role === kind) ? evidence.find(({ by }) => by === "job") : undefined;
}

const described = (job: FlowJob, kind: string): string => {
  const evidence = kind === "deploy" || tiers.has(kind) ? job.deployment?.evidence : evidenceFor(job, kind);
  return evidence ? namedBy(job, evidence) : `"${job.node.id}"`;
};
