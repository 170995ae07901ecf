// Evidence in manifests: an object of one of some kinds.

import type { Evidence } from "../model.js";
import {
  doubtsIn,
  type Evaluator,
  type EvidenceParts,
  type EvidencePlace,
  found,
  listed,
  notFound,
  placesOf,
} from "./result.js";

type Kubernetes = Extract<Evidence, { readonly kind: "kubernetes" }>;

export const kubernetes: Evaluator<Kubernetes> = (evidence, parts) => {
  const { objects } = evidence;
  const there = objects.filter((kind) => objectsOf(kind, parts).length > 0);
  if (there.length === 0) return notFound(evidence, `no Kubernetes ${listed(objects)}`, doubtsIn("kubernetes", parts));
  return found(
    evidence,
    `Kubernetes ${listed(there)}`,
    there.flatMap((kind) => objectsOf(kind, parts)),
  );
};

/** The first object of the kind in each file. */
export const objectsOf = (kind: string, parts: EvidenceParts): readonly EvidencePlace[] =>
  placesOf(parts.lookup.facts("kubernetes.object", kind), parts, ({ name }) =>
    name === "" ? kind : `${kind} "${name}"`,
  );
