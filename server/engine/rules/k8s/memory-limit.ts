// Containers that may take all the memory of their node.

import { limitRule } from "./_limit.js";

export default limitRule({
  resource: "memory",
  name: "memory",
  example: "256Mi",
  title: "Limit the memory of every container",
  why: "A container without a memory limit that leaks takes what the node has, until the kernel kills whatever it likes, perhaps a neighbour. With a limit only the container that leaks is restarted. A limit equal to the request keeps a pod from being evicted for using more than it asked for.",
  severity: "warning",
  alsoKnownAs: [
    "polaris memoryLimitsMissing",
    "kube-linter unset-memory-requirements",
    "kube-score container-resources",
    "checkov CKV_K8S_13",
    "trivy KSV-0018",
    "kics b14d1bc4",
    "sonar S6864",
  ],
});
