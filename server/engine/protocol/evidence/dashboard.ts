// Evidence in dashboards: Grafana's as JSON or in ConfigMaps, and those that operators and Terraform make.

import type { Evidence } from "../model.js";
import { objectsOf } from "./kubernetes.js";
import { doubtsIn, type Evaluator, found, notFound, placesOf } from "./result.js";

type Dashboard = Extract<Evidence, { readonly kind: "dashboard" }>;

/** Sources: Grafana Operator 5; providers hashicorp/aws 6, hashicorp/google 6, hashicorp/azurerm 4, grafana 4, DataDog 3. */
const objects: readonly string[] = ["GrafanaDashboard"];
const resources: readonly string[] = [
  "grafana_dashboard",
  "aws_cloudwatch_dashboard",
  "google_monitoring_dashboard",
  "azurerm_portal_dashboard",
  "azurerm_dashboard_grafana",
  "datadog_dashboard",
  "datadog_dashboard_json",
];

export const dashboard: Evaluator<Dashboard> = (evidence, parts) => {
  const { lookup } = parts;
  const places = [
    ...placesOf(lookup.facts("grafana.dashboard", "all"), parts, ({ name }) => `dashboard "${name}"`),
    ...resources.flatMap((type) => placesOf(lookup.facts("terraform.resource", type), parts, ({ name }) => name)),
    ...objects.flatMap((kind) => objectsOf(kind, parts)),
  ];
  if (places.length === 0) return notFound(evidence, "no dashboard", doubtsIn("kubernetes", parts));
  return found(evidence, places.length === 1 ? "a dashboard" : "dashboards", places);
};
