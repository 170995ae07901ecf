// Which Services, budgets, policies and scalers concern a workload, asked over the workspace. Three things decide: the
// labels or the name, the namespace, and whether both files are applied together.

import type { Workspace } from "../../workspace.js";
import {
  appliedLabels,
  appliedNamespaces,
  appliedReplicas,
  inOneNamespace,
  type Namespaces,
  usersOf,
  type Way,
  waysOf,
} from "./applied.js";
import { type Built, kustomized } from "./kustomize.js";
import { type Scaler, type Selecting, type SelectingKind, unitOf } from "./selecting.js";
import { type Answer, type Labels, type Selector, selectorOfLabels, selects, together } from "./selector.js";
import type { Workload } from "./workload.js";

/** Something with the path of its file. */
export type At<T> = T & { readonly path: string };

/** Something that concerns what was asked for, or may do so. */
export interface Relation<T> {
  readonly to: At<T>;
  /** Whether selector or name fit; what certainly does not fit is left out. */
  readonly fits: "yes" | "unknown";
  readonly inNamespace: Answer;
  /**
   * Whether both are applied together: "yes" by one file, folder, chart or kustomization; "only" where they stand apart,
   * but there is no other workload of this name that could be meant.
   */
  readonly near: "yes" | "only" | "no";
}

/** Whether it is certain that two concern each other. */
export const isCertain = ({ fits, inNamespace, near }: Relation<unknown>): boolean =>
  fits === "yes" && inNamespace === "yes" && near !== "no";

/** How many manifests the workspace holds. */
export const manifestCount = (workspace: Workspace): number =>
  workspace.facts("kubernetes.manifests", "all").reduce((sum, { count }) => sum + count, 0);

/** Whether all labels of a workload's pods are known: only then is it certain what does not select them. */
export const areLabelsKnown = (workload: At<Workload>, workspace: Workspace): boolean =>
  podsOf(workload, workspace).versions.every(({ open }) => !open);

/** The namespaces that something ends up in. */
export const namespacesOf = (
  { path, namespace }: At<{ readonly namespace: Namespaces }>,
  workspace: Workspace,
): Namespaces => appliedNamespaces(namespace, waysOf(path, workspace));

/** The Services, budgets or policies that select a workload's pods by their labels, or may do so, in any namespace. */
export function selectorsOf(
  kind: SelectingKind,
  workload: At<Workload>,
  workspace: Workspace,
): readonly Relation<Selecting>[] {
  const pods = podsOf(workload, workspace);
  const labels = pods.versions.flatMap(({ values }) => Object.entries(values));
  const keys = new Set([...labels.map(([key, value]) => `${key}=${value}`), "*", `in ${unitOf(workload.path)}`]);
  const found = [...keys].flatMap((key) => workspace.facts(kind, key));
  return unique(found).flatMap((to) => {
    const fits = fitOf(to, pods, workspace);
    return fits === "no" ? [] : [{ to, fits, ...standing(to, workload, workspace) }];
  });
}

/**
 * The workloads that a Service, budget or policy selects, or may select.
 * @returns undefined where it demands no label by its value: then they cannot be looked up
 */
export function selectedBy(selecting: At<Selecting>, workspace: Workspace): readonly Relation<Workload>[] | undefined {
  const demand = selecting.selector.requirements.find(({ operator }) => operator === "In");
  if (!demand) return undefined;
  const keys = [...demand.values.map((value) => `${demand.key}=${value}`), `in ${unitOf(selecting.path)}`];
  const files = new Set(keys.flatMap((key) => workspace.facts("kubernetes.labelled", key).map(({ path }) => path)));
  const workloads = [...files].flatMap((path) => workspace.facts("kubernetes.workload", path));
  return workloads.flatMap((to) => {
    const pods = podsOf(to, workspace);
    const fits = fitOf(selecting, pods, workspace);
    return fits === "no" || pods.built().fragment ? [] : [{ to, fits, ...standing(selecting, to, workspace) }];
  });
}

/** What scales a workload, or may do so. */
export function scalersOf(workload: At<Workload>, workspace: Workspace): readonly Relation<Scaler>[] {
  const { kind, name, path } = workload;
  const target = name === "" ? undefined : `${kind}/${name}`;
  const keys = [...(target === undefined ? [] : [target]), `in ${unitOf(path)}`];
  return unique(keys.flatMap((key) => workspace.facts("kubernetes.scaler", key))).flatMap((to) => {
    const isKnown = to.target !== undefined && target !== undefined;
    if (isKnown && to.target !== target) return [];
    return [{ to, fits: isKnown ? "yes" : "unknown", ...standing(to, workload, workspace) }];
  });
}

/** How many pods a workload runs: a number for each way it is built; by a scaler, at least so many. */
export type Scale =
  | {
      readonly state: "known";
      readonly counts: readonly number[];
      readonly by: "workload" | "kustomization" | "scaler";
    }
  | { readonly state: "unknown" };

