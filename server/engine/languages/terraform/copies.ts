// Arguments that decide whether data survives the loss of a region, with the defaults of the providers.
// Source: argument references of hashicorp/aws 6.25.0, hashicorp/azurerm 4.55.0, hashicorp/google 6.50.0.

import { byType, type Demand, each } from "./demands.js";
import type { Value } from "./settings.js";

const oneRegion = "all copies of its data lie in one region";

/** Locations of Cloud Storage that span regions. Source: Google Cloud, "Bucket locations". */
const wide: readonly Value[] = "ASIA EU US ASIA1 EUR4 EUR5 EUR7 EUR8 NAM4"
  .split(" ")
  .flatMap((name) => [name, name.toLowerCase()]);

export const copies: ReadonlyMap<string, readonly Demand[]> = byType([
  ...each("azurerm_storage_account", { path: "account_replication_type", wrong: ["LRS", "ZRS"], so: oneRegion }),
  ...each("azurerm_recovery_services_vault", {
    path: "storage_mode_type",
    wrong: ["LocallyRedundant", "ZoneRedundant"],
    so: oneRegion,
  }),
  ...each("azurerm_data_protection_backup_vault", {
    path: "redundancy",
    wrong: ["LocallyRedundant", "ZoneRedundant"],
    so: oneRegion,
  }),
  ...each(
    "azurerm_postgresql_flexible_server azurerm_mysql_flexible_server azurerm_postgresql_server azurerm_mysql_server azurerm_mariadb_server",
    {
      path: "geo_redundant_backup_enabled",
      wrong: [false],
      absent: "false",
      so: "its backups lie in one region",
      // A replica is backed up at its source.
      unless: ["source_server_id", "creation_source_server_id"],
    },
  ),
  ...each("azurerm_mssql_database", {
    path: "storage_account_type",
    wrong: ["Local", "Zone"],
    so: "its backups lie in one region",
  }),
  ...each("google_storage_bucket", {
    path: "location",
    right: wide,
    so: oneRegion,
    unless: ["custom_placement_config"],
  }),
  ...each("google_sql_database_instance", {
    path: "settings.backup_configuration.location",
    right: wide,
    so: "its backups lie in one region",
    unless: ["master_instance_name"],
  }),
]);

/** Plans whose copies are made by a block in one of several others: it is enough that one of them has it. */
export const copyingPlans: ReadonlyMap<string, readonly Demand[]> = byType([
  {
    type: "aws_backup_plan",
    path: "rule.copy_action.destination_vault_arn",
    so: 'no rule has a "copy_action"',
  },
  {
    type: "aws_dlm_lifecycle_policy",
    path: "policy_details.schedule.cross_region_copy_rule.encrypted",
    so: 'no schedule has a "cross_region_copy_rule"',
  },
]);
