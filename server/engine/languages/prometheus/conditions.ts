// When the expression of an alert has a result: whether it holds a condition at all, and whether it waits by itself.

import {
  type Binary,
  calls,
  type Expr,
  isComparison,
  isScalar,
  isSetOperation,
  metricOf,
  nodesOf,
  partsOf,
  type Selector,
  selectorsIn,
} from "./expression.js";

const absences: ReadonlySet<string> = new Set(["absent", "absent_over_time"]);
const alertSeries: ReadonlySet<string> = new Set(["ALERTS", "ALERTS_FOR_STATE"]);

/** Whether the result may be empty because of a condition in the expression: a comparison, an absence, a set operator. */
export function isConditional(expr: Expr): boolean {
  if (isSetOperation(expr)) return true;
  if (isComparison(expr)) return (!expr.bool && !isScalar(expr)) || partsOf(expr).some(isConditional);
  if (expr.type === "call" && absences.has(expr.name)) return true;
  if (expr.type === "selector") return isState(expr);
  return partsOf(expr).some(isConditional);
}

/** A series that is there only in a certain state: an alert that fires, or an info metric chosen by its labels. */
function isState(selector: Selector): boolean {
  const metric = metricOf(selector) ?? "";
  return alertSeries.has(metric) || (metric.endsWith("_info") && selector.matchers.length > 0);
}

/** The comparison with `bool` by which an expression without condition compares after all; it gives 0 or 1. */
export function alwaysCompares(expr: Expr): Binary | undefined {
  for (const node of nodesOf(expr)) if (isComparison(node) && node.bool) return node;
  return undefined;
}

/** Whether an expression asks for no series at all, like the `vector(1)` of an alert that fires on purpose. */
export const isConstant = (expr: Expr): boolean => selectorsIn(expr).length === 0;

export const isAbsence = (expr: Expr): boolean => calls(expr, absences);

const counts: ReadonlySet<string> = new Set(["increase", "changes", "resets"]);
const rates: ReadonlySet<string> = new Set(["rate", "irate", "delta", "idelta"]);

/**
 * Whether an expression counts single events (`increase`, `changes`, or any `rate` at all): they are over before a waiting
 * time is. A ratio is none.
 */
export function isOneShot(expr: Expr): boolean {
  const nodes = nodesOf(expr);
  if (nodes.some((node) => node.type === "binary" && node.operator === "/")) return false;
  return calls(expr, counts) || (calls(expr, rates) && nodes.some(isAboveZero));
}

const isAboveZero = (node: Expr): boolean =>
  isComparison(node) && (node.operator === ">" || node.operator === "!=") && isZero(node.right);

const isZero = (node: Expr): boolean => node.type === "number" && Number(node.text) === 0;

const clocks: ReadonlySet<string> = new Set(["time", "timestamp"]);

/** Whether an expression measures how long ago something was, or how long it still lasts: such a time does not flap. */
export const isClock = (expr: Expr): boolean =>
  calls(expr, clocks) ||
  selectorsIn(expr).some((selector) =>
    /(?:^|[_:])(?:ttl|expir\w*|not_?after|age)(?:[_:]|$)|up_?time/i.test(metricOf(selector) ?? ""),
  );

/** Whether an expression looks back an hour or more: what it measures does not come and go. */
export const isSlow = (expr: Expr): boolean =>
  nodesOf(expr).some((node) => node.type === "range" && (node.seconds ?? 0) >= 3600);
