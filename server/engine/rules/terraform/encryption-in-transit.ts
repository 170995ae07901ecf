// Data is encrypted on its way.

import { demandOf } from "../../languages/terraform/demands.js";
import { labelsOf, type Resource, resourcesOf, settingsOf } from "../../languages/terraform/settings.js";
import { inTransit } from "../../languages/terraform/transit.js";
import { at, option, type Place, rule } from "../../rule.js";
import { extended, unmetDemands } from "./_demands.js";

export default rule({
  on: "terraform",
  title: "Encrypt data in transit",
  why: "Plain text can be read and changed by everything between the two ends, and TLS before 1.2 has known attacks. Internal networks are no exception: they are where an intruder listens first.",
  severity: "warning",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, Infrastructure Security",
  alsoKnownAs: [
    "checkov CKV_AWS_2",
    "checkov CKV_AWS_34",
    "checkov CKV_AWS_103",
    "checkov CKV_AWS_174",
    "checkov CKV2_AWS_20",
    "checkov CKV2_AWS_69",
    "trivy AWS-0012",
    "trivy AWS-0035",
    "trivy AWS-0043",
    "trivy AWS-0051",
    "sonar S4423",
    "sonar S5332",
  ],
  options: {
    settings: option.strings(
      [],
      'Further arguments that have to be true, as "type.argument" or "type.block.argument"; "type.argument = value" asks for another value',
    ),
  },

  *check(file, { settings }, workspace) {
    const more = settings.flatMap((text) => demandOf(text, "connections to it need not be encrypted"));
    yield* unmetDemands(file, workspace, extended(inTransit, more));
    for (const resource of resourcesOf(file, workspace)) {
      if (!/^aws_a?lb_listener$/.test(resource.type)) continue;
      const place = plainHttp(resource);
      if (!place || mayRedirect(resource)) continue;
      yield at(place, `listener "${resource.address}" answers in plain HTTP and does not redirect to HTTPS`);
    }
  },
});

/**
 * Where a listener asks for HTTP. Source: hashicorp/aws, aws_lb_listener: without a protocol, an application load balancer
 * answers in HTTP; the other kinds need one, or take no port.
 */
function plainHttp(resource: Resource): Place | undefined {
  const [protocol] = settingsOf(resource, "protocol");
  if (protocol?.state === "known") return protocol.known.value === "HTTP" ? protocol.place : undefined;
  const [port] = settingsOf(resource, "port");
  const isWeb = port?.state === "known" && ["80", "8080"].includes(String(port.known.value));
  return protocol?.state === "absent" && isWeb ? labelsOf(resource) : undefined;
}

/** A listener for HTTP is right where all it does is to send people to HTTPS. */
const mayRedirect = (resource: Resource): boolean =>
  settingsOf(resource, "default_action.type").some(
    (type) => type.state === "unknown" || (type.state === "known" && type.known.value === "redirect"),
  ) &&
  !settingsOf(resource, "default_action.redirect.protocol").some(
    (protocol) => protocol.state === "known" && protocol.known.value !== "HTTPS",
  );
