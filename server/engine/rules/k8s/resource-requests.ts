// Containers for which the scheduler reserves no CPU or no memory.

import {
  type Amount,
  type Container,
  isNone,
  type Pod,
  type Resource,
  requestOf,
} from "../../languages/kubernetes/model.js";
import { at, type Resolved, resolved, rule, snippet } from "../../rule.js";
import { completeness, containersOf, extend, whenEdited } from "./_container.js";

export default rule({
  on: "kubernetes",
  title: "Request CPU and memory for every container",
  why: "The scheduler places pods by what they request. Without requests it packs nodes blindly, and when memory runs short these pods are evicted first. A limit alone counts as a request of the same size. A LimitRange of the namespace may add defaults, but that cannot be seen here.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Kubernetes Best Practices",
  alsoKnownAs: [
    "kube-linter unset-cpu-requirements",
    "kube-linter unset-memory-requirements",
    "kube-score container-resources",
    "polaris cpuRequestsMissing",
    "polaris memoryRequestsMissing",
    "checkov CKV_K8S_10",
    "checkov CKV_K8S_12",
    "trivy KSV-0015",
    "trivy KSV-0016",
    "kics ca469dd4",
    "kics 229588ef",
    "sonar S6873",
    "sonar S6892",
  ],

  *check(file, _options, workspace) {
    const isComplete = completeness(file, "resources", workspace);
    for (const { object, pod, container } of containersOf(file)) {
      if (container.role === "ephemeral") continue; // has no resources of its own
      const missing = missingOf(pod, container);
      const [first, second] = missing;
      if (!first || !isComplete(object)) continue;
      const place = !second && first.amount.state === "zero" ? first.amount.span : container.span;
      const requests = Object.fromEntries(missing.map(({ key, example }, i) => [key, `\${${i + 1}:${example}}`]));
      const edits = extend(file, container.tree, { resources: { requests } });
      yield at(
        place,
        `${container.called} requests no ${missing.map(({ name }) => name).join(" and no ")}`,
        ...whenEdited(edits, (...all) => snippet(`Add resource requests to ${container.called}`, ...all)),
        effective(pod, container),
      );
    }
  },
});

/** What is requested after limits and the pod's own resources have been looked at, as the scheduler will see it. */
function effective(pod: Pod, container: Container): Resolved {
  const said = (["cpu", "memory"] as const).map((resource) => {
    const amount = requestOf(pod, container, resource);
    return `${resource} ${amount.state === "set" ? amount.value : amount.state === "zero" ? "0" : "nothing"}`;
  });
  return resolved(`${said.join(", ")} in container and pod; a LimitRange of the namespace may add defaults`);
}

interface Missing {
  readonly key: Resource;
  readonly name: string;
  readonly example: string;
  readonly amount: Amount;
}

const missingOf = (pod: Pod, container: Container): readonly Missing[] =>
  [
    { key: "cpu", name: "CPU", example: "100m", amount: requestOf(pod, container, "cpu") } as const,
    { key: "memory", name: "memory", example: "128Mi", amount: requestOf(pod, container, "memory") } as const,
  ].filter(({ amount }) => isNone(amount));
