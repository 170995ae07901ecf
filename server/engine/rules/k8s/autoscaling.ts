// Services whose number of pods stays the same whatever the load.

import type { KubernetesFile } from "../../languages/kubernetes/model.js";
import { scalersOf } from "../../languages/kubernetes/relations.js";
import { isScalable } from "../../languages/kubernetes/workload.js";
import { at, type Fix, option, rule } from "../../rule.js";
import { escapeSnippet } from "../../snippet.js";
import {
  append,
  type FileWorkload,
  metadataBeside,
  searched,
  servicesOf,
  standalone,
  workloadsOf,
} from "./_workload.js";

export default rule({
  on: "kubernetes",
  title: "Scale what a Service stands before",
  why: "A fixed number of replicas is too few at the peak and too many at night. An autoscaler follows the load within limits that somebody has thought about, which is also the least of capacity planning. What keeps state may not be made for it, so this rule is off unless it is named.",
  severity: "hint",
  profile: "opt-in",
  phase: 3,
  standard: "Role Instructions, Infrastructure Code with Requirement Traceability",
  options: { kinds: option.strings(["Deployment", "Rollout"], "Kinds of workloads that can be scaled with the load") },

  *check(file, { kinds }, workspace) {
    const isStandalone = standalone(file, workspace);
    for (const one of workloadsOf(file)) {
      const { object, workload } = one;
      if (!kinds.includes(object.kind) || !isScalable(object) || workload.name === "" || workload.replicas === 0)
        continue;
      const [service] = servicesOf(workload, workspace);
      if (!service || !isStandalone(one)) continue;
      if (scalersOf(workload, workspace).some(({ inNamespace }) => inNamespace !== "no")) continue;
      yield at(
        object.span,
        `${object.called} stands behind Service "${service.to.name}", and no autoscaler ${searched(workspace)} scales it`,
        ...addScaler(file, one),
      );
    }
  },
});

function addScaler(file: KubernetesFile, { object, workload }: FileWorkload): readonly Fix[] {
  const name = escapeSnippet(workload.name);
  const target = { type: "Utilization", averageUtilization: `\${4:75}` };
  return append(file, "Add a HorizontalPodAutoscaler", {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: metadataBeside(object, `\${1:${name}}`),
    spec: {
      scaleTargetRef: { apiVersion: object.apiVersion, kind: object.kind, name },
      minReplicas: `\${2:2}`,
      maxReplicas: `\${3:10}`,
      metrics: [{ type: "Resource", resource: { name: "cpu", target } }],
    },
  });
}
