// Deployments to production that end before anybody knows whether the new version has come up.

import { stageRule } from "./_stage.js";

export default stageRule({
  stage: "health",
  title: "Wait until the deployed version is healthy",
  why: 'Most deployment commands only hand over a wish and return at once. Without a check of the result ("kubectl rollout status", "helm --wait", a request to the health endpoint) the pipeline is green while the new version crashes in a loop.',
  severity: "warning",
  standard: "DevOps Engineering Protocol, Phase 3: CI/CD Pipeline Development",
  message: (deployments) => `nothing waits until ${deployments} is healthy`,
  fixTitle: "Add a health check",
});
