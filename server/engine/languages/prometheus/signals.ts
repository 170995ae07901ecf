// What an alert watches: which service, and whether its errors, its latency, its performance, its security, its error
// budget. Read off the names of metrics, labels and the alert itself; what cannot be read may be any of them.

import { type Expr, isComparison, metricOf, nodesOf, type Selector, selectorsIn } from "./expression.js";
import { type Alert, labelOf } from "./model.js";
import { isTemplated } from "./scalars.js";

export const signals = ["errors", "latency", "performance", "security", "burn-rate"] as const;
/** `errors` and `latency` are those of requests; `performance` and `security` are classes of alerts. */
export type Signal = (typeof signals)[number];

/** What an alert watches; an alert whose expression cannot be read may watch anything. */
export function signalsOf(alert: Alert): readonly Signal[] {
  const { expression, name } = alert;
  if (!expression?.root || name.state !== "set") return signals;
  const { root } = expression;
  const selectors = selectorsIn(root);
  const words = wordsOf([name.value, ...selectors.map((selector) => metricOf(selector) ?? "")]);
  const found: Signal[] = [];
  if (selectors.some(countsErrors)) found.push("errors");
  if (selectors.some(measuresLatency) || isQuantile(root)) found.push("latency");
  if (found.includes("latency") || words.some((word) => performance.has(word))) found.push("performance");
  if (words.some((word) => security.has(word))) found.push("security");
  if (isBurnRate(root, words)) found.push("burn-rate");
  return found;
}

const wordsOf = (names: readonly string[]): readonly string[] =>
  names.flatMap((name) =>
    name
      .replace(/([a-z\d])([A-Z])/g, "$1 $2")
      .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
      .toLowerCase()
      .split(/[^a-z\d]+/),
  );

const toSet = (words: string): ReadonlySet<string> => new Set(words.split(" "));

const performance = toSet(
  "cpu memory mem throttled throttling saturation saturated utilization utilisation usage load queue backlog lag slow " +
    "latency duration throughput capacity exhausted pressure oom swap bandwidth pool connections response",
);
const security = toSet(
  "security auth authentication authorization login logins unauthorized forbidden denied certificate certificates cert " +
    "certs tls ssl x509 intrusion falco vulnerability vulnerabilities attack bruteforce audit waf ddos malware privileged " +
    "permission credentials secret secrets mfa rbac",
);
const budget = toSet("burn burnrate slo slos sli slis budget errorbudget");

const errorName =
  /(?:^|[_:])(?:errors?|failed|failures?|fails|exceptions?|5xx|unavailable|availability|success(?:es|ful)?)(?:[_:\d]|$)/;
const statusLabel =
  /^(?:status|code|status_?code|response_?code|http_?status|grpc_code|grpc_status|outcome|result|rcode|class)$/i;

/** A series of failed requests: named so, or chosen by a status that is one of an error (or by leaving out the good). */
function countsErrors(selector: Selector): boolean {
  if (errorName.test(metricOf(selector) ?? "")) return true;
  return selector.matchers.some(({ label, operator, value }) => {
    if (!statusLabel.test(label) || value === undefined) return false;
    return operator === "=" || operator === "=~"
      ? /5(?:\d\d|xx|\.\.|\.\*|\\d|\[)|err|fail|unavailable|internal|unknown/i.test(value)
      : /2(?:\d\d|xx|\.\.|\.\*|\\d|\[)|\[?1?2?34|ok|success/i.test(value);
  });
}

/** A duration or a quantile; the count of a histogram of durations is a count of requests. */
function measuresLatency(selector: Selector): boolean {
  const metric = metricOf(selector) ?? "";
  if (/_count(?:$|:)/.test(metric)) return false;
  const named = /(?:latency|duration|response_?time|request_?time|elapsed|processing_time)/i.test(metric);
  return named || selector.matchers.some(({ label }) => label === "quantile" || label === "le");
}

/** Requests as users see them fail or wait: an error rate or a latency of what is served, not of what is asked of others. */
export function symptomOf(root: Expr): "an error rate" | "a latency" | undefined {
  const served = selectorsIn(root).filter((selector) => {
    const metric = metricOf(selector) ?? "";
    return requestName.test(metric) && !/client|push|pull|scrape/.test(metric);
  });
  if (served.some(measuresLatency)) return "a latency";
  return served.some(countsErrors) ? "an error rate" : undefined;
}

const requestName = /(?:^|[_:])(?:https?|grpc|requests?|responses?|ingress|istio|envoy|probe)(?:[_:]|$)/;

function isQuantile(root: Expr): boolean {
  for (const node of nodesOf(root)) if (node.type === "call" && node.name === "histogram_quantile") return true;
  return false;
}

/** Speaks of budgets, or compares two windows with a multiple of what is allowed (`> 14.4 * 0.001`). */
function isBurnRate(root: Expr, words: readonly string[]): boolean {
  if (words.some((word) => budget.has(word))) return true;
  const multiples = nodesOf(root).filter((node) => isComparison(node) && isMultiple(node.right));
  return multiples.length > 1;
}

const isMultiple = (expr: Expr): boolean =>
  expr.type === "binary" && expr.operator === "*" && expr.left.type === "number";

const serviceLabels: readonly string[] = ["service", "app", "job"];

/**
 * The service that an alert is about: its own label `service`, or the one value that its selectors ask for.
 * @returns undefined for an alert about any service, and where the text does not tell
 */
export function serviceOf(alert: Alert, text: string): string | undefined {
  const own = labelOf(alert, "service", text);
  if (own.state === "set") return isTemplated(own.value) || own.value === "" ? undefined : own.value;
  const { expression } = alert;
  if (own.state === "unknown" || !expression?.root) return undefined;
  const selectors = selectorsIn(expression.root);
  for (const label of serviceLabels) {
    const asked = new Set(selectors.map((selector) => askedFor(selector, label)));
    const [only] = asked;
    if (asked.size === 1 && only !== undefined) return only;
  }
  return undefined;
}

function askedFor({ matchers }: Selector, label: string): string | undefined {
  const matcher = matchers.find((one) => one.label === label);
  if (!matcher?.value || (matcher.operator !== "=" && matcher.operator !== "=~")) return undefined;
  return /^[\w-]+$/.test(matcher.value) ? matcher.value : undefined;
}
