// Deployments that do not say to which environment they go.

import { flowOf } from "../../languages/pipeline/flow.js";
import { deploysIn } from "../../languages/pipeline/order.js";
import { at, rule, snippet } from "../../rule.js";
import { placeholder } from "./_additions.js";
import { keyEdits } from "./_keys.js";
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
            (node.scope ?? "") === "" &&
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
      return keyEdits(pipeline, job, [`environment: ${placeholder(1, proposal)}`]);
    });
    const fixes = edits.length === nameless.length ? [snippet("Name the environment", ...edits)] : [];
    const verb = nameless.length > 1 ? "name" : "names";
    yield at(first.node.span, `${listOf(nameless.map(nameOf))} ${verb} no environment`, ...fixes);
  },
});
