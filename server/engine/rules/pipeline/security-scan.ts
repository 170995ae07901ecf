// Pipelines that deploy what nothing has scanned for vulnerabilities.

import { flowOf } from "../../languages/pipeline/flow.js";
import { repositoryOf } from "../../languages/pipeline/model.js";
import { deploysIn } from "../../languages/pipeline/order.js";
import { at, option, rule } from "../../rule.js";
import { addJobs } from "./_additions.js";
import { isListed, lacksOf, productionOf } from "./_lacks.js";
import { amongJobs, namedBy } from "./_names.js";
import { evidenceOf, seesAll } from "./_seen.js";

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
    evenIfListed: option.boolean(
      false,
      "Speaks of it even where more is missing, so that pipeline/required-stages lists it",
    ),
  },

  *check(pipeline, { exempt, evenIfListed }, workspace) {
    const flow = flowOf(pipeline, workspace);
    if (!flow || !seesAll(flow) || evidenceOf(flow, "security").length > 0) return;
    const first = deploysIn(flow).find(({ deployment }) => !exempt.includes(deployment?.tier ?? ""));
    if (!first?.deployment) return;
    const repository = repositoryOf(pipeline.path, pipeline.dialect);
    const production = productionOf(pipeline, workspace);
    if (production && !evenIfListed && lacksOf(production).includes("security") && isListed(production)) return;
    if (repository !== undefined && workspace.facts("pipeline.security", repository).length > 0) return;
    yield at(
      first.node.span,
      `${namedBy(first, first.deployment.evidence)} deploys what nothing has scanned: no security scan ${amongJobs(flow)}`,
      ...addJobs("Add a job that scans dependencies", pipeline, first, [scanJob]),
    );
  },
});

const scanJob = {
  id: "security",
  image: `aquasec/trivy:\${1:0.58.1}`,
  commands: ["trivy fs --exit-code 1 --severity HIGH,CRITICAL ."],
};
