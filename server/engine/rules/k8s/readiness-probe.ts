// Containers that get traffic before they can answer, and while they cannot.

import { items, look, textOf } from "../../languages/kubernetes/look.js";
import type { Container, Pod } from "../../languages/kubernetes/model.js";
import type { Selecting } from "../../languages/kubernetes/selecting.js";
import { toWorkload } from "../../languages/kubernetes/workload.js";
import { probeRule } from "./_probe.js";
import { servicesOf } from "./_workload.js";

export default probeRule({
  probe: "readiness",
  example: "/readyz",
  title: "Give every container a readiness probe",
  why: "Without a readiness probe a container counts as ready once its process runs: a rollout goes on and Services send it requests that it cannot answer yet. It weighs more when a Service of the workspace selects the pod and one of its ports is the container's; a Service that publishes addresses which are not ready does not count.",
  alsoKnownAs: [
    "kube-linter no-readiness-probe",
    "kube-score pod-probes",
    "polaris readinessProbeMissing",
    "checkov CKV_K8S_9",
    "kics a659f3b5",
  ],
  worse: ({ path }, object, workspace) => {
    const workload = toWorkload(object);
    const services = workload ? servicesOf({ ...workload, path }, workspace) : [];
    return (container) => {
      const service = services.find(({ to }) => !to.readyOrNot && sendsTo(to, container, object.pod))?.to;
      return service && { clause: `, and Service "${service.name}" sends it traffic`, severity: "error" };
    };
  },
});

/** Whether a Service's ports are a container's. A container alone in its pod need not declare what it listens on. */
function sendsTo({ ports }: Selecting, container: Container, pod: Pod | undefined): boolean {
  const running = pod?.containers.filter(({ role }) => role === "main" || role === "sidecar") ?? [];
  if (!ports || ports.length === 0 || running.length === 1) return true;
  return items(look(container.tree, "ports")).some((port) =>
    [textOf(look(port, "name")), textOf(look(port, "containerPort"))].some(
      (field) => field.state === "set" && ports.includes(field.value),
    ),
  );
}
