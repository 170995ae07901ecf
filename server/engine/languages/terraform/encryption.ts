// Arguments that decide whether data is encrypted, at rest and on its way, with the defaults of the providers.
// Source: argument references of hashicorp/aws 6.25.0, hashicorp/azurerm 4.55.0, hashicorp/google 6.50.0.

import { byType, type Demand, each } from "./demands.js";

const data = "what it stores is not encrypted";

/** Encryption at rest. S3, DynamoDB, SQS and all storage of Google Cloud are encrypted in any case. */
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
    unless: ["engine_mode", "snapshot_identifier", "replication_source_identifier", "global_cluster_identifier"],
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
  ...each("aws_instance aws_launch_configuration", {
    path: "root_block_device.encrypted",
    wrong: [false],
    absent: "what the account says, else false",
    so: "the disk is encrypted only if the account does it",
    want: "true",
  }),
  ...each("aws_instance aws_launch_configuration", {
    path: "ebs_block_device.encrypted",
    wrong: [false],
    absent: "what the account says, else false",
    inBlock: true,
    so: "the disk is encrypted only if the account does it",
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
    absent: "false",
    so: data,
    want: "true",
    unless: ["global_replication_group_id", "engine"],
  }),
  ...each("aws_elasticache_replication_group", {
    path: "at_rest_encryption_enabled",
    wrong: [false],
    absent: "false",
    so: data,
    want: "true",
    where: { path: "engine", is: ["redis"] },
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
  ...each("azurerm_linux_virtual_machine azurerm_windows_virtual_machine", {
    path: "encryption_at_host_enabled",
    wrong: [false],
    so: "temporary disks and caches are not encrypted",
    want: "true",
  }),
  ...each("google_container_cluster", {
    path: "database_encryption.state",
    wrong: ["DECRYPTED"],
    so: "secrets of the cluster are not encrypted by a key of your own",
  }),
]);

const plain = "connections to it need not be encrypted";
const oldTls = "it still speaks versions of TLS that are broken";
const tls12 = { so: oldTls, wrong: ["1.0", "1.1", "TLS1_0", "TLS1_1", "TLS_1_0", "TLS_1_1"] } as const;

/** Policies of load balancers that let TLS 1.0 or 1.1 in. Source: AWS, "Security policies for your load balancer". */
const oldPolicies = [
  "ELBSecurityPolicy-2015-05",
  "ELBSecurityPolicy-2016-08",
  "ELBSecurityPolicy-TLS-1-0-2015-04",
  "ELBSecurityPolicy-TLS-1-1-2017-01",
  "ELBSecurityPolicy-FS-2018-06",
  "ELBSecurityPolicy-FS-1-1-2019-08",
  "ELBSecurityPolicy-TLS13-1-0-2021-06",
  "ELBSecurityPolicy-TLS13-1-1-2021-06",
];

