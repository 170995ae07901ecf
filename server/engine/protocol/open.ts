// What stands against a Yes, what a Yes in the gate log has recorded of it, and what has fallen back since.

import { plainText } from "../languages/markdown/model.js";
import { against, type PhaseFindings, type RuleCount } from "./evidence/findings.js";
import type { EvidenceResult } from "./evidence/result.js";
import type { Evidence } from "./model.js";
import type { OutputProgress, PhaseProgress, StepProgress } from "./progress.js";
import type { GateAnswer } from "./tracker.js";
import { comparable } from "./words.js";

type RulesClean = Extract<Evidence, { readonly kind: "rules-clean" }>;

export interface OpenItem {
  /** As a log row names it. */
  readonly text: string;
  /** What has happened where it was not open before. */
  readonly fallen: string;
  /** The rules that have found something, with what they have found. */
  readonly rules?: { readonly asked: RulesClean; readonly counts: readonly RuleCount[] };
  /** Of how many checkpoints it is one, where it has no box: it may never have had one. */
  readonly boxless?: number;
}

/** Unticked checkpoints, an output document that is not there, sections that it lacks, and findings of the phase's rules. */
export const openItems = (
  steps: readonly StepProgress[],
  output: OutputProgress | undefined,
  evidence: readonly EvidenceResult[],
  findings: PhaseFindings | undefined,
): readonly OpenItem[] => [
  ...steps
    .filter(({ state }) => state !== "done")
    .map(({ checkpoint }) => ({ text: checkpoint, fallen: `"${checkpoint}" is not ticked any more` })),
  ...(output ? inOutput(output) : []),
  ...(findings ? evidence.flatMap((one) => inRules(one, findings)) : []),
];

/** Checkpoints without a box: one that had its box when the gate was answered has fallen back. */
export const boxless = (steps: readonly StepProgress[]): readonly OpenItem[] =>
  steps
    .filter(({ span }) => !span)
    .map(({ checkpoint }) => ({
      text: checkpoint,
      fallen: `"${checkpoint}" has no box any more`,
      boxless: steps.length,
    }));

/** What stands against a Yes in the phases before: each builds on the result of the one before it. */
export function openBefore(phases: readonly PhaseProgress[], { number }: PhaseProgress): readonly string[] {
  const earlier = phases.slice(
    0,
    phases.findIndex((phase) => phase.number === number),
  );
  const numbers = (isOpen: (phase: PhaseProgress) => boolean) => earlier.filter(isOpen).map((phase) => phase.number);
  return [
    ...sentence(
      "gate",
      numbers(({ gate, state }) => gate !== undefined && state !== "passed" && state !== "stale"),
      "passed",
    ),
    ...sentence(
      "phase",
      numbers(({ gate, state }) => gate === undefined && state !== "done"),
      "done",
    ),
    ...numbers(({ state }) => state === "stale").map((one) => `gate ${one} is stale`),
  ];
}

/** "gates 1, 2 and 3 are not passed". */
function sentence(what: string, numbers: readonly number[], state: string): readonly string[] {
  const last = numbers.at(-1);
  if (last === undefined) return [];
  if (numbers.length === 1) return [`${what} ${last} is not ${state}`];
  return [`${what}s ${numbers.slice(0, -1).join(", ")} and ${last} are not ${state}`];
}

function inOutput({ file, exists, missing, empty }: OutputProgress): readonly OpenItem[] {
  if (!exists) return [{ text: file, fallen: `${file} is not there any more` }];
  return [
    ...missing.map((title) => ({ text: `${file}: ${title}`, fallen: `${file} has no section "${title}" any more` })),
    ...empty.map((title) => ({ text: `${file}: ${title}`, fallen: `${file} says nothing about "${title}" any more` })),
  ];
}

function inRules({ evidence, state, text }: EvidenceResult, { byRule }: PhaseFindings): readonly OpenItem[] {
  if (evidence.kind !== "rules-clean" || state !== "missing") return [];
  return [{ text, fallen: text, rules: { asked: evidence, counts: against(evidence, byRule) } }];
}

/**
 * What a log row says an answer rests on. What is named as open there does not make the gate stale later.
 * @param remark in the words of the one who answers
 */
