// Evidence in rules: nothing at a severity or above it from some of them.

import { like } from "../../image.js";
import type { Evidence } from "../model.js";
import { against, countsText } from "./findings.js";
import { type Evaluator, found, missing, unknown } from "./result.js";

type RulesClean = Extract<Evidence, { readonly kind: "rules-clean" }>;

export const rulesClean: Evaluator<RulesClean> = (evidence, { findings, rules: ids, complete }) => {
  const rules = evidence.rules.join(", ");
  const [nobodys] = evidence.rules.filter((pattern) => !ids.some((id) => like(id, pattern)));
  if (nobodys !== undefined) return unknown(evidence, `no rule is called ${nobodys}`);
  if (!findings || !complete()) return unknown(evidence, `${rules}: not every file has been judged yet`);
  const counts = against(evidence, findings);
  if (counts.length === 0) return found(evidence, `no ${evidence.severity} of ${rules}`, []);
  return missing(
    evidence,
    countsText(evidence, counts),
    counts.map(({ rule, first }) => ({ ...first, what: rule })),
  );
};
