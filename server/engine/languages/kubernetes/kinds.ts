// Where objects of a kind hold their pod. Kinds that are not named here are looked at where most have it.
// Source: Kubernetes API reference 1.33; KEDA 2 (ScaledJob); Agones 1 (Fleet).

const podPaths: Readonly<Record<string, readonly string[]>> = {
  Pod: ["spec"],
  PodTemplate: ["template", "spec"],
  CronJob: ["spec", "jobTemplate", "spec", "template", "spec"],
  ScaledJob: ["spec", "jobTargetRef", "template", "spec"],
  Fleet: ["spec", "template", "spec", "template", "spec"],
};

const usualPath: readonly string[] = ["spec", "template", "spec"];

/** The keys from an object of this kind down to the specification of its pod, if it has one. */
export const podPathOf = (kind: string): readonly string[] => podPaths[kind] ?? usualPath;

/** Kinds of `apps/v1` that the API server refuses without a selector and labels in the template. */
export const selecting: ReadonlySet<string> = new Set(["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"]);

/** The lists of containers in the specification of a pod, in the order in which they start. */
export const containerLists = ["initContainers", "containers", "ephemeralContainers"] as const;

/** Kubernetes' own kinds that live in a namespace, by API group. Source: `kubectl api-resources` of 1.33. */
const namespaced: Readonly<Record<string, readonly string[]>> = {
  "": [
    "ConfigMap",
    "Endpoints",
    "LimitRange",
    "PersistentVolumeClaim",
    "Pod",
    "PodTemplate",
    "ReplicationController",
    "ResourceQuota",
    "Secret",
    "Service",
    "ServiceAccount",
  ],
  apps: ["DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"],
  autoscaling: ["HorizontalPodAutoscaler"],
  batch: ["CronJob", "Job"],
  "coordination.k8s.io": ["Lease"],
  "discovery.k8s.io": ["EndpointSlice"],
  extensions: ["DaemonSet", "Deployment", "Ingress", "NetworkPolicy", "ReplicaSet"],
  "networking.k8s.io": ["Ingress", "NetworkPolicy"],
  policy: ["PodDisruptionBudget"],
  "rbac.authorization.k8s.io": ["Role", "RoleBinding"],
};

/** Whether a kind is one of Kubernetes' own that live in a namespace. Of other projects' kinds that is not known. */
export function isNamespaced(kind: string, apiVersion: string): boolean {
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  return namespaced[group]?.includes(kind) ?? false;
}
