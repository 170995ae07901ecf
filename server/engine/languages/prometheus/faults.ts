// What Prometheus refuses to load: rules without an expression, keys of the wrong shape, durations and brackets that are
// wrong. Only what the text proves; other dialects and templates are left alone.

import type { Span } from "../../text.js";
import { type Look, look, type Tree, textOf } from "../kubernetes/look.js";
import type { Problem } from "../source.js";
import { entryOf, type YamlEntry, type YamlMap, type YamlScalar } from "../yaml/model.js";
import { secondsOf } from "./durations.js";
import type { RuleGroup } from "./groups.js";
import type { Promql } from "./parse-promql.js";
import { isTemplated, placeIn } from "./scalars.js";

/** An expression that can be read as text, its tree where it is PromQL, and what is wrong with it. */
export interface ReadExpression extends Promql {
  readonly text: string;
  readonly scalar: YamlScalar;
}

/** The faults of a group's own settings. */
export const groupFaults = ({ tree, foreign }: RuleGroup): readonly Problem[] =>
  tree && !foreign ? durationFaults(tree, ["interval", "query_offset"]) : [];

/** The faults of one rule. @param read its expression; absent where nothing is known about it */
export function ruleFaults(
  text: string,
  tree: Tree,
  read: ReadExpression | undefined,
  foreign: boolean,
): readonly Problem[] {
  const { node } = tree;
  if (node.type !== "map") return [];
  return [
    ...kindFaults(tree, node),
    ...expressionFaults(text, tree, node, read),
    ...(foreign ? [] : durationFaults(tree, ["for", "keep_firing_for"])),
    ...mapFaults(node),
  ];
}

function kindFaults(tree: Tree, node: YamlMap): readonly Problem[] {
  const [alert, record] = [entryOf(node, "alert"), entryOf(node, "record")];
  if (alert && record) return [{ span: record.key.span, message: 'a rule has either "alert" or "record", not both' }];
  const named = alert ?? record;
  if (!named) {
    const neither = look(tree, "alert") === "absent" && look(tree, "record") === "absent";
    return neither ? [{ span: firstKey(node), message: 'this rule has neither "alert" nor "record"' }] : [];
  }
  if (named.value.type !== "scalar") return [notText(named)];
  const refused = record ? (["for", "keep_firing_for", "annotations"] as const) : [];
  return refused.flatMap((key) => {
    const entry = entryOf(node, key);
    return entry ? [{ span: entry.key.span, message: `a recording rule has no "${key}"` }] : [];
  });
}

function expressionFaults(
  text: string,
  tree: Tree,
  node: YamlMap,
  read: ReadExpression | undefined,
): readonly Problem[] {
  const entry = entryOf(node, "expr");
  const named = entryOf(node, "alert") ?? entryOf(node, "record");
  const found = look(tree, "expr");
  if (!entry)
    return named && found === "absent" ? [{ span: named.value.span, message: 'this rule has no "expr"' }] : [];
  if (entry.value.type !== "scalar") return [notText(entry)];
  const empty = textOf(found).state === "absent" || (read && /^(?:\s|#[^\n]*)*$/.test(read.text));
  if (empty) return [{ span: entry.key.span, message: "the expression is empty" }];
  return (read?.problems ?? []).map(({ span, message }) => ({
    span: read ? placeIn(text, read.scalar, span) : span,
    message,
  }));
}

/** Prometheus' own form alone: other tools know more of them. */
function durationFaults(tree: Tree, keys: readonly string[]): readonly Problem[] {
  return keys.flatMap((key) => {
    const found: Look = look(tree, key);
    if (typeof found === "string") return [];
    if (found.node.type !== "scalar") return [{ span: found.node.span, message: `"${key}" is no duration` }];
    const field = textOf(found);
    if (field.state !== "set" || field.value === "" || isTemplated(field.value)) return [];
    if (secondsOf(field.value) !== undefined) return [];
    return [{ span: field.span, message: `"${field.value}" is no duration like "5m" or "1h30m"` }];
  });
}

const mapFaults = (node: YamlMap): readonly Problem[] =>
  ["labels", "annotations"].flatMap((key) => {
    const entry = entryOf(node, key);
    if (!entry) return [];
    if (entry.value.type === "list") return [{ span: entry.key.span, message: `"${key}" is a list, not a map` }];
    if (entry.value.type === "scalar") return [];
    return entry.value.entries.filter(({ value }) => value.type !== "scalar").map(notText);
  });

const notText = ({ key, value }: YamlEntry): Problem => ({
  span: key.span,
  message: `"${key.text}" is a ${value.type}, not text`,
});

const firstKey = (map: YamlMap): Span => map.entries[0]?.key.span ?? map.span;
