// Evidence in pipelines: jobs of some roles, an approval before production.

import { baseName } from "../documents.js";
import type { Evidence } from "../model.js";
import type { PipelineStanding, SeenJob } from "./pipelines.js";
import {
  doubtsIn,
  type Evaluator,
  type EvidencePlace,
  type EvidenceResult,
  found,
  listed,
  notFound,
  unknown,
} from "./result.js";

type Pipeline = Extract<Evidence, { readonly kind: "pipeline" }>;

/** Every role has to be there, be it in different pipelines; a gate stands before every deployment to production. */
export const pipeline: Evaluator<Pipeline> = (evidence, parts) => {
  const standings = parts.pipelines();
  const doubts = () => [...doubtsIn("pipeline", parts), ...doubtIn(standings)];
  const results = [
    ...(evidence.roles ? [rolesIn(evidence, evidence.roles, standings, doubts)] : []),
    ...(evidence.gate ? [gateIn(evidence, standings, doubts)] : []),
  ];
  const short = results.find(({ state }) => state === "missing") ?? results.find(({ state }) => state === "unknown");
  if (short) return short;
  const text = results.map((one) => one.text).join(", ");
  return found(
    evidence,
    text,
    results.flatMap(({ places }) => places),
  );
};

/** One reason why what is absent may be there unseen, or none. */
function doubtIn(standings: readonly PipelineStanding[]): readonly string[] {
  const hidden = standings.find(({ unseen }) => unseen !== undefined);
  return hidden ? [`in ${baseName(hidden.path)} ${hidden.unseen}`] : [];
}

function rolesIn(
  evidence: Pipeline,
  roles: NonNullable<Pipeline["roles"]>,
  standings: readonly PipelineStanding[],
  doubts: () => readonly string[],
): EvidenceResult {
  const jobs = roles.map((role) => ({ role, seen: standings.flatMap((one) => one.roles.get(role) ?? []) }));
  const places = jobs.flatMap(({ role, seen }) => seen.filter(({ sure }) => sure).map((job) => placeOf(job, role)));
  const absent = jobs.filter(({ seen }) => seen.length === 0).map(({ role }) => role);
  if (absent.length > 0) return notFound(evidence, `no pipeline job for ${listed(absent)}`, doubts(), places);
  const weak = jobs.filter(({ seen }) => !seen.some(({ sure }) => sure));
  if (weak.length > 0) {
    const perhaps = weak.map(({ role, seen: [job] }) => `whether "${job?.id}" does ${role} is not certain`);
    return unknown(evidence, perhaps.join(", "), [
      ...places,
      ...weak.flatMap(({ role, seen }) => seen.map((job) => placeOf(job, role))),
    ]);
  }
  return found(evidence, `pipeline jobs for ${listed(roles)}`, places);
}

function gateIn(
  evidence: Pipeline,
  standings: readonly PipelineStanding[],
  doubts: () => readonly string[],
): EvidenceResult {
  const jobs = (which: keyof PipelineStanding["production"]) =>
    standings.flatMap(({ production }) => production[which] ?? []);
  const [gated, open, unclear] = [jobs("gated"), jobs("open"), jobs("unclear")];
  if (open.length > 0) {
    // An approval may hide in work that cannot be seen.
    const hidden = doubtIn(standings.filter(({ production }) => production.open));
    const text = `no approval before "${open[0]?.id}" deploys to production`;
    return notFound(
      evidence,
      text,
      hidden,
      open.map((job) => placeOf(job, "deploy")),
    );
  }
  if (unclear.length > 0) {
    const text = `whether somebody approves "${unclear[0]?.id}" cannot be seen in files`;
    return unknown(
      evidence,
      text,
      unclear.map((job) => placeOf(job, "deploy")),
    );
  }
  if (gated.length === 0) return notFound(evidence, "no pipeline deploys to production", doubts());
  return found(
    evidence,
    "an approval before production",
    gated.map((job) => placeOf(job, "deploy")),
  );
}

const placeOf = ({ id, path, line }: SeenJob, role: string): EvidencePlace => ({ path, line, what: `${id} (${role})` });
