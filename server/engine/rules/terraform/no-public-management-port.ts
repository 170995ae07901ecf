// Ports for administration are not reachable from the whole internet.

import { firewallOf, openIngress } from "../../languages/terraform/ingress.js";
import { managementPorts, portCalled } from "../../ports.js";
import { at, option, rule } from "../../rule.js";
import { firewallOption, managementPortOf, narrowed, shown, sourceOf } from "./_ingress.js";

export default rule({
  on: "terraform",
  title: "Keep management ports off the internet",
  why: "SSH, RDP and the sockets of Docker and Kubernetes give whoever gets in the whole machine, and every address on the internet is scanned for them within minutes. A bastion, a VPN or the session service of the cloud reaches the same machines without an open port.",
  severity: "error",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, Infrastructure Security",
  alsoKnownAs: [
    "checkov CKV_AWS_24",
    "checkov CKV_AWS_25",
    "checkov CKV_AZURE_9",
    "checkov CKV_AZURE_10",
    "checkov CKV_GCP_2",
    "checkov CKV_GCP_3",
    "trivy AWS-0107",
    "trivy AZU-0048",
    "trivy AZU-0050",
    "trivy GCP-0027",
    "kics 381c3f2a",
    "kics 65905cec",
    "sonar S6321",
  ],
  options: { ports: option.strings(managementPorts, "Ports for administration"), firewalls: firewallOption },

  *check(file, { ports: list, firewalls }, workspace) {
    for (const ingress of openIngress(file, workspace, firewalls.flatMap(firewallOf))) {
      const port = managementPortOf(ingress, list);
      const range = ingress.ports.find(({ from, to }) => from <= Number(port) && Number(port) <= to);
      if (port === undefined || !range) continue;
      const { address } = ingress.resource;
      const what =
        range.from === range.to
          ? `port ${portCalled(port)} of "${address}" is`
          : `${shown(range)} of "${address}", ${portCalled(port)} among them, are`;
      const fixes = narrowed(ingress);
      // Behind the firewall of a network, those of machines still stand.
      const extras = ingress.stateless ? (["warning", ...fixes] as const) : fixes;
      yield at(ingress.source.span, `${what} open to ${sourceOf(ingress)}`, ...extras);
    }
  },
});
