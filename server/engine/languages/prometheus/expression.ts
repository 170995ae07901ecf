// PromQL expressions as rules read them: a tree, and questions about it that need no knowledge of the metrics.

import type { Span } from "../../text.js";

export interface Matcher {
  readonly label: string;
  readonly operator: "=" | "!=" | "=~" | "!~";
  /** Undefined where a template writes a part of it. */
  readonly value: string | undefined;
}

/** Which labels an aggregation keeps (`by`) or drops (`without`). */
export interface Grouping {
  readonly by: boolean;
  readonly labels: readonly string[];
}

/** How the two sides of an operator find each other (`on`, `ignoring`). */
export interface Matching {
  readonly on: boolean;
  readonly labels: readonly string[];
}

/** Which side may have many partners, and what it takes over from the other one. */
export interface Group {
  readonly side: "left" | "right";
  readonly labels: readonly string[];
}

interface Node {
  /** Counts in the expression's own text. */
  readonly span: Span;
}

export interface NumberNode extends Node {
  readonly type: "number";
  readonly text: string;
}
export interface StringNode extends Node {
  readonly type: "string";
  readonly value: string | undefined;
}
export interface Selector extends Node {
  readonly type: "selector";
  /** Undefined where matchers alone choose the series. */
  readonly name: string | undefined;
  readonly matchers: readonly Matcher[];
}
export interface Range extends Node {
  readonly type: "range";
  /** How far back it reaches; undefined where that is computed. */
  readonly seconds: number | undefined;
  readonly of: Expr;
}
export interface Call extends Node {
  readonly type: "call";
  readonly name: string;
  readonly args: readonly Expr[];
}
export interface Aggregation extends Node {
  readonly type: "aggregation";
  readonly name: string;
  readonly args: readonly Expr[];
  readonly grouping: Grouping | undefined;
}
export interface Unary extends Node {
  readonly type: "unary";
  readonly of: Expr;
}
export interface Binary extends Node {
  readonly type: "binary";
  /** In lower case. */
  readonly operator: string;
  /** Set for a comparison that gives 0 or 1 instead of filtering. */
  readonly bool: boolean;
  readonly left: Expr;
  readonly right: Expr;
  readonly matching: Matching | undefined;
  readonly group: Group | undefined;
}

/** Parentheses, `offset` and `@` leave no node behind. */
export type Expr = NumberNode | StringNode | Selector | Range | Call | Aggregation | Unary | Binary;

const comparisons: ReadonlySet<string> = new Set(["==", "!=", ">", "<", ">=", "<="]);
const setOperators: ReadonlySet<string> = new Set(["and", "or", "unless"]);

export const isComparison = (expr: Expr): expr is Binary => expr.type === "binary" && comparisons.has(expr.operator);
export const isSetOperation = (expr: Expr): boolean => expr.type === "binary" && setOperators.has(expr.operator);

/** The parts of a node, from left to right. */
export function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.type) {
    case "binary":
      return [expr.left, expr.right];
    case "call":
    case "aggregation":
      return expr.args;
    case "range":
    case "unary":
      return [expr.of];
    default:
      return [];
  }
}

const walked = new WeakMap<Expr, readonly Expr[]>();

/** A node and all below it, in the order of the text. Several rules ask for it: it is remembered. */
export function nodesOf(expr: Expr): readonly Expr[] {
  const known = walked.get(expr);
  if (known) return known;
  const nodes: Expr[] = [];
  collect(expr, nodes);
  walked.set(expr, nodes);
  return nodes;
}

function collect(expr: Expr, nodes: Expr[]): void {
  nodes.push(expr);
  for (const part of partsOf(expr)) collect(part, nodes);
}

export const selectorsIn = (expr: Expr): readonly Selector[] =>
  nodesOf(expr).filter((node) => node.type === "selector");

/** Whether one of these functions is called anywhere. */
export function calls(expr: Expr, names: ReadonlySet<string>): boolean {
  for (const node of nodesOf(expr)) if (node.type === "call" && names.has(node.name)) return true;
  return false;
}

/** The metric that a selector chooses, also when it names it by a matcher. */
export const metricOf = ({ name, matchers }: Selector): string | undefined =>
  name ?? matchers.find(({ label, operator }) => label === "__name__" && operator === "=")?.value;

const scalarFunctions: ReadonlySet<string> = new Set(["time", "pi", "scalar"]);

/** Whether an expression is a plain number, which has no labels and always exists. */
export const isScalar = (expr: Expr): boolean =>
  expr.type === "number" ||
  (expr.type === "call" && scalarFunctions.has(expr.name)) ||
  ((expr.type === "unary" || expr.type === "binary") && partsOf(expr).every(isScalar));
