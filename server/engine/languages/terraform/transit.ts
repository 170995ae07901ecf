// Arguments that decide whether data is encrypted on its way, with the defaults of the providers.
// Source: argument references of hashicorp/aws 6.25.0, hashicorp/azurerm 4.55.0, hashicorp/google 6.50.0.

import { byType, type Demand, each } from "./demands.js";

const plain = "connections to it need not be encrypted";
const oldTls = "it still speaks versions of TLS that are broken";
const tls12 = {
  so: oldTls,
  wrong: ["1.0", "1", "1.1", "TLS1_0", "TLS1_1", "TLS_1_0", "TLS_1_1", "TLS10", "TLS11"],
} as const;

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

/** What API Management can let in of old, under the names of version 4 of the provider and before. */
const oldOfManagement = ["backend", "frontend"].flatMap((side) =>
  ["ssl30", "tls10", "tls11"].flatMap((version) => [`${side}_${version}_enabled`, `enable_${side}_${version}`]),
);

const webApps = ["linux", "windows"]
  .flatMap((system) => ["web_app", "function_app"].map((app) => `azurerm_${system}_${app}`))
  .flatMap((type) => [type, `${type}_slot`])
  .join(" ");
const olderApps = "azurerm_app_service azurerm_function_app azurerm_app_service_slot azurerm_function_app_slot";

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
    absent: "TLSv1",
    so: oldTls,
    want: '"TLSv1.2_2021"',
    where: { path: "viewer_certificate.cloudfront_default_certificate", is: [false], orUnset: true },
  }),
  // The certificate of CloudFront comes with TLS 1.0 and later.
  ...each("aws_cloudfront_distribution", {
    path: "viewer_certificate.cloudfront_default_certificate",
    wrong: [true],
    so: oldTls,
    severity: "information",
  }),
  ...each("aws_cloudfront_distribution", {
    path: "origin.custom_origin_config.origin_protocol_policy",
    wrong: ["http-only"],
    so: "it asks the origin in plain HTTP",
    want: '"https-only"',
  }),
  ...each("aws_cloudfront_distribution", {
    path: "origin.custom_origin_config.origin_ssl_protocols",
    wrong: ["SSLv3", "TLSv1", "TLSv1.1"],
    so: oldTls,
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
    where: { path: "engine", is: ["redis"], orUnset: true },
    unless: ["global_replication_group_id"],
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
  ...each("aws_elb", { path: "listener.lb_protocol", wrong: ["HTTP", "http"], so: plain }),
  ...each("aws_ecs_task_definition", {
    path: "volume.efs_volume_configuration.transit_encryption",
    wrong: ["DISABLED"],
    absent: "DISABLED",
    inBlock: true,
    so: "files travel in plain text",
    want: '"ENABLED"',
  }),
  ...each("aws_transfer_server", { path: "protocols", wrong: ["FTP"], so: plain }),
  ...each("aws_sns_topic_subscription", { path: "protocol", wrong: ["http"], so: "messages travel in plain text" }),
  ...each("aws_dms_endpoint", { path: "ssl_mode", wrong: ["none"], so: "data travels in plain text" }),
  ...each("aws_dax_cluster", {
    path: "cluster_endpoint_encryption_type",
    wrong: ["NONE"],
    absent: "NONE",
    so: plain,
    want: '"TLS"',
  }),
  ...each("aws_memorydb_cluster", { path: "tls_enabled", wrong: [false], so: plain, want: "true" }),
  ...each("aws_db_proxy", { path: "require_tls", wrong: [false], absent: "false", so: plain, want: "true" }),
  ...each("aws_codebuild_project", {
    path: "source.insecure_ssl",
    wrong: [true],
    so: "certificates of the source are not checked",
    want: "false",
  }),
  ...each("aws_docdb_cluster_parameter_group", { path: "parameter[tls].value", wrong: ["disabled"], so: plain }),
  ...each("aws_redshift_parameter_group", {
    path: "parameter[require_ssl].value",
    wrong: [false],
    absent: "false",
    so: plain,
    where: { path: "family", is: ["redshift-1.0"] },
  }),
  ...["rds.force_ssl", "require_secure_transport"].flatMap((name) =>
    each("aws_db_parameter_group aws_rds_cluster_parameter_group", {
      path: `parameter[${name}].value`,
      wrong: ["0", "OFF", "off"],
      so: plain,
    }),
  ),
  ...each("azurerm_postgresql_flexible_server_configuration azurerm_mysql_flexible_server_configuration", {
    path: "value",
    wrong: ["OFF", "off"],
    so: plain,
    where: { path: "name", is: ["require_secure_transport"] },
  }),
  ...each("azurerm_storage_account", { path: "https_traffic_only_enabled", wrong: [false], so: plain, want: "true" }),
  ...each("azurerm_storage_account", { path: "enable_https_traffic_only", wrong: [false], so: plain, want: "true" }),
  ...each("azurerm_storage_account", { path: "min_tls_version", ...tls12, want: '"TLS1_2"' }),
  ...each("azurerm_postgresql_server azurerm_mysql_server azurerm_mariadb_server", {
    path: "ssl_enforcement_enabled",
    wrong: [false],
    absent: "none",
    so: plain,
    want: "true",
    unless: ["ssl_enforcement"],
  }),
  ...each("azurerm_postgresql_server azurerm_mysql_server azurerm_mariadb_server", {
    path: "ssl_enforcement",
    wrong: ["Disabled"],
    so: plain,
    want: '"Enabled"',
  }),
  ...each("azurerm_postgresql_server azurerm_mysql_server azurerm_mariadb_server", {
    path: "ssl_minimal_tls_version_enforced",
    ...tls12,
    want: '"TLS1_2"',
  }),
  ...each(`${olderApps} ${webApps} azurerm_spring_cloud_app`, {
    path: "https_only",
    wrong: [false],
    absent: "false",
    so: plain,
    want: "true",
  }),
  ...each(webApps, {
    path: "site_config.minimum_tls_version",
    ...tls12,
    want: '"1.2"',
  }),
  ...each(`${olderApps} ${webApps}`, {
    path: "site_config.ftps_state",
    wrong: ["AllAllowed"],
    so: "files can be sent in plain FTP",
    want: '"FtpsOnly"',
  }),
  ...each(olderApps, {
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
  ...each("azurerm_iothub", { path: "min_tls_version", ...tls12, want: '"1.2"' }),
  ...oldOfManagement.flatMap((path) =>
    each("azurerm_api_management", { path: `security.${path}`, wrong: [true], so: oldTls, want: "false" }),
  ),
  ...each("azurerm_api_management_api", { path: "protocols", wrong: ["http"], so: plain }),
  ...each("azurerm_cdn_endpoint", {
    path: "is_http_allowed",
    wrong: [true],
    absent: "true",
    so: plain,
    want: "false",
    // It may send people on to HTTPS.
    unless: ["delivery_rule"],
  }),
  ...each("azurerm_cdn_endpoint", { path: "is_https_allowed", wrong: [false], so: plain, want: "true" }),
  ...["cdn_managed_https", "user_managed_https"].flatMap((block) =>
    each("azurerm_cdn_endpoint_custom_domain", { path: `${block}.tls_version`, ...tls12, want: '"TLS12"' }),
  ),
  ...each("azurerm_application_gateway", {
    path: "http_listener.protocol",
    wrong: ["Http"],
    so: plain,
    unless: ["redirect_configuration"],
  }),
  ...each("azurerm_application_gateway", {
    path: "ssl_policy.policy_name",
    wrong: ["AppGwSslPolicy20150501", "AppGwSslPolicy20170401"],
    so: oldTls,
    want: '"AppGwSslPolicy20220101"',
  }),
  ...each("azurerm_application_gateway", {
    path: "ssl_policy.min_protocol_version",
    wrong: ["TLSv1_0", "TLSv1_1"],
    so: oldTls,
    want: '"TLSv1_2"',
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
  ...each("google_sql_database_instance", {
    path: "settings.ip_configuration.ssl_mode",
    absent: "ALLOW_UNENCRYPTED_AND_ENCRYPTED",
    so: plain,
    want: '"ENCRYPTED_ONLY"',
    where: { path: "settings.ip_configuration.require_ssl", is: [], orUnset: true },
    unless: ["clone"],
  }),
  ...each("google_app_engine_flexible_app_version", {
    path: "handlers.security_level",
    wrong: ["SECURE_NEVER"],
    so: plain,
    want: '"SECURE_ALWAYS"',
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
