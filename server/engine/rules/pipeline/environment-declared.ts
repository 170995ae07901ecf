// Deployments that do not say to which environment they go.

import { type FlowNode, flowOf, jobIdOf } from "../../languages/pipeline/flow.js";
import type { Pipeline } from "../../languages/pipeline/model.js";
import { deploysIn } from "../../languages/pipeline/order.js";
import { at, rule, snippet } from "../../rule.js";
import { placeholder } from "./_additions.js";
import { environmentEdits } from "./_environment.js";
import { listOf, nameOf } from "./_names.js";

export default rule({
  on: "pipeline",
  title: "Name the environment of a deployment",
  why: "An environment that the pipeline knows keeps its own secrets, asks its reviewers and shows what runs where and since when. A deployment that names none leaves no trace but its log.",
  severity: "information",
  profile: "recommended",
  phase: 3,
  standard: "Role Instructions, Deployment Pipeline Standards",
  alsoKnownAs: ["zizmor secrets-outside-env"],

  *check(pipeline, _options, workspace) {
    // CircleCI and Jenkins have no word for it.
    if (pipeline.dialect === "circleci" || pipeline.dialect === "jenkins") return;
    const flow = flowOf(pipeline, workspace);
    const nameless = flow
      ? deploysIn(flow).filter(
          ({ node, deployment }) =>
            // A job that is called stands in another file, which is judged itself.
            isOwn(node, pipeline) &&
            !node.environment &&
            deployment?.tier !== "review" &&
            !node.work.some(({ role }) => role === "unseen"),
        )
      : [];
    const [first] = nameless;
    if (!first) return;
    const edits = nameless.flatMap((job) => {
      const { tier } = job.deployment ?? {};
      const proposal = tier === undefined || tier === "unknown" ? "production" : tier;
      return [environmentEdits(pipeline, job, placeholder(1, proposal))];
    });
    const whole = edits.every((own) => own.length > 0);
    const fixes = whole ? [snippet("Name the environment", ...edits.flat())] : [];
    const verb = nameless.length > 1 ? "name" : "names";
    yield at(first.node.span, `${listOf(nameless.map(nameOf))} ${verb} no environment`, ...fixes);
  },
});

/** Jobs of Azure have the scope of their stage, those of GitHub the scope of the workflow that was called. */
const isOwn = (node: FlowNode, { dialect, jobs }: Pipeline): boolean =>
  dialect === "azure" ? jobs.some(({ id }) => id === jobIdOf(node)) : (node.scope ?? "") === "";
