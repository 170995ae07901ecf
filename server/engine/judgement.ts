// What is said of one file: its rules are run, and what they find is put in order, with what is set aside left out.

import type { Settings } from "./config.js";
import type { Model } from "./languages/read.js";
import type { Problem, Source } from "./languages/source.js";
import { type NoticeId, notices } from "./notices.js";
import { optionValues } from "./options.js";
import type { Finding, Language, Rule, Severity } from "./rule.js";
import { applySuppressions, type Named } from "./suppress.js";
import type { Workspace } from "./workspace.js";

/** A finding as the shells show it. */
export interface JudgedFinding extends Finding {
  /** A rule's or a notice's id. */
  readonly rule: string;
  readonly severity: Severity;
}

export interface Judgement {
  /** What the file was taken for. */
  readonly kind?: string;
  /** In the order of their places. */
  readonly findings: readonly JudgedFinding[];
  readonly rules: number;
  readonly ignored: number;
  /** Why the file was not judged. */
  readonly notJudged?: string;
  /** Findings that ask about other files are held back until the index is complete. */
  readonly pending: boolean;
  /** Rules that threw: their findings in this file are lost, and the shell says so. */
  readonly failures: readonly { readonly rule: string; readonly error: unknown }[];
}

/** Says why a file was not judged. */
export const unjudged = (reason: string, kind?: string): Judgement => ({
  ...(kind !== undefined && { kind }),
  findings: [],
  rules: 0,
  ignored: 0,
  notJudged: reason,
  pending: false,
  failures: [],
});

export type Catalogue = readonly (readonly [id: string, rule: Rule])[];

/** The rules of each language. */
export function groupRules(rules: Readonly<Record<string, Rule>>): Partial<Record<Language, Catalogue>> {
  const groups: Partial<Record<Language, (readonly [string, Rule])[]>> = {};
  for (const [id, rule] of Object.entries(rules))
    for (const language of typeof rule.on === "string" ? [rule.on] : rule.on) {
      groups[language] ??= [];
      groups[language].push([id, rule]);
    }
  return groups;
}

interface Run {
  readonly named: readonly (Named & { readonly severity: Severity })[];
  readonly ran: ReadonlySet<string>;
  readonly pending: boolean;
  readonly failures: Judgement["failures"];
}

/** Runs the rules of the models' languages; those that ask about other files are held back until the index is complete. */
export function runRules(
  rules: Partial<Record<Language, Catalogue>>,
  models: readonly Model[],
  settings: Settings,
  view: Workspace & { readonly asked: () => number },
  complete: boolean,
): Run {
  const named: (Named & { severity: Severity })[] = [];
  const ran = new Set<string>();
  const failures: { rule: string; error: unknown }[] = [];
  let pending = false;
  const run = (id: string, rule: Rule, { model }: Model): void => {
    const severity = settings.severity(id, rule);
    if (severity === "off") return;
    const asked = view.asked();
    try {
      // Most rules find nothing in most files: no list is made for that.
      let found: Finding[] | undefined;
      for (const finding of rule.check(
        model,
        optionValues(rule.options, settings.options(id), settings.profile !== "recommended"),
        view,
      )) {
        found ??= [];
        found.push(finding);
      }
      if (!complete && view.asked() > asked) pending = true;
      else {
        ran.add(id);
        for (const finding of found ?? [])
          named.push({ ...finding, rule: id, severity: ownSeverity(finding, rule, severity) });
      }
    } catch (error) {
      failures.push({ rule: id, error });
    }
  };
  for (const model of models) for (const [id, rule] of rules[model.language] ?? []) run(id, rule, model);
  return { named, ran, pending, failures };
}

/** A case's own severity counts as long as nobody has set the rule to another. */
const ownSeverity = (finding: Finding, rule: Rule, set: Severity): Severity =>
  set === rule.severity ? (finding.severity ?? set) : set;

/** What is shown of a run: without what is set aside, with what is said about the text and its comments. */
export function conclude(
  parts: { readonly rules: Readonly<Record<string, Rule>>; readonly today: () => string },
  source: Source,
  settings: Settings,
  run: Run,
): Judgement {
  const {
    kept,
    ignored,
    notices: said,
  } = applySuppressions(source, run.named, {
    today: parts.today(),
    knows: (id) => id in parts.rules || id in notices,
    ran: (id) => run.ran.has(id),
  });
  const syntax = source.problems.map((problem) => noticed("dakota/syntax", { ...problem, fixes: [] }, settings));
  const about = said.map((notice) => noticed(notice.rule, notice, settings));
  const findings = inOrder([...(kept as Run["named"]), ...[...syntax, ...about].flat()]);
  return {
    findings: source.unwritable ? findings.map(withoutEdits) : findings,
    rules: run.ran.size,
    ignored,
    pending: run.pending,
    failures: run.failures,
  };
}

const withoutEdits = (finding: JudgedFinding): JudgedFinding => ({
  ...finding,
  fixes: finding.fixes.filter(({ newFile, edits }) => newFile && edits.length === 0),
});

function noticed(id: NoticeId, finding: Finding, settings: Settings): readonly JudgedFinding[] {
  const severity = settings.severity(id, notices[id]);
  return severity === "off" ? [] : [{ ...finding, rule: id, severity }];
}

/** A file of our own: its problems are its findings. */
export function judgeOwn(id: NoticeId, problems: readonly Problem[], kind: string, settings: Settings): Judgement {
  const findings = problems.flatMap((problem) => noticed(id, { ...problem, fixes: [] }, settings));
  return { kind, findings: inOrder(findings), rules: 0, ignored: 0, pending: false, failures: [] };
}

/** By place; the same thing said twice (through an alias, say) is said once. */
function inOrder(findings: readonly JudgedFinding[]): readonly JudgedFinding[] {
  const sorted = [...findings].sort(
    (a, b) =>
      a.span.start - b.span.start ||
      a.span.end - b.span.end ||
      compare(a.rule, b.rule) ||
      compare(a.message, b.message),
  );
  return sorted.filter((one, i) => {
    const before = sorted[i - 1];
    return (
      !before ||
      before.span.start !== one.span.start ||
      before.span.end !== one.span.end ||
      before.rule !== one.rule ||
      before.message !== one.message
    );
  });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
