// What stands against a Yes, what a Yes in the gate log has recorded of it, and what has fallen back since.

import { against, type PhaseFindings, type RuleCount } from "./evidence/findings.js";
import type { EvidenceResult } from "./evidence/result.js";
import type { Evidence } from "./model.js";
import type { OutputProgress, PhaseProgress, StepProgress } from "./progress.js";
import type { GateAnswer } from "./tracker.js";
import { normalise } from "./words.js";

type RulesClean = Extract<Evidence, { readonly kind: "rules-clean" }>;

export interface OpenItem {
  /** As a log row names it. */
  readonly text: string;
  /** What has happened where it was not open before. */
  readonly fallen: string;
  /** The rules that have found something, with what they have found. */
  readonly rules?: { readonly asked: RulesClean; readonly counts: readonly RuleCount[] };
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
export function evidenceText({ done, total, open, evidence }: PhaseProgress, remark = ""): string {
  const unjudged = evidence.flatMap((one) =>
    one.evidence.kind === "rules-clean" && one.state === "unknown" ? one.evidence.rules : [],
  );
  const said = remark.replace(/\b(open|not judged):/gi, "$1").trim();
  const parts = [
    ...(said === "" ? [] : [said.replace(/[;.\s]+$/, "")]),
    `${done} of ${total} checkpoints`,
    ...(unjudged.length > 0 ? [`not judged: ${unjudged.join(", ")}`] : []),
    // Semicolons part the items.
    ...(open.length > 0 ? [`open: ${open.map((item) => item.replaceAll(";", ",")).join("; ")}`] : []),
  ];
  return parts.join("; ").replaceAll("*", "\\*");
}

/** Of what is open now, what the Yes of this row did not know of; a sentence each, without full stop. */
export function fallenSince({ evidence }: GateAnswer, open: readonly OpenItem[]): readonly string[] {
  const recorded = (/\bopen:(.*)$/i.exec(evidence)?.[1] ?? "").split(";").map(normalise);
  const known = new Set(recorded);
  return open.flatMap(({ text, fallen, rules }) => {
    if (!rules) return known.has(normalise(text)) ? [] : [fallen];
    const before = countsBefore(rules.asked, recorded, evidence);
    if (!before || !isWorse(rules.counts, before)) return [];
    return [`${fallen}, ${before.total === 0 ? "none" : before.text} when the gate was answered`];
  });
}

interface Before {
  readonly errors: number;
  readonly total: number;
  readonly text: string;
}

/**
 * What a row has recorded of rules. Undefined where they had not been judged, and for a row in somebody's own words, which
 * says nothing about findings.
 */
function countsBefore(asked: RulesClean, recorded: readonly string[], evidence: string): Before | undefined {
  if (!/\b\d+ of \d+ checkpoints\b/.test(evidence)) return undefined;
  const unjudged = normalise(/\bnot judged:([^;]*)/i.exec(evidence)?.[1] ?? "");
  const rules = normalise(asked.rules.join(", "));
  if (` ${unjudged} `.includes(` ${rules} `)) return undefined;
  const item = recorded.find((one) => one.endsWith(` of ${rules}`)) ?? "";
  const text = item.slice(0, -` of ${rules}`.length);
  const counts = [...text.matchAll(/(\d+) (error|warning|information|hint)/g)].map(([, count, severity]) => ({
    severity,
    count: Number(count),
  }));
  const [errors] = counts.filter(({ severity }) => severity === "error");
  return { errors: errors?.count ?? 0, total: counts.reduce((sum, { count }) => sum + count, 0), text };
}

/** More findings than before, or graver ones. */
function isWorse(counts: readonly RuleCount[], before: Before): boolean {
  const total = (those: readonly RuleCount[]): number => those.reduce((sum, { count }) => sum + count, 0);
  return total(counts) > before.total || total(counts.filter(({ severity }) => severity === "error")) > before.errors;
}
