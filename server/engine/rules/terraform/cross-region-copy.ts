// Data has a copy in another region.

import { copies, copyingPlans } from "../../languages/terraform/copies.js";
import { type Demand, demandOf, hasToBe } from "../../languages/terraform/demands.js";
import { isExample } from "../../languages/terraform/module.js";
import { labelsOf, type Resource, resourcesOf, settingsOf } from "../../languages/terraform/settings.js";
import { at, option, rule } from "../../rule.js";
import { lonely } from "./_companions.js";
import { extended, isExempt, unmetDemands } from "./_demands.js";

const buckets = [
  {
    type: "aws_s3_bucket",
    by: "aws_s3_bucket_replication_configuration",
    unless: ["replication_configuration"],
    so: "is copied to no other region",
  },
];

export default rule({
  on: "terraform",
  title: "Keep copies of data in another region",
  why: "A region can be down for days, and what an intruder or a mistake deletes in one place is gone there with its backups. A copy in another region, best in another account, is what the plan for disasters rests on.",
  severity: "hint",
  profile: "opt-in",
  phase: 2,
  standard: "Role Definition, Workflow 6: Backup and Disaster Recovery",
  alsoKnownAs: ["checkov CKV_AWS_144", "trivy AZU-0058"],
  options: {
    settings: option.strings(
      [],
      'Further arguments that have to be set, as "type.argument"; "type.argument = value" asks for that value',
    ),
    except: option.strings([], "Resources whose data may be lost, by address or type"),
  },

  *check(file, { settings, except }, workspace) {
    if (isExample(workspace, file.folder)) return;
    const more = settings.flatMap((text) => demandOf(text, "its data lies in one region", hasToBe.set));
    yield* unmetDemands(file, workspace, extended(copies, more), { except });
    for (const resource of resourcesOf(file, workspace))
      for (const demand of isExempt(resource, except) ? [] : (copyingPlans.get(resource.type) ?? []))
        if (copiesNothing(resource, demand))
          yield at(labelsOf(resource), `"${resource.address}" copies nothing to another region: ${demand.so}`);
    yield* lonely(file, workspace, buckets, (resource) => !isExempt(resource, except));
  },
});

/** Whether the plan has blocks that could copy, and certainly none that does. */
const copiesNothing = (resource: Resource, { path }: Demand): boolean =>
  settingsOf(resource, path).every((setting) => setting.state === "absent" && setting.lacking.length === 2);
