// Infrastructure and charts that reach production without having been applied anywhere before.

import { type FlowJob, flowOf } from "../../languages/pipeline/flow.js";
import { deploysIn, orderOf } from "../../languages/pipeline/order.js";
import { at, rule } from "../../rule.js";
import { isTried, rolesElsewhere } from "./_lacks.js";
import { listOf, nameOf } from "./_names.js";

export default rule({
  on: "pipeline",
  title: "Apply infrastructure outside of production first",
  why: "A plan shows what Terraform wants to do, not whether the cloud lets it, nor what breaks when it is done. The same change applied to another environment first shows both.",
  severity: "warning",
  profile: "recommended",
  phase: 2,
  standard: "Role Definition, Rule 3: Change Management",

  *check(pipeline, _options, workspace) {
    const flow = flowOf(pipeline, workspace);
    if (!flow || flow.startUnseen) return;
    const order = orderOf(flow);
    const untried = deploysIn(flow).filter((job) => {
      if (job.deployment?.tier !== "production" || !isCode(job) || order.unseenBefore(job.node)) return false;
      const before = [...order.before(job.node)].flatMap((node) => flow.jobs.get(node) ?? []);
      // A chart without any staging before it is an application that goes straight to production: another rule says so.
      if (!isInfrastructure(job) && !before.some(isTried)) return false;
      return !before.some((one) => isCode(one) && isElsewhere(one));
    });
    const [first] = untried;
    const elsewhere = first && rolesElsewhere(pipeline, workspace);
    if (!first || !elsewhere || ["staging", "development", "review", "unknown"].some((tier) => elsewhere.has(tier)))
      return;
    const verb = untried.length > 1 ? "are" : "is";
    yield at(
      first.node.span,
      `${listOf(untried.map(nameOf))} ${verb} applied to production without being applied elsewhere before`,
    );
  },
});

const isInfrastructure = ({ deployment }: FlowJob): boolean => deployment?.evidence.infrastructure === true;

const isCode = (job: FlowJob): boolean =>
  isInfrastructure(job) || /^(?:helm|helmfile)\b/.test(job.deployment?.evidence.text ?? "");

const isElsewhere = ({ deployment }: FlowJob): boolean => deployment?.tier !== "production";
