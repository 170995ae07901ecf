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

/** The first object of the kind in each file. Protocols are written by people: "deployment" is Deployment. */
export function objectsOf(kind: string, parts: EvidenceParts): readonly EvidencePlace[] {
  const written = parts.lookup.keys("kubernetes.object").filter((one) => one.toLowerCase() === kind.toLowerCase());
  return written.flatMap((one) =>
    placesOf(parts.lookup.facts("kubernetes.object", one), parts, ({ name }) =>
      name === "" ? one : `${one} "${name}"`,
    ),
  );
}
