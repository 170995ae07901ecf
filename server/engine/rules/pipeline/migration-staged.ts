// Migrations that run on the production database without having run on that of staging.

import { flowOf } from "../../languages/pipeline/flow.js";
import { deploysIn } from "../../languages/pipeline/order.js";
import { at, rule } from "../../rule.js";
import { migration } from "./_migrations.js";
import { listOf } from "./_names.js";
import { productionIn, seesAll, wordsIn } from "./_seen.js";

export default rule({
  on: "pipeline",
  title: "Run migrations in staging first",
  why: "A migration behaves by the data it meets: the lock that lasts a second on an empty table lasts an hour on a full one. Staging, with data like that of production, is where that may happen.",
  severity: "hint",
  profile: "strict",
  phase: 3,
  standard: "Role Definition, Deployment Checklist",

  *check(pipeline, _options, workspace) {
    const flow = flowOf(pipeline, workspace);
    if (!flow || !seesAll(flow)) return;
    const production = productionIn(flow);
    if (production.length === 0) return;
    const others = [...flow.jobs.values()].filter(({ deployment }) => deployment?.tier !== "production");
    if (others.some((job) => wordsIn(job, pipeline, migration).length > 0)) return;
    const staging = deploysIn(flow).filter(({ deployment }) => deployment?.tier === "staging");
    for (const job of production) {
      const change = wordsIn(job, pipeline, migration)[0];
      if (change === undefined) continue;
      const where =
        staging.length === 0
          ? "nothing deploys to staging"
          : `${listOf(staging.map(({ node }) => `"${node.id}"`))} ${staging.length === 1 ? "has" : "have"} no migration`;
      yield at(job.node.span, `"${job.node.id}" migrates production by "${change}" and no staging before: ${where}`);
    }
  },
});
