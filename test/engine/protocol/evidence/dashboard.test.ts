import { expect, test } from "vitest";
import { shows } from "./workspace.js";

const asked = { kind: "dashboard" } as const;
const model = JSON.stringify({ title: "Shop", schemaVersion: 39, panels: [] }, undefined, 2);

test.each([
  ["a dashboard's JSON", "/repo/monitoring/shop.json", model, 'shop.json:2 dashboard "Shop"'],
  ["as the API hands it out", "/repo/d.json", `{"dashboard":${model}}`, 'd.json:2 dashboard "Shop"'],
  [
    "a ConfigMap with Grafana's label",
    "/repo/k8s/d.yaml",
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop-dashboard\n  labels:\n    grafana_dashboard: "1"\n',
    'd.yaml:4 dashboard "shop-dashboard"',
  ],
  [
    "an object of the operator",
    "/repo/k8s/o.yaml",
    "apiVersion: grafana.integreatly.org/v1beta1\nkind: GrafanaDashboard\nmetadata:\n  name: shop\n",
    'o.yaml:4 GrafanaDashboard "shop"',
  ],
  [
    "a resource of Terraform",
    "/repo/d.tf",
    'resource "grafana_dashboard" "shop" {}\n',
    "d.tf:1 grafana_dashboard.shop",
  ],
])("%s is found", (_, path, text, place) => {
  const found = shows(asked, { [path]: text });
  expect([found.state, found.text, found.places.length]).toEqual(["found", "a dashboard", 1]);
  expect(found.places[0]).toMatch(new RegExp(`${place.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`));
});

test.each([
  ["other JSON", "/repo/data.json", '{"title": "Shop", "panels": 3, "schemaVersion": 1}'],
  ["panels of another tool", "/repo/data.json", '{"title": "Shop", "panels": []}'],
  ["words in a string", "/repo/data.json", '{"about": "\\"panels\\": \\"schemaVersion\\":"}'],
  ["a broken text", "/repo/data.json", model.slice(0, -1)],
  ["a list", "/repo/data.json", '[{"panels": [], "schemaVersion": 1}]'],
  ["a manifest of dependencies", "/repo/package.json", model],
  ["a ConfigMap without the label", "/repo/c.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n"],
])("%s is no dashboard", (_, path, text) => {
  expect(shows(asked, { [path]: text })).toEqual({ state: "missing", text: "no dashboard", places: [] });
});
