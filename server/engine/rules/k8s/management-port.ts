// Ports by which a machine is managed rather than an application used.

import { type Field, items, look, type Tree, textOf } from "../../languages/kubernetes/look.js";
import { machinePorts, portCalled } from "../../ports.js";
import { at, option, rule } from "../../rule.js";
import { containersOf } from "./_container.js";

export default rule({
  on: "kubernetes",
  title: "Keep management ports closed",
  why: "A login or a remote API in a pod is a second door that bypasses the cluster's own access control and its audit log, and it is what scanners try first. kubectl exec and port-forward give the same access to those who have the right to it.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Infrastructure Security",
  alsoKnownAs: ["kube-linter ssh-port", "sonar S6473"],
  options: { ports: option.strings(machinePorts, "Ports that nothing may listen on") },

  *check(file, { ports }) {
    for (const { container } of containersOf(file))
      for (const port of items(look(container.tree, "ports"))) {
        const found = managed(port, ["containerPort", "hostPort"], ports);
        if (found) yield at(found, `${container.called} opens port ${portCalled(found.value)}`);
      }
    for (const { kind, apiVersion, tree, called } of file.objects)
      for (const port of kind === "Service" && apiVersion === "v1" ? items(look(tree, "spec", "ports")) : []) {
        const found = managed(port, ["port", "targetPort"], ports);
        if (found) yield at(found, `${called} leads to port ${portCalled(found.value)}`);
      }
  },
});

/** The first of the keys that names one of the ports; what they are used for runs over TCP. */
function managed(port: Tree, keys: readonly string[], ports: readonly string[]): SetField | undefined {
  const protocol = textOf(look(port, "protocol"));
  if (protocol.state === "set" && protocol.value !== "TCP") return undefined;
  for (const key of keys) {
    const field = textOf(look(port, key));
    if (field.state === "set" && ports.includes(field.value)) return field;
  }
  return undefined;
}

type SetField = Extract<Field<string>, { readonly state: "set" }>;
