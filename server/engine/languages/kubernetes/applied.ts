// What of an object's namespace, labels and replicas is applied in the end: every kustomization on the way may replace
// them, and one base may end up in several builds.

import type { Workspace } from "../../workspace.js";
import { type AddedLabel, buildsAt, type KustomizeBuild } from "./kustomize.js";
import type { Field } from "./look.js";
import type { Answer, Labels } from "./selector.js";

/** The namespaces that an object may be applied to: these; whichever is current (`absent`); or not known. */
export type Namespaces = readonly string[] | "absent" | "unknown";

/** The builds that a file runs through until it is applied, the innermost first. */
export type Way = readonly KustomizeBuild[];

/** More ways than these are not followed: nothing is known then. */
const mostWays = 64;

/**
 * The ways from a file to the cluster: one without builds where no kustomization names it.
 * @returns undefined where a kustomization on the way may change anything, or where there are too many ways
 */
export function waysOf(path: string, workspace: Workspace): readonly Way[] | undefined {
  const ways: Way[] = [];
  const walk = (here: string, way: Way, passed: ReadonlySet<string>): void => {
    if (ways.length > mostWays) return;
    const folders = usersOf(here, workspace).filter((folder) => !passed.has(folder));
    if (folders.length === 0) ways.push(way);
    for (const folder of folders) walk(folder, [...way, ...buildsAt(folder, workspace)], new Set([...passed, folder]));
  };
  walk(path, [], new Set());
  const isFollowed = ways.length <= mostWays && !ways.some((way) => way.some(({ transforms }) => transforms));
  return isFollowed ? ways : undefined;
}

/** The folders of the kustomizations that build a file or folder. */
export function usersOf(path: string, workspace: Workspace): readonly string[] {
  const uses = workspace.facts("kustomize.use", path).filter(({ as }) => as !== "patch");
  return [...new Set(uses.map(({ folder }) => folder))];
}

export const toNamespaces = (field: Field<string>): Namespaces => (field.state === "set" ? [field.value] : field.state);

/** The namespaces that an object is applied to: the outermost kustomization that names one decides. */
export function appliedNamespaces(own: Namespaces, ways: readonly Way[] | undefined): Namespaces {
  if (!ways) return "unknown";
  const ends = ways.map((way): Namespaces => {
    const set = way.findLast(({ namespace }) => namespace !== undefined)?.namespace;
    return set === undefined ? own : [set];
  });
  if (ends.every((end) => end === "absent")) return "absent";
  const known = ends.flatMap((end) => (typeof end === "string" ? [] : end));
  return ends.some((end) => typeof end === "string") ? "unknown" : [...new Set(known)].sort();
}

/** Whether two objects are in one namespace. Two that name none are applied together, or to no known place. */
export function inOneNamespace(a: Namespaces, b: Namespaces): Answer {
  if (typeof a === "string" || typeof b === "string") return a === "absent" && b === "absent" ? "yes" : "unknown";
  if (a.length === b.length && a.every((name, i) => name === b[i])) return "yes";
  return a.some((name) => b.includes(name)) ? "unknown" : "no";
}

/** How many pods a workload of this name may be given: one number for each way. */
export function appliedReplicas(name: string, own: number, ways: readonly Way[]): readonly number[] {
  const counts = ways.map((way) => {
    const overrides = way.flatMap(({ replicas }) => replicas.filter((override) => override.name === name));
    return overrides.at(-1)?.count ?? own;
  });
  return [...new Set(counts)];
}

/** Labels as they are on each way, once the labels that reach so far are added. */
export function appliedLabels(
  own: Labels,
  ways: readonly Way[] | undefined,
  reaches: readonly AddedLabel["on"][],
): readonly Labels[] {
  if (!ways) return [{ ...own, open: true }];
  const versions = ways.map((way): Labels => {
    const added = way.flatMap(({ labels }) => labels.filter(({ on }) => reaches.includes(on)));
    const entries = added.map(({ key, value }): [string, string] => [key, value]);
    return added.length === 0 ? own : { ...own, values: { ...own.values, ...Object.fromEntries(entries) } };
  });
  return [...new Set(versions)];
}
