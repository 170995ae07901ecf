// Deployments to production that no person has to agree to.

import { stageRule } from "./_stage.js";

export default stageRule({
  stage: "approval",
  title: "Ask a person before production changes",
  why: 'A gate is an explicit "yes" of somebody who has looked at the evidence. Where nothing in the pipeline waits for a person, every merge is a release. Reviewers of an environment are a setting that cannot be seen here: naming the environment is taken for such a gate.',
  severity: "warning",
  standard: "Role Instructions, Deployment Pipeline Standards",
  message: (deployments) => `nobody has to approve ${deployments}`,
  fixTitle: "Add a gate",
});
