// A kustomization file -> what it does to the files that it names. Source: kustomize reference, "kustomization.yaml".

import { entriesAt, itemsAt, nodeAt, scalarAt, textAt, type YamlNode } from "../yaml/model.js";
import { parseYaml } from "../yaml/parse.js";
import { containerLists, podPathOf } from "./kinds.js";
import {
  type AddedLabel,
  type ImageOverride,
  type Kustomization,
  type Part,
  type Patch,
  type ReplicasOverride,
  resolvePath,
  type SecretLiteral,
} from "./kustomize.js";

/** Whether a document is a kustomization: by its API group, or by its file's name where it leaves that out. */
export function isKustomization(path: string, root: YamlNode): boolean {
  const apiVersion = textAt(root, "apiVersion");
  if (apiVersion !== undefined) return apiVersion.startsWith("kustomize.config.k8s.io/");
  return /\/kustomization\.ya?ml$/i.test(path);
}

/** Reads a kustomization. References are resolved against the folder of its file. */
export function toKustomization(path: string, root: YamlNode): Kustomization {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
  const paths = (key: string): readonly string[] =>
    itemsAt(root, key).flatMap((item) => resolvePath(folder, textAt(item) ?? "") ?? []);
  const namespace = textAt(root, "namespace");
  return {
    folder,
    component: textAt(root, "kind") === "Component",
    resources: [...paths("resources"), ...paths("bases")],
    components: paths("components"),
    patches: patchesOf(folder, root),
    images: itemsAt(root, "images").flatMap(toOverride),
    annotations: entriesAt(root, "commonAnnotations").map(({ key }) => key.text),
    labels: addedLabels(root),
    replicas: itemsAt(root, "replicas").flatMap(toReplicas),
    secretLiterals: itemsAt(root, "secretGenerator").flatMap(toSecretLiterals),
    secrets: itemsAt(root, "secretGenerator").flatMap((item) => textAt(item, "name") ?? []),
    transforms: itemsAt(root, "transformers").length > 0,
    ...(namespace !== undefined && { namespace }),
  };
}

function toOverride(item: YamlNode): readonly ImageOverride[] {
  const name = textAt(item, "name");
  if (name === undefined) return [];
  const tag = scalarAt(item, "newTag");
  const digest = textAt(item, "digest") !== undefined;
  return [{ name, digest, ...(tag && { tag: { value: tag.text, span: tag.span } }) }];
}

function addedLabels(root: YamlNode): readonly AddedLabel[] {
  const common = pairsAt(root, "selectors", "commonLabels");
  const others = itemsAt(root, "labels").flatMap((item) => {
    const templates = textAt(item, "includeTemplates") === "true" ? "templates" : "objects";
    return pairsAt(item, textAt(item, "includeSelectors") === "true" ? "selectors" : templates, "pairs");
  });
  return [...common, ...others];
}

const pairsAt = (node: YamlNode, on: AddedLabel["on"], key: string): readonly AddedLabel[] =>
  entriesAt(node, key).map((entry) => ({ key: entry.key.text, value: textAt(entry.value) ?? "", on }));

