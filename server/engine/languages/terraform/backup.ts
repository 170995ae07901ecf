// Arguments that decide whether something can be restored, with the defaults of the providers.
// Source: argument references of hashicorp/aws 6.25.0 and hashicorp/google 6.50.0.

import { byType, type Demand, each } from "./demands.js";

const none = "there is nothing to restore it from";

/** A demand on a number of days of which `days` is the least, where nothing is kept unless it is set. */
export const kept = (days: number) => ({
  least: days,
  absent: "0",
  so: days > 1 ? `its backups are kept for less than ${days} days` : none,
  want: String(Math.max(days, 7)),
});

/** How long backups are kept; `days` is the least. */
export const retention = (days: number): ReadonlyMap<string, readonly Demand[]> => {
  const { so, want } = kept(days);
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

const foreignKey = "its backups are not encrypted by a key of your own";
const provider = "a key that the cloud manages";

/** Backups and copies of backups whose key is not one's own, or that need not be encrypted at all. */
export const backupKeys: ReadonlyMap<string, readonly Demand[]> = byType([
  ...each("aws_backup_vault", { path: "kms_key_arn", absent: provider, so: foreignKey }),
  ...each("aws_backup_logically_air_gapped_vault", { path: "encryption_key_arn", absent: provider, so: foreignKey }),
  ...each("aws_db_instance_automated_backups_replication", {
    path: "kms_key_id",
    absent: provider,
    so: foreignKey,
  }),
  ...each("aws_db_snapshot_copy aws_rds_cluster_snapshot_copy", {
    path: "kms_key_id",
    absent: "the key of the source",
    so: "a copy for another account or region needs a key of its own there",
  }),
  ...each("aws_ami_copy aws_ebs_snapshot_import", {
    path: "encrypted",
    wrong: [false],
    absent: "false",
    so: "the copy need not be encrypted",
  }),
  ...each("aws_ebs_snapshot_copy", {
    path: "encrypted",
    wrong: [false],
    so: "the copy need not be encrypted",
  }),
  ...each("aws_dlm_lifecycle_policy", {
    path: "policy_details.schedule.cross_region_copy_rule.encrypted",
    wrong: [false],
    so: "its copies need not be encrypted",
  }),
  ...each("azurerm_recovery_services_vault", { path: "encryption.key_id", absent: provider, so: foreignKey }),
  ...each("google_compute_snapshot", {
    path: "snapshot_encryption_key",
    absent: provider,
    so: foreignKey,
    unless: ["snapshot_encryption_key"],
  }),
  ...each("google_gke_backup_backup_plan", {
    path: "backup_config.encryption_key.gcp_kms_encryption_key",
    absent: provider,
    so: foreignKey,
  }),
  ...each("google_alloydb_backup", { path: "encryption_config.kms_key_name", absent: provider, so: foreignKey }),
]);
