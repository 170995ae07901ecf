// Services that have alerts, but none on the errors or the latency of their requests.

import { like } from "../../image.js";
import { isPlain } from "../../languages/kubernetes/look.js";
import type { Alert } from "../../languages/prometheus/model.js";
import { serviceOf } from "../../languages/prometheus/signals.js";
import { at, type Fix, insertAt, option, rule, snippet, type Workspace } from "../../rule.js";
import { indentAt, lineEnd, lineSpan } from "../../text.js";

export default rule({
  on: "prometheus",
  title: "Watch every service by its errors and latency",
  why: "Rate, errors and duration of requests are what users notice, whatever the cause. A service that is only watched by CPU or by being up can fail every request without an alert.",
  severity: "information",
  profile: "strict",
  phase: 4,
  standard: "Engineer Instructions, Key Metrics (RED Method)",
  options: {
    exempt: option.strings(
      [
        "*exporter*",
        "*alertmanager*",
        "*blackbox*",
        "*cadvisor*",
        "*coredns*",
        "*etcd*",
        "*grafana*",
        "*kube*",
        "*loki*",
        "*mimir*",
        "*node*",
        "*prometheus*",
        "*thanos*",
        "*apiserver*",
      ],
      "Services that serve no requests of users; * stands for any characters",
    ),
  },

  *check(file, { exempt }, workspace) {
    const { alerts, text } = file;
    const seen = new Set<string>();
    for (const alert of alerts) {
      const service = serviceOf(alert, text);
      if (service === undefined || seen.has(service) || exempt.some((pattern) => like(service, pattern))) continue;
      seen.add(service);
      if (isWatched(service, workspace)) continue;
      const counts = workspace.facts("prometheus.service", service).map(({ alerts: count }) => count);
      const sum = counts.reduce((all, count) => all + count, 0);
      yield at(
        alert,
        `no alert among ${sum} about "${service}" watches the errors or the latency of its requests`,
        ...addition(text, alert, service),
      );
    }
  },
});

/** An alert that names no service watches all. */
const isWatched = (service: string, workspace: Workspace): boolean =>
  (["errors", "latency"] as const).some((signal) =>
    workspace.facts("prometheus.signal", signal).some((one) => one.service === undefined || one.service === service),
  );

/** An alert on the error ratio behind this one, where it is an item of a list. */
function addition(text: string, alert: Alert, service: string): readonly Fix[] {
  const { tree } = alert;
  const { start, end } = tree.node.span;
  const line = lineSpan(text, start);
  const lead = text.slice(line.start, start);
  if (!/^[ \t]*- +$/.test(lead) || tree.node.type !== "map" || tree.node.flow || !isPlain(tree)) return [];
  const inner = " ".repeat(lead.length);
  const dash = `${indentAt(text, start)}-`.padEnd(lead.length);
  const ratio = (matcher: string): string => `sum(rate(\${2:http_requests_total}{service="${service}"${matcher}}[5m]))`;
  const lines = [
    `${dash}alert: \${1:HighErrorRate}`,
    `${inner}expr: ${ratio(', status=~"5.."')} / ${ratio("")} > \${3:0.05}`,
    `${inner}for: 5m`,
    `${inner}labels:`,
    `${inner}  severity: critical`,
    `${inner}annotations:`,
    `${inner}  summary: "High error rate of ${service}"`,
    `${inner}  description: "{{ \\$value | humanizePercentage }} of the requests to ${service} fail"`,
    `${inner}  runbook_url: "\${4:https://example.com/runbooks/high-error-rate}"`,
  ];
  const last = lineSpan(text, end).end;
  const added = lines.map((one) => lineEnd(text) + one).join("");
  return [snippet(`Add an alert on the error rate of "${service}"`, insertAt(last, added))];
}
