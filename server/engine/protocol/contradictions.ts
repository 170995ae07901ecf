// What no form of a protocol file can say: things that are named twice or alike, and parts that are missing.

import { plainText } from "../languages/markdown/model.js";
import type { Problem } from "../languages/source.js";
import { nodeAt, type YamlNode } from "../languages/yaml/model.js";
import type { Span } from "../text.js";
import { statusMeanings } from "./model.js";
import { comparable, exactly, sameTitle } from "./words.js";

/** What two words are told apart by where every sign counts: answers, statuses, columns. */
export const wordKey = (word: string): string => exactly(plainText(word));

/** What two names are told apart by where people write them in their own way: checkpoints, sections. */
export const nameKey = (name: string): string => comparable(plainText(name));

export function contradictions(root: YamlNode): readonly Problem[] {
  const phases = itemsOf(root, "phases");
  const answers = itemsOf(root, "gateAnswers");
  const statuses = itemsOf(root, "tracker", "statuses");
  const outputs = phases.flatMap((phase) => nodeAt(phase, "output") ?? []);
  return [
    ...repeatedKeys(root),
    ...repeated(phases, "number", "phase"),
    ...phases.flatMap((phase) => [
      ...repeated(itemsOf(phase, "steps"), "checkpoint", "checkpoint", nameKey),
      ...repeated(itemsOf(phase, "output", "sections"), "title", "section", nameKey),
    ]),
    ...repeated(outputs, "file", "output document", (file) => file.toLowerCase()),
    ...repeated(statuses, "meaning", "status"),
    ...alikeStatuses(statuses),
    ...alikeColumns(nodeAt(root, "tracker", "columns")),
    ...alikeColumns(nodeAt(root, "tracker", "log", "columns")),
    ...alikeHeadings(root),
    ...repeated(answers, "word", "answer", wordKey),
    ...repeated(itemsOf(root, "checklists"), "id", "checklist"),
    ...missingParts(root, phases, answers),
    ...missingStatuses(root, statuses),
  ];
}

/** Of a key that is written twice in one map, the last one is read. @param seen what aliases may lead to again */
function repeatedKeys(node: YamlNode, seen: Set<YamlNode> = new Set()): readonly Problem[] {
  if (node.type === "scalar" || seen.has(node)) return [];
  seen.add(node);
  if (node.type === "list") return node.items.flatMap((item) => repeatedKeys(item, seen));
  const written = node.entries.filter(({ merged }) => !merged);
  const keys = written.map(({ key }) => key.text);
  return written.flatMap(({ key, value }, i) => [
    ...(keys.indexOf(key.text) < i ? [{ span: key.span, message: `"${key.text}" stands here a second time` }] : []),
    ...repeatedKeys(value, seen),
  ]);
}

function repeated(
  nodes: readonly YamlNode[],
  key: string,
  what: string,
  keyOf: (value: string) => string = (value) => value,
): readonly Problem[] {
  const seen = new Set<string>();
  return nodes.flatMap((node) => {
    const value = textOf(node, key);
    if (value === undefined) return [];
    const before = seen.size;
    const isNew = seen.add(keyOf(value)).size > before;
    return isNew ? [] : [{ span: placeOf(node, key), message: `${what} "${value}" stands here a second time` }];
  });
}

/** Words and signs that two statuses share. */
function alikeStatuses(statuses: readonly YamlNode[]): readonly Problem[] {
  const known = new Map<string, string>();
  return statuses.flatMap((status) => {
    const meaning = textOf(status, "meaning") ?? "";
    const named = [nodeAt(status, "label"), nodeAt(status, "emoji"), ...itemsOf(status, "aliases")];
    return named.flatMap((node) => {
      if (node?.type !== "scalar") return [];
      const key = wordKey(node.text);
      const other = known.get(key) ?? meaning;
      known.set(key, other);
      return other === meaning ? [] : [{ span: node.span, message: `"${node.text}" means "${other}" already` }];
    });
  });
}

/** Columns of one table with one header. */
function alikeColumns(columns: YamlNode | undefined): readonly Problem[] {
  const seen = new Set<string>();
  return (columns?.type === "map" ? columns.entries : []).flatMap(({ value }) => {
    if (value.type !== "scalar") return [];
    const before = seen.size;
    if (seen.add(wordKey(value.text)).size > before) return [];
    return [{ span: value.span, message: `column "${value.text}" stands here a second time` }];
  });
}

/** The log is found by its heading below that of the tracker. */
function alikeHeadings(root: YamlNode): readonly Problem[] {
  const heading = nodeAt(root, "tracker", "heading");
  const log = nodeAt(root, "tracker", "log", "heading");
  if (heading?.type !== "scalar" || log?.type !== "scalar" || !sameTitle(log.text, [heading.text])) return [];
  return [{ span: log.span, message: `"${log.text}" is the heading of the tracker already` }];
}

/** Phases need a tracker, a tracker needs phases, and gates need an answer that passes them. */
function missingParts(root: YamlNode, phases: readonly YamlNode[], answers: readonly YamlNode[]): readonly Problem[] {
  const problems: Problem[] = [];
  const say = (key: string, message: string): void => void problems.push({ span: placeOf(root, key), message });
  const tracker = nodeAt(root, "tracker");
  if (phases.length > 0 && !tracker) say("phases", 'phases are recorded in a tracker: "tracker" is missing');
  if (phases.length === 0 && tracker) say("tracker", "a tracker records phases: there are none");
  const passes = answers.some((answer) => textOf(answer, "passes") === "true");
  const gated = phases.some((phase) => nodeAt(phase, "gate"));
  if (!passes && (gated || answers.length > 0)) say("gateAnswers", "no answer passes a gate");
  return problems;
}

/** Statuses that a tracker cannot do without; a meaning that is misspelt has its own complaint. */
function missingStatuses(root: YamlNode, statuses: readonly YamlNode[]): readonly Problem[] {
  const list = nodeAt(root, "tracker", "statuses");
  const written = statuses.map((status) => textOf(status, "meaning"));
  if (list?.type !== "list" || written.some((one) => !statusMeanings.some((meaning) => meaning === one))) return [];
  const place = statuses.at(-1);
  const span = (place && nodeAt(place, "meaning")?.span) ?? list.span;
  const missing = statusMeanings.filter((meaning) => !written.includes(meaning));
  return missing.map((meaning) => ({ span, message: `the status "${meaning}" is missing` }));
}

export const itemsOf = (node: YamlNode, ...path: readonly string[]): readonly YamlNode[] => {
  const found = nodeAt(node, ...path);
  return found?.type === "list" ? found.items : [];
};

export const textOf = (node: YamlNode, key: string): string | undefined => {
  const found = nodeAt(node, key);
  return found?.type === "scalar" ? found.text : undefined;
};

const placeOf = (node: YamlNode, key: string): Span => nodeAt(node, key)?.span ?? node.span;
