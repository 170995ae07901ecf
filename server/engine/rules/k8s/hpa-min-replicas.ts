// Autoscalers that may leave a workload with a single pod.

import { kustomized, toNamed } from "../../languages/kubernetes/kustomize.js";
import { look, numberOf } from "../../languages/kubernetes/look.js";
import { at, option, replace, rule, suggest } from "../../rule.js";
import { extendAt, whenEdited } from "./_container.js";

export default rule({
  on: "kubernetes",
  title: "Let autoscalers keep more than one replica",
  why: "In quiet hours an autoscaler goes down to its minimum, which is one where it says nothing: then a drained node or a crash takes the service down, and there is nobody left to share the first load of the morning.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Reliability Anti-Patterns",
  alsoKnownAs: [
    "kube-score horizontalpodautoscaler-replicas",
    "polaris hpaMinAvailability",
    "kube-linter hpa-minimum-three-replicas",
  ],
  options: { minimum: option.number(2, "The fewest replicas that an autoscaler may go down to", 1) },

  *check(file, { minimum }, workspace) {
    const built = kustomized(file, workspace);
    for (const object of file.objects) {
      if (object.kind !== "HorizontalPodAutoscaler" || !object.apiVersion.startsWith("autoscaling/")) continue;
      const spec = look(object.tree, "spec");
      const field = numberOf(look(spec, "minReplicas"));
      // Scaling down to none is a decision.
      const least = field.state === "set" ? field.value : field.state === "absent" && !object.partial ? 1 : 0;
      if (least < 1 || least >= minimum || built().fragment || built().patches("replicas", toNamed(object))) continue;
      const title = `Keep at least ${minimum} replicas`;
      if (field.state === "set")
        yield at(field, `${object.called} may scale down to ${least}`, suggest(title, replace(field, String(minimum))));
      else
        yield at(
          object.span,
          `${object.called} sets no minReplicas and may scale down to 1`,
          ...whenEdited(extendAt(file, spec, "scaleTargetRef", { minReplicas: minimum }), (...edits) =>
            suggest(title, ...edits),
          ),
        );
    }
  },
});
