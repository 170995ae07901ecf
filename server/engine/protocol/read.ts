// YAML text -> protocol, with complaints that say where the text is wrong. Its form is in form.ts.

import { readShape } from "../form/shape.js";
import type { Problem } from "../languages/source.js";
import { nodeAt, type YamlNode } from "../languages/yaml/model.js";
import { parseYaml } from "../languages/yaml/parse.js";
import type { Span } from "../text.js";
import { protocolShape } from "./form.js";
import type { Protocol } from "./model.js";

export interface ProtocolReading {
  /** Absent when the text lacks something that no protocol can do without. */
  readonly protocol?: Protocol;
  readonly problems: readonly Problem[];
  /** Where it says by what it is known; there with the protocol. */
  readonly places?: {
    readonly id: Span;
    readonly heading?: Span;
    /** The ids and patterns of rules that have to be clean. */
    readonly rules: readonly { readonly pattern: string; readonly span: Span }[];
  };
}

/**
 * Reads a protocol from YAML (or JSON, which is YAML). A faulty step or phase is complained about and left out; the others
 * hold.
 */
export function readProtocol(source: string): ProtocolReading {
  const { documents, problems } = parseYaml(source);
  const [document, second] = documents;
  if (!document?.root || document.broken) {
    const empty = { span: { start: 0, end: Math.min(1, source.length) }, message: "a protocol is wanted here" };
    return { problems: problems.length > 0 ? problems : [empty] };
  }
  const { value, problems: formal } = readShape(protocolShape, document.root);
  const all = [...problems, ...formal];
  if (second?.root) all.push({ span: second.span, message: "a file holds one protocol: this document is not read" });
  if (!value) return { problems: all };
  all.push(...contradictions(document.root));
  const protocol = tracked(value);
  if (!protocol) return { problems: all };
  const heading = nodeAt(document.root, "tracker", "heading")?.span;
  const places = {
    id: placeOf(document.root, "id"),
    ...(heading && { heading }),
    rules: [...rulesIn(document.root)],
  };
  return { protocol, problems: all, places };
}

function* rulesIn(node: YamlNode): Generator<{ readonly pattern: string; readonly span: Span }> {
  if (node.type === "list") for (const item of node.items) yield* rulesIn(item);
  if (node.type !== "map") return;
  if (textOf(node, "kind") === "rules-clean")
    for (const item of itemsOf(node, "rules"))
      if (item.type === "scalar") yield { pattern: item.text, span: item.span };
  for (const { value } of node.entries) yield* rulesIn(value);
}

/** Phases and tracker belong together: without the other, neither is of use. Answers are only there for gates. */
function tracked({ tracker, ...protocol }: Protocol): Protocol | undefined {
  if (protocol.phases.length === 0) return { ...protocol, gateAnswers: [] };
  return tracker && { ...protocol, tracker };
}

/** What no form can say: things that are named twice, and statuses or answers that are missing. */
function contradictions(root: YamlNode): readonly Problem[] {
  const phases = itemsOf(root, "phases");
  const statuses = itemsOf(root, "tracker", "statuses");
  const answers = itemsOf(root, "gateAnswers");
  return [
    ...repeated(phases, "number", "phase"),
    ...phases.flatMap((phase) => [
      ...repeated(itemsOf(phase, "steps"), "checkpoint", "checkpoint"),
      ...repeated(itemsOf(phase, "output", "sections"), "title", "section"),
    ]),
    ...repeated(
      phases.flatMap((phase) => nodeAt(phase, "output") ?? []),
      "file",
      "output document",
    ),
    ...repeated(statuses, "meaning", "status"),
    ...repeated(answers, "word", "answer"),
    ...repeated(itemsOf(root, "checklists"), "id", "checklist"),
    ...missingParts(root, phases, answers),
  ];
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

function repeated(nodes: readonly YamlNode[], key: string, what: string): readonly Problem[] {
  const seen = new Set<string>();
  return nodes.flatMap((node) => {
    const value = textOf(node, key);
    if (value === undefined) return [];
    if (!seen.has(value.toLowerCase())) {
      seen.add(value.toLowerCase());
      return [];
    }
    return [{ span: placeOf(node, key), message: `${what} "${value}" stands here a second time` }];
  });
}

const itemsOf = (node: YamlNode, ...path: readonly string[]): readonly YamlNode[] => {
  const found = nodeAt(node, ...path);
  return found?.type === "list" ? found.items : [];
};

const textOf = (node: YamlNode, key: string): string | undefined => {
  const found = nodeAt(node, key);
  return found?.type === "scalar" ? found.text : undefined;
};

const placeOf = (node: YamlNode, key: string): Span => nodeAt(node, key)?.span ?? node.span;
