// Production jobs that build again what has been built and tried before.

import { flowOf } from "../../languages/pipeline/flow.js";
import type { Evidence } from "../../languages/pipeline/model.js";
import { orderOf } from "../../languages/pipeline/order.js";
import { at, rule } from "../../rule.js";
import { namedBy } from "./_names.js";
import { productionIn } from "./_seen.js";

export default rule({
  on: "pipeline",
  title: "Deploy to production what was built before",
  why: "Two builds of one commit differ: in dependencies that have moved, in tools, in time. Tests and staging speak for the artifact that they have seen, and only for that one: it has to be the one that goes to production.",
  severity: "information",
  profile: "strict",
  phase: 3,
  standard: "Engineer Instructions, Pipeline Stages",

  *check(pipeline, _options, workspace) {
    const flow = flowOf(pipeline, workspace);
    if (!flow) return;
    const order = orderOf(flow);
    for (const job of productionIn(flow)) {
      const again = job.evidence.find(isBuild);
      const before = [...order.before(job.node)].flatMap((node) => flow.jobs.get(node) ?? []);
      const first = before.find(
        ({ evidence, deployment }) => evidence.some(isBuild) && deployment?.tier !== "production",
      );
      const built = first?.evidence.find(isBuild);
      if (!again || !first || !built) continue;
      yield at(
        again.span ?? job.node.span,
        `${namedBy(job, again)} builds again for production what ${namedBy(first, built)} has built`,
      );
    }
  },
});

/** A command or an action that builds, and no tool of infrastructure that happens to compile something. */
const isBuild = ({ role, weak, by }: Evidence): boolean =>
  role === "build" && !weak && (by === "command" || by === "action");
