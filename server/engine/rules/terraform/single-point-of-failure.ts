// Production does not hang on one machine or one zone.

import { byType, each, unmetBy } from "../../languages/terraform/demands.js";
import { attributeOf } from "../../languages/terraform/model.js";
import { resourcesOf } from "../../languages/terraform/settings.js";
import { at, option, rule } from "../../rule.js";
import { findingOf, unmetDemands } from "./_demands.js";
import { productionName, productionWords } from "./_production.js";

const oneZone = "it is down when its zone is";
const oneMachine = "it may come down to one machine";

// Source: hashicorp/aws 6.25.0, hashicorp/google 6.50.0.
const databases = byType([
  ...each("aws_db_instance", {
    path: "multi_az",
    wrong: [false],
    absent: "false",
    so: oneZone,
    want: "true",
    unless: ["replicate_source_db"],
  }),
  ...each("aws_elasticache_replication_group", {
    path: "multi_az_enabled",
    wrong: [false],
    absent: "false",
    so: oneZone,
  }),
  ...each("google_sql_database_instance", {
    path: "settings.availability_type",
    wrong: ["ZONAL"],
    absent: "ZONAL",
    so: oneZone,
    want: '"REGIONAL"',
    unless: ["master_instance_name"],
  }),
]);

const groups = byType([
  ...each("aws_autoscaling_group", { path: "min_size", wrong: [1], so: oneMachine, want: "2" }),
  ...each("google_compute_autoscaler google_compute_region_autoscaler", {
    path: "autoscaling_policy.min_replicas",
    wrong: [1],
    so: oneMachine,
    want: "2",
  }),
]);

export default rule({
  on: "terraform",
  title: "Avoid single points of failure",
  why: "Machines fail, and now and then a whole zone does. What runs twice, in two zones, goes on; what runs once is an outage that lasts until somebody has built it again.",
  severity: "information",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, Reliability Anti-Patterns",
  alsoKnownAs: ["checkov CKV_AWS_157", "checkov CKV2_AWS_50"],
  options: { production: option.strings(productionWords, "Words in names, tags and folders that mean production") },

  *check(file, { production }, workspace) {
    yield* unmetDemands(file, workspace, groups);
    for (const resource of resourcesOf(file, workspace)) {
      const zones = attributeOf(resource.block, "availability_zones");
      if (resource.type === "aws_autoscaling_group" && zones?.value.kind === "list" && zones.value.items.length === 1)
        yield at(zones.value, `"${resource.address}" runs in one zone only`);
      if (productionName(resource, production) === undefined) continue;
      for (const unmet of unmetBy(resource, databases.get(resource.type) ?? [])) yield findingOf(resource, unmet);
    }
  },
});
