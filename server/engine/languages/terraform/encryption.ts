// Arguments that decide whether data is encrypted where it lies, with the defaults of the providers.
// Source: argument references of hashicorp/aws 6.25.0, hashicorp/azurerm 4.55.0, hashicorp/google 6.50.0.

import { byType, type Demand, each } from "./demands.js";

const data = "what it stores is not encrypted";

const host = { wrong: [false], so: "temporary disks and caches are not encrypted", want: "true" } as const;

/** Encryption at rest. S3, DynamoDB and all storage of Google Cloud are encrypted in any case. */
export const atRest: ReadonlyMap<string, readonly Demand[]> = byType([
  ...each("aws_db_instance", {
    path: "storage_encrypted",
    wrong: [false],
    absent: "false",
    so: data,
    want: "true",
    // A replica and what is restored follow their source.
    unless: ["replicate_source_db", "snapshot_identifier", "restore_to_point_in_time"],
  }),
  ...each("aws_rds_cluster", {
    path: "storage_encrypted",
    wrong: [false],
    absent: "false",
    so: data,
    want: "true",
    // Serverless clusters are encrypted by default.
    where: { path: "engine_mode", is: ["provisioned"], orUnset: true },
    unless: ["snapshot_identifier", "replication_source_identifier", "global_cluster_identifier"],
  }),
  ...each("aws_docdb_cluster aws_neptune_cluster", {
    path: "storage_encrypted",
    wrong: [false],
    absent: "false",
    so: data,
    want: "true",
    unless: ["snapshot_identifier", "replication_source_identifier", "global_cluster_identifier"],
  }),
  ...each("aws_rds_global_cluster", {
    path: "storage_encrypted",
    wrong: [false],
    absent: "false",
    so: data,
    want: "true",
    unless: ["source_db_cluster_identifier"],
  }),
  ...each("aws_ebs_volume", {
    path: "encrypted",
    wrong: [false],
    absent: "what the account says, else false",
    so: "the volume is encrypted only if the account does it",
    want: "true",
    unless: ["snapshot_id"],
  }),
  ...each("aws_instance aws_launch_configuration aws_spot_instance_request", {
    path: "root_block_device.encrypted",
    wrong: [false],
    absent: "what the account says, else false",
    so: "the disk is encrypted only if the account does it",
    want: "true",
  }),
  ...each("aws_instance aws_launch_configuration aws_spot_instance_request", {
    path: "ebs_block_device.encrypted",
    wrong: [false],
    absent: "what the account says, else false",
    inBlock: true,
    so: "the disk is encrypted only if the account does it",
    want: "true",
  }),
  ...each("aws_launch_template", {
    path: "block_device_mappings.ebs.encrypted",
    wrong: [false],
    absent: "what the account says, else false",
    inBlock: true,
    so: "the disk is encrypted only if the account does it",
    want: "true",
  }),
  ...each("aws_ami", {
    path: "ebs_block_device.encrypted",
    wrong: [false],
    so: "its snapshot is not encrypted",
    want: "true",
  }),
  ...each("aws_ami_copy", { path: "encrypted", wrong: [false], absent: "false", so: data, want: "true" }),
  ...each("aws_ebs_snapshot_copy", { path: "encrypted", wrong: [false], so: data, want: "true" }),
  ...each("aws_ebs_encryption_by_default", {
    path: "enabled",
    wrong: [false],
    so: "new disks of the account are not encrypted",
    want: "true",
  }),
  ...each("aws_efs_file_system", { path: "encrypted", wrong: [false], absent: "false", so: data, want: "true" }),
  ...each("aws_redshift_cluster", {
    path: "encrypted",
    wrong: [false],
    // Version 6 of the provider encrypts by default.
    absent: "false before version 6 of the provider",
    unset: "information",
    so: data,
    want: "true",
    unless: ["snapshot_identifier"],
  }),
  ...each("aws_elasticache_replication_group", {
    path: "at_rest_encryption_enabled",
    wrong: [false],
    so: data,
    want: "true",
  }),
  ...each("aws_elasticache_replication_group", {
    path: "at_rest_encryption_enabled",
    absent: "false",
    so: data,
    want: "true",
    // Valkey encrypts by default.
    where: { path: "engine", is: ["redis"], orUnset: true },
    unless: ["global_replication_group_id"],
  }),
  ...each("aws_elasticsearch_domain aws_opensearch_domain", {
    path: "encrypt_at_rest.enabled",
    wrong: [false],
    absent: "false",
    so: data,
    want: "true",
  }),
  ...each("aws_dax_cluster", {
    path: "server_side_encryption.enabled",
    wrong: [false],
    absent: "false",
    so: data,
    want: "true",
  }),
  ...each("aws_kinesis_stream", {
    path: "encryption_type",
    wrong: ["NONE"],
    absent: "NONE",
    so: data,
  }),
  ...each("aws_sns_topic", {
    path: "kms_master_key_id",
    wrong: [""],
    absent: "none",
    so: "its messages are not encrypted",
    want: '"alias/aws/sns"',
  }),
  ...each("aws_sqs_queue", {
    path: "sqs_managed_sse_enabled",
    wrong: [false],
    so: "its messages are not encrypted",
    want: "true",
    unless: ["kms_master_key_id"],
  }),
  // Queues are encrypted by default since October 2022.
  ...each("aws_sqs_queue", {
    path: "sqs_managed_sse_enabled",
    absent: "true for queues made since October 2022",
    unset: "information",
    so: "the messages of an older queue are not encrypted",
    want: "true",
    unless: ["kms_master_key_id"],
  }),
  ...each("aws_kinesis_firehose_delivery_stream", {
    path: "server_side_encryption.enabled",
    wrong: [false],
    absent: "false",
    so: "what it buffers is not encrypted",
    want: "true",
    // Streams that are read from are encrypted themselves.
    unless: ["kinesis_source_configuration", "msk_source_configuration"],
  }),
  ...each("aws_eks_cluster", {
    path: "encryption_config",
    absent: "a key of AWS, from Kubernetes 1.28 on",
    unset: "information",
    so: "secrets of older clusters are not encrypted",
    unless: ["encryption_config"],
  }),
  ...["artifacts", "secondary_artifacts", "logs_config.s3_logs"].flatMap((block) =>
    each("aws_codebuild_project", {
      path: `${block}.encryption_disabled`,
      wrong: [true],
      so: "what it writes is not encrypted",
      want: "false",
    }),
  ),
  ...each("aws_athena_database", {
    path: "encryption_configuration.encryption_option",
    absent: "what the bucket does",
    unset: "information",
    so: "results are encrypted only if the bucket does it",
  }),
  ...each("aws_athena_workgroup", {
    path: "configuration.result_configuration.encryption_configuration.encryption_option",
    absent: "what the bucket does",
    unset: "information",
    so: "results are encrypted only if the bucket does it",
  }),
  ...each("aws_athena_workgroup", {
    path: "configuration.enforce_workgroup_configuration",
    wrong: [false],
    so: "clients can turn the encryption of results off",
    want: "true",
  }),
  ...each("aws_sagemaker_notebook_instance", {
    path: "kms_key_id",
    absent: "a key of AWS",
    unset: "information",
    so: "its volume is not encrypted by a key of your own",
  }),
  ...each("aws_sagemaker_endpoint_configuration", {
    path: "kms_key_arn",
    absent: "a key of AWS",
    unset: "information",
    so: "its volumes are not encrypted by a key of your own",
  }),
  ...each("aws_glue_data_catalog_encryption_settings", {
    path: "data_catalog_encryption_settings.encryption_at_rest.catalog_encryption_mode",
    wrong: ["DISABLED"],
    so: data,
  }),
  ...each("aws_glue_data_catalog_encryption_settings", {
    path: "data_catalog_encryption_settings.connection_password_encryption.return_connection_password_encrypted",
    wrong: [false],
    so: "passwords of connections are not encrypted",
  }),
  ...["cloudwatch_encryption.cloudwatch", "job_bookmarks_encryption.job_bookmarks", "s3_encryption.s3"].flatMap(
    (part) =>
      each("aws_glue_security_configuration", {
        path: `encryption_configuration.${part}_encryption_mode`,
        wrong: ["DISABLED"],
        absent: "DISABLED",
        inBlock: true,
        so: "what jobs write is not encrypted",
      }),
  ),
  ...each("aws_api_gateway_method_settings", {
    path: "settings.cache_data_encrypted",
    wrong: [false],
    absent: "false",
    so: "the cache is not encrypted",
    want: "true",
    where: { path: "settings.caching_enabled", is: [true] },
  }),
  ...each("aws_workspaces_workspace", {
    path: "root_volume_encryption_enabled",
    wrong: [false],
    absent: "false",
    so: data,
    want: "true",
  }),
  ...each("aws_workspaces_workspace", {
    path: "user_volume_encryption_enabled",
    wrong: [false],
    absent: "false",
    so: data,
    want: "true",
  }),
  ...each("azurerm_mssql_database", {
    path: "transparent_data_encryption_enabled",
    wrong: [false],
    so: data,
    want: "true",
  }),
  ...each("azurerm_data_lake_store", { path: "encryption_state", wrong: ["Disabled"], so: data, want: '"Enabled"' }),
  ...each("azurerm_managed_disk", {
    path: "encryption_settings.enabled",
    wrong: [false],
    so: "the disk is encrypted by Azure alone",
    want: "true",
  }),
  ...each(
    "azurerm_linux_virtual_machine azurerm_windows_virtual_machine azurerm_linux_virtual_machine_scale_set azurerm_windows_virtual_machine_scale_set",
    { path: "encryption_at_host_enabled", absent: "false", unset: "information", ...host },
  ),
  ...["default_node_pool.host_encryption_enabled", "default_node_pool.enable_host_encryption"].flatMap((path) =>
    each("azurerm_kubernetes_cluster", { path, ...host }),
  ),
  ...["host_encryption_enabled", "enable_host_encryption"].flatMap((path) =>
    each("azurerm_kubernetes_cluster_node_pool", { path, ...host }),
  ),
  ...each(
    "azurerm_automation_variable_bool azurerm_automation_variable_int azurerm_automation_variable_string azurerm_automation_variable_datetime",
    { path: "encrypted", wrong: [false], absent: "false", so: "its value can be read", want: "true" },
  ),
  ...each("azurerm_kusto_cluster", {
    path: "disk_encryption_enabled",
    wrong: [false],
    absent: "false",
    unset: "information",
    so: "the disks of its machines are encrypted by Azure alone",
    want: "true",
    unless: ["enable_disk_encryption"],
  }),
  ...each("google_container_cluster", {
    path: "database_encryption.state",
    wrong: ["DECRYPTED"],
    so: "secrets of the cluster are not encrypted by a key of your own",
  }),
]);
