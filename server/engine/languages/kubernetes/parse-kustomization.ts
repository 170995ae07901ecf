// A kustomization file -> what it does to the files that it names. Source: kustomize reference, "kustomization.yaml".

import { entriesAt, itemsAt, nodeAt, scalarAt, textAt, type YamlNode } from "../yaml/model.js";
import { parseYaml } from "../yaml/parse.js";
import { containerLists, podPathOf } from "./kinds.js";
import { type ImageOverride, type Kustomization, type Part, type Patch, resolvePath } from "./kustomize.js";

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
  const pod = nodeAt(root, ...podPathOf(textAt(root, "kind") ?? ""));
  const containers = containerLists.flatMap((list) => itemsAt(pod, list));
  const setters = pod ? [pod, ...containers] : [];
  const parts: Part[] = [];
  if (setters.some((setter) => nodeAt(setter, "resources"))) parts.push("resources");
  if (setters.some((setter) => nodeAt(setter, "securityContext"))) parts.push("security");
  if (nodeAt(root, "metadata", "annotations")) parts.push("annotations");
  return parts;
}

/** The parts that a JSON patch operation may set; one that replaces a whole container or more may set any of a pod. */
function operatedParts(operation: YamlNode): readonly Part[] {
  const path = textAt(operation, "path") ?? "";
  if (/^\/metadata(?:\/annotations|$)/.test(path)) return ["annotations"];
  if (/\/resources(?:\/|$)/.test(path)) return ["resources"];
  if (/\/securityContext(?:\/|$)/.test(path)) return ["security"];
  const whole = /^(?:\/(?:spec|template|jobTemplate|containers|initContainers|\d+|-))*$/.test(path);
  return whole ? ["resources", "security"] : [];
}
