// What the rules about workloads share: the walk over them, how many pods they run, and documents to put beside them.

import { kustomized } from "../../languages/kubernetes/kustomize.js";
import { look } from "../../languages/kubernetes/look.js";
import type { KubernetesFile, KubernetesObject } from "../../languages/kubernetes/model.js";
import {
  type At,
  areLabelsKnown,
  isCertain,
  manifestCount,
  type Relation,
  type Scale,
  selectorsOf,
} from "../../languages/kubernetes/relations.js";
import type { Selecting } from "../../languages/kubernetes/selecting.js";
import { selectorAt } from "../../languages/kubernetes/selector.js";
import { toWorkload, type Workload } from "../../languages/kubernetes/workload.js";
import { appendDocument, asString, type Content, isJson } from "../../languages/yaml/edits.js";
import { type Fix, lateSnippet, type Workspace } from "../../rule.js";
import { escapeSnippet } from "../../snippet.js";

export interface FileWorkload {
  readonly object: KubernetesObject;
  readonly workload: At<Workload>;
}

/** Every workload that a file declares as a whole. */
export function* workloadsOf({ objects, path }: KubernetesFile): Generator<FileWorkload> {
  for (const object of objects) {
    const workload = toWorkload(object);
    if (workload) yield { object, workload: { ...workload, path } };
  }
}

/**
 * Says of a workload whether it can be known what the workspace lacks for it: it is no fragment, no template (its chart may
 * bring along whatever it likes), and all labels of its pods are known.
 */
export function standalone(file: KubernetesFile, workspace: Workspace): (one: FileWorkload) => boolean {
  const built = kustomized(file, workspace);
  return ({ object, workload }) =>
    !object.partial &&
    !object.tree.template &&
    !file.path.includes("/templates/") &&
    areLabelsKnown(workload, workspace) &&
    !built().fragment;
}

/** The Services that certainly send traffic to a workload's pods. */
export const servicesOf = (workload: At<Workload>, workspace: Workspace): readonly Relation<Selecting>[] =>
  selectorsOf("kubernetes.service", workload, workspace).filter(isCertain);

/** The fewest pods that a workload runs, however it is built; undefined where that is not known. */
export const fewest = (scale: Scale): number | undefined =>
  scale.state === "known" ? Math.min(...scale.counts) : undefined;

/** How messages say how many pods a workload runs. */
export function replicasText(scale: Scale): string {
  if (scale.state === "unknown") return "an unknown number of replicas";
  const least = Math.min(...scale.counts);
  const text = `${least} ${least === 1 ? "replica" : "replicas"}`;
  return scale.by === "scaler" || scale.counts.length > 1 ? `at least ${text}` : text;
}

/** How messages say what was searched: `among 14 manifests`. */
export function searched(workspace: Workspace): string {
  const count = manifestCount(workspace);
  return `among ${count} ${count === 1 ? "manifest" : "manifests"}`;
}

/** How messages list namespaces: `namespaces "a", "b" and "c"`. */
export function namespacesText(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  const last = quoted.pop() ?? "";
  return quoted.length > 0 ? `namespaces ${quoted.join(", ")} and ${last}` : `namespace ${last}`;
}

/** The labels by which a workload selects its own pods, as YAML; undefined where it does not by labels alone. */
export function ownSelector({ tree }: KubernetesObject): { readonly [key: string]: string } | undefined {
  const found = look(tree, "spec", "selector");
  const { requirements, open } = selectorAt(found);
  const hasOnlyLabels = look(found, "matchExpressions") === "absent";
  if (open || !hasOnlyLabels || requirements.length === 0) return undefined;
  const entries = requirements.map(({ key, values: [value = ""] }) => [asString(key), escapeSnippet(asString(value))]);
  return Object.fromEntries(entries);
}

/** Metadata of an object beside another one, in the namespace that the other one's file names. */
export function metadataBeside({ namespace }: KubernetesObject, name: string): { readonly [key: string]: string } {
  return { name, ...(namespace.state === "set" && { namespace: escapeSnippet(asString(namespace.value)) }) };
}

/** The fix that appends a document with tab stops to a file; none where the file cannot hold another one. */
export function append(
  file: KubernetesFile,
  title: string,
  content: { readonly [key: string]: Content },
): readonly Fix[] {
  if (isJson(file.text) || file.objects.some(({ tree }) => tree.template)) return [];
  return [
    lateSnippet(title, () => {
      const edit = appendDocument(file.text, content);
      return edit ? [edit] : [];
    }),
  ];
}
