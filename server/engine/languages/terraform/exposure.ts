// Arguments that put something on the internet, with the defaults of the providers.
// Source: argument references of hashicorp/aws 6.25.0, hashicorp/azurerm 4.55.0, hashicorp/google 6.50.0.

import { byType, type Demand, each } from "./demands.js";

const reachable = "everybody on the internet reaches it";
const everyone = ["public-read", "public-read-write", "authenticated-read"];
const published = "everybody can read what is in it";
const blocks = "objects can be made public";

export const exposure: ReadonlyMap<string, readonly Demand[]> = byType([
  ...each(
    "aws_db_instance aws_rds_cluster_instance aws_neptune_cluster_instance aws_redshift_cluster aws_dms_replication_instance aws_mq_broker aws_redshiftserverless_workgroup",
    { path: "publicly_accessible", wrong: [true], so: reachable, want: "false" },
  ),
  ...each("aws_s3_bucket aws_s3_bucket_acl", { path: "acl", wrong: everyone, so: published, want: '"private"' }),
  ...["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"].flatMap((path) =>
    each("aws_s3_bucket_public_access_block aws_s3_account_public_access_block", {
      path,
      wrong: [false],
      absent: "false",
      so: blocks,
      want: "true",
    }),
  ),
  ...each("aws_instance aws_launch_configuration", {
    path: "associate_public_ip_address",
    wrong: [true],
    so: "its machines have public addresses",
    want: "false",
  }),
  ...each("aws_launch_template", {
    path: "network_interfaces.associate_public_ip_address",
    wrong: [true],
    so: "its machines have public addresses",
    want: "false",
  }),
  ...each("aws_subnet", {
    path: "map_public_ip_on_launch",
    wrong: [true],
    so: "whatever starts in it gets a public address",
    want: "false",
    severity: "information",
  }),
  ...each("aws_lambda_function_url", {
    path: "authorization_type",
    wrong: ["NONE"],
    so: "everybody can call it",
    want: '"AWS_IAM"',
  }),
  ...each("aws_lambda_permission", {
    path: "principal",
    wrong: ["*"],
    so: "everybody can call it",
    unless: ["source_account", "source_arn", "principal_org_id"],
  }),
  ...["GET", "POST", "PUT", "PATCH", "DELETE", "ANY", "HEAD"].flatMap((method) =>
    each("aws_api_gateway_method", {
      path: "authorization",
      wrong: ["NONE"],
      so: "everybody can call it",
      severity: "warning",
      where: { path: "http_method", is: [method] },
      unless: ["api_key_required"],
    }),
  ),
  ...each("azurerm_storage_container", {
    path: "container_access_type",
    wrong: ["blob", "container"],
    so: published,
    want: '"private"',
  }),
  ...["allow_nested_items_to_be_public", "allow_blob_public_access"].flatMap((path) =>
    each("azurerm_storage_account", { path, wrong: [true], so: "containers can be made public", want: "false" }),
  ),
  ...each(
    "azurerm_mssql_server azurerm_mysql_server azurerm_postgresql_server azurerm_mariadb_server azurerm_mysql_flexible_server azurerm_postgresql_flexible_server azurerm_cosmosdb_account azurerm_redis_cache azurerm_container_registry azurerm_key_vault",
    {
      path: "public_network_access_enabled",
      wrong: [true],
      so: "networks outside of yours reach it",
      want: "false",
      severity: "warning",
    },
  ),
  ...each(
    "azurerm_mssql_firewall_rule azurerm_sql_firewall_rule azurerm_mysql_firewall_rule azurerm_postgresql_firewall_rule azurerm_mysql_flexible_server_firewall_rule azurerm_postgresql_flexible_server_firewall_rule",
    {
      path: "end_ip_address",
      wrong: ["255.255.255.255"],
      so: reachable,
      where: { path: "start_ip_address", is: ["0.0.0.0"] },
    },
  ),
  ...each("google_sql_database_instance", {
    path: "settings.ip_configuration.authorized_networks.value",
    wrong: ["0.0.0.0/0", "::/0"],
    so: reachable,
  }),
  ...each("google_container_cluster", {
    path: "master_authorized_networks_config.cidr_blocks.cidr_block",
    wrong: ["0.0.0.0/0", "::/0"],
    so: "everybody on the internet reaches its control plane",
  }),
  ...each(
    "google_storage_bucket_iam_member google_project_iam_member google_bigquery_dataset_iam_member google_pubsub_topic_iam_member google_artifact_registry_repository_iam_member google_kms_crypto_key_iam_member",
    { path: "member", wrong: ["allUsers", "allAuthenticatedUsers"], so: "everybody is let in" },
  ),
  ...each("google_storage_bucket_access_control google_storage_default_object_access_control", {
    path: "entity",
    wrong: ["allUsers", "allAuthenticatedUsers"],
    so: published,
  }),
  ...each(
    "google_cloud_run_service_iam_member google_cloud_run_v2_service_iam_member google_cloudfunctions_function_iam_member google_cloudfunctions2_function_iam_member",
    {
      path: "member",
      wrong: ["allUsers", "allAuthenticatedUsers"],
      so: "everybody can call it",
      severity: "warning",
    },
  ),
]);
