// What the rules about containers share: the walk over them, what other files may add to them, and changes to them.

import { kustomized, type Part, toNamed } from "../../languages/kubernetes/kustomize.js";
import { isPlain, type Look, look, type Tree } from "../../languages/kubernetes/look.js";
import type { Container, KubernetesFile, KubernetesObject, Pod } from "../../languages/kubernetes/model.js";
import { addEntriesAt, type Content, extendMap, removeEntry } from "../../languages/yaml/edits.js";
import type { Fix, fix, suggest, Workspace } from "../../rule.js";
import type { Edit } from "../../text.js";

export interface Placed {
  readonly object: KubernetesObject;
  readonly pod: Pod;
  readonly container: Container;
}

/** Every container of a file, with the pod and the object that it is part of. */
export function* containersOf({ objects }: Pick<KubernetesFile, "objects">): Generator<Placed> {
  for (const object of objects)
    for (const container of object.pod?.containers ?? []) if (object.pod) yield { object, pod: object.pod, container };
}

/** Says of an object whether what its pod lacks is lacking for good: it is no fragment, and no patch sets it elsewhere. */
export function completeness(
  file: KubernetesFile,
  part: Part,
  workspace: Workspace,
): (object: KubernetesObject) => boolean {
  const built = kustomized(file, workspace);
  return (object) => !object.partial && !built().fragment && !built().patches(part, toNamed(object));
}

/** Edits that put something into a container; none where a template's actions leave open where it would belong. */
export function extend(
  { text }: KubernetesFile,
  tree: Tree,
  content: { readonly [key: string]: Content },
): readonly Edit[] {
  return tree.node.type === "map" && isPlain(tree) ? (extendMap(text, tree.node, content) ?? []) : [];
}

/** Edits that put something into a map behind one of its keys or, without a key, before all of them. */
export function extendAt(
  { text }: KubernetesFile,
  found: Look,
  behind: string | undefined,
  content: { readonly [key: string]: Content },
): readonly Edit[] {
  if (typeof found === "string" || found.node.type !== "map" || !isPlain(found)) return [];
  return addEntriesAt(text, found.node, behind, content) ?? [];
}

/** What `make` makes of edits, in a list; nothing where there are none. */
export const whenEdited = <T>(edits: readonly Edit[], make: (...edits: readonly Edit[]) => T): readonly T[] =>
  edits.length > 0 ? [make(...edits)] : [];

/** The fix that takes a key out of a map; none where its line is not its own, or is a template's. */
export function removeLine(
  { text }: KubernetesFile,
  map: Look,
  key: string,
  make: typeof fix | typeof suggest,
): readonly Fix[] {
  const value = look(map, key);
  if (typeof map === "string" || map.node.type !== "map" || typeof value === "string" || !isPlain(value)) return [];
  const edit = removeEntry(text, map.node, key);
  return edit ? [make(`Remove ${key}`, edit)] : [];
}
