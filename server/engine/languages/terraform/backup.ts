// Arguments that decide whether something can be restored, with the defaults of the providers.
// Source: argument references of hashicorp/aws 6.25.0 and hashicorp/google 6.50.0.

import { byType, type Demand, each } from "./demands.js";

const none = "there is nothing to restore it from";

/** How long backups are kept; `days` is the least. */
export const retention = (days: number): ReadonlyMap<string, readonly Demand[]> => {
  const so = days > 1 ? `its backups are kept for less than ${days} days` : none;
  const want = String(Math.max(days, 7));
  return byType([
    ...each("aws_db_instance", {
      path: "backup_retention_period",
      least: days,
      absent: "0",
      so,
      want,
      // A replica is backed up at its source.
      unless: ["replicate_source_db"],
    }),
    ...each("aws_rds_cluster aws_docdb_cluster aws_neptune_cluster", {
      path: "backup_retention_period",
      least: days,
      ...(days > 1 && { absent: "1" }),
      so,
      want,
    }),
    ...each("aws_elasticache_replication_group", {
      path: "snapshot_retention_limit",
      least: days,
      absent: "0",
      so,
      want,
      unless: ["global_replication_group_id"],
    }),
    ...each("aws_elasticache_cluster", {
      path: "snapshot_retention_limit",
      least: days,
      absent: "0",
      so,
      want,
      where: { path: "engine", is: ["redis", "valkey"] },
    }),
    ...each("aws_redshift_cluster", {
      path: "automated_snapshot_retention_period",
      least: days,
      ...(days > 1 && { absent: "1" }),
      so,
      want,
    }),
    ...each("aws_dynamodb_table", {
      path: "point_in_time_recovery.enabled",
      wrong: [false],
      absent: "false",
      so: none,
      want: "true",
      unless: ["restore_source_name", "restore_source_table_arn"],
    }),
    ...each("google_sql_database_instance", {
      path: "settings.backup_configuration.enabled",
      wrong: [false],
      absent: "false",
      so: none,
      want: "true",
      unless: ["master_instance_name", "clone"],
    }),
  ]);
};

/** What is lost when a resource of production is destroyed. */
export const finalSnapshots: ReadonlyMap<string, readonly Demand[]> = byType(
  each("aws_db_instance aws_rds_cluster aws_docdb_cluster aws_neptune_cluster aws_redshift_cluster", {
    path: "skip_final_snapshot",
    wrong: [true],
    so: "its data is gone once it is destroyed",
    want: "false",
    unless: ["replicate_source_db", "replication_source_identifier"],
  }),
);
