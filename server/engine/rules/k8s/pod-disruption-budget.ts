// Workloads of several pods that a node drain may stop all at once.

import type { KubernetesFile } from "../../languages/kubernetes/model.js";
import { scaleOf, selectorsOf } from "../../languages/kubernetes/relations.js";
import { isScalable } from "../../languages/kubernetes/workload.js";
import { at, type Fix, rule } from "../../rule.js";
import { escapeSnippet } from "../../snippet.js";
import {
  append,
  type FileWorkload,
  fewest,
  metadataBeside,
  namespacesText,
  ownSelector,
  replicasText,
  searched,
  standalone,
  workloadsOf,
} from "./_workload.js";

export default rule({
  on: "kubernetes",
  title: "Protect replicated workloads by a disruption budget",
  why: "Draining nodes for an upgrade evicts pods as fast as it can, and several replicas are no use if all of them go at once. A PodDisruptionBudget makes evictions wait until enough of the others run. What is looked up are labels, expressions and the namespace over the whole workspace; a budget that lives elsewhere is not seen.",
  severity: "information",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Kubernetes Best Practices",
  alsoKnownAs: [
    "kube-score deployment-has-poddisruptionbudget",
    "kube-score statefulset-has-poddisruptionbudget",
    "polaris missingPodDisruptionBudget",
    "kics b23e9b98",
    "kics 1db3a5a5",
  ],

  *check(file, _options, workspace) {
    const isStandalone = standalone(file, workspace);
    for (const one of workloadsOf(file)) {
      const { object, workload } = one;
      if (!isScalable(object)) continue;
      const scale = scaleOf(workload, workspace);
      if ((fewest(scale) ?? 0) < 2 || !isStandalone(one)) continue;
      const budgets = selectorsOf("kubernetes.budget", workload, workspace);
      if (budgets.some(({ inNamespace }) => inNamespace !== "no")) continue;
      const elsewhere = budgets.find(({ fits }) => fits === "yes")?.to;
      const lack =
        elsewhere && typeof elsewhere.namespace !== "string"
          ? `PodDisruptionBudget "${elsewhere.name}" would select it, but is in ${namespacesText(elsewhere.namespace)}`
          : `no PodDisruptionBudget ${searched(workspace)} selects it`;
      yield at(object.span, `${object.called} runs ${replicasText(scale)}, and ${lack}`, ...addBudget(file, one));
    }
  },
});

function addBudget(file: KubernetesFile, { object, workload }: FileWorkload): readonly Fix[] {
  const matchLabels = ownSelector(object);
  if (!matchLabels || workload.name === "") return [];
  return append(file, "Add a PodDisruptionBudget that lets one pod go at a time", {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: metadataBeside(object, `\${1:${escapeSnippet(workload.name)}}`),
    spec: { maxUnavailable: `\${2:1}`, selector: { matchLabels } },
  });
}
