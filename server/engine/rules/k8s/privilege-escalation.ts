// Containers whose processes may gain more privileges than they were started with.

import { booleanOf, look } from "../../languages/kubernetes/look.js";
import { securityOf } from "../../languages/kubernetes/model.js";
import { at, replace, rule, suggest } from "../../rule.js";
import { completeness, containersOf, extend, whenEdited } from "./_container.js";

export default rule({
  on: "kubernetes",
  title: "Keep processes from gaining privileges",
  why: "With privilege escalation a setuid program in the image turns any user into root, whatever user the container was started as. allowPrivilegeEscalation: false closes that door for every process in the container; few programs need it open.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Role Definition, Security",
  alsoKnownAs: [
    "kube-linter privilege-escalation-container",
    "polaris privilegeEscalationAllowed",
    "checkov CKV_K8S_20",
    "trivy KSV-0001",
    "kics 5572cc5e",
    "sonar S6430",
  ],

  *check(file, _options, workspace) {
    const isComplete = completeness(file, "security", workspace);
    for (const { object, pod, container } of containersOf(file)) {
      if (pod.os !== "other") continue; // means nothing on Windows
      const { called, tree } = container;
      const allowed = booleanOf(look(tree, "securityContext", "allowPrivilegeEscalation"));
      const { privileged } = securityOf(pod, container);
      const isPrivileged = privileged.state === "set" && privileged.value;
      const title = `Keep ${called} from gaining privileges`;
      if (allowed.state === "set" && allowed.value)
        yield at(
          allowed,
          `${called} may gain privileges: allowPrivilegeEscalation is true`,
          // The API server refuses a privileged container that may not.
          ...(isPrivileged ? [] : [suggest(title, replace(allowed, "false"))]),
        );
      else if (allowed.state === "absent" && !isPrivileged && privileged.state !== "unknown" && isComplete(object))
        yield at(
          container.span,
          `${called} may gain privileges: allowPrivilegeEscalation is not set`,
          "hint",
          ...whenEdited(extend(file, tree, { securityContext: { allowPrivilegeEscalation: false } }), (...edits) =>
            suggest(title, ...edits),
          ),
        );
    }
  },
});
