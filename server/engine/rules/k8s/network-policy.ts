// Pods that everything in the cluster can talk to, and that can talk to everything.

import { booleanOf, look } from "../../languages/kubernetes/look.js";
import type { KubernetesFile, KubernetesObject, Pod } from "../../languages/kubernetes/model.js";
import { namespacesOf, selectorsOf } from "../../languages/kubernetes/relations.js";
import { asString } from "../../languages/yaml/edits.js";
import { at, type Fix, rule } from "../../rule.js";
import { escapeSnippet } from "../../snippet.js";
import { append, namespacesText, searched, standalone, workloadsOf } from "./_workload.js";

export default rule({
  on: "kubernetes",
  title: "Select every pod by a network policy",
  why: "A pod that no NetworkPolicy selects accepts connections from every other pod and may open them to anywhere: one that is broken into reaches the database of its neighbour. A policy that denies all, with others that allow what is needed, makes the paths explicit. Judged are pods whose namespace is known; policies of Cilium, Calico and the cluster's administrators count for every pod they may reach.",
  severity: "information",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Kubernetes Best Practices",
  alsoKnownAs: [
    "kube-score pod-networkpolicy",
    "polaris missingNetworkPolicy",
    "checkov CKV2_K8S_6",
    "kube-linter non-isolated-pod",
    "kics 0401f71b",
  ],

  *check(file, _options, workspace) {
    const isStandalone = standalone(file, workspace);
    for (const one of workloadsOf(file)) {
      const { object, workload } = one;
      if (!object.pod || mayShareNetwork(object.pod)) continue;
      const namespaces = namespacesOf(workload, workspace);
      if (typeof namespaces === "string" || !isStandalone(one)) continue;
      const policies = selectorsOf("kubernetes.policy", workload, workspace);
      if (policies.some(({ inNamespace }) => inNamespace !== "no")) continue;
      yield at(
        object.span,
        `${object.called} is open to all traffic: no NetworkPolicy ${searched(workspace)} selects its pods in ${namespacesText(namespaces)}`,
        ...addPolicy(file, object, namespaces),
      );
    }
  },
});

/** Policies do not hold for pods on their node's network. */
function mayShareNetwork({ spec }: Pod): boolean {
  const field = booleanOf(look(spec, "hostNetwork"));
  return field.state === "unknown" || (field.state === "set" && field.value);
}

/** One policy for the namespace, whatever the number of workloads. */
function addPolicy(file: KubernetesFile, object: KubernetesObject, namespaces: readonly string[]): readonly Fix[] {
  const own = object.namespace.state === "set" ? object.namespace.value : undefined;
  const [namespace, other] = namespaces;
  if (other !== undefined || namespace === undefined) return [];
  return append(file, `Deny all traffic in namespace "${namespace}" that no other policy allows`, {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: `\${1:default-deny}`, ...(own !== undefined && { namespace: escapeSnippet(asString(own)) }) },
    spec: { podSelector: escapeSnippet("{}"), policyTypes: ["Ingress", "Egress"] },
  });
}
