// Evidence in registries: that requirements are defined, and that all of them have come to a status or beyond it.

import { type RequirementStatus, requirementStatuses } from "../../languages/registry.js";
import type { Evidence } from "../model.js";
import { type Evaluator, type EvidencePlace, found, missing, notFound, unknown } from "./result.js";

type Requirement = Extract<Evidence, { readonly kind: "requirement" }>;

interface Counted extends EvidencePlace {
  readonly status?: RequirementStatus;
  readonly count: number;
}

/** All count, not some: one requirement that nobody has approved is one that may still change. */
export const requirement: Evaluator<Requirement> = (evidence, parts) => {
  const counted = parts.lookup
    .facts("requirement.registry", "all")
    .filter(({ path }) => parts.speaksFor(path))
    .flatMap(({ path, byStatus }) => byStatus.map(({ id, ...rest }): Counted => ({ path, what: id, ...rest })));
  const total = sum(counted);
  if (total === 0)
    return notFound(
      evidence,
      "no registry of requirements (ids such as REQ-PERF-001)",
      parts.complete() ? [] : ["not every file has been read yet"],
    );
  const wanted = requirementStatuses.find((status) => status === evidence.status?.toLowerCase());
  if (wanted === undefined)
    return evidence.status === undefined
      ? found(evidence, `${total} ${total === 1 ? "requirement" : "requirements"}`, counted.map(toPlace))
      : unknown(evidence, `whether requirements are "${evidence.status}" cannot be told`, counted.map(toPlace));
  return atLeast(wanted, evidence, counted);
};

function atLeast(wanted: RequirementStatus, evidence: Requirement, counted: readonly Counted[]) {
  const rank = (status: RequirementStatus | undefined) => (status ? requirementStatuses.indexOf(status) : -1);
  const reached = counted.filter(({ status }) => rank(status) >= requirementStatuses.indexOf(wanted));
  const silent = counted.filter(({ status }) => status === undefined);
  const open = counted.filter((one) => !reached.includes(one) && !silent.includes(one));
  const text = `${sum(reached)} of ${sum(counted)} requirements are ${evidence.status} or beyond`;
  if (open.length > 0) return missing(evidence, text, open.map(toPlace));
  if (silent.length > 0)
    return unknown(evidence, `${text}, ${sum(silent)} without a known status`, silent.map(toPlace));
  return found(evidence, text, reached.map(toPlace));
}

const sum = (counted: readonly Counted[]): number => counted.reduce((total, { count }) => total + count, 0);
const toPlace = ({ path, line, what }: Counted): EvidencePlace => ({ path, line, what });
