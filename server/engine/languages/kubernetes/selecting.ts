// Objects that stand for others: Services, disruption budgets and network policies select pods by their labels, scalers
// name their target. Read from their own files into what they say to others.
// Source: API reference 1.33; KEDA 2 (ScaledObject); Cilium 1.17, Calico 3.30.

import type { Fact } from "../../workspace.js";
import { type Namespaces, toNamespaces } from "./applied.js";
import { booleanOf, isPlain, items, type Look, look, numberOf, textOf } from "./look.js";
import type { KubernetesFile, KubernetesObject } from "./model.js";
import { labelsAt, type Selector, selectorAt, selectorOfLabels, unknownSelector } from "./selector.js";
import { toWorkload } from "./workload.js";

/** Something that selects pods. Plain data, so that facts can carry it. */
export interface Selecting {
  readonly kind: string;
  /** Empty where it is not known. */
  readonly name: string;
  readonly namespace: Namespaces;
  readonly selector: Selector;
  /** A Service's ports at its pods, by number or name; absent where not all are known. */
  readonly ports?: readonly string[];
  /** A Service that sends traffic to pods whether or not they are ready. */
  readonly readyOrNot?: true;
}

/** Something that decides how many pods a workload runs. */
export interface Scaler {
  readonly kind: string;
  readonly name: string;
  readonly namespace: Namespaces;
  /** Kind and name of the workload, `Deployment/web`; absent where it is not known. */
  readonly target?: string;
  /** The fewest pods that it scales to; absent where it is not known. */
  readonly least?: number;
}

export type SelectingKind = "kubernetes.service" | "kubernetes.budget" | "kubernetes.policy";

/** What a file's objects say about the pods of others, and its workloads about themselves. */
export function relationFacts(file: KubernetesFile): readonly Fact[] {
  const objects = file.objects.filter(({ partial }) => !partial);
  return [
    ...(objects.length > 0
      ? [{ kind: "kubernetes.manifests", key: "all", value: { count: objects.length } } as const]
      : []),
    ...objects.flatMap((object) => [
      ...workloadFacts(file, object),
      ...selectingFacts(file, object),
      ...scalerFacts(file, object),
    ]),
  ];
}

function workloadFacts({ path }: KubernetesFile, object: KubernetesObject): readonly Fact[] {
  const workload = toWorkload(object);
  if (!workload) return [];
  const labels = Object.entries(workload.labels.values).map(([key, value]) => `${key}=${value}`);
  return [
    { kind: "kubernetes.workload", key: path, value: workload },
    { kind: "kubernetes.named", key: `${workload.kind}/${workload.name}`, value: {} },
    // Where not all labels are known, any selector may fit that is applied with it.
    ...[...labels, ...(workload.labels.open ? [`in ${unitOf(path)}`] : [])].map(
      (key): Fact => ({ kind: "kubernetes.labelled", key, value: {} }),
    ),
  ];
}

function selectingFacts({ path }: KubernetesFile, object: KubernetesObject): readonly Fact[] {
  const kind = selectingKind(object);
  const value = toSelecting(object);
  return kind && value ? keysOf(path, object, value.selector).map((key) => ({ kind, key, value })) : [];
}

/** An object as something that selects pods; undefined where it selects none. */
export function toSelecting(object: KubernetesObject): Selecting | undefined {
  const { kind, name, namespace, tree } = object;
  const selector = selectingKind(object) && selectorOf(object);
  if (!selector) return undefined;
  const readyOrNot = booleanOf(look(tree, "spec", "publishNotReadyAddresses"));
  const ports = kind === "Service" ? targetPorts(look(tree, "spec", "ports")) : undefined;
  return {
    kind,
    name: name.state === "set" ? name.value : "",
    namespace: isClusterWide(kind) ? "unknown" : toNamespaces(namespace),
    selector,
    ...(ports && { ports }),
    ...(readyOrNot.state === "set" && readyOrNot.value && { readyOrNot: true }),
  };
}

/** The ports that a Service sends to: where no target is written, its own number. */
function targetPorts(list: Look): readonly string[] | undefined {
  if (list === "unknown" || (list !== "absent" && !isPlain(list))) return undefined;
  const fields = items(list).map((item) => {
    const target = textOf(look(item, "targetPort"));
    return target.state === "absent" ? textOf(look(item, "port")) : target;
  });
  const known = fields.flatMap((field) => (field.state === "set" ? [field.value] : []));
  return known.length === fields.length ? known : undefined;
}

