// Databases, buckets, machines and control planes are not put on the internet.

import { demandOf, hasToBe, unmetBy } from "../../languages/terraform/demands.js";
import { exposure, publicBinding, publicMembers } from "../../languages/terraform/exposure.js";
import { isEverywhere } from "../../languages/terraform/ingress.js";
import { attributeOf } from "../../languages/terraform/model.js";
import { resourceStatements } from "../../languages/terraform/policies.js";
import { partsOf, type Resource, resolveItems, resourcesOf, within } from "../../languages/terraform/settings.js";
import { at, option, type Place, rule } from "../../rule.js";
import { extended, findingOf, isExempt, unmetDemands } from "./_demands.js";

export default rule({
  on: "terraform",
  title: "Do not put resources on the internet",
  why: "A database with a public address is found by scanners within hours, and a public bucket is found by everybody who looks for one. Put them into private networks, and let people in by a load balancer, a gateway or a VPN that somebody has reviewed.",
  severity: "error",
  profile: "recommended",
  phase: 2,
  standard: "Role Definition, Rule 5: Security by Default",
  alsoKnownAs: [
    "checkov CKV_AWS_17",
    "checkov CKV_AWS_20",
    "checkov CKV_AWS_38",
    "checkov CKV_AWS_39",
    "checkov CKV_AWS_53",
    "checkov CKV_AWS_54",
    "checkov CKV_AWS_55",
    "checkov CKV_AWS_56",
    "checkov CKV_AWS_57",
    "checkov CKV_AWS_88",
    "checkov CKV_AWS_130",
    "trivy AWS-0041",
    "trivy AWS-0086",
    "trivy AWS-0093",
    "sonar S6265",
    "sonar S6281",
    "sonar S6329",
    "sonar S8793",
  ],
  options: {
    settings: option.strings(
      [],
      'Further arguments that must not be true, as "type.argument" or "type.block.argument"; "type.argument = value" asks for a value, "type.argument != value" forbids one',
    ),
    except: option.strings([], "Resources that were reviewed and may be public, by address or type"),
  },

  *check(file, { settings, except }, workspace) {
    const more = settings.flatMap((text) =>
      demandOf(text, "everybody on the internet reaches it", hasToBe.offByDefault),
    );
    yield* unmetDemands(file, workspace, extended(exposure, more), { except });
    for (const resource of resourcesOf(file, workspace)) {
      if (isExempt(resource, except)) continue;
      for (const unmet of unmetBy(resource, publicMembers(resource.type))) yield findingOf(resource, unmet);
      const place = resource.type === "aws_eks_cluster" ? openEndpoint(resource) : undefined;
      if (place) yield at(place, `everybody on the internet reaches the endpoint of "${resource.address}"`);
    }
    for (const resource of resourcesOf(file, workspace, "data"))
      if (resource.type === publicBinding.type && !isExempt(resource, except))
        for (const unmet of unmetBy(resource, [publicBinding])) yield findingOf(resource, unmet);
    for (const { resource, effect, conditional, everyone } of resourceStatements(file, workspace))
      if (everyone && effect === "Allow" && !conditional && !isExempt(resource, except))
        yield at(everyone, `the policy of "${resource.address}" lets everybody in`);
  },
});

/**
 * Where the endpoint of a cluster is left open. Source: hashicorp/aws, aws_eks_cluster: public access is on by default, and
 * `public_access_cidrs` is everything by default.
 */
function openEndpoint(resource: Resource): Place | undefined {
  for (const { block, certain } of partsOf(resource.block, "vpc_config").parts) {
    const [access] = within(resource, { block, certain: certain && !resource.partial }, ["endpoint_public_access"]);
    if (!access || access.state === "unknown" || (access.state === "known" && String(access.known.value) !== "true"))
      continue;
    const networks = attributeOf(block, "public_access_cidrs");
    const open = networks && resolveItems(resource, networks.value).find(({ value }) => isEverywhere(String(value)));
    if (open) return open.span;
    if (!networks && certain && !resource.partial) return access.state === "known" ? access.place : block.head;
  }
  return undefined;
}
