// What monitors pods: objects of the Prometheus operator and its kin that select Services or pods, scrape annotations, and
// alerts that name a workload. Sources: Prometheus Operator 0.80, VictoriaMetrics Operator 0.52, GKE managed collection;
// documentation of Datadog, Dynatrace, New Relic and OpenTelemetry about annotations of pods.

import type { Fact } from "../../workspace.js";
import { type Namespaces, toNamespaces } from "./applied.js";
import { podPathOf } from "./kinds.js";
import { booleanOf, items, type Look, look, textOf } from "./look.js";
import type { KubernetesFile, KubernetesObject } from "./model.js";
import { unitOf } from "./selecting.js";
import { type Labels, labelsAt, type Selector, selectorAt } from "./selector.js";

/** An object that selects what is scraped. Plain data, so that facts can carry it. */
export interface Monitor {
  readonly kind: string;
  /** Whether it selects Services, by their own labels, or pods. */
  readonly of: "services" | "pods";
  readonly selector: Selector;
  /** The namespaces that it looks into. */
  readonly namespaces: Namespaces | "all";
}

/** A Service as monitors see it. */
export interface ScrapedService {
  readonly name: string;
  readonly labels: Labels;
  /** Whether an annotation has it scraped, or whether that is not known. */
  readonly annotated: boolean;
}

const monitored: Readonly<Record<string, Monitor["of"]>> = {
  ServiceMonitor: "services",
  VMServiceScrape: "services",
  PodMonitor: "pods",
  VMPodScrape: "pods",
  PodMonitoring: "pods",
  ClusterPodMonitoring: "pods",
};

/** What a file's objects say about monitoring. */
export const monitoringFacts = ({ path, objects }: KubernetesFile): readonly Fact[] =>
  objects.flatMap((object) => [...monitorFacts(path, object), ...mentionFacts(object), ...serviceFacts(path, object)]);

function monitorFacts(path: string, { kind, tree, namespace, partial }: KubernetesObject): readonly Fact[] {
  const of = monitored[kind];
  if (of === undefined || partial) return [];
  const selector = selectorAt(look(tree, "spec", "selector"));
  const value: Monitor = { kind, of, selector, namespaces: reachOf(kind, tree, namespace) };
  const demand = selector.requirements.find(({ operator }) => operator === "In");
  const open = selector.open && tree.template ? `in ${unitOf(path)}` : "*";
  const keys = demand ? demand.values.map((one) => `${demand.key}=${one}`) : [open];
  const there: Fact = { kind: "kubernetes.monitoring", key: "all", value: { kind } };
  return [...keys.map((key): Fact => ({ kind: "kubernetes.monitor", key, value })), ...(tree.template ? [] : [there])];
}

function reachOf(kind: string, tree: Look, own: KubernetesObject["namespace"]): Monitor["namespaces"] {
  if (kind === "ClusterPodMonitoring") return "all";
  const selector = look(tree, "spec", "namespaceSelector");
  const any = booleanOf(look(selector, "any"));
  if (any.state !== "absent") return any.state === "set" && any.value ? "all" : "unknown";
  const names = look(selector, "matchNames");
  if (names === "absent") return toNamespaces(own);
  const known = items(names).map(textOf);
  return known.every((name) => name.state === "set") ? known.map(({ value }) => value) : "unknown";
}

/** The values by which the alerts of a PrometheusRule pick series: `{job="shop", pod=~"shop-.*"}` names "shop". */
function mentionFacts({ kind, tree }: KubernetesObject): readonly Fact[] {
  if (kind !== "PrometheusRule" && kind !== "VMRule") return [];
  const names = new Set<string>();
  for (const group of items(look(tree, "spec", "groups")))
    for (const alert of items(look(group, "rules"))) {
      const expression = textOf(look(alert, "expr"));
      if (expression.state !== "set" || look(alert, "alert") === "absent") continue;
      for (const [, value = ""] of expression.value.matchAll(/=~?\s{0,9}["']([^"']{1,200})["']/g))
        for (const choice of value.split("|"))
          names.add(choice.replace(/^[(^]+|(?:-?(?:\.[*+]|\[[^\]]*\][*+]))?[)$]*$/g, ""));
    }
  const facts = [...names]
    .filter((name) => name !== "")
    .map((key): Fact => ({ kind: "kubernetes.mention", key, value: {} }));
  return tree.template ? facts : [...facts, { kind: "kubernetes.monitoring", key: "all", value: { kind } }];
}

function serviceFacts(path: string, { kind, apiVersion, name, tree }: KubernetesObject): readonly Fact[] {
  if (kind !== "Service" || apiVersion !== "v1") return [];
  const metadata = look(tree, "metadata");
  const value: ScrapedService = {
    name: name.state === "set" ? name.value : "",
    labels: labelsAt(look(metadata, "labels")),
    annotated: isAnnotated(look(metadata, "annotations")),
  };
  return [{ kind: "kubernetes.scrapedService", key: path, value }];
}

/** Annotations by which an agent or a collector finds what it watches. */
const agents =
  /^(?:prometheus\.io\/(?:scrape|port|path)|(?:[\w.-]+\.)?(?:datadoghq\.com|dynatrace\.com|newrelic\.com|opentelemetry\.io|signoz\.io)\/.+|k8s\.grafana\.com\/.+)$/;

function isAnnotated(annotations: Look): boolean {
  if (annotations === "absent") return false;
  if (annotations === "unknown" || look(annotations, "\0") === "unknown" || annotations.node.type !== "map")
    return true;
  return annotations.node.entries.some(({ key }) => {
    const value = textOf(look(annotations, key.text));
    return agents.test(key.text) && !(value.state === "set" && value.value === "false");
  });
}

/** Whether an annotation of an object or of its pods has it watched, or whether that is not known. */
export const isScraped = ({ kind, tree }: KubernetesObject): boolean =>
  isAnnotated(look(tree, "metadata", "annotations")) ||
  isAnnotated(look(tree, ...podPathOf(kind).slice(0, -1), "metadata", "annotations"));
