// All that the progress of one tracker rests on beside its own text, put together from what the engine knows.

import type { Evidence, Protocol } from "../model.js";
import type { Outputs } from "../outputs.js";
import type { Basis } from "../progress.js";
import { alert } from "./alert.js";
import { dashboard } from "./dashboard.js";
import { document } from "./document.js";
import { phaseFindings, type RuleCount } from "./findings.js";
import { kubernetes } from "./kubernetes.js";
import { pipeline } from "./pipeline.js";
import { requirement } from "./requirement.js";
import { type EvidenceParts, type EvidenceResult, type EvidenceView, mostPlaces, unknown } from "./result.js";
import { rulesClean } from "./rules-clean.js";
import { terraform } from "./terraform.js";

export interface BasisParts {
  readonly outputs: Outputs;
  /** All findings of the files that it speaks for, counted; absent as long as not every file has been judged. */
  readonly findings?: readonly RuleCount[] | undefined;
  /** Whether the tracker speaks for the file at a path; for all of them where this is absent. */
  readonly speaksFor?: (path: string) => boolean;
}

/** The basis of a tracker's progress as things stand now: it is asked anew after every change. */
export function createBasis(protocol: Protocol, view: EvidenceView, basis: BasisParts): Basis {
  const { outputs, findings, speaksFor = () => true } = basis;
  let known: ReturnType<EvidenceView["pipelines"]> | undefined;
  const pipelines = () => {
    known ??= view.pipelines().filter(({ path }) => speaksFor(path));
    return known;
  };
  const parts: EvidenceParts = { ...view, pipelines, outputs, findings, speaksFor, aliases: aliasesIn(protocol) };
  return {
    outputs,
    evidence: (list) => list.map((evidence) => evaluate(evidence, parts)),
    findings(number) {
      const phase = protocol.phases.find((one) => one.number === number);
      return phase && findings && phaseFindings(phase, findings);
    },
  };
}

/** Where only the documents are known: of all else nobody can say whether it is there. */
export const documentsOnly = (outputs: Outputs): Basis => ({
  outputs,
  evidence: (list) => list.map((evidence) => unknown(evidence, "the workspace has not been read")),
  findings: () => undefined,
});

const aliasesIn =
  ({ phases }: Protocol) =>
  (file: string, title: string): readonly string[] =>
    phases.flatMap(({ output }) =>
      output?.file === file ? output.sections.flatMap((one) => (one.title === title ? (one.aliases ?? []) : [])) : [],
    );

function evaluate(evidence: Evidence, parts: EvidenceParts): EvidenceResult {
  switch (evidence.kind) {
    case "document":
      return document(evidence, parts);
    case "terraform":
      return terraform(evidence, parts);
    case "kubernetes":
      return kubernetes(evidence, parts);
    case "pipeline":
      return pipeline(evidence, parts);
    case "alert":
      return alert(evidence, parts);
    case "dashboard":
      return dashboard(evidence, parts);
    case "requirement":
      return requirement(evidence, parts);
    case "rules-clean":
      return rulesClean(evidence, parts);
    case "all":
      return each(evidence, parts);
  }
}

/** Found when each of its own is; missing when one of them is. */
function each(evidence: Extract<Evidence, { readonly kind: "all" }>, parts: EvidenceParts): EvidenceResult {
  const results = evidence.of.map((one) => evaluate(one, parts));
  const states = results.map(({ state }) => state);
  const state = states.includes("missing") ? "missing" : states.includes("unknown") ? "unknown" : "found";
  const told = state === "found" ? results : results.filter((one) => one.state === state);
  return {
    evidence,
    state,
    places: results.flatMap(({ places }) => places).slice(0, mostPlaces),
    text: told.map(({ text }) => text).join("; "),
  };
}
