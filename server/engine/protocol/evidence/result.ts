// What the evaluators of evidence are given, and what they answer.

import type { Lookup } from "../../workspace.js";
import { baseName } from "../documents.js";
import type { Evidence } from "../model.js";
import type { Outputs } from "../outputs.js";
import type { EvidenceState } from "../states.js";
import type { RuleCount } from "./findings.js";
import type { PipelineStanding } from "./pipelines.js";

export interface EvidenceResult {
  readonly evidence: Evidence;
  readonly state: EvidenceState;
  /** What it rests on, or what stands against it; at most {@link mostPlaces}. */
  readonly places: readonly EvidencePlace[];
  /** What was found or sought, as a part of a sentence. */
  readonly text: string;
}

export interface EvidencePlace {
  readonly path: string;
  /** From zero. */
  readonly line: number;
  /** As its file calls it: `aws_vpc.main`, `Deployment "web"`. */
  readonly what: string;
}

/** How many places are named: more would only be counted by a reader. */
export const mostPlaces = 20;

/** What the engine knows of the workspace, for all evidence. */
export interface EvidenceView {
  readonly lookup: Lookup;
  readonly pipelines: () => readonly PipelineStanding[];
  /** Ids of all rules. */
  readonly rules: readonly string[];
  /** Whether every file has been read. */
  readonly complete: () => boolean;
}

/** What evidence is judged by, for one tracker; the pipelines are those that it speaks for. */
export interface EvidenceParts extends EvidenceView {
  readonly outputs: Outputs;
  /** Other titles that a document's section may carry. */
  readonly aliases: (file: string, section: string) => readonly string[];
  /** Whether the tracker speaks for the file at a path. */
  readonly speaksFor: (path: string) => boolean;
  /** All findings of the files that it speaks for; undefined as long as not every file has been judged. */
  readonly findings: readonly RuleCount[] | undefined;
}

/** One kind's evaluator. */
export type Evaluator<E extends Evidence> = (evidence: E, parts: EvidenceParts) => EvidenceResult;

export const found = (evidence: Evidence, text: string, places: readonly EvidencePlace[]): EvidenceResult => ({
  evidence,
  state: "found",
  places: inOrder(places),
  text,
});

export const missing = (evidence: Evidence, text: string, places: readonly EvidencePlace[] = []): EvidenceResult => ({
  evidence,
  state: "missing",
  places: inOrder(places),
  text,
});

export const unknown = (evidence: Evidence, text: string, places: readonly EvidencePlace[] = []): EvidenceResult => ({
  evidence,
  state: "unknown",
  places: inOrder(places),
  text,
});

/** Nothing was found: it is missing where nothing is in doubt. */
export function notFound(
  evidence: Evidence,
  text: string,
  doubts: readonly string[],
  places: readonly EvidencePlace[] = [],
): EvidenceResult {
  const [doubt] = doubts;
  return doubt === undefined ? missing(evidence, text, places) : unknown(evidence, `${text}, but ${doubt}`, places);
}

/** Why nothing that is absent in a language proves anything: one reason, or none where everything has been read. */
export function doubtsIn(language: string, { lookup, speaksFor, complete }: EvidenceParts): readonly string[] {
  if (!complete()) return ["not every file has been read yet"];
  const unread = lookup.facts("file.unread", language).find(({ path }) => speaksFor(path));
  return unread ? [`${baseName(unread.path)} is not known whole (${unread.reason})`] : [];
}

/** The places of facts, which are in the order of their paths: the first of them, as many as will be named. */
export function placesOf<F extends { readonly path: string; readonly line: number }>(
  facts: readonly F[],
  { speaksFor }: Pick<EvidenceParts, "speaksFor">,
  whatIs: (fact: F) => string,
): readonly EvidencePlace[] {
  const places: EvidencePlace[] = [];
  for (const fact of facts) {
    if (!speaksFor(fact.path)) continue;
    places.push({ path: fact.path, line: fact.line, what: whatIs(fact) });
    if (places.length === mostPlaces) break;
  }
  return places;
}

/** "aws_vpc, aws_subnet, aws_lb, …". */
export function listed(names: readonly string[], most = 3): string {
  return names.length > most ? `${names.slice(0, most).join(", ")}, …` : names.join(", ");
}

const inOrder = (places: readonly EvidencePlace[]): readonly EvidencePlace[] =>
  places.toSorted(byPlace).slice(0, mostPlaces);

const byPlace = (a: EvidencePlace, b: EvidencePlace): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line;
