// Who may do what in the cluster: roles with their rules, bindings with their subjects.
// Source: Kubernetes documentation, "Using RBAC Authorization"; API reference 1.33, rbac.authorization.k8s.io/v1.

import { type Field, items, look, type Tree, textOf } from "./look.js";
import type { KubernetesObject } from "./model.js";

const isAccess = ({ apiVersion }: KubernetesObject): boolean =>
  /^(?:rbac\.authorization\.k8s\.io|authorization\.openshift\.io)\//.test(apiVersion);

/** One rule of a role: what stands in each of its lists. */
export interface AccessRule {
  readonly verbs: readonly Field<string>[];
  readonly resources: readonly Field<string>[];
  readonly groups: readonly Field<string>[];
  /** Paths of the API server that are no resources (`/metrics`). */
  readonly urls: readonly Field<string>[];
}

/**
 * The rules that a role grants by itself. None for an aggregated one: the controller overwrites what stands there with the
 * rules of the roles that it collects.
 */
export function grantsOf(object: KubernetesObject): readonly AccessRule[] {
  const { kind, tree } = object;
  if (!isAccess(object) || (kind !== "Role" && kind !== "ClusterRole")) return [];
  if (look(tree, "aggregationRule") !== "absent" && !object.partial) return [];
  return items(look(tree, "rules")).map((rule) => ({
    verbs: textsAt(rule, "verbs"),
    resources: textsAt(rule, "resources"),
    groups: textsAt(rule, "apiGroups"),
    urls: textsAt(rule, "nonResourceURLs"),
  }));
}

const textsAt = (rule: Tree, key: string): readonly Field<string>[] => items(look(rule, key)).map(textOf);

export interface Binding {
  /** Whether it reaches every namespace. */
  readonly clusterWide: boolean;
  readonly roleKind: Field<string>;
  readonly roleName: Field<string>;
  /** `ServiceAccount "ci/deployer"`, `Group "ops"`; those that the text does not tell are left out. */
  readonly subjects: readonly string[];
}

/** What a RoleBinding or a ClusterRoleBinding grants, and to whom. */
export function bindingOf(object: KubernetesObject): Binding | undefined {
  const { kind, tree } = object;
  if (!isAccess(object) || (kind !== "RoleBinding" && kind !== "ClusterRoleBinding")) return undefined;
  return {
    clusterWide: kind === "ClusterRoleBinding",
    roleKind: textOf(look(tree, "roleRef", "kind")),
    roleName: textOf(look(tree, "roleRef", "name")),
    subjects: items(look(tree, "subjects")).flatMap(toSubject),
  };
}

function toSubject(item: Tree): readonly string[] {
  const [kind, name, namespace] = ["kind", "name", "namespace"].map((key) => textOf(look(item, key)));
  if (kind?.state !== "set" || name?.state !== "set") return [];
  const prefix = namespace?.state === "set" ? `${namespace.value}/` : "";
  return [`${kind.value} "${prefix}${name.value}"`];
}
