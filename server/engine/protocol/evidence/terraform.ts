// Evidence in Terraform: resources of some types, a backend, a module call.

import { like } from "../../image.js";
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

type Terraform = Extract<Evidence, { readonly kind: "terraform" }>;

/** Each of the parts that are asked for has to be there; of the resource types one is enough. */
export const terraform: Evaluator<Terraform> = (evidence, parts) => {
  const { resources, backend, module } = evidence;
  const asked: readonly Sought[] = [
    ...(resources ? [resourcesOf(resources, parts)] : []),
    ...(backend ? [{ sought: "backend", places: declared("terraform.backend", "all", parts) }] : []),
    ...(module ? [{ sought: "module call", places: declared("terraform.module", "all", parts) }] : []),
  ];
  const absent = asked.filter(({ places }) => places.length === 0);
  const places = asked.flatMap((one) => one.places);
  if (absent.length === 0)
    return found(evidence, `Terraform ${asked.map(({ sought, there = sought }) => there).join(" and ")}`, places);
  const doubts = [
    ...doubtsIn("terraform", parts),
    ...(absent.some(({ foreign }) => foreign) ? foreignDoubt(parts) : []),
  ];
  return notFound(evidence, `no Terraform ${absent.map(({ sought }) => sought).join(" and no ")}`, doubts, places);
};

interface Sought {
  readonly sought: string;
  readonly places: readonly EvidencePlace[];
  /** What of it is there. */
  readonly there?: string;
  /** A module from elsewhere may bring it. */
  readonly foreign?: true;
}

function resourcesOf(patterns: readonly string[], parts: EvidenceParts): Sought {
  const open = patterns.filter((pattern) => pattern.includes("*"));
  const known = open.length === 0 ? [] : parts.lookup.keys("terraform.resource");
  const types = new Set([
    ...patterns.filter((pattern) => !pattern.includes("*")),
    ...known.filter((type) => open.some((pattern) => like(type, pattern))).toSorted(),
  ]);
  const found = [...types].map((type) => ({ type, places: declared("terraform.resource", type, parts) }));
  const there = found.filter(({ places }) => places.length > 0).map(({ type }) => type);
  return {
    sought: `resource ${listed(patterns)}`,
    there: `resource ${listed(there)}`,
    places: found.flatMap(({ places }) => places),
    foreign: true,
  };
}

function foreignDoubt(parts: EvidenceParts): readonly string[] {
  const [call] = declared("terraform.foreign", "all", parts);
  return call ? [`${call.what} comes from elsewhere and may bring it`] : [];
}

const declared = (
  kind: "terraform.resource" | "terraform.backend" | "terraform.module" | "terraform.foreign",
  key: string,
  parts: EvidenceParts,
): readonly EvidencePlace[] => placesOf(parts.lookup.facts(kind, key), parts, ({ name }) => name);