function toSecretLiterals(item: YamlNode): readonly SecretLiteral[] {
  return itemsAt(item, "literals").flatMap((literal) => {
    const found = scalarAt(literal);
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(found?.text ?? "") ?? [];
    if (!found || key === undefined || value === undefined) return [];
    const unquoted = /^(["'])(.*)\1$/s.exec(value)?.[2] ?? value;
    return [{ name: textAt(item, "name") ?? "", key, value: unquoted, span: found.span }];
  });
}

function toReplicas(item: YamlNode): readonly ReplicasOverride[] {
  const name = textAt(item, "name");
  const count = scalarAt(item, "count")?.value;
  return name === undefined || typeof count !== "number" ? [] : [{ name, count }];
}

function patchesOf(folder: string, root: YamlNode): readonly Patch[] {
  const merges = itemsAt(root, "patchesStrategicMerge").flatMap((item) => toPatch(folder, undefined, textAt(item)));
  const others = [...itemsAt(root, "patches"), ...itemsAt(root, "patchesJson6902")].flatMap((item) =>
    item.type === "scalar"
      ? toPatch(folder, undefined, textAt(item))
      : toPatch(folder, nodeAt(item, "target"), textAt(item, "patch") ?? textAt(item, "path")),
  );
  return [...merges, ...others];
}

/** Patches from a path or from the text of one or more; what `target` leaves open, the patch itself says. */
function toPatch(folder: string, target: YamlNode | undefined, source: string | undefined): readonly Patch[] {
  if (source === undefined) return [];
  const aim = patchAim(target);
  if (!/[\n:{]/.test(source)) {
    const file = resolvePath(folder, source);
    return file === undefined ? [] : [{ ...aim, parts: [], file }];
  }
  return parseYaml(source).documents.flatMap(({ root }) => {
    if (!root) return [];
    if (root.type === "list") return [{ ...aim, parts: root.items.flatMap(operatedParts) }];
    const parts = partsOf(root);
    return [target ? { ...aim, parts } : { ...patchAim(root, "metadata"), parts }];
  });
}

function patchAim(node: YamlNode | undefined, ...toName: readonly string[]): { kind?: string; name?: string } {
  const kind = textAt(node, "kind");
  const name = textAt(node, ...toName, "name");
  return { ...(kind !== undefined && { kind }), ...(name !== undefined && { name }) };
}

/** The parts that an object, or a patch in its shape, sets. */
export function partsOf(root: YamlNode): readonly Part[] {
  const toPod = podPathOf(textAt(root, "kind") ?? "");
  const pod = nodeAt(root, ...toPod);
  const containers = containerLists.flatMap((list) => itemsAt(pod, list));
  const setters = pod ? [pod, ...containers] : [];
  const parts: Part[] = containerParts.flatMap(([key, part]) =>
    setters.some((setter) => nodeAt(setter, key)) ? [part] : [],
  );
  for (const [path, part] of objectParts) if (nodeAt(root, ...path)) parts.push(part);
  if (nodeAt(pod, "affinity") || nodeAt(pod, "topologySpreadConstraints")) parts.push("scheduling");
  if (nodeAt(root, ...toPod.slice(0, -1), "metadata", "labels")) parts.push("labels");
  if (nodeAt(pod, "automountServiceAccountToken") || nodeAt(pod, "serviceAccountName")) parts.push("account");
  return parts;
}

const containerParts = [
  ["resources", "resources"],
  ["securityContext", "security"],
  ["livenessProbe", "liveness"],
  ["readinessProbe", "readiness"],
] as const;

const objectParts = [
  [["metadata", "annotations"], "annotations"],
  [["spec", "replicas"], "replicas"],
  [["spec", "minReplicas"], "replicas"],
  [["spec", "minReplicaCount"], "replicas"],
  [["spec", "selector"], "selector"],
  [["spec", "podSelector"], "selector"],
  [["spec", "type"], "exposure"],
  [["spec", "ingressClassName"], "exposure"],
  [["spec", "tls"], "tls"],
  [["spec", "listeners"], "tls"],
] as const;

/** The parts that a JSON patch operation may set; one that replaces a whole container or more may set any of a pod. */
function operatedParts(operation: YamlNode): readonly Part[] {
  const path = textAt(operation, "path") ?? "";
  const named = operated.flatMap(([pattern, part]) => (pattern.test(path) ? [part] : []));
  if (named.length > 0) return named;
  const whole = /^(?:\/(?:spec|template|jobTemplate|containers|initContainers|\d+|-))*$/.test(path);
  return whole ? operated.flatMap(([, part]) => (part === "annotations" ? [] : [part])) : [];
}

const operated: readonly (readonly [RegExp, Part])[] = [
  [/^\/metadata(?:\/annotations|$)/, "annotations"],
  [/\/resources(?:\/|$)/, "resources"],
  [/\/securityContext(?:\/|$)/, "security"],
  [/\/livenessProbe(?:\/|$)/, "liveness"],
  [/\/readinessProbe(?:\/|$)/, "readiness"],
  [/^\/spec\/(?:replicas|minReplicas|minReplicaCount)$/, "replicas"],
  [/\/(?:affinity|topologySpreadConstraints)(?:\/|$)/, "scheduling"],
  [/\/metadata(?:\/labels|$)/, "labels"],
  [/^\/spec\/(?:selector|podSelector)(?:\/|$)/, "selector"],
  [/\/(?:automountServiceAccountToken|serviceAccountName)$/, "account"],
  [/^\/spec\/(?:type|ingressClassName)$/, "exposure"],
  [/^\/spec\/(?:tls|listeners)(?:\/|$)/, "tls"],
];
