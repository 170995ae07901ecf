// Pipelines that deploy to production without having tried a rollback before.

import { flowOf } from "../../languages/pipeline/flow.js";
import { orderOf } from "../../languages/pipeline/order.js";
import { at, rule } from "../../rule.js";
import { lacking, productionOf } from "./_lacks.js";
import { listOf, namedBy } from "./_names.js";
import { productionIn, seesAll, wordsIn } from "./_seen.js";

export default rule({
  on: "pipeline",
  title: "Try the rollback before production",
  why: "A rollback that has never run fails in the one moment it is needed: a migration that does not go back, an image that is gone. Rolling back once in staging, at every release, shows it while there is time.",
  severity: "hint",
  profile: "opt-in",
  phase: 3,
  standard: "Engineer Instructions, Reliability Anti-Patterns",

  *check(pipeline, _options, workspace) {
    const flow = flowOf(pipeline, workspace);
    if (!flow || !seesAll(flow)) return;
    const order = orderOf(flow);
    const production = productionOf(pipeline, workspace);
    // Where there is no way back at all, that is what has to be said.
    const without = production ? lacking("rollback", production, true) : [];
    for (const job of productionIn(flow)) {
      if (!job.deployment || without.includes(job)) continue;
      const before = [...order.before(job.node)].flatMap((node) => (node.start ? [] : (flow.jobs.get(node) ?? [])));
      const tried = before.some(
        (one) =>
          one.deployment?.tier !== "production" &&
          (one.evidence.some(({ role }) => role === "rollback") || wordsIn(one, pipeline, rollback).length > 0),
      );
      if (tried) continue;
      const where =
        before.length === 0
          ? "nothing stands before it"
          : `none in ${listOf(before.map(({ node }) => `"${node.id}"`))}`;
      yield at(job.node.span, `no rollback is tried before ${namedBy(job, job.deployment.evidence)}: ${where}`);
    }
  },
});

const rollback = /roll[-_ ]?back|rollout undo|revert/i;
