// Workloads that take requests and that nothing watches, in a workspace that keeps its monitoring beside them.

import { appliedLabels, inOneNamespace, waysOf } from "../../languages/kubernetes/applied.js";
import type { KubernetesFile } from "../../languages/kubernetes/model.js";
import { isScraped, type Monitor } from "../../languages/kubernetes/monitoring.js";
import { type At, namespacesOf, selectorsOf } from "../../languages/kubernetes/relations.js";
import { type Selecting, unitOf } from "../../languages/kubernetes/selecting.js";
import { type Labels, selects } from "../../languages/kubernetes/selector.js";
import { isLongRunning, type Workload } from "../../languages/kubernetes/workload.js";
import { at, rule, type Workspace } from "../../rule.js";
import { escapeSnippet } from "../../snippet.js";
import {
  append,
  type FileWorkload,
  metadataBeside,
  ownSelector,
  searched,
  servicesOf,
  standalone,
  workloadsOf,
} from "./_workload.js";

export default rule({
  on: "kubernetes",
  title: "Monitor every workload behind a Service",
  why: "What nobody scrapes fails unseen: users tell you before an alert does. Judged are workspaces that hold monitors or alerts, since elsewhere these may be kept apart; an annotation for an agent, a monitor that selects pods or their Service, and an alert that names the workload all count.",
  severity: "information",
  profile: "strict",
  phase: 4,
  standard: "Role Definition, Rule 4: Monitoring First",

  *check(file, _options, workspace) {
    const isStandalone = standalone(file, workspace);
    for (const one of workloadsOf(file)) {
      const { object, workload } = one;
      if (!isLongRunning(object) || workload.name === "" || isScraped(object)) continue;
      if (workspace.facts("kubernetes.monitoring", "all").length === 0) return;
      if (!isStandalone(one) || servicesOf(workload, workspace).length === 0 || isWatched(workload, workspace))
        continue;
      const lack = `no ServiceMonitor, PodMonitor or alert ${searched(workspace)} covers it`;
      yield at(object.span, `${object.called} takes requests, and ${lack}`, ...addMonitor(file, one));
    }
  },
});

/** Whether anything watches a workload, or may do so. */
function isWatched(workload: At<Workload>, workspace: Workspace): boolean {
  const services = selectorsOf("kubernetes.service", workload, workspace).map(({ to }) => to);
  const names = [workload.name, ...services.map(({ name }) => name), ...Object.values(workload.labels.values)];
  const alerts = ["kubernetes.mention", "prometheus.service"] as const;
  if (names.some((name) => alerts.some((kind) => workspace.facts(kind, name).length > 0))) return true;
  if (isSelected("pods", workload.labels, ["templates", "selectors"], workload, workspace)) return true;
  return services.some((service) => isServiceWatched(service, workspace));
}

function isServiceWatched(service: At<Selecting>, workspace: Workspace): boolean {
  const found = workspace
    .facts("kubernetes.scrapedService", service.path)
    .filter(({ name }) => name === service.name || name === "");
  const added = ["objects", "templates", "selectors"] as const;
  return found.some(({ annotated, labels }) => annotated || isSelected("services", labels, added, service, workspace));
}

/** Whether a monitor selects something by its labels, with those that kustomizations add. */
function isSelected(
  of: Monitor["of"],
  own: Labels,
  added: Parameters<typeof appliedLabels>[2],
  what: At<Pick<Workload, "namespace">>,
  workspace: Workspace,
): boolean {
  const versions = [own, ...appliedLabels(own, waysOf(what.path, workspace), added)];
  const labels = new Set(
    versions.flatMap(({ values }) => Object.entries(values).map(([key, value]) => `${key}=${value}`)),
  );
  const keys = [...labels, "*", `in ${unitOf(what.path)}`];
  return keys.some((key) =>
    workspace.facts("kubernetes.monitor", key).some((monitor) => {
      if (monitor.of !== of || versions.every((one) => selects(monitor.selector, one) === "no")) return false;
      if (monitor.namespaces === "all") return true;
      const reach = namespacesOf({ path: monitor.path, namespace: monitor.namespaces }, workspace);
      return inOneNamespace(reach, namespacesOf(what, workspace)) !== "no";
    }),
  );
}

function addMonitor(file: KubernetesFile, { object, workload }: FileWorkload) {
  const matchLabels = ownSelector(object);
  if (!matchLabels) return [];
  return append(file, "Add a PodMonitor", {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PodMonitor",
    metadata: metadataBeside(object, escapeSnippet(workload.name)),
    spec: { selector: { matchLabels }, podMetricsEndpoints: [{ port: `\${1:metrics}` }] },
  });
}
