// Workloads whose scale is set by an autoscaler, and set back by every apply.

import { look, numberOf } from "../../languages/kubernetes/look.js";
import { isCertain, scalersOf } from "../../languages/kubernetes/relations.js";
import { at, fix, rule, suggest } from "../../rule.js";
import { removeLine } from "./_container.js";
import { workloadsOf } from "./_workload.js";

export default rule({
  on: "kubernetes",
  title: "Leave the replicas to the autoscaler",
  why: "An autoscaler writes the number of replicas, and every apply of this file writes it back: under load, a deployment then throws away the pods that carry it. Without the field the autoscaler's number stays.",
  severity: "information",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Reliability Anti-Patterns",
  alsoKnownAs: ["kube-score deployment-targeted-by-hpa-does-not-have-replicas-configured", "kics 5744cbb8"],

  *check(file, _options, workspace) {
    for (const { object, workload } of workloadsOf(file)) {
      const spec = look(object.tree, "spec");
      const replicas = numberOf(look(spec, "replicas"));
      // An autoscaler does nothing for a workload that is scaled to none: that is how it is parked.
      if (replicas.state !== "set" || replicas.value === 0) continue;
      const relation = scalersOf(workload, workspace).find(isCertain);
      if (!relation) continue;
      const { kind, name } = relation.to;
      // Without the autoscaler, which a folder of its own may leave out, the number would be missing.
      const fixes = removeLine(file, spec, "replicas", relation.near === "yes" ? fix : suggest);
      yield at(
        replicas,
        `${object.called} sets replicas to ${replicas.value}, but ${kind} "${name}" manages them`,
        ...fixes,
      );
    }
  },
});
