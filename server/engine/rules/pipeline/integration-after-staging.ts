// Deployments to staging that nothing tries out before production follows.

import { stageRule } from "./_stage.js";

export default stageRule({
  stage: "integration",
  title: "Run integration tests between staging and production",
  why: "A staging environment that nobody tries out proves only that the deployment runs through. Integration tests against it find what unit tests cannot: wrong configuration, missing permissions, services that no longer understand each other.",
  severity: "information",
  standard: "Engineer Instructions, Pipeline Stages",
  message: (deployments) => `no integration test runs between staging and ${deployments}`,
  fixTitle: "Add integration tests after staging",
});
