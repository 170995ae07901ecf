// Arguments that put something on the internet, with the defaults of the providers.
// Source: argument references of hashicorp/aws 6.25.0, hashicorp/azurerm 4.55.0, hashicorp/google 6.50.0.

import { byType, type Demand, each } from "./demands.js";

const reachable = "everybody on the internet reaches it";
const everyone = ["public-read", "public-read-write", "authenticated-read"];
const groups = ["AllUsers", "AuthenticatedUsers"].map((name) => `http://acs.amazonaws.com/groups/global/${name}`);
const members = ["allUsers", "allAuthenticatedUsers"];
const addresses = "its machines have public addresses";
const outside = "networks outside of yours reach it";
const published = "everybody can read what is in it";
const blocks = "objects can be made public";

const control = "everybody on the internet reaches its control plane";
const allowed = { wrong: ["Allow"], so: outside, want: '"Deny"', severity: "warning" } as const;
const firewalls =
  "azurerm_mssql_firewall_rule azurerm_sql_firewall_rule azurerm_mysql_firewall_rule azurerm_postgresql_firewall_rule azurerm_mysql_flexible_server_firewall_rule azurerm_postgresql_flexible_server_firewall_rule azurerm_mariadb_firewall_rule azurerm_synapse_firewall_rule";

/** What everybody may call is often meant to be; Google Cloud names everybody in the same way for every service. */
const callable = /^google_(?:cloud_?run|cloudfunctions|api_gateway|endpoints)/;

/** Members of roles of any resource of Google Cloud: `google_…_iam_member`, `google_…_iam_binding`. */
export function publicMembers(type: string): readonly Demand[] {
  const [, form] = /^google_.+_iam_(member|binding)$/.exec(type) ?? [];
  if (form === undefined) return [];
  const path = form === "member" ? "member" : "members";
  return callable.test(type)
    ? [{ type, path, wrong: members, so: "everybody can call it", severity: "warning" }]
    : [{ type, path, wrong: members, so: "everybody is let in" }];
}

/** The same in the data source for whole policies, which do not say what they are for. */
export const publicBinding: Demand = {
  type: "google_iam_policy",
  path: "binding.members",
  wrong: members,
  so: "everybody is let in",
  severity: "warning",
};

