// Migrations of production databases, and deployments, that no backup stands before.

import { flowOf } from "../../languages/pipeline/flow.js";
import { orderOf } from "../../languages/pipeline/order.js";
import { at, option, rule, snippet } from "../../rule.js";
import { placeholder } from "./_additions.js";
import { migration } from "./_migrations.js";
import { amongJobs, namedBy } from "./_names.js";
import { productionIn, seesAll, wordsIn } from "./_seen.js";
import { stepEdits } from "./_steps.js";

export default rule({
  on: "pipeline",
  title: "Take a backup before production is changed",
  why: "Code can be rolled back, data cannot: what a migration has dropped or rewritten comes back from a backup or not at all. The one of last night lacks the day; a snapshot right before the change lacks nothing.",
  severity: "hint",
  profile: "opt-in",
  phase: 3,
  standard: "Role Definition, Deployment Checklist",
  options: {
    everyDeployment: option.boolean(false, "Every deployment to production needs one, not only those with a migration"),
  },

  *check(pipeline, { everyDeployment }, workspace) {
    const flow = flowOf(pipeline, workspace);
    if (!flow || !seesAll(flow)) return;
    const order = orderOf(flow);
    for (const job of productionIn(flow)) {
      const change =
        wordsIn(job, pipeline, migration)[0] ?? (everyDeployment ? job.deployment?.evidence.text : undefined);
      if (change === undefined || !job.deployment) continue;
      const shown = change.replace(/…$/, "");
      const before = [...order.before(job.node)].flatMap((node) => flow.jobs.get(node) ?? []);
      if ([job, ...before].some((one) => wordsIn(one, pipeline, backup).length > 0)) continue;
      const edits = stepEdits(
        pipeline,
        job,
        ({ uses, commands }) =>
          uses?.text.startsWith(change) === true || commands.some(({ text }) => text.startsWith(shown)),
        placeholder(1, 'pg_dump --file=before.dump "$DATABASE_URL"'),
      );
      yield at(
        job.node.span,
        `${namedBy(job, { ...job.deployment.evidence, text: change })} changes production and no backup is taken before: none ${amongJobs(flow)}`,
        ...(edits.length > 0 ? [snippet("Take a backup first", ...edits)] : []),
      );
    }
  },
});

const backup =
  /back[-_ ]?up|snapshot|pg_?dump|mysqldump|mongodump|mariadb-dump|velero|barman|wal-g|restic|bak\b|export-database|bacpac/i;
