// Containers that are not contained: privileged ones, and processes on a Windows node.

import { securityOf } from "../../languages/kubernetes/model.js";
import { at, replace, rule, suggest } from "../../rule.js";
import { containersOf } from "./_container.js";

export default rule({
  on: "kubernetes",
  title: "Run containers without privileged mode",
  why: "A privileged container has every capability and every device of its node: who takes over the container has the node, and with it the pods beside it. Most need one capability or one mount instead. Where a node agent cannot do without, an ignore comment says why.",
  severity: "error",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Container Best Practices",
  alsoKnownAs: [
    "kube-linter privileged-container",
    "kube-score container-security-context-privileged",
    "polaris runAsPrivileged",
    "checkov CKV_K8S_16",
    "trivy KSV-0017",
    "kics dd29336b",
    "sonar S6428",
  ],

  *check(file) {
    for (const { pod, container } of containersOf(file)) {
      const { called } = container;
      const { privileged, hostProcess } = securityOf(pod, container);
      if (privileged.state === "set" && privileged.value)
        yield at(
          privileged,
          `${called} runs privileged, with every capability and device of its node`,
          suggest(`Run ${called} unprivileged`, replace(privileged, "false")),
        );
      const { field, from } = hostProcess;
      if (field.state === "set" && field.value)
        yield at(
          from === "container" ? field.span : container.span,
          `${called} runs as a process on its Windows node: hostProcess is true${from === "pod" ? " in its pod" : ""}`,
        );
    }
  },
});