export function evidenceText({ done, total, steps, open, evidence }: PhaseProgress, remark = ""): string {
  const unjudged = evidence.flatMap((one) =>
    one.evidence.kind === "rules-clean" && one.state === "unknown" ? one.evidence.rules : [],
  );
  const said = remark.replace(/\b(open|not judged):/gi, "$1").trim();
  const byTable = done > 0 && steps.every(({ span }) => !span) ? byTheTable : "";
  const parts = [
    ...(said === "" ? [] : [said.replace(/[;.\s]+$/, "")]),
    `${done} of ${total} checkpoints${byTable}`,
    ...(unjudged.length > 0 ? [`not judged: ${unjudged.join(", ")}`] : []),
    // Semicolons part the items.
    ...(open.length > 0 ? [`open: ${open.map((item) => item.replaceAll(";", ",")).join("; ")}`] : []),
  ];
  return parts.join("; ").replaceAll("*", "\\*");
}

/** Said of checkpoints that had no boxes when the gate was answered. */
const byTheTable = " by the table";

/** Of what is open now, what the Yes of this row did not know of; a sentence each, without full stop. */
export function fallenSince(answer: GateAnswer, open: readonly OpenItem[]): readonly string[] {
  const row = readRow(answer);
  return open.flatMap(({ text, fallen, rules, boxless }) => {
    if (boxless !== undefined) return row.boxes === boxless && !row.names(text) ? [fallen] : [];
    if (!rules) return row.names(text) ? [] : [fallen];
    const before = row.counts(rules.asked);
    if (!before || !isWorse(rules.counts, before)) return [];
    return [`${fallen}, ${before.text} when the gate was answered`];
  });
}

/** Findings of which the row of an answer does not tell whether they were known: nobody can say that they are new. */
export function unsaidIn(answer: GateAnswer, open: readonly OpenItem[]): readonly string[] {
  const row = readRow(answer);
  return open.flatMap(({ text, rules }) => (rules && !row.counts(rules.asked) ? [text] : []));
}

interface Before {
  readonly errors: number;
  readonly total: number;
  /** What there was, in words. */
  readonly text: string;
}

interface ReadRow {
  /** Of how many checkpoints it says how many were ticked; undefined where it does not, or where they had no boxes. */
  readonly boxes: number | undefined;
  /** Whether it names something as open. */
  readonly names: (item: string) => boolean;
  /** What it has recorded of rules; undefined for a row in somebody's own words, which says nothing about findings. */
  readonly counts: (asked: RulesClean) => Before | undefined;
}

function readRow({ evidence }: GateAnswer): ReadRow {
  const [, list] = /\bopen:(.*)$/i.exec(evidence) ?? [];
  const recorded = (list ?? "").split(";").map(nameOf);
  // A remark stands in front and may speak of checkpoints as well.
  const counted = [...evidence.replace(/\bopen:.*$/i, "").matchAll(/\b\d+ of (\d+) checkpoints( by the table)?/gi)];
  const [, total, byTable] = counted.at(-1) ?? [];
  const unjudged = ` ${nameOf(/\bnot judged:([^;]*)/i.exec(evidence)?.[1] ?? "")} `;
  return {
    boxes: total === undefined || byTable !== undefined ? undefined : Number(total),
    names: (item) => recorded.includes(nameOf(item.replaceAll(";", ","))),
    counts({ rules }) {
      const name = nameOf(rules.join(", "));
      if (unjudged.includes(` ${name} `)) return { errors: 0, total: 0, text: "not judged" };
      if (total === undefined && list === undefined) return undefined;
      return countsIn((recorded.find((one) => one.endsWith(` of ${name}`)) ?? "").slice(0, -` of ${name}`.length));
    },
  };
}

const nameOf = (text: string): string => comparable(plainText(text));

/** "1 error, 2 warnings". */
function countsIn(text: string): Before {
  const counts = [...text.matchAll(/(\d+) (error|warning|information|hint)/g)].map(([, count, severity]) => ({
    severity,
    count: Number(count),
  }));
  const [errors] = counts.filter(({ severity }) => severity === "error");
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  return { errors: errors?.count ?? 0, total, text: total === 0 ? "none" : text };
}

/** More findings than before, or graver ones. */
function isWorse(counts: readonly RuleCount[], before: Before): boolean {
  const total = (those: readonly RuleCount[]): number => those.reduce((sum, { count }) => sum + count, 0);
  return total(counts) > before.total || total(counts.filter(({ severity }) => severity === "error")) > before.errors;
}
