// Which labels the result of a PromQL expression cannot have, and what drops them.

import { type Aggregation, type Binary, type Call, type Expr, isScalar, isSetOperation } from "./expression.js";

/**
 * The node because of which no series of the result has a label; undefined where some may have it.
 * Semantics: Prometheus, "Operators" (vector matching) and "Functions".
 */
export function dropperOf(expr: Expr, label: string): Expr | undefined {
  switch (expr.type) {
    case "number":
    case "string":
      return expr;
    case "selector":
      return expr.matchers.some((one) => one.label === label && one.operator === "=" && one.value === "")
        ? expr
        : undefined;
    case "range":
    case "unary":
      return dropperOf(expr.of, label);
    case "call":
      return inCall(expr, label);
    case "aggregation":
      return inAggregation(expr, label);
    case "binary":
      return inBinary(expr, label);
  }
}

const choosing: ReadonlySet<string> = new Set(["topk", "bottomk", "limitk", "limit_ratio"]);

function inAggregation(expr: Aggregation, label: string): Expr | undefined {
  const { name, args, grouping } = expr;
  const inner = args.at(-1);
  const below = (): Expr | undefined => inner && dropperOf(inner, label);
  if (choosing.has(name)) return below();
  const [added] = args;
  if (name === "count_values" && (added?.type !== "string" || added.value === undefined || added.value === label))
    return undefined;
  if (!grouping) return expr;
  return grouping.labels.includes(label) === grouping.by ? below() : expr;
}

// Functions whose result has the labels of their vector, which is the argument at this place.
const passing: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    (
      "abs acos acosh asin asinh atan atanh avg_over_time ceil changes clamp clamp_max clamp_min cos cosh " +
      "count_over_time day_of_month day_of_week day_of_year days_in_month deg delta deriv double_exponential_smoothing " +
      "exp first_over_time floor histogram_avg histogram_count histogram_stddev histogram_stdvar histogram_sum " +
      "holt_winters hour idelta increase irate last_over_time ln log10 log2 mad_over_time max_over_time min_over_time " +
      "minute month predict_linear present_over_time rad rate resets round sgn sin sinh sort sort_by_label " +
      "sort_by_label_desc sort_desc sqrt stddev_over_time stdvar_over_time sum_over_time tan tanh timestamp " +
      "ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time year"
    )
      .split(" ")
      .map((name) => [name, 0]),
  ),
  histogram_quantile: 1,
  quantile_over_time: 1,
  histogram_fraction: 2,
};

function inCall(expr: Call, label: string): Expr | undefined {
  const { name, args } = expr;
  const [first, second] = args;
  if (isScalar(expr) || name === "vector") return expr;
  if (name === "absent" || name === "absent_over_time") return inAbsent(expr, label);
  if (name === "label_replace" || name === "label_join") {
    const writes = second?.type !== "string" || second.value === undefined || second.value === label;
    return writes || !first ? undefined : dropperOf(first, label);
  }
  if ((name === "histogram_quantile" || name === "histogram_fraction") && label === "le") return expr;
  const place = passing[name];
  const vector = place === undefined ? undefined : args[place];
  return vector && dropperOf(vector, label);
}

/** What is absent has the labels that its selector asks for by "=". */
function inAbsent(expr: Call, label: string): Expr | undefined {
  const [first] = expr.args;
  const selector = first?.type === "range" ? first.of : first;
  if (selector?.type !== "selector") return expr;
  return selector.matchers.some((one) => one.label === label && one.operator === "=") ? undefined : expr;
}

function inBinary(expr: Binary, label: string): Expr | undefined {
  const { operator, left, right, matching, group } = expr;
  const [fromLeft, fromRight] = [dropperOf(left, label), dropperOf(right, label)];
  if (operator === "or") return fromRight && fromLeft;
  if (isSetOperation(expr)) return fromLeft;
  if (isScalar(left)) return fromRight;
  if (isScalar(right)) return fromLeft;
  if (group) {
    const [many, one] = group.side === "left" ? [fromLeft, fromRight] : [fromRight, fromLeft];
    return group.labels.includes(label) ? one : many;
  }
  if (matching && matching.labels.includes(label) !== matching.on) return expr;
  return fromLeft ?? fromRight;
}
