// Deployments that nothing has to pass before: no test stands before them, or a condition goes round it.

import { type FlowJob, flowOf } from "../../languages/pipeline/flow.js";
import { type Evidence, type Pipeline, repositoryOf } from "../../languages/pipeline/model.js";
import { deploysIn, orderOf } from "../../languages/pipeline/order.js";
import { at, option, rule, type Workspace } from "../../rule.js";
import { gateBefore } from "./_gates.js";
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
    const untested: FlowJob[] = [];
    let around: string | undefined;
    for (const job of deploysIn(flow)) {
      if (exempt.includes(job.deployment?.tier ?? "")) continue;
      const planned = planCounts && job.deployment?.evidence.infrastructure === true;
      const gate = gateBefore(job, flow, orderOf(flow), ({ role }) => isTest(role) || (planned && role === "plan"));
      if (gate === "holds" || gate === "unknown") continue;
      untested.push(job);
      around ??= gate?.around;
    }
    const [first] = untested;
    if (!first) return;
    const deploys = untested.flatMap((job) => (job.deployment ? [namedBy(job, job.deployment.evidence)] : []));
    const message = `no test has to pass before ${listOf(deploys)}`;
    const reason = around ?? besides(untested, [...flow.jobs.values()]);
    const elsewhere = reason === undefined ? testsElsewhere(pipeline, workspace) : undefined;
    // Tests of another workflow may guard the branch by a setting that no file shows.
    if (elsewhere !== undefined)
      yield at(first.node.span, `${message}: tests run in "${elsewhere}", whose end nothing waits for`, "warning");
    else yield at(first.node.span, reason === undefined ? message : `${message}: ${reason}`);
  },
});

const isTest = (role: Evidence["role"]): boolean => role === "test" || role === "integration" || role === "smoke";

/** A test of the same pipeline that the deployments do not wait for. */
function besides(untested: readonly FlowJob[], jobs: readonly FlowJob[]): string | undefined {
  for (const job of jobs) {
    const test = untested.includes(job) ? undefined : job.evidence.find(({ role, weak }) => isTest(role) && !weak);
    if (test) return `${namedBy(job, test)} does not stand before ${untested.length > 1 ? "them" : "it"}`;
  }
  return undefined;
}

/** The name of another workflow of the repository that runs tests. */
function testsElsewhere({ path, dialect }: Pipeline, workspace: Workspace): string | undefined {
  const repository = repositoryOf(path, dialect);
  if (repository === undefined) return undefined;
  // A template is a part of those that use it: its tests are theirs.
  const isPart = (other: string): boolean => workspace.facts("pipeline.called", other).length > 0;
  return workspace.facts("pipeline.tests", repository).find((other) => other.path !== path && !isPart(other.path))
    ?.name;
}
