// What runs in the network that an account comes with, or in a network without rules.

import { demandOf, hasToBe, unmetBy } from "../../languages/terraform/demands.js";
import { attributeOf, literalString } from "../../languages/terraform/model.js";
import { isExample } from "../../languages/terraform/module.js";
import { adopted, lookedUp, segmentation, unguarded } from "../../languages/terraform/segmentation.js";
import { has, labelsOf, partsOf, type Resource, resourcesOf } from "../../languages/terraform/settings.js";
import { at, option, rule } from "../../rule.js";
import { lonely } from "./_companions.js";
import { extended, findingOf } from "./_demands.js";

const subnets = [
  {
    type: "azurerm_subnet",
    by: "azurerm_subnet_network_security_group_association",
    // Services to which a subnet is delegated bring rules of their own.
    unless: ["delegation"],
    so: "has no security group",
  },
];

export default rule({
  on: "terraform",
  title: "Run workloads in networks of their own",
  why: "In the default network everything reaches everything, and its subnets are public. Whoever takes over one machine there can try all the others. Networks and groups made for one purpose keep an intruder where the intrusion was.",
  severity: "information",
  profile: "strict",
  phase: 2,
  standard: "Engineer Instructions, Infrastructure Security",
  alsoKnownAs: ["checkov CKV_AWS_148", "checkov CKV2_AWS_12", "trivy AWS-0101"],
  options: {
    settings: option.strings(
      [],
      'Further arguments that have to be set, as "type.argument"; "type.argument != value" forbids a value',
    ),
  },

  *check(file, { settings }, workspace) {
    if (isExample(workspace, file.folder)) return;
    const more = settings.flatMap((text) => demandOf(text, "nothing keeps it apart from others", hasToBe.set));
    const demands = extended(segmentation, more);
    for (const resource of resourcesOf(file, workspace)) {
      const [unmet] = unmetBy(resource, demands.get(resource.type) ?? []);
      if (unmet) yield findingOf(resource, unmet);
      const what = Object.hasOwn(adopted, resource.type) && isThere(resource) ? adopted[resource.type] : undefined;
      if (what !== undefined) yield at(labelsOf(resource), `"${resource.address}" takes ${what} into use`);
      if (isOpenDefault(resource))
        yield at(
          labelsOf(resource),
          `"${resource.address}" lets traffic through: whatever names no group belongs to it`,
        );
    }
    for (const data of resourcesOf(file, workspace, "data"))
      for (const { demand, setting } of unmetBy(
        data,
        lookedUp.filter(({ type }) => type === data.type),
      ))
        if (setting.state === "known") yield at(setting.place, `"${data.address}" looks up ${demand.so}`);
    yield* lonely(file, workspace, subnets, takesGroup);
  },
});

/** Whether it is there in any case: a module can leave it to its callers. */
const isThere = ({ block }: Resource): boolean =>
  !block.attributes.some(({ name }) => /^(?:count|for_each)$/.test(name));

/** The default group of a VPC is empty in good hands. */
const isOpenDefault = (resource: Resource): boolean =>
  resource.type === "aws_default_security_group" &&
  ["ingress", "egress"].some((name) => partsOf(resource.block, name).parts.length > 0 && has(resource, name) === "yes");

/** Whether the subnet has a name that is known, and not one of those that take no group. */
function takesGroup({ block }: Resource): boolean {
  const name = attributeOf(block, "name")?.value;
  const text = literalString(name);
  return text === undefined ? name?.kind === "template" : !unguarded.includes(text);
}
