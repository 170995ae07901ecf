// Conditions of Azure Pipelines in the terms of GitHub. Unlike there, a condition without a status function does not ask
// for success at all.
// Source: Microsoft Learn, "Specify conditions" and "Expressions" of Azure Pipelines.

import type { Condition } from "./model.js";

/** Stands for a value that the text does not tell. */
const unknown = "vars.unknown";

/** How deep calls may nest. */
const maximumDepth = 50;

/**
 * Reads a `condition:`. @returns undefined where it is wholly up to a template expression, and so may be the default one
 */
export function azureCondition(written: string): Condition | undefined {
  const source = written.trim();
  const text = `condition: ${source.replace(/\s+/g, " ")}`;
  if (/^\$[{[(]/.test(source)) return undefined;
  const expression = translate(source.slice(0, 2_000));
  // A condition that leaves the status open runs whatever has failed.
  return {
    expression: /\b(?:success|failure|cancelled)\(\)/.test(expression) ? expression : `always() && (${expression})`,
    text,
  };
}

const tokensOf = (source: string): readonly string[] =>
  source.match(/\$\{\{.*?\}\}|\$\[.*?\]|\$\(.*?\)|'(?:[^']|'')*'|[(),[\]]|[^\s(),[\]']+/g) ?? [];

function translate(source: string): string {
  const tokens = tokensOf(source);
  let at = 0;

  const value = (depth: number): string => {
    const token = tokens[at++];
    if (token === undefined || depth > maximumDepth) return unknown;
    if (token.startsWith("'")) return literal(token);
    if (/^(?:true|false)$/i.test(token)) return token.toLowerCase();
    if (tokens[at] === "(") return call(token.toLowerCase(), argumentsFrom(depth));
    return path(token);
  };
  const argumentsFrom = (depth: number): readonly string[] => {
    const parts: string[] = [];
    at++;
    while (at < tokens.length && tokens[at] !== ")") {
      parts.push(value(depth + 1));
      if (tokens[at] === ",") at++;
      else if (tokens[at] !== ")") break;
    }
    at++;
    return parts;
  };
  /** `dependencies.A.result` and `dependencies['A']['result']`, and what has started it; everything else is unknown. */
  const path = (first: string): string => {
    let whole = first;
    while (tokens[at] === "[") {
      whole += `.${(tokens[at + 1] ?? "").replace(/'/g, "")}`;
      at += 3;
      if (tokens[at]?.startsWith(".")) whole += tokens[at++];
    }
    if (/^variables\.build\.reason$/i.test(whole)) return "github.event_name";
    const [, job, rest] = /^dependencies\.([\w-]+)\.(result$|outputs\.)/i.exec(whole) ?? [];
    if (job === undefined) return unknown;
    return rest === "result" ? `needs.${job}.result` : `needs.${job}.outputs.value`;
  };
  return value(0);
}

/** Results and reasons to run have other names at GitHub. */
const literal = (token: string): string => names[token.toLowerCase()] ?? token;

const names: Readonly<Record<string, string>> = {
  "'failed'": "'failure'",
  "'succeeded'": "'success'",
  "'individualci'": "'push'",
  "'batchedci'": "'push'",
  "'pullrequest'": "'pull_request'",
  "'manual'": "'workflow_dispatch'",
};

function call(name: string, parts: readonly string[]): string {
  const [first = unknown, ...rest] = parts;
  const resultOf = (job: string): string => `needs.${job.replace(/'/g, "")}.result`;
  switch (name) {
    case "and":
      return `(${parts.join(" && ")})`;
    case "or":
      return `(${parts.join(" || ")})`;
    case "not":
      return `!(${first})`;
    case "eq":
    case "ne":
      return `(${first} ${name === "eq" ? "==" : "!="} ${rest[0] ?? unknown})`;
    case "in":
    case "notin": {
      const any = `(${rest.map((one) => `${first} == ${one}`).join(" || ")})`;
      return rest.length === 0 ? unknown : name === "in" ? any : `!${any}`;
    }
    case "always":
    case "succeededorfailed":
      return "always()";
    case "canceled":
      return "cancelled()";
    case "succeeded":
    case "failed": {
      if (parts.length === 0) return name === "failed" ? "failure()" : "success()";
      const bad = parts.map((job) => `${resultOf(job)} == 'failure'`);
      const ran = parts.map((job) => `${resultOf(job)} != 'failure' && ${resultOf(job)} != 'skipped'`);
      return `(always() && (${name === "failed" ? bad.join(" || ") : ran.join(" && ")}))`;
    }
    default:
      return unknown;
  }
}
