import { expect, test } from "vitest";
import { shows } from "./workspace.js";

const rules = (...alerts: readonly string[]) => `groups:\n  - name: shop\n    rules:\n${alerts.join("")}`;
const alert = (name: string, runbook?: string) =>
  `      - alert: ${name}\n        expr: up == 0\n        annotations:\n          summary: Down\n${runbook === undefined ? "" : `          runbook_url: ${runbook}\n`}`;

test("every alert that somebody acts on has to name a runbook", () => {
  const asked = { kind: "alert", runbook: true } as const;
  expect(shows(asked, { "/repo/a.yaml": rules(alert("Down", "https://x.example/a"), alert("Watchdog")) })).toEqual({
    state: "found",
    text: "1 of 1 alert has a runbook",
    places: ['/repo/a.yaml:4 "Down"'],
  });
  expect(
    shows(asked, {
      "/repo/a.yaml": rules(alert("Down", "https://x.example/a")),
      "/repo/b.yaml": rules(alert("Slow", '""'), alert("Full")),
    }),
  ).toEqual({ state: "missing", text: "1 of 3 alerts have a runbook", places: ['/repo/b.yaml:4 "Slow"'] });
});

test("alerts in manifests count as well, and without a demand for runbooks any alert will do", () => {
  const manifest = `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata:\n  name: shop\nspec:\n  groups:\n    - name: shop\n      rules:\n        - alert: Down\n          expr: up == 0\n`;
  expect(shows({ kind: "alert" }, { "/repo/r.yaml": manifest })).toEqual({
    state: "found",
    text: "1 alert",
    places: ['/repo/r.yaml:9 "Down"'],
  });
  expect(shows({ kind: "alert" }, {})).toEqual({ state: "missing", text: "no alert rule", places: [] });
  expect(shows({ kind: "alert" }, {}, { unreadable: ["/repo/r.yaml"] }).state).toBe("unknown");
});

test.each([
  "groups: [{name: a, rules: [{alert: Down, expr: up == 0}]}]\n",
  "groups:\n  - { name: a, rules: [{ record: b, expr: c }, { alert: Down, expr: up == 0 }] }\n",
  '{"groups": [{"name": "a", "rules": [{"alert": "Down", "expr": "up == 0"}]}]}\n',
  '{\n  "groups": [\n    { "name": "a", "rules": [{ "alert": "Down", "expr": "up == 0" }] }\n  ]\n}\n',
])("alerts on one line count: %s", (text) => {
  expect(shows({ kind: "alert" }, { "/repo/rules.yaml": text })).toMatchObject({ state: "found", text: "1 alert" });
});

test("a template that writes the annotation leaves it open", () => {
  const chart = `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata:\n  name: shop\nspec:\n  groups:\n    - name: shop\n      rules:\n        - alert: Down\n          expr: up == 0\n          annotations:\n            {{- toYaml .Values.annotations | nindent 12 }}\n`;
  const { state, text } = shows({ kind: "alert", runbook: true }, { "/repo/chart/templates/r.yaml": chart });
  expect([state, text]).toEqual(["unknown", "0 of 1 alert has a runbook, of 1 a template decides"]);
});
