// Bindings that hand out the right to do anything.

import { bindingOf } from "../../languages/kubernetes/access.js";
import { at, rule } from "../../rule.js";

export default rule({
  on: "kubernetes",
  title: "Bind to smaller roles than cluster-admin",
  why: "cluster-admin may read every Secret, start privileged pods and give itself any other right. Whoever takes over one of its subjects owns the cluster. A role with the verbs and resources that are needed keeps a mistake or a theft small.",
  severity: "warning",
  profile: "recommended",
  phase: 2,
  standard: "Role Definition, Anti-Patterns to Avoid",
  alsoKnownAs: [
    "kube-linter cluster-admin-role-binding",
    "polaris clusterrolebindingClusterAdmin",
    "trivy KSV-0111",
    "kics 249328b8",
  ],

  *check({ objects }) {
    for (const object of objects) {
      const binding = bindingOf(object);
      if (binding?.roleName.state !== "set" || binding.roleName.value !== "cluster-admin") continue;
      const { roleKind, roleName, clusterWide, subjects } = binding;
      if (roleKind.state === "set" && roleKind.value !== "ClusterRole") continue; // a role of the namespace by that name
      const where = clusterWide ? "the whole cluster" : "everything in its namespace";
      const who = subjects.length > 0 ? subjects.join(", ") : "its subjects";
      yield at(roleName, `${object.called} lets ${who} do anything to ${where}`);
    }
  },
});
