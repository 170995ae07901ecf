// Arguments that decide whether it is recorded who did or reached what, with the defaults of the providers. Whether an
// account has a trail at all is not among them: one for all accounts lies in a module of its own, out of sight.
// Source: argument references of hashicorp/aws 6.25.0, hashicorp/azurerm 4.55.0, hashicorp/google 6.50.0.

import { byType, type Demand, each } from "./demands.js";

const requests = "nobody can tell later who sent which request";
const flows = "nobody can tell later who talked to whom";

export const auditLogs: ReadonlyMap<string, readonly Demand[]> = byType([
  ...each("aws_cloudtrail", { path: "enable_logging", wrong: [false], so: "the trail records nothing" }),
  ...each("aws_cloudtrail", {
    path: "is_multi_region_trail",
    wrong: [false],
    absent: "false",
    so: "what happens in other regions is not recorded",
  }),
  ...each("aws_cloudtrail", {
    path: "include_global_service_events",
    wrong: [false],
    so: "changes to users and roles are not recorded",
  }),
  ...each("aws_lb aws_alb", {
    path: "access_logs.enabled",
    wrong: [false],
    absent: "false",
    so: requests,
    // The others log connections with TLS alone, or nothing.
    where: { path: "load_balancer_type", is: ["application"], orUnset: true },
  }),
  ...each("aws_elb", { path: "access_logs.enabled", wrong: [false], so: requests }),
  ...each("aws_elb", { path: "access_logs", absent: "none", so: requests, unless: ["access_logs"] }),
  ...each("aws_api_gateway_stage aws_apigatewayv2_stage", {
    path: "access_log_settings",
    absent: "none",
    so: requests,
    unless: ["access_log_settings"],
  }),
  ...each("aws_eks_cluster", {
    path: "enabled_cluster_log_types",
    absent: "none",
    so: "changes to the cluster are not recorded",
  }),
  ...each("aws_redshift_cluster", { path: "logging.enable", wrong: [false], so: requests }),
  ...each("azurerm_mssql_server_extended_auditing_policy azurerm_mssql_database_extended_auditing_policy", {
    path: "enabled",
    wrong: [false],
    so: requests,
  }),
  ...each("azurerm_network_watcher_flow_log", { path: "enabled", wrong: [false], so: flows }),
  ...each("google_compute_subnetwork", {
    path: "log_config",
    absent: "no flow logs",
    so: flows,
    // Those for proxies and for publishing services have none.
    where: { path: "purpose", is: ["PRIVATE"], orUnset: true },
    unless: ["log_config"],
  }),
  ...each("google_compute_backend_service", { path: "log_config.enable", wrong: [false], so: requests }),
  ...each("google_container_cluster", {
    path: "logging_service",
    wrong: ["none"],
    so: "changes to the cluster are not recorded",
  }),
]);
