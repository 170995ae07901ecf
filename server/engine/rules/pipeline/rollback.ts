// Deployments to production without a way back.

import { stageRule } from "./_stage.js";

export default stageRule({
  stage: "rollback",
  title: "Have a rollback for production deployments",
  why: "When a deployment goes wrong, the minutes until the former version runs again are minutes of an outage. A rollback that the pipeline knows (a job on failure, an atomic release, a circuit breaker) needs nobody to remember commands at night.",
  severity: "warning",
  standard: "Engineer Instructions, Pipeline Principles",
  message: (deployments) => `nothing takes ${deployments} back when it fails`,
  fixTitle: "Add a rollback",
});
