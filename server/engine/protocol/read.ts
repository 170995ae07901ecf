// YAML text -> protocol, with complaints that say where the text is wrong. The form is that of schemas/protocol.schema.json.

import type { Problem } from "../languages/source.js";
import { nodeAt, type YamlNode } from "../languages/yaml/model.js";
import { parseYaml } from "../languages/yaml/parse.js";
import type { Span } from "../text.js";
import {
  type Cycle,
  type Evidence,
  type Gate,
  type OutputDocument,
  type OutputSection,
  type Persona,
  type Phase,
  type Protocol,
  type Status,
  type Step,
  statusMeanings,
  type TrackerLayout,
} from "./model.js";
import {
  defaulted,
  flag,
  integer,
  list,
  oneOf,
  optional,
  readShape,
  record,
  type Shape,
  text,
  variant,
} from "./shape.js";

export interface ProtocolReading {
  /** Absent when the text lacks something that no protocol can do without. */
  readonly protocol?: Protocol;
  readonly problems: readonly Problem[];
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
  return { protocol: value, problems: [...all, ...contradictions(document.root)] };
}

const word = text({ pattern: /^[^|\r\n]+$/, words: "one line without a pipe" });
const id = text({ pattern: /^[a-z][a-z0-9-]*$/, words: "small letters, digits and hyphens, a letter first," });
const date = text({ pattern: /^\d{4}-\d{2}-\d{2}$/, words: "a date (YYYY-MM-DD)" });
const file = text({
  pattern: /^(?!.*(?:^|\/)\.\.?(?:\/|$))[^/\\:*?"<>|\r\n][^\\:*?"<>|\r\n]*\.md$/,
  words: 'a relative file name that ends in ".md"',
});
const words = list(word);
const someWords = list(word, 1);

type EvidenceOf<Kind extends Evidence["kind"]> = Extract<Evidence, { readonly kind: Kind }>;

const evidence: Shape<Evidence> = variant<Evidence>({
  document: record<EvidenceOf<"document">>({ kind: oneOf(["document"]), file, section: optional(word) }),
  terraform: record<EvidenceOf<"terraform">>({
    kind: oneOf(["terraform"]),
    resources: optional(someWords),
    backend: optional(flag),
    module: optional(flag),
  }),
  kubernetes: record<EvidenceOf<"kubernetes">>({ kind: oneOf(["kubernetes"]), objects: someWords }),
  pipeline: record<EvidenceOf<"pipeline">>({
    kind: oneOf(["pipeline"]),
    roles: optional(someWords),
    gate: optional(flag),
  }),
  alert: record<EvidenceOf<"alert">>({ kind: oneOf(["alert"]), runbook: optional(flag) }),
  dashboard: record<EvidenceOf<"dashboard">>({ kind: oneOf(["dashboard"]) }),
  requirement: record<EvidenceOf<"requirement">>({ kind: oneOf(["requirement"]), status: optional(word) }),
  "rules-clean": record<EvidenceOf<"rules-clean">>({
    kind: oneOf(["rules-clean"]),
    rules: someWords,
    severity: oneOf(["error", "warning", "information"]),
  }),
});
const evidenceList = defaulted(list(evidence), () => []);

const phaseShape: Shape<Phase> = record<Phase>({
  number: integer(1, 99),
  title: word,
  trackerTitle: defaulted(word, ({ title }) => String(title ?? "")),
  objective: text(),
  steps: list(
    record<Step>({
      title: word,
      activities: optional(text()),
      checkpoint: word,
      aliases: optional(words),
      evidence: evidenceList,
    }),
    1,
  ),
  output: optional(
    record<OutputDocument>({
      file,
      sections: list(record<OutputSection>({ title: word, aliases: optional(words), prompt: text() }), 1),
    }),
  ),
  gate: optional(record<Gate>({ title: word, activities: optional(text()), checkpoint: optional(word) })),
  stages: optional(list(record({ name: word, implementation: text(), qualityGates: text() }))),
  evidence: evidenceList,
});

const statusShape: Shape<Status> = record<Status>({
  meaning: oneOf(statusMeanings),
  label: word,
  emoji: optional(word),
  aliases: optional(words),
});

const trackerShape: Shape<TrackerLayout> = record<TrackerLayout>({
  heading: word,
  level: integer(1, 6),
  columns: record<TrackerLayout["columns"]>({ phase: word, title: word, status: word, notes: word }),
  statuses: list(statusShape, statusMeanings.length),
  log: record<TrackerLayout["log"]>({
    heading: word,
    columns: record<TrackerLayout["log"]["columns"]>({
      date: word,
      phase: word,
      answer: word,
      by: word,
      evidence: word,
    }),
  }),
});

const protocolShape: Shape<Protocol> = record<Protocol>({
  id,
  title: word,
  purpose: text(),
  dated: optional(date),
  inspiredBy: optional(words),
  persona: optional(
    record<Persona>({
      name: word,
      title: word,
      role: text(),
      mission: text(),
      traits: list(record({ name: word, meaning: text() })),
      preferences: list(record({ prefer: word, over: word })),
    }),
  ),
  cycle: optional(record<Cycle>({ activities: someWords, gate: text(), outputs: words })),
  gateAnswers: list(record({ word, passes: flag }), 1),
  phases: list(phaseShape, 1),
  tracker: trackerShape,
  prompts: defaulted(list(record({ title: word, question: text() })), () => []),
  guardrails: defaulted(list(record({ rule: text(), instead: text() })), () => []),
  references: optional(list(record({ title: word, by: word, about: text() }))),
});

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
    ...(answers.some((answer) => textOf(answer, "passes") === "true")
      ? []
      : [{ span: placeOf(root, "gateAnswers"), message: "no answer passes a gate" }]),
  ];
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