/** Everything else. */
export const exposure: ReadonlyMap<string, readonly Demand[]> = byType([
  ...each(
    "aws_db_instance aws_rds_cluster_instance aws_neptune_cluster_instance aws_redshift_cluster aws_dms_replication_instance aws_mq_broker aws_redshiftserverless_workgroup aws_lightsail_database",
    { path: "publicly_accessible", wrong: [true], so: reachable, want: "false" },
  ),
  ...each("aws_redshift_cluster", {
    path: "publicly_accessible",
    absent: "true before version 6 of the provider",
    unset: "information",
    so: reachable,
    want: "false",
  }),
  ...each("aws_msk_cluster", {
    path: "broker_node_group_info.connectivity_info.public_access.type",
    wrong: ["SERVICE_PROVIDED_EIPS"],
    so: reachable,
    want: '"DISABLED"',
  }),
  ...each("aws_db_security_group aws_redshift_security_group", {
    path: "ingress.cidr",
    wrong: ["0.0.0.0/0"],
    so: reachable,
  }),
  ...each("aws_s3_object aws_s3_bucket_object aws_s3_object_copy", {
    path: "acl",
    wrong: everyone,
    so: published,
    want: '"private"',
  }),
  ...each("aws_s3_bucket", { path: "grant.uri", wrong: groups, so: published }),
  ...each("aws_s3_bucket_acl", { path: "access_control_policy.grant.grantee.uri", wrong: groups, so: published }),
  ...each("aws_ami_launch_permission", { path: "group", wrong: ["all"], so: "everybody can start machines from it" }),
  ...each("aws_db_snapshot aws_db_cluster_snapshot aws_db_snapshot_copy", {
    path: "shared_accounts",
    wrong: ["all"],
    so: published,
  }),
  ...each("aws_ebs_snapshot_block_public_access", {
    path: "state",
    wrong: ["unblocked"],
    so: "snapshots can be made public",
    want: '"block-all-sharing"',
  }),
  ...each("aws_emr_block_public_access_configuration", {
    path: "block_public_security_group_rules",
    wrong: [false],
    so: "clusters can be put on the internet",
    want: "true",
  }),
  ...each("aws_transfer_server", {
    path: "endpoint_type",
    wrong: ["PUBLIC"],
    absent: "PUBLIC",
    so: reachable,
    severity: "warning",
  }),
  ...each("aws_ecs_service", {
    path: "network_configuration.assign_public_ip",
    wrong: [true],
    so: "its tasks have public addresses",
    want: "false",
  }),
  ...each("aws_apigatewayv2_route", {
    path: "authorization_type",
    wrong: ["NONE"],
    so: "everybody can call it",
    severity: "warning",
  }),
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
  ...each("aws_instance aws_launch_configuration aws_spot_instance_request", {
    path: "associate_public_ip_address",
    wrong: [true],
    so: addresses,
    want: "false",
  }),
  ...each("aws_launch_template", {
    path: "network_interfaces.associate_public_ip_address",
    wrong: [true],
    so: addresses,
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
    "azurerm_mssql_server azurerm_mysql_server azurerm_postgresql_server azurerm_mariadb_server azurerm_mysql_flexible_server azurerm_postgresql_flexible_server azurerm_cosmosdb_account azurerm_redis_cache azurerm_container_registry azurerm_key_vault azurerm_storage_account azurerm_eventgrid_domain azurerm_eventgrid_topic azurerm_iothub azurerm_search_service azurerm_cognitive_account azurerm_databricks_workspace azurerm_machine_learning_workspace",
    {
      path: "public_network_access_enabled",
      wrong: [true],
      so: outside,
      want: "false",
      severity: "warning",
    },
  ),
  // Open by default; the servers' own firewalls let nobody in before a rule says so.
  ...each(
    "azurerm_mssql_server azurerm_mysql_server azurerm_postgresql_server azurerm_mariadb_server azurerm_cosmosdb_account azurerm_redis_cache azurerm_eventgrid_domain azurerm_search_service",
    { path: "public_network_access_enabled", absent: "true", unset: "information", so: outside, want: "false" },
  ),
  ...each("azurerm_data_factory", {
    path: "public_network_enabled",
    wrong: [true],
    so: outside,
    want: "false",
    severity: "warning",
  }),
  ...each("azurerm_container_registry", {
    path: "anonymous_pull_enabled",
    wrong: [true],
    so: published,
    want: "false",
  }),
  ...each("azurerm_storage_account", { path: "network_rules.default_action", ...allowed }),
  ...each("azurerm_storage_account_network_rules", { path: "default_action", ...allowed }),
  ...each("azurerm_key_vault", { path: "network_acls.default_action", ...allowed }),
  ...each("azurerm_storage_sync", {
    path: "incoming_traffic_policy",
    wrong: ["AllowAllTraffic"],
    so: outside,
    want: '"AllowVirtualNetworksOnly"',
    severity: "warning",
  }),
  ...each("azurerm_network_interface", {
    path: "ip_configuration.public_ip_address_id",
    there: true,
    so: "its machine has a public address",
    severity: "warning",
  }),
  ...["api_server_authorized_ip_ranges", "api_server_access_profile.authorized_ip_ranges"].flatMap((path) =>
    each("azurerm_kubernetes_cluster", { path, wrong: ["0.0.0.0/0"], so: control }),
  ),
  ...each("azurerm_kubernetes_cluster", {
    path: "api_server_access_profile.authorized_ip_ranges",
    absent: "everybody",
    so: control,
    severity: "warning",
    where: { path: "private_cluster_enabled", is: [false], orUnset: true },
    unless: ["api_server_authorized_ip_ranges"],
  }),
  ...each("azurerm_redis_firewall_rule", {
    path: "end_ip",
    wrong: ["255.255.255.255"],
    so: reachable,
    where: { path: "start_ip", is: ["0.0.0.0"] },
  }),
  // Azure takes this range for all of its own addresses.
  ...each(firewalls, {
    path: "end_ip_address",
    wrong: ["0.0.0.0"],
    so: "everything in Azure reaches it, whoever it belongs to",
    severity: "warning",
    where: { path: "start_ip_address", is: ["0.0.0.0"] },
  }),
  ...each(firewalls, {
    path: "end_ip_address",
    wrong: ["255.255.255.255"],
    so: reachable,
    where: { path: "start_ip_address", is: ["0.0.0.0"] },
  }),
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
  // Sources: "Authorized networks" of GKE, which are everything until they are set; Cloud SQL, "Configure public IP".
  ...each("google_container_cluster", {
    path: "master_authorized_networks_config",
    absent: "everybody",
    so: control,
    severity: "warning",
    where: { path: "private_cluster_config.enable_private_endpoint", is: [false], orUnset: true },
    unless: ["master_authorized_networks_config", "control_plane_endpoints_config"],
  }),
  ...each("google_container_cluster", {
    path: "private_cluster_config.enable_private_nodes",
    wrong: [false],
    so: addresses,
    want: "true",
    severity: "warning",
  }),
  ...each("google_sql_database_instance", {
    path: "settings.ip_configuration.ipv4_enabled",
    wrong: [true],
    absent: "true",
    unset: "information",
    so: "it has a public address",
    want: "false",
    severity: "warning",
    unless: ["clone"],
  }),
  ...each(
    "google_compute_instance google_compute_instance_template google_compute_region_instance_template google_compute_instance_from_template",
    { path: "network_interface.access_config", there: true, so: addresses, severity: "warning" },
  ),
  ...each("google_dataproc_cluster", {
    path: "cluster_config.gce_cluster_config.internal_ip_only",
    wrong: [false],
    so: addresses,
    want: "true",
  }),
  ...each("google_notebooks_instance", { path: "no_public_ip", wrong: [false], so: addresses, want: "true" }),
  ...["access.special_group", "access.iam_member"].flatMap((path) =>
    each("google_bigquery_dataset", { path, wrong: members, so: published }),
  ),
  ...["special_group", "iam_member"].flatMap((path) =>
    each("google_bigquery_dataset_access", { path, wrong: members, so: published }),
  ),
  ...each("google_storage_bucket_acl google_storage_default_object_acl google_storage_object_acl", {
    path: "role_entity",
    wrong: ["READER", "WRITER", "OWNER"].flatMap((role) => members.map((member) => `${role}:${member}`)),
    so: published,
  }),
  ...each("google_storage_bucket_acl google_storage_object_acl", {
    path: "predefined_acl",
    wrong: ["publicRead", "publicReadWrite", "authenticatedRead"],
    so: published,
  }),
  ...each(
    "google_storage_bucket_access_control google_storage_default_object_access_control google_storage_object_access_control",
    { path: "entity", wrong: members, so: published },
  ),
]);
