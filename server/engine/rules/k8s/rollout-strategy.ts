// Deployments that take a service down for every new version.

import { items, look, textOf } from "../../languages/kubernetes/look.js";
import type { Pod } from "../../languages/kubernetes/model.js";
import { at, replace, rule, suggest } from "../../rule.js";
import { servicesOf, workloadsOf } from "./_workload.js";

export default rule({
  on: "kubernetes",
  title: "Roll out without a gap",
  why: "Recreate stops every pod before the first new one starts: a Service has nowhere to send requests until then, and a version that does not start is an outage rather than a stuck rollout. A pod with a volume of its own may need it, because two cannot hold the volume at once: such a Deployment is left alone.",
  severity: "information",
  profile: "recommended",
  phase: 3,
  standard: "DevOps Engineering Protocol, Phase 3: CI/CD Pipeline Development",
  alsoKnownAs: ["kube-linter no-rolling-update-strategy", "kube-score deployment-strategy"],

  *check(file, _options, workspace) {
    for (const { object, workload } of workloadsOf(file)) {
      if (object.kind !== "Deployment" || (object.pod && holdsVolume(object.pod))) continue;
      const type = textOf(look(object.tree, "spec", "strategy", "type"));
      if (type.state !== "set" || type.value !== "Recreate") continue;
      const [service] = servicesOf(workload, workspace);
      if (!service) continue;
      yield at(
        type,
        `${object.called} stops all pods behind Service "${service.to.name}" before it starts new ones`,
        suggest("Roll out pod by pod", replace(type, "RollingUpdate")),
      );
    }
  },
});

/** Whether a pod holds a volume, or a port of its node, that a second one beside it may not get. */
function holdsVolume({ spec, containers }: Pod): boolean {
  const holdsPort = containers.some(({ tree }) =>
    items(look(tree, "ports")).some((port) => look(port, "hostPort") !== "absent"),
  );
  return (
    holdsPort ||
    look(spec, "hostNetwork") !== "absent" ||
    items(look(spec, "volumes")).some((volume) => shareable.every((kind) => look(volume, kind) === "absent"))
  );
}

/** Kinds of volumes that any number of pods can have. */
const shareable = [
  "configMap",
  "secret",
  "emptyDir",
  "projected",
  "downwardAPI",
  "ephemeral",
  "hostPath",
  "nfs",
  "image",
];
