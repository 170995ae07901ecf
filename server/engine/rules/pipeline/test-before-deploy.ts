// Deployments that nothing has to pass before: no test stands before them, or a condition goes round it.

import { type FlowJob, type FlowNode, flowOf } from "../../languages/pipeline/flow.js";
import { type Evidence, type Pipeline, repositoryOf } from "../../languages/pipeline/model.js";
import { deploysIn, type Order, orderOf } from "../../languages/pipeline/order.js";
import { at, option, rule, type Workspace } from "../../rule.js";
import { listOf, namedBy } from "./_names.js";

export default rule({
  on: "pipeline",
  title: "Run tests before every deployment",
  why: "A deployment that waits for no test brings every mistake of a commit to its users at once. Only what keeps the deploy job from starting protects them: tests that run beside it, after it, or in another workflow come too late.",
  severity: "error",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Pipeline Principles",
  options: {
    planCounts: option.boolean(true, "A preview of infrastructure changes (terraform plan) counts as their test"),
    exempt: option.strings(
      ["review"],
      "Kinds of environments that may be deployed to untested: production, staging, development, review",
    ),
  },

  *check(pipeline, { planCounts, exempt }, workspace) {
    const flow = flowOf(pipeline, workspace);
    if (!flow || flow.startUnseen) return;
    const order = orderOf(flow);
    const untested: FlowJob[] = [];
    const ways: Gate[] = [];
    for (const job of deploysIn(flow)) {
      if (exempt.includes(job.deployment?.tier ?? "")) continue;
      const gate = gateOf(job, flow.jobs, order, planCounts);
      if (gate === "holds") continue;
      untested.push(job);
      if (gate) ways.push(gate);
    }
    const [first] = untested;
    if (!first) return;
    const names = listOf(untested.map((job) => (job.deployment ? namedBy(job, job.deployment.evidence) : job.node.id)));
    const elsewhere = ways.length > 0 ? [] : testsElsewhere(pipeline, workspace);
    const reason = ways[0]?.reason ?? besides(untested, [...flow.jobs.values()]) ?? elsewhere[0];
    const message = `no test has to pass before ${names}${reason === undefined ? "" : `: ${reason}`}`;
    // Tests of another workflow may guard the branch by a setting that no file shows.
    yield reason !== undefined && reason === elsewhere[0]
      ? at(first.node.span, message, "warning")
      : at(first.node.span, message);
  },
});

interface Gate {
  readonly reason: string;
}

const testRoles = new Set(["test", "integration", "smoke"]);

/** Whether a test keeps the job from deploying; unseen work may hold one. If one is gone round, by what. */
function gateOf(
  job: FlowJob,
  jobs: ReadonlyMap<FlowNode, FlowJob>,
  order: Order,
  planCounts: boolean,
): Gate | "holds" | undefined {
  const { node, deployment } = job;
  const counts = ({ role }: Evidence): boolean =>
    testRoles.has(role) || (planCounts && role === "plan" && deployment?.evidence.infrastructure === true);
  if (order.unseenBefore(node) || unseenWithin(job)) return "holds";
  const own = earlierIn(job).find(counts);
  if (own && deployment?.evidence.anyway === undefined) return "holds";
  let around =
    own && deployment?.evidence.anyway !== undefined
      ? passedBy(deployment.evidence.anyway, `"${own.text}"`)
      : undefined;
  for (const before of order.before(node)) {
    const gate = jobs.get(before);
    const test = gate?.evidence.find(counts);
    if (!gate || !test) continue;
    if (order.holds(before, node)) return "holds";
    around ??= passedBy(conditionNear(node), namedBy(gate, test));
  }
  return around;
}

const passedBy = (condition: string | undefined, gate: string): Gate => ({
  reason: condition === undefined ? `it starts even when ${gate} fails` : `"${condition}" goes round ${gate}`,
});

/** The condition of the job or, where it has none, of one it waits for: that is what lets it start. */
const conditionNear = (node: FlowNode): string | undefined =>
  node.condition?.text ?? node.waitsFor.find(({ condition }) => condition)?.condition?.text;

/** What the job does before it deploys; its names have no place and may speak of any part of it. */
function earlierIn({ evidence, deployment }: FlowJob): readonly Evidence[] {
  const deploy = deployment ? evidence.indexOf(deployment.evidence) : -1;
  return evidence.filter(({ by, vague }, i) => i < deploy || (by === "job" && !vague));
}

function unseenWithin({ node, deployment }: FlowJob): boolean {
  const deploy = deployment ? node.work.indexOf(deployment.evidence) : -1;
  return node.work.slice(0, deploy < 0 ? undefined : deploy).some(({ role }) => role === "unseen");
}

/** A test of the same pipeline that the deployments do not wait for. */
function besides(untested: readonly FlowJob[], jobs: readonly FlowJob[]): string | undefined {
  for (const job of jobs) {
    const test = untested.includes(job)
      ? undefined
      : job.evidence.find(({ role, weak }) => testRoles.has(role) && !weak);
    if (test) return `${namedBy(job, test)} does not stand before ${untested.length > 1 ? "them" : "it"}`;
  }
  return undefined;
}

function testsElsewhere({ path, dialect }: Pipeline, workspace: Workspace): readonly string[] {
  const repository = dialect === "github" ? repositoryOf(path, dialect) : undefined;
  if (repository === undefined) return [];
  const others = workspace.facts("pipeline.tests", repository).filter((other) => other.path !== path);
  return others.map(({ name }) => `tests run in "${name}", whose end nothing waits for`);
}
