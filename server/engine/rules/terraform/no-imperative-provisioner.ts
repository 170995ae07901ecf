// Machines are described, not talked into shape by commands.

import { nestedBlocks } from "../../languages/terraform/model.js";
import { resourcesOf } from "../../languages/terraform/settings.js";
import { at, option, rule } from "../../rule.js";

const deeds: Readonly<Record<string, string>> = {
  "remote-exec": "runs commands on a machine",
  "local-exec": "runs commands where Terraform runs",
  file: "copies files to a machine",
};

export default rule({
  on: "terraform",
  title: "Do not configure machines with provisioners",
  why: "What a provisioner does is in no plan and in no state: it runs once, and when it fails half-way the machine stays as it is. Each machine ends up a little different. An image, cloud-init or a resource of a provider says what the machine is, and can be applied again.",
  severity: "warning",
  profile: "recommended",
  phase: 2,
  standard: "Role Definition, Anti-Patterns to Avoid",
  options: { allow: option.strings([], 'Provisioners that may be used, such as "local-exec"') },

  *check(file, { allow }, workspace) {
    for (const { block, address } of resourcesOf(file, workspace))
      for (const { block: provisioner } of nestedBlocks(block, "provisioner")) {
        const type = provisioner.labels[0];
        const deed = type && Object.hasOwn(deeds, type.text) ? deeds[type.text] : undefined;
        if (!type || deed === undefined || allow.includes(type.text)) continue;
        yield at(type, `provisioner "${type.text}" of "${address}" ${deed}, which no plan shows`);
      }
  },
});
