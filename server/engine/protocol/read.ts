// YAML text -> protocol, with complaints that say where the text is wrong. Its form is in form.ts.

import { readShape } from "../form/shape.js";
import type { Problem } from "../languages/source.js";
import { nodeAt, type YamlNode } from "../languages/yaml/model.js";
import { parseYaml } from "../languages/yaml/parse.js";
import type { Span } from "../text.js";
import { contradictions, itemsOf, nameKey, textOf, wordKey } from "./contradictions.js";
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
 * Reads a protocol from YAML (or JSON, which is YAML). A faulty step or phase is complained about and left out, and so is
 * one that is there already; the others hold.
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
function tracked({ tracker, ...said }: Protocol): Protocol | undefined {
  const protocol = { ...said, ...withoutRepeated(said) };
  if (protocol.phases.length === 0) return { ...protocol, gateAnswers: [] };
  return tracker && { ...protocol, tracker };
}

/** Of things with one name the first holds: nobody could say which of them is meant. */
const withoutRepeated = ({ phases, checklists, gateAnswers }: Omit<Protocol, "tracker">) => ({
  phases: firsts(phases, ({ number }) => String(number)).map((phase) => ({
    ...phase,
    steps: firsts(phase.steps, ({ checkpoint }) => nameKey(checkpoint)),
    ...(phase.output && {
      output: { ...phase.output, sections: firsts(phase.output.sections, ({ title }) => nameKey(title)) },
    }),
  })),
  checklists: firsts(checklists, ({ id }) => id),
  gateAnswers: firsts(gateAnswers, ({ word }) => wordKey(word)),
});

function firsts<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const keys = items.map(keyOf);
  return items.filter((_, i) => keys.indexOf(keys[i] ?? "") === i);
}

const placeOf = (node: YamlNode, key: string): Span => nodeAt(node, key)?.span ?? node.span;