/** Asks scalers, kustomizations and the workload itself, in this order. */
export function scaleOf(workload: At<Workload>, workspace: Workspace): Scale {
  const { name, path, replicas } = workload;
  const scalers = scalersOf(workload, workspace).filter(({ inNamespace }) => inNamespace !== "no");
  const [scaler] = scalers;
  if (scaler) {
    const { least } = scaler.to;
    const isKnown = scalers.length === 1 && isCertain(scaler) && least !== undefined;
    return isKnown ? { state: "known", counts: [least], by: "scaler" } : { state: "unknown" };
  }
  const ways = waysOf(path, workspace);
  if (replicas === undefined || !ways || builtOf(workload, workspace)().patches("replicas", workload))
    return { state: "unknown" };
  const counts = appliedReplicas(name, replicas, ways);
  return { state: "known", counts, by: counts.length === 1 && counts[0] === replicas ? "workload" : "kustomization" };
}

interface Pods {
  readonly workload: At<Workload>;
  /** The labels on each way to the cluster. */
  readonly versions: readonly Labels[];
  readonly built: () => Built;
}

function podsOf(workload: At<Workload>, workspace: Workspace): Pods {
  const ways = waysOf(workload.path, workspace);
  const built = builtOf(workload, workspace);
  const reaches = ["templates", "selectors", ...(workload.kind === "Pod" ? (["objects"] as const) : [])] as const;
  const versions = appliedLabels(workload.labels, ways, reaches);
  const isPatched = isBuilt(ways) && built().patches("labels", workload);
  return { workload, built, versions: isPatched ? versions.map((one) => ({ ...one, open: true })) : versions };
}

const isBuilt = (ways: readonly Way[] | undefined): boolean => !ways || ways.some((way) => way.length > 0);

const builtOf = ({ path, kind, name }: At<{ readonly kind: string; readonly name: string }>, workspace: Workspace) =>
  kustomized({ path, objects: [{ kind, name }] }, workspace);

/** Whether a selector fits a workload's pods, whatever kustomizations add to either. */
function fitOf(selecting: At<Selecting>, { workload, versions }: Pods, workspace: Workspace): Answer {
  const { selector, path } = selecting;
  const ways = waysOf(path, workspace);
  if (isBuilt(ways) && builtOf(selecting, workspace)().patches("selector", selecting)) return "unknown";
  // What one kustomization adds to both makes no difference.
  const isShared = areBuiltTogether(path, workload.path, workspace);
  if (isShared && selects(selector, workload.labels) === "yes") return "yes";
  const added = appliedLabels({ values: {}, open: false }, ways, ["selectors"]);
  const selectors = added.map((labels) => withLabels(selecting, labels));
  return together(selectors.flatMap((one) => versions.map((labels) => selects(one, labels))));
}

/** A selector with labels added. Budgets and policies that demand no labels by value are left as they are. */
function withLabels({ kind, selector }: Selecting, labels: Labels): Selector {
  const isSelective = selector.requirements.some(({ operator }) => operator === "In");
  const added = selectorOfLabels(labels).requirements;
  if (labels.open) return { ...selector, open: true };
  if (added.length === 0 || !(isSelective || kind === "Service")) return selector;
  const kept = selector.requirements.filter(
    ({ key, operator }) => operator !== "In" || !Object.hasOwn(labels.values, key),
  );
  return { ...selector, requirements: [...kept, ...added] };
}

type Located = At<{ readonly namespace: Namespaces }>;

function standing(
  a: Located,
  workload: At<Workload>,
  workspace: Workspace,
): Pick<Relation<unknown>, "inNamespace" | "near"> {
  const inNamespace = inOneNamespace(namespacesOf(a, workspace), namespacesOf(workload, workspace));
  return { inNamespace, near: nearness(a, workload, workspace) };
}

/** See `near` of a relation. */
function nearness({ path }: Located, workload: At<Workload>, workspace: Workspace): Relation<unknown>["near"] {
  if (path === workload.path || areBuiltTogether(path, workload.path, workspace)) return "yes";
  if (usersOf(path, workspace).length > 0 || usersOf(workload.path, workspace).length > 0) return "no";
  if (unitOf(path) === unitOf(workload.path)) return "yes";
  return workspace.facts("kubernetes.named", `${workload.kind}/${workload.name}`).length === 1 ? "only" : "no";
}

function areBuiltTogether(a: string, b: string, workspace: Workspace): boolean {
  const users = usersOf(b, workspace);
  return users.length > 0 && usersOf(a, workspace).some((folder) => users.includes(folder));
}

/** Each once: what selects by several values is found under each. */
const unique = <T extends object>(found: readonly T[]): readonly T[] => [
  ...new Map(found.map((one) => [JSON.stringify(one), one])).values(),
];