/** What reaches into every namespace may be in any. */
const isClusterWide = (kind: string): boolean => /^(?:Global|CiliumClusterwide|(?:Baseline)?Admin)/.test(kind);

function selectingKind({ kind, apiVersion }: KubernetesObject): SelectingKind | undefined {
  if (kind === "Service" && apiVersion === "v1") return "kubernetes.service";
  if (kind === "PodDisruptionBudget" && apiVersion.startsWith("policy/")) return "kubernetes.budget";
  return /NetworkPolicy$/.test(kind) ? "kubernetes.policy" : undefined;
}

/** The selector of an object; undefined where it selects nothing. */
function selectorOf({ kind, apiVersion, tree }: KubernetesObject): Selector | undefined {
  const spec = look(tree, "spec");
  if (kind === "Service") {
    const type = textOf(look(spec, "type"));
    if (type.state === "set" && type.value === "ExternalName") return undefined;
    return whenAny(selectorOfLabels(labelsAt(look(spec, "selector"))));
  }
  if (kind === "PodDisruptionBudget") {
    const selector = look(spec, "selector");
    if (selector === "absent") return undefined;
    return apiVersion === "policy/v1beta1" ? whenAny(selectorAt(selector)) : selectorAt(selector);
  }
  const isBuiltIn = kind === "NetworkPolicy" && /^(?:networking\.k8s\.io|extensions)\//.test(apiVersion);
  return isBuiltIn ? selectorAt(look(spec, "podSelector")) : unknownSelector;
}

/** Services, and budgets of old, select nothing by an empty selector. */
const whenAny = (selector: Selector): Selector | undefined =>
  selector.requirements.length > 0 || selector.open ? selector : undefined;

/**
 * The keys under which pods find a selector: one of the labels that it demands. One that demands no label by its value
 * is found by all, unless a template leaves it open: then only by those whom the template may mean.
 */
function keysOf(path: string, { tree }: KubernetesObject, { requirements, open }: Selector): readonly string[] {
  const demands = requirements.filter(({ operator }) => operator === "In");
  const [first] = demands.sort((a, b) => a.values.length - b.values.length);
  if (first) return first.values.map((value) => `${first.key}=${value}`);
  return [open && tree.template ? `in ${unitOf(path)}` : "*"];
}

function scalerFacts({ path }: KubernetesFile, { kind, name, namespace, tree }: KubernetesObject): readonly Fact[] {
  const target = look(tree, "spec", "scaleTargetRef");
  if (target === "absent") return [];
  const least = leastOf(kind, tree);
  const aim = targetOf(target);
  const value: Scaler = {
    kind,
    name: name.state === "set" ? name.value : "",
    namespace: toNamespaces(namespace),
    ...(aim !== undefined && { target: aim }),
    ...(least !== undefined && { least }),
  };
  // A template's workloads may not know their own names, and then ask for all scalers beside them.
  const keys = [
    ...(aim === undefined ? [] : [aim]),
    ...(tree.template || aim === undefined ? [`in ${unitOf(path)}`] : []),
  ];
  return keys.map((key) => ({ kind: "kubernetes.scaler", key, value }));
}

/** Kind and name of a target; KEDA means a Deployment where it says no kind. */
function targetOf(target: Look): string | undefined {
  const kind = textOf(look(target, "kind"));
  const name = textOf(look(target, "name"));
  if (name.state !== "set" || kind.state === "unknown") return undefined;
  return `${kind.state === "set" ? kind.value : "Deployment"}/${name.value}`;
}

/** What a scaler may go down to: an autoscaler to one where it says nothing, KEDA to none. */
function leastOf(kind: string, tree: KubernetesObject["tree"]): number | undefined {
  const isKeda = kind === "ScaledObject";
  if (!isKeda && kind !== "HorizontalPodAutoscaler") return undefined;
  const field = numberOf(look(tree, "spec", isKeda ? "minReplicaCount" : "minReplicas"));
  if (field.state === "absent") return isKeda ? 0 : 1;
  return field.state === "set" ? field.value : undefined;
}

/** What files are applied with: the chart that they are a template of, else their folder. */
export function unitOf(path: string): string {
  const templates = path.indexOf("/templates/");
  return path.slice(0, templates === -1 ? Math.max(0, path.lastIndexOf("/")) : templates);
}
