// Deployments to production that nothing tries out afterwards.

import { stageRule } from "./_stage.js";

export default stageRule({
  stage: "smoke",
  title: "Run smoke tests after a production deployment",
  why: "Production differs from staging in data, load and configuration. A few quick requests right after the deployment find out within a minute whether users can still do what matters, while the change is fresh and the way back is short.",
  severity: "warning",
  standard: "Engineer Instructions, Pipeline Stages",
  message: (deployments) => `no smoke test runs after ${deployments}`,
  fixTitle: "Add smoke tests",
});
