// Workloads that keep no former version to go back to.

import { look, numberOf } from "../../languages/kubernetes/look.js";
import { at, fix, option, rule } from "../../rule.js";
import { removeLine } from "./_container.js";

export default rule({
  on: "kubernetes",
  title: "Keep former revisions to roll back to",
  why: 'A rollback goes back to a revision that the cluster has kept. With a limit of none it keeps none, and "kubectl rollout undo" has nothing to return to when a release turns out bad. Without the field ten are kept; they cost next to nothing.',
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Pipeline Principles",
  options: {
    kinds: option.strings(
      ["Deployment", "StatefulSet", "DaemonSet", "Rollout", "DeploymentConfig"],
      "Kinds of workloads that keep their revisions",
    ),
  },

  *check(file, { kinds }) {
    for (const { kind, called, tree } of file.objects) {
      const spec = look(tree, "spec");
      const limit = numberOf(look(spec, "revisionHistoryLimit"));
      if (!kinds.includes(kind) || limit.state !== "set" || limit.value !== 0) continue;
      yield at(
        limit,
        `${called} keeps no revision to roll back to: revisionHistoryLimit is 0`,
        ...removeLine(file, spec, "revisionHistoryLimit", fix),
      );
    }
  },
});
