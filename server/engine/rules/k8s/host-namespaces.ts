// Pods that are not separated from their node: they share its network, processes or memory.

import { booleanOf, look } from "../../languages/kubernetes/look.js";
import { type Container, type KubernetesObject, type Pod, securityOf } from "../../languages/kubernetes/model.js";
import { at, option, replace, rule, suggest } from "../../rule.js";

export default rule({
  on: "kubernetes",
  title: "Keep pods out of their node's namespaces",
  why: "With the node's network a pod passes every NetworkPolicy and reaches what listens on localhost; with its processes it can read their environment and signal them; with its IPC it shares their memory. Only agents that manage or watch the node need that.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Infrastructure Security",
  alsoKnownAs: [
    "kube-linter host-network",
    "kube-linter host-pid",
    "kube-linter host-ipc",
    "polaris hostNetworkSet",
    "polaris hostPIDSet",
    "polaris hostIPCSet",
    "checkov CKV_K8S_17",
    "checkov CKV_K8S_18",
    "checkov CKV_K8S_19",
    "trivy KSV-0008",
    "trivy KSV-0009",
    "trivy KSV-0010",
    "sonar S6431",
  ],
  options: {
    agents: option.strings(
      ["kube-system"],
      "Namespaces whose DaemonSets and bare pods manage nodes and may share them",
    ),
  },

  *check({ objects }, { agents }) {
    for (const object of objects) {
      const { pod, called } = object;
      if (!pod || isAgent(object, agents)) continue;
      // A process on a Windows node has no network but the node's.
      const isProcess = pod.containers.some((container) => isHostProcess(pod, container));
      for (const [key, what] of shared) {
        const field = booleanOf(look(pod.spec, key));
        if (field.state !== "set" || !field.value || (isProcess && key === "hostNetwork")) continue;
        yield at(
          field,
          `${called} shares ${what} of its node: ${key} is true`,
          suggest(`Set ${key} to false`, replace(field, "false")),
        );
      }
    }
  },
});

const shared = [
  ["hostNetwork", "the network"],
  ["hostPID", "the processes"],
  ["hostIPC", "the memory"],
] as const;

function isHostProcess(pod: Pod, container: Container): boolean {
  const { field } = securityOf(pod, container).hostProcess;
  return field.state === "set" && field.value;
}

/** DaemonSets, and bare pods (static ones of the control plane), in a namespace for agents; or it is not known which. */
const isAgent = ({ kind, namespace }: KubernetesObject, agents: readonly string[]): boolean =>
  (kind === "DaemonSet" || kind === "Pod") &&
  (namespace.state === "unknown" || (namespace.state === "set" && agents.includes(namespace.value)));
