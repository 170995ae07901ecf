// Which jobs are of a kind that an order of stages names, and which of them can start too early.

import { canMeet, shareEvent } from "../../languages/pipeline/branches.js";
import type { FlowJob, FlowNode } from "../../languages/pipeline/flow.js";
import type { Evidence, Role } from "../../languages/pipeline/model.js";
import type { Order } from "../../languages/pipeline/order.js";
import { namedBy } from "./_names.js";

/** The later jobs that wait for none of the earlier ones, with those that they miss. */
export function* violations(
  earlier: string,
  later: string,
  jobs: readonly FlowJob[],
  order: Order,
): Generator<readonly [FlowJob, readonly FlowJob[]]> {
  const first = jobs.filter((job) => isA(job, earlier));
  if (first.length === 0) return;
  for (const job of jobs) {
    if (job.node.outside || !isA(job, later) || isA(job, earlier) || order.unseenBefore(job.node)) continue;
    // What a job tries behind its own deployment speaks of that one.
    if (job.deployment && eitherSide.has(later)) continue;
    const before = order.before(job.node);
    if (first.some(({ node }) => before.has(node))) continue;
    const missed = first.filter(
      ({ node }) =>
        !isOtherWay(later, earlier, job.node, node, order) &&
        canMeet(job.node, node) &&
        shareEvent([job.node, ...before], [node, ...order.before(node)]),
    );
    if (missed.length > 0) yield [job, missed];
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
  // Nearly every test compiles something: that alone does not make it the build.
  if (kind === "build" && evidence.some(({ role, weak }) => checks.has(role) && !weak) && !evidence.some(makes))
    return undefined;
  if (certain) return certain;
  // A name alone counts where nothing in the job speaks of anything else.
  return evidence.every(({ role }) => role === kind) ? evidence.find(({ by }) => by === "job") : undefined;
}

const checks: ReadonlySet<Role> = new Set<Role>(["lint", "test", "integration", "security", "smoke"]);

const makes = ({ role, by }: Evidence): boolean => role === "publish" || (role === "build" && by === "job");

/** The job with the text that tells it is of the kind. */
export const described = (job: FlowJob, kind: string): string => {
  const evidence = kind === "deploy" || tiers.has(kind) ? job.deployment?.evidence : evidenceFor(job, kind);
  return evidence ? namedBy(job, evidence) : `"${job.node.id}"`;
};
