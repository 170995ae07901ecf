// Workloads as other files know them: whose pods they run, with which labels, and how many.

import { type Namespaces, toNamespaces } from "./applied.js";
import { podPathOf } from "./kinds.js";
import { look, numberOf } from "./look.js";
import type { KubernetesObject } from "./model.js";
import { type Labels, labelsAt } from "./selector.js";

/** Plain data, so that facts can carry it. */
export interface Workload {
  readonly kind: string;
  /** Empty where it is not known. */
  readonly name: string;
  readonly namespace: Namespaces;
  /** Of its pods, as its own file writes them. */
  readonly labels: Labels;
  /** As its own file writes it; absent where the kind has no such number, or where it is not known. */
  readonly replicas?: number;
}

/** Kinds that keep a number of pods running, one where they do not say how many. Source: Kubernetes, Argo, OpenShift. */
const scalable: ReadonlySet<string> = new Set([
  "Deployment",
  "StatefulSet",
  "ReplicaSet",
  "ReplicationController",
  "Rollout",
  "DeploymentConfig",
]);

/** Kinds whose pods are meant to run until somebody stops them, and whose probes are theirs alone to set. */
const longRunning: ReadonlySet<string> = new Set([...scalable, "DaemonSet"]);

/** Whether an object's pods run for good: those of jobs, and bare ones that are not started again, do not. */
export function isLongRunning({ kind, apiVersion, pod }: KubernetesObject): boolean {
  if (kind !== "Pod") return longRunning.has(kind) && isOwnKind(kind, apiVersion);
  const policy = pod ? look(pod.spec, "restartPolicy") : "unknown";
  return (
    policy === "absent" ||
    (typeof policy !== "string" && policy.node.type === "scalar" && policy.node.text === "Always")
  );
}

/** Other projects have kinds of the same names. */
const isOwnKind = (kind: string, apiVersion: string): boolean =>
  groups[kind]?.some((group) => apiVersion === group || apiVersion.startsWith(`${group}/`)) ?? false;

const groups: Readonly<Record<string, readonly string[]>> = {
  Deployment: ["apps", "extensions"],
  StatefulSet: ["apps"],
  DaemonSet: ["apps", "extensions"],
  ReplicaSet: ["apps", "extensions"],
  ReplicationController: ["v1"],
  Rollout: ["argoproj.io"],
  DeploymentConfig: ["apps.openshift.io", "v1"],
};

/** Whether an object keeps a number of pods running that it can be told. */
export const isScalable = ({ kind, apiVersion }: Pick<KubernetesObject, "kind" | "apiVersion">): boolean =>
  scalable.has(kind) && isOwnKind(kind, apiVersion);

/** An object as a workload; undefined where it runs no pods, or is only a part of one that does. */
export function toWorkload(object: KubernetesObject): Workload | undefined {
  const { kind, name, namespace, tree, pod, partial } = object;
  if (partial || !(pod || isScalable(object))) return undefined;
  if (pod?.containers.every(({ tree: container }) => container.partial)) return undefined;
  const replicas = isScalable(object) ? replicasAt(object) : undefined;
  return {
    kind,
    name: name.state === "set" ? name.value : "",
    namespace: toNamespaces(namespace),
    labels: labelsAt(look(tree, ...podPathOf(kind).slice(0, -1), "metadata", "labels")),
    ...(replicas !== undefined && { replicas }),
  };
}

function replicasAt({ tree }: KubernetesObject): number | undefined {
  const field = numberOf(look(tree, "spec", "replicas"));
  if (field.state === "set") return field.value;
  return field.state === "absent" ? 1 : undefined;
}
