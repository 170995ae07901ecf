// Ports are open to the whole internet only where a load balancer answers.

import { keyIn } from "../../languages/terraform/facts.js";
import { firewallOf, type OpenIngress, openIngress } from "../../languages/terraform/ingress.js";
import { moduleFacts } from "../../languages/terraform/module.js";
import { managementPorts } from "../../ports.js";
import { at, option, rule } from "../../rule.js";
import { firewallOption, managementPortOf, shown, sourceOf } from "./_ingress.js";

export default rule({
  on: "terraform",
  title: "Do not open ports to the whole internet",
  why: "A port that everybody reaches is attacked by everybody, and the service behind it has to be patched within hours, for ever. Load balancers are made for that place; databases, caches and application servers belong behind them.",
  severity: "warning",
  profile: "recommended",
  phase: 2,
  standard: "Role Definition, Rule 5: Security by Default",
  alsoKnownAs: ["checkov CKV_AWS_260", "checkov CKV_AWS_277", "kics 4728cd65", "trivy GCP-0027", "trivy AZU-0047"],
  options: {
    webPorts: option.strings(
      ["80", "443"],
      "Ports that may be open, unless the group is known to belong to something else than a load balancer",
    ),
    managementPorts: option.strings(managementPorts, "Ports that terraform/no-public-management-port speaks about"),
    firewalls: firewallOption,
  },

  *check(file, { webPorts, managementPorts: others, firewalls }, workspace) {
    for (const ingress of openIngress(file, workspace, firewalls.flatMap(firewallOf))) {
      if (ingress.stateless || managementPortOf(ingress, others) !== undefined) continue;
      const range = ingress.ports.find(
        ({ from, to }) => from !== to || !webPorts.includes(String(from)) || isServer(ingress),
      );
      const plain = range || hasUsers(ingress) ? undefined : ingress.ports.find(({ from }) => from === 80);
      if (plain && webPorts.includes("80"))
        yield at(
          ingress.source.span,
          `port 80 of "${ingress.resource.address}" is open to ${sourceOf(ingress)}, and nothing shows a load balancer there`,
          "information",
        );
      if (!range) continue;
      const verb = range.from === range.to ? "is" : "are";
      const { address } = ingress.resource;
      yield at(ingress.source.span, `${shown(range)} of "${address}" ${verb} open to ${sourceOf(ingress)}`);
    }
  },
});

/** Whether the group is attached to machines or databases, and to nothing that is or may be a load balancer. */
const isServer = (ingress: OpenIngress): boolean => {
  const users = usersOf(ingress);
  return users.length > 0 && users.every(({ by, balancer }) => balancer !== true && by !== "module" && by !== "locals");
};

/** Whether something else is known of where the group is attached: at least by what it is called. */
const hasUsers = (ingress: OpenIngress): boolean =>
  usersOf(ingress).length > 0 ||
  /lb|balanc|ingress|gateway|proxy|cdn|edge/i.test(ingress.resource.block.labels[1]?.text ?? "");

function usersOf({ resource: { block, address, file, workspace } }: OpenIngress) {
  const group = block.attributes.find(({ name }) => name === "security_group_id")?.value;
  const named = group?.kind === "reference" ? group.path.split(".").slice(0, 2).join(".") : address;
  return moduleFacts(workspace, "terraform.user", file.folder, keyIn(file.folder, named));
}
