// Deployments to production that come by no staging environment, or that a condition lets round it.

import { flowOf } from "../../languages/pipeline/flow.js";
import { deploysIn, orderOf } from "../../languages/pipeline/order.js";
import { at, rule } from "../../rule.js";
import { isTried, rolesElsewhere, waitsForStaging } from "./_lacks.js";
import { listOf, nameOf } from "./_names.js";

export default rule({
  on: "pipeline",
  title: "Deploy to staging before production",
  why: "A change that has run nowhere else is tried out on the users. A staging environment that production waits for shows wrong configuration, failing migrations and missing permissions where they hurt nobody.",
  severity: "error",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Pipeline Principles",

  *check(pipeline, _options, workspace) {
    const flow = flowOf(pipeline, workspace);
    if (!flow || flow.startUnseen) return;
    const order = orderOf(flow);
    const direct = deploysIn(flow).filter(
      (job) =>
        job.deployment?.tier === "production" &&
        // Infrastructure has a rule of its own.
        !job.deployment.evidence.infrastructure &&
        !order.unseenBefore(job.node) &&
        !isTried(job) &&
        !waitsForStaging(job.node, flow, order),
    );
    const [first] = direct;
    const elsewhere = first && rolesElsewhere(pipeline, workspace);
    // Another pipeline may have deployed the same commit to staging.
    if (!first || !elsewhere || ["staging", "review", "unknown"].some((tier) => elsewhere.has(tier))) return;
    const staging = [...order.before(first.node)].flatMap((node) => flow.jobs.get(node) ?? []).find(isTried);
    const reason = staging ? `: it starts even when ${nameOf(staging)} fails` : "";
    yield at(
      first.node.span,
      `${listOf(direct.map(nameOf))} ${direct.length > 1 ? "go" : "goes"} to production without staging${reason}`,
    );
  },
});
