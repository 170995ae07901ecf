// Labels and what selects by them, with three answers: what a template writes, or a patch adds, may decide it either way.
// Source: Kubernetes documentation, "Labels and Selectors"; API reference 1.33, "LabelSelector".

import { isPlain, items, type Look, look, textOf } from "./look.js";

/** Labels as far as the text tells; `open` where there may be more of them. Plain data, so that facts can carry it. */
export interface Labels {
  readonly values: Readonly<Record<string, string>>;
  readonly open: boolean;
}

export interface Requirement {
  readonly key: string;
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
  readonly values: readonly string[];
}

/** All of its requirements have to hold: one without any selects everything. `open` where there may be more of them. */
export interface Selector {
  readonly requirements: readonly Requirement[];
  readonly open: boolean;
}

export type Answer = "yes" | "no" | "unknown";

export const unknownSelector: Selector = { requirements: [], open: true };

/** Whether a selector selects what has these labels. */
export function selects({ requirements, open }: Selector, labels: Labels): Answer {
  let answer: Answer = open ? "unknown" : "yes";
  for (const requirement of requirements) {
    const met = isMet(requirement, labels);
    if (met === "no") return "no";
    if (met === "unknown") answer = "unknown";
  }
  return answer;
}

function isMet({ key, operator, values }: Requirement, labels: Labels): Answer {
  const value = Object.hasOwn(labels.values, key) ? labels.values[key] : undefined;
  if (value === undefined && labels.open) return "unknown";
  switch (operator) {
    case "In":
      return toAnswer(value !== undefined && values.includes(value));
    case "NotIn": // also selects what has no such label
      return toAnswer(value === undefined || !values.includes(value));
    case "Exists":
      return toAnswer(value !== undefined);
    case "DoesNotExist":
      return toAnswer(value === undefined);
  }
}

const toAnswer = (holds: boolean): Answer => (holds ? "yes" : "no");

/** What several cases say together: they differ, or one is not known, and nothing is known. */
export function together(answers: readonly Answer[]): Answer {
  const [first = "unknown"] = answers;
  return answers.every((answer) => answer === first) ? first : "unknown";
}

/** Reads a map of labels. A label whose value is not known counts as one that may be there. */
export function labelsAt(found: Look): Labels {
  if (found === "absent") return { values: {}, open: false };
  if (found === "unknown" || found.node.type !== "map") return { values: {}, open: true };
  let open = mayHoldMore(found);
  const values: [string, string][] = [];
  for (const { key } of found.node.entries) {
    const value = textOf(look(found, key.text));
    if (value.state === "unknown") open = true;
    else values.push([key.text, value.state === "set" ? value.value : ""]);
  }
  return { values: Object.fromEntries(values), open };
}

/** No text has a key like this one: that nothing is known about it says that the map may hold more than is written. */
const mayHoldMore = (found: Look): boolean => look(found, "\0") === "unknown";

/** The selector of a map of labels, as Services have it. */
export function selectorOfLabels({ values, open }: Labels): Selector {
  const requirements = Object.entries(values).map(([key, value]) => ({
    key,
    operator: "In" as const,
    values: [value],
  }));
  return { requirements, open };
}

/** Reads a LabelSelector: `matchLabels` and `matchExpressions`. What is absent selects by nothing, hence everything. */
export function selectorAt(found: Look): Selector {
  if (found === "unknown") return unknownSelector;
  const labels = selectorOfLabels(labelsAt(look(found, "matchLabels")));
  const list = look(found, "matchExpressions");
  if (list === "absent") return labels;
  const expressions = items(list).map(requirementAt);
  const known = expressions.filter((expression) => expression !== undefined);
  const isWhole =
    list !== "unknown" && list.node.type === "list" && isPlain(list) && known.length === expressions.length;
  return { requirements: [...labels.requirements, ...known], open: labels.open || !isWhole };
}

function requirementAt(item: Look): Requirement | undefined {
  const key = textOf(look(item, "key"));
  const operator = textOf(look(item, "operator"));
  if (key.state !== "set" || operator.state !== "set" || !isOperator(operator.value)) return undefined;
  const values: string[] = [];
  for (const one of items(look(item, "values"))) {
    const value = textOf(one);
    if (value.state !== "set") return undefined;
    values.push(value.value);
  }
  const needsValues = operator.value === "In" || operator.value === "NotIn";
  return needsValues === values.length > 0 ? { key: key.value, operator: operator.value, values } : undefined;
}

const isOperator = (text: string): text is Requirement["operator"] =>
  text === "In" || text === "NotIn" || text === "Exists" || text === "DoesNotExist";
