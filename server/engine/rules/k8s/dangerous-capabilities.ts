// Capabilities that undo what a container is for.

import { capabilityName, dangerOf, dangerousCapabilities } from "../../languages/kubernetes/capabilities.js";
import { items, look, textOf } from "../../languages/kubernetes/look.js";
import { removeItem } from "../../languages/yaml/edits.js";
import { at, option, rule, suggest } from "../../rule.js";
import { containersOf, whenEdited } from "./_container.js";

export default rule({
  on: "kubernetes",
  title: "Add no dangerous capabilities",
  why: "A capability is a piece of root's power. Some pieces are enough to get the rest: with SYS_ADMIN or SYS_MODULE a process in a container is root on the node in a few steps. What a program needs is most often a narrower one, or none since the kernel lets users bind low ports.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Role Definition, Security",
  alsoKnownAs: [
    "kube-linter drop-net-raw-capability",
    "polaris dangerousCapabilities",
    "checkov CKV_K8S_25",
    "checkov CKV_K8S_37",
    "checkov CKV_K8S_39",
    "trivy KSV-0005",
    "trivy KSV-0022",
    "trivy KSV-0119",
    "trivy KSV-0120",
    "sonar S5849",
  ],
  options: {
    capabilities: option.strings(dangerousCapabilities, "Capabilities that no container may add"),
  },

  *check({ text, objects }, { capabilities }) {
    const refused = new Set(capabilities.map(capabilityName));
    for (const { container } of containersOf({ objects })) {
      const added = look(container.tree, "securityContext", "capabilities", "add");
      for (const [index, item] of items(added).entries()) {
        const field = textOf(item);
        const name = field.state === "set" ? capabilityName(field.value) : undefined;
        if (field.state !== "set" || name === undefined || !refused.has(name)) continue;
        const danger = dangerOf(name);
        const edit = typeof added === "string" || added.template ? undefined : removeItem(text, added.node, index);
        yield at(
          field,
          danger ? `${container.called} may ${danger}: it adds ${name}` : `${container.called} adds ${name}`,
          ...whenEdited(edit ? [edit] : [], (...edits) => suggest(`Remove ${name}`, ...edits)),
        );
      }
    }
  },
});
