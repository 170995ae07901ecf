// Deployments that long-lived branches beside the trunk start.

import { like } from "../../image.js";
import { flowOf, jobIdOf } from "../../languages/pipeline/flow.js";
import type { Text } from "../../languages/pipeline/model.js";
import { deploysIn } from "../../languages/pipeline/order.js";
import { at, option, rule } from "../../rule.js";
import { namedBy } from "./_names.js";

export default rule({
  on: "pipeline",
  title: "Deploy from the trunk",
  why: "A branch that lives for weeks and has an environment of its own gathers changes that nobody has seen together. Deployed from the trunk, every environment gets the same code in small steps, and a merge is never an event.",
  severity: "hint",
  profile: "opt-in",
  phase: 3,
  standard: "Engineer Instructions, Pipeline Principles",
  options: {
    branches: option.strings(
      ["develop", "development", "dev", "integration", "release/*", "release-*", "releases/*", "hotfix/*"],
      "Branches that live beside the trunk; * stands for any characters",
    ),
  },

  *check(pipeline, { branches }, workspace) {
    const flow = flowOf(pipeline, workspace);
    if (!flow) return;
    const deploys = deploysIn(flow).filter(({ deployment }) => deployment?.tier !== "review");
    const [first] = deploys;
    if (!first?.deployment) return;
    const isBeside = ({ text }: Text): boolean => branches.some((branch) => like(text.replaceAll("**", "*"), branch));
    for (const branch of (pipeline.branches ?? []).filter(isBeside))
      yield at(
        branch.span,
        `the branch "${branch.text}" starts ${namedBy(first, first.deployment.evidence)}, which deploys`,
      );
    for (const job of deploys) {
      const own = pipeline.jobs.find(({ id }) => id === jobIdOf(job.node));
      const branch = own?.branches?.find(isBeside);
      if (branch && job.deployment)
        yield at(
          branch.span,
          `the branch "${branch.text}" starts ${namedBy(job, job.deployment.evidence)}, which deploys`,
        );
    }
  },
});
