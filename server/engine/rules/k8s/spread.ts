// Replicas that may all run on one node.

import { type Look, look } from "../../languages/kubernetes/look.js";
import type { KubernetesFile, KubernetesObject, Pod } from "../../languages/kubernetes/model.js";
import { scaleOf } from "../../languages/kubernetes/relations.js";
import { isScalable } from "../../languages/kubernetes/workload.js";
import { at, type Fix, rule, snippet } from "../../rule.js";
import { completeness, extend, whenEdited } from "./_container.js";
import { fewest, ownSelector, replicasText, workloadsOf } from "./_workload.js";

export default rule({
  on: "kubernetes",
  title: "Spread replicas over nodes",
  why: "Several replicas on one node fail together. The scheduler prefers to spread them, but only among nodes with the most room, and nothing keeps it from packing. A topology spread constraint, or an anti-affinity among the pods, says that it matters.",
  severity: "information",
  profile: "strict",
  phase: 3,
  standard: "Engineer Instructions, Reliability Anti-Patterns",
  alsoKnownAs: [
    "kube-linter no-anti-affinity",
    "kube-score deployment-has-host-podantiaffinity",
    "kube-score statefulset-has-host-podantiaffinity",
    "kube-score pod-topology-spread-constraints",
    "polaris topologySpreadConstraint",
    "kics a31b7b82",
    "kics d740d048",
  ],

  *check(file, _options, workspace) {
    const isComplete = completeness(file, "scheduling", workspace);
    for (const { object, workload } of workloadsOf(file)) {
      const { pod } = object;
      if (!pod || !isScalable(object) || !isAnywhere(pod)) continue;
      const scale = scaleOf(workload, workspace);
      if ((fewest(scale) ?? 0) < 2 || !isComplete(object)) continue;
      yield at(
        object.span,
        `${object.called} runs ${replicasText(scale)}, which may share one node: its pods have neither topologySpreadConstraints nor podAntiAffinity`,
        ...addSpread(file, object, pod),
      );
    }
  },
});

const isAnywhere = ({ spec }: Pod): boolean =>
  isNothing(look(spec, "topologySpreadConstraints")) && isNothing(look(spec, "affinity", "podAntiAffinity"));

/** Whether there is nothing at a place, or only an empty map or list. */
function isNothing(found: Look): boolean {
  if (typeof found === "string") return found === "absent";
  const { node } = found;
  if (node.type === "list") return node.items.length === 0 && !found.template;
  return node.type === "map" && node.entries.length === 0 && !found.template;
}

function addSpread(file: KubernetesFile, object: KubernetesObject, { spec }: Pod): readonly Fix[] {
  const matchLabels = ownSelector(object);
  if (!matchLabels) return [];
  const constraint = {
    maxSkew: 1,
    topologyKey: `\${1:kubernetes.io/hostname}`,
    whenUnsatisfiable: `\${2:ScheduleAnyway}`,
    labelSelector: { matchLabels },
  };
  const edits = extend(file, spec, { topologySpreadConstraints: [constraint] });
  return whenEdited(edits, (...all) => snippet("Spread the pods over nodes", ...all));
}
