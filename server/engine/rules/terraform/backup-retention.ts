// What holds data is backed up, and the backups outlive a mistake.

import { finalSnapshots, kept, retention } from "../../languages/terraform/backup.js";
import { demandOf, unmetBy } from "../../languages/terraform/demands.js";
import { resourcesOf } from "../../languages/terraform/settings.js";
import { option, rule } from "../../rule.js";
import { extended, findingOf, unmetDemands } from "./_demands.js";
import { productionName, productionWords } from "./_production.js";

export default rule({
  on: "terraform",
  title: "Keep backups of what holds data",
  why: "Several databases keep no backups unless they are told to. A wrong migration or a deleted row is then final, and a database that is destroyed without a last snapshot is gone with everything in it.",
  severity: "warning",
  profile: "recommended",
  phase: 2,
  standard: "Role Definition, Workflow 6: Backup and Disaster Recovery",
  alsoKnownAs: [
    "checkov CKV_AWS_28",
    "checkov CKV_AWS_133",
    "checkov CKV_AWS_134",
    "trivy AWS-0050",
    "trivy AWS-0077",
    "trivy GCP-0024",
    "sonar S6364",
  ],
  options: {
    days: option.number(1, "How many days backups are kept at least", 1),
    settings: option.strings(
      [],
      'Further arguments that say for how many days backups are kept, as "type.argument"; "type.argument = value" asks for that value',
    ),
    production: option.strings(productionWords, "Words in names, tags and folders that mean production"),
  },

  *check(file, { days, settings, production }, workspace) {
    const more = settings.flatMap((text) => demandOf(text, "there is nothing to restore it from", kept(days)));
    yield* unmetDemands(file, workspace, extended(retention(days), more));
    for (const resource of resourcesOf(file, workspace))
      for (const unmet of unmetBy(resource, finalSnapshots.get(resource.type) ?? []))
        if (productionName(resource, production) !== undefined) yield findingOf(resource, unmet);
  },
});