/** Encryption on the way. */
export const inTransit: ReadonlyMap<string, readonly Demand[]> = byType([
  ...["HTTPS", "TLS"].flatMap((protocol) =>
    each("aws_lb_listener aws_alb_listener", {
      path: "ssl_policy",
      wrong: oldPolicies,
      ...(protocol === "HTTPS" && { absent: "ELBSecurityPolicy-2016-08" }),
      so: oldTls,
      want: '"ELBSecurityPolicy-TLS13-1-2-2021-06"',
      where: { path: "protocol", is: [protocol] },
    }),
  ),
  ...each("aws_cloudfront_distribution", {
    path: "default_cache_behavior.viewer_protocol_policy",
    wrong: ["allow-all"],
    so: plain,
    want: '"redirect-to-https"',
  }),
  ...each("aws_cloudfront_distribution", {
    path: "ordered_cache_behavior.viewer_protocol_policy",
    wrong: ["allow-all"],
    so: plain,
    want: '"redirect-to-https"',
  }),
  ...each("aws_cloudfront_distribution", {
    path: "viewer_certificate.minimum_protocol_version",
    wrong: ["SSLv3", "TLSv1", "TLSv1_2016", "TLSv1.1_2016"],
    so: oldTls,
    want: '"TLSv1.2_2021"',
  }),
  ...each("aws_api_gateway_domain_name", {
    path: "security_policy",
    wrong: ["TLS_1_0"],
    so: oldTls,
    want: '"TLS_1_2"',
  }),
  ...each("aws_elasticache_replication_group", {
    path: "transit_encryption_enabled",
    wrong: [false],
    so: plain,
    want: "true",
  }),
  ...each("aws_elasticache_replication_group", {
    path: "transit_encryption_enabled",
    absent: "false",
    so: plain,
    want: "true",
    // Valkey encrypts by default; the rest follows its global group.
    unless: ["engine", "global_replication_group_id"],
  }),
  ...each("aws_elasticsearch_domain aws_opensearch_domain", {
    path: "domain_endpoint_options.enforce_https",
    wrong: [false],
    absent: "false",
    so: plain,
    want: "true",
  }),
  ...each("aws_elasticsearch_domain aws_opensearch_domain", {
    path: "domain_endpoint_options.tls_security_policy",
    wrong: ["Policy-Min-TLS-1-0-2019-07"],
    so: oldTls,
    want: '"Policy-Min-TLS-1-2-2019-07"',
  }),
  ...each("aws_elasticsearch_domain aws_opensearch_domain", {
    path: "node_to_node_encryption.enabled",
    wrong: [false],
    absent: "false",
    so: "its nodes talk to each other in plain text",
    want: "true",
  }),
  ...each("aws_msk_cluster", {
    path: "encryption_info.encryption_in_transit.client_broker",
    wrong: ["PLAINTEXT", "TLS_PLAINTEXT"],
    so: plain,
    want: '"TLS"',
  }),
  ...each("aws_msk_cluster", {
    path: "encryption_info.encryption_in_transit.in_cluster",
    wrong: [false],
    so: "its brokers talk to each other in plain text",
    want: "true",
  }),
  ...each("azurerm_storage_account", { path: "https_traffic_only_enabled", wrong: [false], so: plain, want: "true" }),
  ...each("azurerm_storage_account", { path: "enable_https_traffic_only", wrong: [false], so: plain, want: "true" }),
  ...each("azurerm_storage_account", { path: "min_tls_version", ...tls12, want: '"TLS1_2"' }),
  ...each("azurerm_postgresql_server azurerm_mysql_server azurerm_mariadb_server", {
    path: "ssl_enforcement_enabled",
    wrong: [false],
    so: plain,
    want: "true",
  }),
  ...each("azurerm_postgresql_server azurerm_mysql_server azurerm_mariadb_server", {
    path: "ssl_minimal_tls_version_enforced",
    ...tls12,
    want: '"TLS1_2"',
  }),
  ...each(
    "azurerm_app_service azurerm_function_app azurerm_linux_web_app azurerm_windows_web_app azurerm_linux_function_app azurerm_windows_function_app",
    { path: "https_only", wrong: [false], absent: "false", so: plain, want: "true" },
  ),
  ...each("azurerm_linux_web_app azurerm_windows_web_app azurerm_linux_function_app azurerm_windows_function_app", {
    path: "site_config.minimum_tls_version",
    ...tls12,
    want: '"1.2"',
  }),
  ...each("azurerm_app_service azurerm_function_app", {
    path: "site_config.min_tls_version",
    ...tls12,
    want: '"1.2"',
  }),
  ...each("azurerm_redis_cache", { path: "non_ssl_port_enabled", wrong: [true], so: plain, want: "false" }),
  ...each("azurerm_redis_cache", { path: "enable_non_ssl_port", wrong: [true], so: plain, want: "false" }),
  ...each("azurerm_redis_cache azurerm_mssql_server azurerm_eventhub_namespace azurerm_servicebus_namespace", {
    path: "minimum_tls_version",
    ...tls12,
    want: '"1.2"',
  }),
  ...each("azurerm_mssql_server", { path: "minimum_tls_version", wrong: ["Disabled"], so: oldTls, want: '"1.2"' }),
  ...each("google_sql_database_instance", {
    path: "settings.ip_configuration.ssl_mode",
    wrong: ["ALLOW_UNENCRYPTED_AND_ENCRYPTED"],
    so: plain,
    want: '"ENCRYPTED_ONLY"',
  }),
  ...each("google_sql_database_instance", {
    path: "settings.ip_configuration.require_ssl",
    wrong: [false],
    so: plain,
    want: "true",
  }),
  ...each("google_compute_ssl_policy", {
    path: "min_tls_version",
    ...tls12,
    absent: "TLS_1_0",
    want: '"TLS_1_2"',
  }),
  ...each("google_redis_instance", {
    path: "transit_encryption_mode",
    wrong: ["DISABLED"],
    absent: "DISABLED",
    so: plain,
    want: '"SERVER_AUTHENTICATION"',
  }),
]);
