// Disruption budgets that allow no disruption: nodes with these pods cannot be drained.

import { type Field, look, textOf } from "../../languages/kubernetes/look.js";
import { type At, isCertain, scaleOf, selectedBy } from "../../languages/kubernetes/relations.js";
import { type Selecting, toSelecting } from "../../languages/kubernetes/selecting.js";
import { at, rule, type Workspace } from "../../rule.js";

export default rule({
  on: "kubernetes",
  title: "Let disruption budgets allow an eviction",
  why: "A budget that no pod may leave makes every drain wait for ever: the upgrade of the cluster stops at that node until somebody deletes the pod by hand, and then without any budget. Percentages are rounded up, so 90% of five pods are all five.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Kubernetes Best Practices",
  alsoKnownAs: ["kube-linter pdb-min-available", "kube-linter pdb-max-unavailable", "polaris pdbDisruptionsIsZero"],

  *check({ objects, path }, _options, workspace) {
    for (const object of objects) {
      if (object.kind !== "PodDisruptionBudget") continue;
      const most = textOf(look(object.tree, "spec", "maxUnavailable"));
      const least = textOf(look(object.tree, "spec", "minAvailable"));
      if (most.state === "set" && /^0+%?$/.test(most.value))
        yield at(most, `${object.called} lets no pod be evicted: maxUnavailable is ${most.value}`);
      if (least.state !== "set") continue;
      const selecting = object.partial ? undefined : toSelecting(object);
      const reason = whyAll(least, selecting && { ...selecting, path }, workspace);
      if (reason !== undefined)
        yield at(least, `${object.called} lets no pod be evicted: minAvailable is ${least.value}${reason}`);
    }
  },
});

/** Why a minimum takes in all pods that a budget selects; undefined where it does not, or where that is not known. */
function whyAll(
  { value }: Extract<Field<string>, { state: "set" }>,
  budget: At<Selecting> | undefined,
  workspace: Workspace,
): string | undefined {
  const [, number, percent] = /^(\d+)(%?)$/.exec(value) ?? [];
  if (number === undefined) return undefined;
  if (percent && Number(number) >= 100) return "";
  const selected = budget && Number(number) > 0 ? podsOf(budget, workspace) : undefined;
  if (!selected) return undefined;
  const needed = percent ? Math.ceil((Number(number) / 100) * selected.count) : Number(number);
  return needed >= selected.count ? `, and ${selected.text}` : undefined;
}

/** How many pods a budget selects, in a sentence; undefined where that is not known, or where there are none. */
function podsOf(budget: At<Selecting>, workspace: Workspace): { count: number; text: string } | undefined {
  const related = selectedBy(budget, workspace) ?? [];
  if (related.some((relation) => !isCertain(relation))) return undefined;
  const scales = related.map(({ to }) => scaleOf(to, workspace));
  const counts = scales.map((scale) => (scale.state === "known" ? Math.max(...scale.counts) : Number.NaN));
  const count = counts.reduce((sum, one) => sum + one, 0);
  const [first, second] = related;
  if (!first || !(count > 0)) return undefined;
  const isScaled = scales.some((scale) => scale.state === "known" && scale.by === "scaler");
  const what = second
    ? `the ${related.length} workloads that it selects run`
    : `${first.to.kind} "${first.to.name}" runs`;
  return {
    count,
    text: `${what} ${count} ${count === 1 ? "replica" : "replicas"}${isScaled ? " when scaled down" : ""}`,
  };
}
