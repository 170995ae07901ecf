// Arguments that decide in which network something runs and who there may reach it, with the defaults of the providers.
// Source: argument references of hashicorp/aws 6.25.0, hashicorp/google 6.50.0.

import { byType, type Demand, each } from "./demands.js";

const shared = "nothing keeps it apart from whatever else runs there";
const subnet = { absent: "the default VPC", so: shared } as const;
const group = { absent: "the default group of the VPC", so: "everything in that group reaches it" } as const;
const ready = { wrong: ["default"], so: shared } as const;

/** A machine that is described elsewhere has its network there. */
const elsewhere = ["network_interface", "primary_network_interface", "launch_template"];

/** What is restored or copied can take its network along. */
const restored = [
  "replicate_source_db",
  "replication_source_identifier",
  "snapshot_identifier",
  "restore_to_point_in_time",
];

/** The first unmet demand on a resource is the one that counts: without a subnet the group does not matter. */
export const segmentation: ReadonlyMap<string, readonly Demand[]> = byType([
  ...each("aws_instance aws_spot_instance_request", { path: "subnet_id", ...subnet, unless: elsewhere }),
  ...each("aws_db_instance aws_rds_cluster aws_docdb_cluster", {
    path: "db_subnet_group_name",
    ...subnet,
    unless: restored,
  }),
  ...each("aws_neptune_cluster", { path: "neptune_subnet_group_name", ...subnet, unless: restored }),
  ...each("aws_redshift_cluster", { path: "cluster_subnet_group_name", ...subnet, unless: restored }),
  ...each("aws_elasticache_cluster aws_elasticache_replication_group", {
    path: "subnet_group_name",
    ...subnet,
    unless: ["replication_group_id", "global_replication_group_id"],
  }),
  ...each("aws_dms_replication_instance", { path: "replication_subnet_group_id", ...subnet }),
  ...each("aws_instance aws_spot_instance_request", {
    path: "vpc_security_group_ids",
    ...group,
    unless: ["security_groups", ...elsewhere],
  }),
  ...each("aws_db_instance aws_rds_cluster aws_docdb_cluster aws_neptune_cluster aws_redshift_cluster", {
    path: "vpc_security_group_ids",
    ...group,
    unless: restored,
  }),
  ...each("aws_elasticache_cluster aws_elasticache_replication_group", {
    path: "security_group_ids",
    ...group,
    unless: ["replication_group_id", "global_replication_group_id", "security_group_names"],
  }),
  ...each("aws_lb aws_alb", {
    path: "security_groups",
    ...group,
    where: { path: "load_balancer_type", is: ["application"], orUnset: true },
  }),
  // Where it is not set, a policy of the organization decides.
  ...each("google_project", {
    path: "auto_create_network",
    wrong: [true],
    so: "it comes with a default network that is open inside",
  }),
  ...each("google_container_cluster", {
    path: "network",
    ...ready,
    absent: "the default network",
    unless: ["subnetwork"],
  }),
  ...each("google_container_cluster", { path: "network", ...ready }),
  ...each(
    "google_compute_instance google_compute_instance_template google_compute_region_instance_template google_compute_instance_from_template",
    { path: "network_interface.network", ...ready },
  ),
  ...each("google_dataproc_cluster", { path: "cluster_config.gce_cluster_config.network", ...ready }),
  ...each("google_compute_firewall google_compute_router google_compute_vpn_gateway", {
    path: "network",
    wrong: ["default"],
    so: "it is for a network that everything shares",
  }),
]);

/** Resources and data sources that stand for what a cloud account comes with: type -> what it is. */
export const adopted: Readonly<Record<string, string>> = {
  aws_default_vpc: "the default VPC",
  aws_default_subnet: "a subnet of the default VPC",
};

export const lookedUp: readonly Demand[] = [
  { type: "aws_vpc", path: "default", wrong: [true], so: "the default VPC" },
  { type: "aws_security_group", path: "name", wrong: ["default"], so: "the default security group" },
  { type: "google_compute_network", path: "name", wrong: ["default"], so: "the default network" },
];

/** Subnets that take no group of rules. Source: Microsoft Learn, "Network security groups", and the gateways' own pages. */
export const unguarded: readonly string[] = [
  "GatewaySubnet",
  "AzureFirewallSubnet",
  "AzureFirewallManagementSubnet",
  "RouteServerSubnet",
];
