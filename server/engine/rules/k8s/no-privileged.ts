// Containers that are not contained: privileged ones, and processes on a Windows node.

import type { ComposeFile } from "../../languages/compose/model.js";
import { securityOf } from "../../languages/kubernetes/model.js";
import { at, type Finding, replace, rule, suggest } from "../../rule.js";
import { containersOf } from "./_container.js";

export default rule({
  on: ["kubernetes", "compose"],
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
    if ("services" in file) {
      yield* privilegedServices(file);
      return;
    }
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

/** The same standard for the services of a Compose file, which have nothing else to resolve. */
function* privilegedServices({ services }: ComposeFile): Generator<Finding> {
  const seen = new Set<number>();
  for (const { name, privileged } of services) {
    if (!privileged?.known || privileged.text !== "true" || seen.has(privileged.span.start)) continue;
    seen.add(privileged.span.start); // merged into several services, it is written once
    const message = `service "${name}" runs privileged, with every capability and device of its host`;
    yield at(privileged.span, message, suggest(`Run "${name}" unprivileged`, replace(privileged.span, "false")));
  }
}
