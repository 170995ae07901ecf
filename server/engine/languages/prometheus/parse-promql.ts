// The text of a PromQL expression -> its tree. What is not PromQL as Prometheus 3 knows it (LogQL, MetricsQL, variables of
// dashboards) has no tree: nothing is said about it.

import { placeholder } from "../kubernetes/template.js";
import type { Problem } from "../source.js";
import { secondsOf } from "./durations.js";
import type { Binary, Expr, Group, Grouping, Matcher, Matching } from "./expression.js";
import { lexPromql, type Token } from "./promql-lexer.js";

/** How deep an expression may nest, and how many operators it may have; real ones stay below 20 and 100. */
const maximumDepth = 100;
const maximumOperators = 1000;

export interface Promql {
  /** Absent where the text is no PromQL, or a template writes parts of it. */
  readonly root?: Expr;
  readonly problems: readonly Problem[];
}

/** Reads any text; never throws. */
export function parsePromql(text: string): Promql {
  const { tokens, problems } = lexPromql(text);
  if (problems.length > 0 || tokens.some(({ kind }) => kind === "strange")) return { problems };
  try {
    return { root: createReader(tokens).whole(), problems };
  } catch (error) {
    if (error instanceof NotPromql) return { problems };
    throw error;
  }
}

class NotPromql extends Error {}

const aggregators: ReadonlySet<string> = new Set(
  "sum avg count min max group stddev stdvar topk bottomk quantile count_values limitk limit_ratio".split(" "),
);

const precedences: ReadonlyMap<string, number> = new Map(
  [["or"], ["and", "unless"], ["==", "!=", ">", "<", ">=", "<="], ["+", "-"], ["*", "/", "%", "atan2"], ["^"]].flatMap(
    (operators, rank) => operators.map((operator) => [operator, rank + 1] as const),
  ),
);
const power = 6;

function createReader(tokens: readonly Token[]) {
  let at = 0;
  let depth = 0;
  let operators = 0;

  const fail = (): never => {
    throw new NotPromql();
  };
  const peek = (): Token | undefined => tokens[at];
  const next = (): Token => tokens[at++] ?? fail();
  const is = (text: string): boolean => tokens[at]?.word === text;
  const take = (text: string): boolean => is(text) && at++ >= 0;
  const expect = (text: string): void => {
    if (!take(text)) fail();
  };
  const end = (): number => tokens[at - 1]?.span.end ?? 0;

  const expression = (least: number): Expr => {
    if (++depth > maximumDepth) fail();
    let left = unary();
    for (let rank = rankAt(); rank >= least; rank = rankAt()) {
      if (++operators > maximumOperators) fail();
      left = binary(left, rank);
    }
    depth--;
    return left;
  };

  const rankAt = (): number => precedences.get(tokens[at]?.word ?? "") ?? 0;

  const binary = (left: Expr, rank: number): Binary => {
    const operator = next().word;
    const bool = take("bool");
    const matching = matchingAt();
    const group = groupAt();
    const right = expression(operator === "^" ? rank : rank + 1);
    const span = { start: left.span.start, end: right.span.end };
    return { type: "binary", operator, bool, left, right, matching, group, span };
  };

  const matchingAt = (): Matching | undefined => {
    if (!is("on") && !is("ignoring")) return undefined;
    const on = next().word === "on";
    return { on, labels: labels() };
  };

  const groupAt = (): Group | undefined => {
    if (!is("group_left") && !is("group_right")) return undefined;
    const side = next().word === "group_left" ? "left" : "right";
    return { side, labels: is("(") ? labels() : [] };
  };

  const groupingAt = (): Grouping | undefined => {
    if (!is("by") && !is("without")) return undefined;
    const by = next().word === "by";
    return { by, labels: labels() };
  };

  const labels = (): readonly string[] => {
    const found: string[] = [];
    expect("(");
    while (!take(")")) {
      const token = next();
      if (token.kind === "string") found.push(stringValue(token) ?? fail());
      else if (token.kind === "name") found.push(token.text);
      else fail();
      if (!is(")")) expect(",");
    }
    return found;
  };

  const unary = (): Expr => {
    const sign = peek();
    if (!take("-") && !take("+")) return postfix(primary());
    const of = expression(power);
    return { type: "unary", of, span: { start: sign?.span.start ?? 0, end: of.span.end } };
  };

  /** Ranges, subqueries, `offset` and `@`. */
  const postfix = (inner: Expr): Expr => {
    for (let node = inner; ; ) {
      if (take("[")) {
        const seconds = secondsOf(peek()?.text ?? "");
        while (!take("]")) next();
        node = { type: "range", of: node, seconds, span: { start: inner.span.start, end: end() } };
      } else if (take("offset")) {
        take("-");
        if (next().kind !== "number") fail();
      } else if (take("@")) {
        take("-");
        if (next().kind === "name") labels(); // start() or end()
      } else return node;
    }
  };

  const primary = (): Expr => {
    const token = next();
    const { span } = token;
    if (token.kind === "number") return { type: "number", text: token.text, span };
    if (token.kind === "string") return { type: "string", value: stringValue(token), span };
    if (token.text === "(") {
      const inner = expression(1);
      expect(")");
      return inner;
    }
    if (token.text === "{") return selector(undefined, token);
    return token.kind === "name" ? named(token) : fail();
  };

  const named = (token: Token): Expr => {
    const { start } = token.span;
    const { word } = token;
    if (aggregators.has(word) && (is("(") || is("by") || is("without"))) {
      const before = groupingAt();
      const args = argumentsAt();
      const grouping = before ?? groupingAt();
      return { type: "aggregation", name: word, args, grouping, span: { start, end: end() } };
    }
    if (is("(")) return { type: "call", name: word, args: argumentsAt(), span: { start, end: end() } };
    if (/^(?:inf|nan)$/.test(word)) return { type: "number", text: token.text, span: token.span };
    if (precedences.has(word)) return fail();
    return take("{")
      ? selector(token.text, token)
      : { type: "selector", name: token.text, matchers: [], span: token.span };
  };

  const argumentsAt = (): readonly Expr[] => {
    const args: Expr[] = [];
    expect("(");
    while (!take(")")) {
      args.push(expression(1));
      if (!is(")")) expect(",");
    }
    return args;
  };

  /** Behind the opening brace. A string without operator is the metric's name. */
  const selector = (outside: string | undefined, first: Token): Expr => {
    let name = outside;
    const matchers: Matcher[] = [];
    while (!take("}")) {
      const token = next();
      const label = token.kind === "string" ? stringValue(token) : token.kind === "name" ? token.text : fail();
      const operator = matcherOperator(peek()?.word);
      if (operator) {
        at++;
        const value = next();
        matchers.push({
          label: label ?? fail(),
          operator,
          value: value.kind === "string" ? stringValue(value) : fail(),
        });
      } else if (token.kind === "string" && name === undefined) name = label;
      else fail();
      if (!is("}") && !take("or")) expect(",");
    }
    return { type: "selector", name, matchers, span: { start: first.span.start, end: end() } };
  };

  return {
    whole(): Expr {
      const root = expression(1);
      return at === tokens.length ? root : fail();
    },
  };
}

const matcherOperator = (text: string | undefined): Matcher["operator"] | undefined =>
  text === "=" || text === "!=" || text === "=~" || text === "!~" ? text : undefined;

/** What stands between the quotes; undefined where a template writes into it. */
function stringValue({ text }: Token): string | undefined {
  const inner = text.slice(1, -1);
  if (inner.includes(placeholder)) return undefined;
  return text.startsWith("`") ? inner : inner.replace(/\\(.)/g, (_pair, char: string) => char);
}
