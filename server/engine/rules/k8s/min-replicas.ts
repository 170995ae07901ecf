// Workloads of a single pod: whatever stops it stops the service.

import { kustomized } from "../../languages/kubernetes/kustomize.js";
import { look, numberOf } from "../../languages/kubernetes/look.js";
import type { KubernetesFile, KubernetesObject } from "../../languages/kubernetes/model.js";
import { type Scale, scaleOf } from "../../languages/kubernetes/relations.js";
import { isScalable } from "../../languages/kubernetes/workload.js";
import { at, type Fix, option, replace, rule, suggest } from "../../rule.js";
import { extendAt, whenEdited } from "./_container.js";
import { replicasText, workloadsOf } from "./_workload.js";

export default rule({
  on: "kubernetes",
  title: "Run more than one replica",
  why: "A single pod is a single point of failure: a drained node, a crash or a slow image pull takes the service down until another one is ready. Two on different nodes survive each of these. A workload that an autoscaler manages is judged by the autoscaler's minimum; one with zero replicas is parked.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Reliability Anti-Patterns",
  alsoKnownAs: [
    "kube-linter minimum-three-replicas",
    "kube-score deployment-replicas",
    "polaris deploymentMissingReplicas",
  ],
  options: {
    minimum: option.number(2, "The fewest replicas that a workload may run", 1),
    kinds: option.strings(["Deployment", "StatefulSet", "Rollout"], "Kinds of workloads that have to run so many"),
  },

  *check(file, { minimum, kinds }, workspace) {
    const built = kustomized(file, workspace);
    for (const { object, workload } of workloadsOf(file)) {
      if (!kinds.includes(object.kind) || !isScalable(object)) continue;
      const scale = scaleOf(workload, workspace);
      if (!isScarce(scale, minimum) || built().fragment) continue;
      const field = numberOf(look(object.tree, "spec", "replicas"));
      const isDefault = field.state === "absent" && scale.by === "workload";
      yield at(
        field.state === "set" ? field : object.span,
        isDefault ? `${object.called} sets no replicas and runs 1` : `${object.called} runs ${replicasText(scale)}`,
        ...(scale.by === "workload" ? setReplicas(file, object, minimum) : []),
      );
    }
  },
});

/** Whether a workload runs too few however it is built. None is a decision, and so is what a scaler may go down to. */
const isScarce = (scale: Scale, minimum: number): scale is Extract<Scale, { state: "known" }> =>
  scale.state === "known" && scale.by !== "scaler" && scale.counts.every((count) => count > 0 && count < minimum);

function setReplicas(file: KubernetesFile, { tree }: KubernetesObject, minimum: number): readonly Fix[] {
  const title = `Run ${minimum} replicas`;
  const field = numberOf(look(tree, "spec", "replicas"));
  if (field.state === "set") return [suggest(title, replace(field, String(minimum)))];
  const edits = extendAt(file, look(tree, "spec"), undefined, { replicas: minimum });
  return whenEdited(edits, (...all) => suggest(title, ...all));
}
