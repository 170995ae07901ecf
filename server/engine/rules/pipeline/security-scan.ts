// Pipelines that deploy what nothing has scanned for vulnerabilities.

import { flowOf } from "../../languages/pipeline/flow.js";
import { repositoryOf } from "../../languages/pipeline/model.js";
import { deploysIn } from "../../languages/pipeline/order.js";
import { at, option, rule } from "../../rule.js";
import { addJob, amongJobs, evidenceOf, seesAll } from "./_absence.js";
import { namedBy } from "./_names.js";

export default rule({
  on: "pipeline",
  title: "Scan for vulnerabilities before a deployment",
  why: "Known holes in dependencies, and secrets in the code, are found by machines: by yours in the pipeline, or by those of others once the software runs. A scan costs a minute, and it is the only one who reads every dependency at every commit.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Pipeline Stages",
  options: {
    exempt: option.strings(
      ["review"],
      "Kinds of environments that may be deployed to without a scan: production, staging, development, review",
    ),
  },

  *check(pipeline, { exempt }, workspace) {
    const flow = flowOf(pipeline, workspace);
    if (!flow || !seesAll(flow) || evidenceOf(flow, "security").length > 0) return;
    const first = deploysIn(flow).find(({ deployment }) => !exempt.includes(deployment?.tier ?? ""));
    if (!first?.deployment) return;
    const repository = pipeline.dialect === "github" ? repositoryOf(pipeline.path, "github") : undefined;
    if (repository !== undefined && workspace.facts("pipeline.security", repository).length > 0) return;
    yield at(
      first.node.span,
      `${namedBy(first, first.deployment.evidence)} deploys what nothing has scanned: no security scan ${amongJobs(flow)}`,
      ...addJob(pipeline, "Add a job that scans dependencies", scanJob),
    );
  },
});

const scanJob = {
  github: [
    "security:",
    "  runs-on: ubuntu-24.04",
    `  container: aquasec/trivy:\${1:0.58.1}`,
    "  steps:",
    "    - uses: actions/checkout@v4",
    "    - run: trivy fs --exit-code 1 --severity HIGH,CRITICAL .",
  ],
  gitlab: [
    "security:",
    `  image: { name: "aquasec/trivy:\${1:0.58.1}", entrypoint: [""] }`,
    "  script: trivy fs --exit-code 1 --severity HIGH,CRITICAL .",
  ],
};
