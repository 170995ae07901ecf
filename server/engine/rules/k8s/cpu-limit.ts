// Containers that may take all the CPU time of their node.

import { limitRule } from "./_limit.js";

export default limitRule({
  resource: "cpu",
  name: "CPU",
  example: "500m",
  title: "Limit the CPU of every container",
  why: "Without a CPU limit a container may take all the time its neighbours have not requested, so load tests say little about the day the node is full. A limit makes it predictable but throttles bursts: where requests are right and latency counts, turning this rule off is a sound choice.",
  severity: "information",
  alsoKnownAs: [
    "polaris cpuLimitsMissing",
    "kube-linter unset-cpu-requirements",
    "kube-score container-resources",
    "checkov CKV_K8S_11",
    "trivy KSV-0011",
    "kics 4ac0e2b7",
    "sonar S6869",
  ],
});
