// What the reader of PromQL makes of expressions: their trees, what is certainly wrong, and what it leaves alone.

import { describe, expect, it } from "vitest";
import { isConditional, isOneShot } from "../../../server/engine/languages/prometheus/conditions.js";
import { type Expr, metricOf, nodesOf, selectorsIn } from "../../../server/engine/languages/prometheus/expression.js";
import { dropperOf } from "../../../server/engine/languages/prometheus/labels.js";
import { parsePromql } from "../../../server/engine/languages/prometheus/parse-promql.js";

const read = (text: string): Expr => {
  const { root, problems } = parsePromql(text);
  if (!root) throw new Error(`not read: ${text} ${JSON.stringify(problems)}`);
  return root;
};

/** A tree in brackets: operators and functions before what they work on. */
function sketch(expr: Expr): string {
  switch (expr.type) {
    case "binary":
      return `(${sketch(expr.left)} ${expr.operator}${expr.bool ? " bool" : ""} ${sketch(expr.right)})`;
    case "unary":
      return `-${sketch(expr.of)}`;
    case "range":
      return `${sketch(expr.of)}[]`;
    case "call":
    case "aggregation":
      return `${expr.name}(${expr.args.map(sketch).join(", ")})`;
    case "selector":
      return metricOf(expr) ?? "{}";
    case "number":
      return expr.text;
    case "string":
      return JSON.stringify(expr.value);
  }
}

describe("an expression", () => {
  it.each([
    ["a + b * c > 5", "((a + (b * c)) > 5)"],
    ["a ^ b ^ c", "(a ^ (b ^ c))"],
    ["-a ^ 2", "-(a ^ 2)"],
    ["a or b and c", "(a or (b and c))"],
    ["a - b - c", "((a - b) - c)"],
    ["a == bool 1", "(a == bool 1)"],
    ["SUM BY (x) (a)", "sum(a)"],
    ["sum(a) without (x, y,)", "sum(a)"],
    ["rate(a[5m] offset 1w)", "rate(a[])"],
    ["max_over_time(rate(a[5m])[1h:30s] @ end())", "max_over_time(rate(a[])[])"],
    ['{__name__="a"}', "a"],
    ['{"http.requests", code="5"} > 0', "(http.requests > 0)"],
    ["a{} # the last\n", "a"],
    ["1e3 + 0x1F + .5 + Inf", "(((1e3 + 0x1F) + .5) + Inf)"],
    ["on > 1", "(on > 1)"],
    ["a * on (x) group_left (y) b", "(a * b)"],
    ["sum", "sum"],
  ])("%s", (text, tree) => expect(sketch(read(text))).toBe(tree));

  it("keeps the places of its parts", () => {
    const text = "sum(a) /\n  sum by (x) (b) > 1";
    const spans = [...nodesOf(read(text))].map(({ span }) => text.slice(span.start, span.end));
    expect(spans).toEqual([text, "sum(a) /\n  sum by (x) (b)", "sum(a)", "a", "sum by (x) (b)", "b", "1"]);
  });

  it.each(["a b", "a +", '{app="x"} |= "y"', "a default 0", "$metric > 1", "sum by a (b)", "", "a[5m", "a{b}", "5foo"])(
    "that is no PromQL has no tree: %s",
    (text) => expect(parsePromql(text).root).toBeUndefined(),
  );

  it.each([
    ["(a", 0, '"(" is never closed'],
    ["a)", 1, '")" closes nothing'],
    ["a{b]", 3, '"]" stands where "{" is still open'],
    ['a{b="c}', 4, 'the quote " is never closed'],
  ])("that is broken is told: %s", (text, start, message) =>
    expect(parsePromql(text).problems).toEqual([{ span: { start, end: start + 1 }, message }]),
  );

  it.each(['a{b="(["} > 1 # )', "a{b=~`\\d(`}", "a{b='\\''}"])(
    "brackets in strings and comments are text: %s",
    (text) => expect(parsePromql(text).problems).toEqual([]),
  );
});

describe("hostile expressions", () => {
  it.each([
    ["brackets", "(".repeat(100_000)],
    ["closed brackets", `${"(".repeat(50_000)}a${")".repeat(50_000)}`],
    ["signs", "-".repeat(100_000)],
    ["operators", "a+".repeat(100_000)],
    ["powers", "a^".repeat(100_000)],
    ["quotes", '"\\'.repeat(100_000)],
    ["one long string", `a{b="${"x".repeat(1_000_000)}"}`],
    ["comments", "#\n".repeat(100_000)],
  ])("of many %s are read to the end", (_name, text) => {
    const { root } = parsePromql(text);
    expect(root ? selectorsIn(root).length : 0).toBeLessThanOrEqual(text.length);
  });
});

describe("a label", () => {
  it.each([
    ["sum(a)", true],
    ["sum by (x) (a)", false],
    ["sum by (y) (a)", true],
    ["sum without (x) (a)", true],
    ["sum without (y) (a)", false],
    ["sum by (x) (sum by (y) (a))", true],
    ["topk(5, a)", false],
    ["a", false],
    ['a{x=""}', true],
    ["a > 5", false],
    ["5 < a", false],
    ["vector(1)", true],
    ["a / on (y) b", true],
    ["a / ignoring (y) b", false],
    ["a / ignoring (x) b", true],
    ["sum by (y) (a) / on (y) group_right (z) b", false],
    ["b / on (y) group_left (x) sum by (y) (a)", true],
    ["sum(a) or b", false],
    ["sum(a) or vector(0)", true],
    ["a and on (y) b", false],
    ["sum(a) and on () b", true],
    ["sum(a) unless b", true],
    ["absent(up)", true],
    ['absent(up{x="1"})', false],
    ['absent(up{x=~"1"})', true],
    ['label_replace(sum(a), "x", "", "", "")', false],
    ['label_replace(sum(a), "y", "", "", "")', true],
    ['count_values("x", a)', false],
    ["unknown_function(sum(a))", false],
    ["predict_linear(sum(a)[1h:], 60)", true],
    ["info(sum(a))", false],
    ["time() > 5", true],
  ])("x is certainly lost in %s: %s", (text, lost) => expect(dropperOf(read(text), "x") !== undefined).toBe(lost));
});

describe("a condition", () => {
  it.each([
    ["a", false],
    ["a > 1", true],
    ["a > bool 1", false],
    ["sum(a > 1)", true],
    ["(a > 1) * 100", true],
    ["(a > bool 1) * 100", false],
    ["a unless b", true],
    ["absent_over_time(a[5m])", true],
    ["max_over_time((a > 1)[5m:])", true],
    ["vector(1)", false],
  ])("is in %s: %s", (text, found) => expect(isConditional(read(text))).toBe(found));

  it.each([
    ["increase(a[5m]) > 3", true],
    ["increase(a[5m]) / increase(b[5m]) > 0.1", false],
    ["rate(a[5m]) > 0", true],
    ["rate(a[5m]) > 5", false],
  ])("counts single events in %s: %s", (text, found) => expect(isOneShot(read(text))).toBe(found));
});
