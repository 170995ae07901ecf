// What the rules about whole objects share: whether they are whole, and their annotations.

import { kustomized, type Part, toNamed } from "../../languages/kubernetes/kustomize.js";
import { isPlain, look, textOf } from "../../languages/kubernetes/look.js";
import type { KubernetesFile, KubernetesObject } from "../../languages/kubernetes/model.js";
import { extendMap } from "../../languages/yaml/edits.js";
import type { Workspace } from "../../rule.js";
import type { Edit } from "../../text.js";

/** Says of an object whether what it lacks is lacking for good: it is no fragment, and no patch sets these parts of it. */
export function standsAlone(
  file: KubernetesFile,
  workspace: Workspace,
  ...parts: readonly Part[]
): (object: KubernetesObject) => boolean {
  const built = kustomized(file, workspace);
  return (object) =>
    !object.partial && !built().fragment && !parts.some((part) => built().patches(part, toNamed(object)));
}

/**
 * Says of an object whether it has one of the annotations, by itself or by its kustomizations. What a template or a patch
 * may add counts as there.
 */
export function hasAnnotation(
  file: KubernetesFile,
  workspace: Workspace,
  keys: readonly string[],
): (object: KubernetesObject) => boolean {
  const built = kustomized(file, workspace);
  const alone = standsAlone(file, workspace, "annotations");
  return (object) => {
    const fields = keys.map((key) => textOf(look(object.tree, "metadata", "annotations", key)));
    const isThere = fields.some((field) => field.state === "unknown" || (field.state === "set" && field.value !== ""));
    return isThere || !alone(object) || built().annotations.some((key) => keys.includes(key));
  };
}

/** Edits that give an object an annotation; none where a template's actions leave open where it would belong. */
export function annotate(
  { text }: KubernetesFile,
  { tree }: KubernetesObject,
  key: string,
  value: string,
): readonly Edit[] {
  const metadata = look(tree, "metadata");
  if (typeof metadata === "string" || metadata.node.type !== "map" || !isPlain(metadata)) return [];
  return extendMap(text, metadata.node, { annotations: { [key]: value } }) ?? [];
}
