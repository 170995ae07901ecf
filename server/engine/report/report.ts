// What a run over many files found, ready to be written in any format.

import type { JudgedFinding } from "../judgement.js";
import { type Severity, severities } from "../rule.js";

export interface ReportedFile {
  /** As it is to be shown: relative to the folder the command ran in. */
  readonly file: string;
  /** What the places of the findings count in; may be empty where there are none. */
  readonly text: string;
  readonly findings: readonly JudgedFinding[];
}

export interface Report {
  readonly judged: readonly ReportedFile[];
  readonly notJudged: readonly { readonly file: string; readonly reason: string }[];
}

/** How many findings a report has of each severity. */
export const countBySeverity = ({ judged }: Report): Readonly<Record<Severity, number>> => {
  const counts: Record<Severity, number> = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { findings } of judged) for (const { severity } of findings) counts[severity]++;
  return counts;
};

/** Whether some finding is at least as severe as `threshold`. */
export const reaches = (report: Report, threshold: Severity): boolean => {
  const counts = countBySeverity(report);
  return severities.slice(0, severities.indexOf(threshold) + 1).some((severity) => counts[severity] > 0);
};
