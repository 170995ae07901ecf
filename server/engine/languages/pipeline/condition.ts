// Conditions of jobs as GitHub writes them, judged for one question: can the job still run when a job that it waits for
// has failed? What cannot be known counts as possible.
// Grammar: GitHub Docs, "Evaluate expressions in workflows and actions".

/** What happened before the job: the values of contexts that are known, by their path in lower case. */
export interface Situation {
  /** A job that this one waits for, near or far, has failed or was skipped. */
  readonly failed: boolean;
  readonly value: (path: string) => string | undefined;
}

/** Whether a condition can hold; one without a status function asks for success as well. */
export function canRun(expression: string | undefined, situation: Situation): boolean {
  const source = (expression ?? "").trim().replace(/^\$\{\{([\s\S]*)\}\}$/, "$1");
  if (source === "") return !situation.failed;
  const implicit = !statusFunction.test(source);
  if (implicit && situation.failed) return false;
  return evaluate(tokensOf(source), situation).can;
}

const statusFunction = /\b(?:success|failure|always|cancelled)\s*\(/i;

/** Whether an expression can be true and whether it can be false; a known string besides. */
interface Possible {
  readonly can: boolean;
  readonly cannot: boolean;
  readonly text?: string;
}

const anything: Possible = { can: true, cannot: true };
const truth = (value: boolean): Possible => ({ can: value, cannot: !value });

const tokensOf = (source: string): readonly string[] =>
  source.slice(0, 2_000).match(/'(?:[^']|'')*'|\|\||&&|[=!]=|[<>]=?|[!(),[\]]|[\w.*-]+/g) ?? [];

function evaluate(tokens: readonly string[], situation: Situation): Possible {
  let at = 0;
  let depth = 0;
  const take = (token: string): boolean => tokens[at] === token && ++at > 0;

  const either = (): Possible => {
    let left = both();
    while (take("||")) {
      const right = both();
      left = { can: left.can || right.can, cannot: left.cannot && right.cannot };
    }
    return left;
  };
  const both = (): Possible => {
    let left = comparison();
    while (take("&&")) {
      const right = comparison();
      left = { can: left.can && right.can, cannot: left.cannot || right.cannot };
    }
    return left;
  };
  const comparison = (): Possible => {
    const left = unary();
    const operator = tokens[at];
    if (operator === undefined || !/^[=!<>]=?$/.test(operator) || operator === "!") return left;
    at++;
    const right = unary();
    if (left.text === undefined || right.text === undefined || /[<>]/.test(operator)) return anything;
    return truth((left.text.toLowerCase() === right.text.toLowerCase()) === (operator === "=="));
  };
  const unary = (): Possible => {
    if (!take("!")) return primary();
    const { can, cannot } = unary();
    return { can: cannot, cannot: can };
  };
  const primary = (): Possible => {
    const token = tokens[at++];
    if (token === undefined || depth > 50) return anything;
    if (token === "(") return inside();
    if (token.startsWith("'")) return { ...truth(token.length > 2), text: token.slice(1, -1) };
    if (/^(?:true|false)$/i.test(token)) return { ...truth(token.toLowerCase() === "true"), text: token };
    if (tokens[at] === "(") return call(token.toLowerCase());
    const text = situation.value(pathFrom(token));
    return text === undefined ? anything : { ...truth(text !== ""), text };
  };
  const inside = (): Possible => {
    depth++;
    const value = either();
    depth--;
    take(")");
    return value;
  };
  const call = (name: string): Possible => {
    at++;
    const parts: Possible[] = [];
    depth++;
    while (at < tokens.length && !take(")")) {
      parts.push(either());
      if (tokens[at] !== ")" && !take(",")) break;
    }
    depth--;
    if (name === "success") return truth(!situation.failed);
    if (name === "failure") return truth(situation.failed);
    if (name === "always") return truth(true);
    if (name === "cancelled") return truth(false);
    const [list, item] = parts;
    if (name === "contains" && list?.text?.startsWith("\0") && item?.text) return contains(list.text, item.text);
    return anything;
  };
  /** `a['b'].c` is read as `a.b.c`. */
  const pathFrom = (first: string): string => {
    let path = first;
    while (tokens[at] === "[" && tokens[at + 2] === "]") {
      path += `.${(tokens[at + 1] ?? "").replace(/^'|'$/g, "")}`;
      at += 3;
      if (tokens[at]?.startsWith(".")) path += tokens[at++];
    }
    return path.toLowerCase();
  };
  return either();
}

/** A list of results is handed in as text: "\0" before each of them. */
const contains = (list: string, item: string): Possible => {
  const items = list.split("\0").slice(1);
  if (items.includes(item.toLowerCase())) return truth(true);
  return items.includes("?") ? anything : truth(false);
};
