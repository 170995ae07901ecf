// Findings of the whole workspace, counted by rule: what a phase's rules say, and how a count is worded.

import { like } from "../../image.js";
import type { Severity } from "../../rule.js";
import type { Evidence, Phase } from "../model.js";

/** How often a rule has found something at one severity. */
export interface RuleCount {
  readonly rule: string;
  readonly severity: Severity;
  readonly count: number;
  /** How many files the findings are in. */
  readonly files: number;
  /** The first of them; the line counts from zero. */
  readonly first: { readonly path: string; readonly line: number };
}

export interface PhaseFindings {
  readonly errors: number;
  readonly warnings: number;
  readonly information: number;
  readonly hints: number;
  /** The gravest first, then the most frequent. */
  readonly byRule: readonly RuleCount[];
}

export interface PlacedFinding {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly severity: Severity;
}

type RulesClean = Extract<Evidence, { readonly kind: "rules-clean" }>;

/** Counts findings that are in the order of their paths. */
export function countFindings(findings: Iterable<PlacedFinding>): readonly RuleCount[] {
  const counts = new Map<string, { count: number; files: number; last: string } & PlacedFinding>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.rule}`;
    const known = counts.get(key);
    if (!known) counts.set(key, { ...finding, count: 1, files: 1, last: finding.path });
    else {
      known.count++;
      if (known.last !== finding.path) known.files++;
      known.last = finding.path;
    }
  }
  return [...counts.values()]
    .map(({ rule, severity, count, files, path, line }) => ({ rule, severity, count, files, first: { path, line } }))
    .sort((a, b) => rankOf(a.severity) - rankOf(b.severity) || b.count - a.count || (a.rule < b.rule ? -1 : 1));
}

const severities: readonly Severity[] = ["error", "warning", "information", "hint"];
const rankOf = (severity: Severity): number => severities.indexOf(severity);

/** The rules that have to be clean for a phase, however deep its evidence names them. */
export const rulesOfPhase = ({ evidence }: Phase): readonly RulesClean[] => evidence.flatMap(rulesIn);

const rulesIn = (evidence: Evidence): readonly RulesClean[] =>
  evidence.kind === "all" ? evidence.of.flatMap(rulesIn) : evidence.kind === "rules-clean" ? [evidence] : [];

/** Whether a finding of the rule belongs to one of these. */
export const isAskedFor = (rule: string, asked: readonly RulesClean[]): boolean =>
  asked.some(({ rules }) => rules.some((pattern) => like(rule, pattern)));

/** What the rules of a phase and of its steps have found; undefined where it names none. */
export function phaseFindings(phase: Phase, all: readonly RuleCount[]): PhaseFindings | undefined {
  const asked = [...rulesOfPhase(phase), ...phase.steps.flatMap(({ evidence }) => evidence.flatMap(rulesIn))];
  if (asked.length === 0) return undefined;
  const byRule = all.filter(({ rule }) => isAskedFor(rule, asked));
  const count = (wanted: Severity): number => sum(byRule.filter(({ severity }) => severity === wanted));
  return {
    errors: count("error"),
    warnings: count("warning"),
    information: count("information"),
    hints: count("hint"),
    byRule,
  };
}

/** The counts that stand against rules being clean. */
export const against = (asked: RulesClean, all: readonly RuleCount[]): readonly RuleCount[] =>
  all.filter(({ rule, severity }) => isAskedFor(rule, [asked]) && rankOf(severity) <= rankOf(asked.severity));

/** "1 error, 3 warnings of terraform/*"; `counts` holds at least one. */
export function countsText({ rules }: RulesClean, counts: readonly RuleCount[]): string {
  const parts = severities.flatMap((severity) => {
    const count = sum(counts.filter((one) => one.severity === severity));
    return count === 0 ? [] : [`${count} ${severity}${count === 1 || severity === "information" ? "" : "s"}`];
  });
  return `${parts.join(", ")} of ${rules.join(", ")}`;
}

const sum = (counts: readonly RuleCount[]): number => counts.reduce((total, { count }) => total + count, 0);
