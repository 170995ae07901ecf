// What rule files say to the other files of the workspace.

import type { Fact } from "../../workspace.js";
import { isConditional } from "./conditions.js";
import { type Alert, type Expression, labelOf, type PrometheusFile } from "./model.js";
import { lexPromql } from "./promql-lexer.js";
import { type RunbookFact, runbooksOf } from "./runbooks.js";
import { type Signal, serviceOf, signalsOf } from "./signals.js";

export interface PrometheusFacts {
  /** By "all": how many alerts a file has. */
  "prometheus.alerts": { readonly count: number };
  /** By "all": how many alerts of a file name a runbook. */
  "prometheus.runbooks": RunbookFact;
  /** By the alert's name; only alerts of which severity and expression are known. */
  "prometheus.alert": { readonly severity: string; readonly expression: string };
  /** By the name of the series that is recorded: whether it is there only while a condition holds. */
  "prometheus.record": { readonly conditional: boolean };
  /** By service: how many alerts of a file are about it. */
  "prometheus.service": { readonly alerts: number };
  /** By signal: a service that it is watched for; without one, it is watched for all, or that is not known. */
  "prometheus.signal": { readonly service?: string };
}

export function facts(file: PrometheusFile): readonly Fact[] {
  const { alerts, records, text } = file;
  const found: Fact[] = records.map(({ name, expression }) => ({
    kind: "prometheus.record",
    key: name,
    value: { conditional: !expression?.root || isConditional(expression.root) },
  }));
  if (alerts.length === 0) return found;
  found.push({ kind: "prometheus.alerts", key: "all", value: { count: alerts.length } });
  found.push({ kind: "prometheus.runbooks", key: "all", value: runbooksOf(file) });
  for (const alert of alerts) {
    const identity = identityOf(alert, text);
    if (!identity) continue;
    const { name, ...value } = identity;
    found.push({ kind: "prometheus.alert", key: name, value });
  }
  return [...found, ...watched(file)];
}

/** What makes two alerts the same; undefined where it is not known, or another alert may stand in its place. */
export function identityOf(
  alert: Alert,
  text: string,
): { readonly name: string; readonly severity: string; readonly expression: string } | undefined {
  const { name, expression, conditional } = alert;
  const severity = labelOf(alert, "severity", text);
  if (conditional || name.state !== "set" || severity.state === "unknown" || !expression) return undefined;
  return {
    name: name.value,
    severity: severity.state === "set" ? severity.value : "",
    expression: fingerprint(expression),
  };
}

const fingerprints = new WeakMap<Expression, string>();

/** An expression without what does not count in it, space and comments outside of strings; short, whatever its length. */
function fingerprint(expression: Expression): string {
  const known = fingerprints.get(expression);
  if (known !== undefined) return known;
  let hash = 0;
  let length = 0;
  for (const { text } of lexPromql(expression.text).tokens)
    for (let i = 0; i < text.length; i++, length++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  const print = `${length}.${(hash >>> 0).toString(36)}`;
  fingerprints.set(expression, print);
  return print;
}

/** Each service and each signal once: thousands of alerts are indexed. */
function watched({ alerts, text }: PrometheusFile): readonly Fact[] {
  const services = new Map<string, number>();
  const signals = new Map<Signal, Set<string | undefined>>();
  for (const alert of alerts) {
    const service = serviceOf(alert, text);
    if (service !== undefined) services.set(service, (services.get(service) ?? 0) + 1);
    for (const signal of signalsOf(alert)) signals.set(signal, (signals.get(signal) ?? new Set()).add(service));
  }
  return [
    ...[...services].map(([key, count]): Fact => ({ kind: "prometheus.service", key, value: { alerts: count } })),
    ...[...signals].flatMap(([key, found]) =>
      [...found].map(
        (service): Fact => ({ kind: "prometheus.signal", key, value: service === undefined ? {} : { service } }),
      ),
    ),
  ];
}
