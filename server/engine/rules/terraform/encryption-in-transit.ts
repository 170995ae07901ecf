// Data is encrypted on its way.

import { demandOf } from "../../languages/terraform/demands.js";
import { inTransit } from "../../languages/terraform/encryption.js";
import { type Resource, resourcesOf, settingsOf } from "../../languages/terraform/settings.js";
import { at, option, rule } from "../../rule.js";
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
      const [protocol] = settingsOf(resource, "protocol");
      if (protocol?.state !== "known" || protocol.known.value !== "HTTP" || mayRedirect(resource)) continue;
      yield at(protocol.place, `listener "${resource.address}" answers in plain HTTP and does not redirect to HTTPS`);
    }
  },
});

/** A listener for HTTP is right where all it does is to send people to HTTPS. */
const mayRedirect = (resource: Resource): boolean =>
  settingsOf(resource, "default_action.type").some(
    (type) => type.state === "unknown" || (type.state === "known" && type.known.value === "redirect"),
  );
