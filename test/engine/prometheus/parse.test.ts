// What is read out of rule files of all shapes, and that no text stops the reader.

import { describe, expect, it } from "vitest";
import { catalogue } from "../../../server/engine/catalogue.gen.js";
import { settingsFor } from "../../../server/engine/config.js";
import { detect } from "../../../server/engine/detect.js";
import { secondsOf } from "../../../server/engine/languages/prometheus/durations.js";
import { labelsShown, tellsOfSeries } from "../../../server/engine/languages/prometheus/notification.js";
import { parsePrometheus } from "../../../server/engine/languages/prometheus/parse.js";
import { engineOver } from "../../harness/engine.js";

const path = "/workspace/rules.yaml";

const names = (text: string, at = path): readonly string[] =>
  parsePrometheus(at, text).alerts.map(({ called }) => called);

describe("alerts are found", () => {
  it.each([
    ["in a rule file", "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up\n"],
    [
      "in a rule file with a byte order mark",
      "\uFEFFgroups:\r\n- name: g\r\n  rules:\r\n  - alert: A\r\n    expr: up\r\n",
    ],
    ["in a list of groups", "- name: g\n  rules:\n  - alert: A\n    expr: up\n"],
    ["in one group", "name: g\nrules:\n- alert: A\n  expr: up\n"],
    ["in a list of rules", "- alert: A\n  expr: up\n"],
    ["alone", "# comment\nalert: A\nexpr: up\n"],
    ["behind the expression", "expr: up\nalert: A\n"],
    ["in JSON", '{"groups": [{"name": "g", "rules": [{"alert": "A", "expr": "up"}]}]}'],
  ])("%s", (_where, text) => expect(names(text)).toEqual(['"A"']));

  it("in a file that breaks off", () =>
    expect(names("groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up\n  - alert: B\n    expr: [")).toEqual([
      '"A"',
      '"B"',
    ]));

  it("in a chart, with braces in the expression's strings", () => {
    const text = 'groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up{job="{{ .Values.job }}"} == 0\n';
    const [alert] = parsePrometheus("/workspace/chart/templates/rules.yaml", text).alerts;
    expect(alert?.expression?.root?.type).toBe("binary");
  });
});

describe("files are told apart by their content", () => {
  it.each([
    ["groups:\n- name: g\n  rules:\n  - expr: up\n    alert: A\n", "Prometheus rules"],
    ['"groups":\n- "name": "g"\n  "rules":\n  - "record": "a:b"\n', "Prometheus rules"],
    ["alert: A\nexpr: up\n", "Prometheus rules"],
    ["- alert: A\n  expr: |\n    up\n", "Prometheus rules"],
    ["route:\n  receiver: a\nreceivers:\n- name: a\n", "Alertmanager configuration"],
    ["receivers:\n  otlp:\nservice:\n  pipelines: {}\n", undefined],
    ["groups:\n  docker:\n    patterns: ['*']\n", undefined],
    ["alert: danger\ntext: hello\n", undefined],
    ["rule_files: [a.yml]\ntests:\n- alert_rule_test:\n  - alertname: A\n", undefined],
  ])("%s", (text, kind) => expect(detect(path, text).kind).toBe(kind));

  it("an object of Kubernetes is judged as both", () => {
    const text =
      "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata:\n  name: a\nspec:\n  groups:\n" +
      "  - name: g\n    rules:\n    - alert: A\n      expr: up ==\n      for: 1 h\n";
    const file = "/workspace/rules.yaml";
    const judged = engineOver(catalogue, { [file]: text }).check(file, text, settingsFor(file, undefined));
    expect(judged.kind).toBe("Kubernetes");
    expect(judged.findings.map(({ rule }) => rule)).toContain("alert/syntax");
    expect(judged.rules).toBeGreaterThan(20);
  });
});

describe("the protocol's own good example", () => {
  const text = `# GOOD: Actionable alert with context
alert: HighErrorRate
expr: rate(http_requests_total{status=~"5.."}[5m]) / rate(http_requests_total[5m]) > 0.05
for: 5m
labels:
  severity: critical
annotations:
  summary: "High error rate detected"
  description: "Error rate is {{ $value | humanizePercentage }} for {{ $labels.service }}"
  runbook: "https://wiki.example.com/runbooks/high-error-rate"
`;

  it("has no finding", () => {
    const judged = engineOver(catalogue, { [path]: text }).check(path, text, settingsFor(path, undefined));
    expect(judged).toMatchObject({ kind: "Prometheus rules", findings: [], failures: [] });
  });
});

describe("durations", () => {
  it.each([
    ["5m", 300],
    ["1h30m", 5400],
    ["0", 0],
    ["0s", 0],
    ["1d12h", 129_600],
    ["500ms", 0.5],
    ["", undefined],
    ["5", undefined],
    ["5 m", undefined],
    ["30m1h", undefined],
    ["1.5h", undefined],
  ])("%s", (text, seconds) => expect(secondsOf(text)).toBe(seconds));
});

describe("texts of an alert", () => {
  it.each([
    ["{{ $labels.a }}", ["a"], true],
    ["{{$labels.a}}{{- .Labels.b -}}", ["a", "b"], true],
    ['{{ printf "%s" (index $labels "a-b") }}', ["a-b"], true],
    ["{{ range query `x` }}{{ .Labels.a }}{{ end }}", [], true],
    ["{{ with $labels.a }}{{ . }}{{ end }}", [], true],
    ["{{ $externalURL }}", [], false],
    ["$labels.a", [], false],
  ])("%s", (text, labels, context) => {
    expect(labelsShown(text).map(({ name }) => name)).toEqual(labels);
    expect(tellsOfSeries(text)).toBe(context);
  });
});

describe("hostile files", () => {
  const rule = "  - alert: A\n    expr: a > 1\n    annotations:\n      summary: '{{ $labels.a }}'\n";
  it.each([
    ["many rules", `groups:\n- name: g\n  rules:\n${rule.repeat(5000)}`],
    ["deep lists", `groups:\n${"- ".repeat(10_000)}alert: A`],
    ["many braces", `groups:\n- rules:\n  - alert: A\n    expr: ${"{{".repeat(50_000)}`],
    ["binary junk", `groups:\n- alert: \u0000\u0001\uFFFF\n${"\u0007:".repeat(5000)}`],
  ])("of %s are read to the end", (_name, text) => {
    for (const at of [path, "/workspace/templates/rules.yaml"]) expect(parsePrometheus(at, text).path).toBe(at);
  });
});
