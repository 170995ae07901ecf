// How the rules of this group speak of jobs: by name, with the text that tells what the job is for.

import type { Flow, FlowJob } from "../../languages/pipeline/flow.js";
import type { Evidence } from "../../languages/pipeline/model.js";

/** `"deploy" ("kubectl apply -f k8s")`; only the name where the name itself is the evidence. */
export function namedBy({ node }: FlowJob, { text }: Evidence): string {
  return node.names.includes(text) || node.id === text ? `"${node.id}"` : `"${node.id}" ("${text}")`;
}

/** `a`, `a and b`, `a, b and c`; more than `most` are counted. */
export function listOf(items: readonly string[], most = 4): string {
  const shown = items.length > most ? [...items.slice(0, most - 1), `${items.length - most + 1} more`] : items;
  const last = shown.at(-1) ?? "";
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(", ")} and ${last}`;
}

/** The job that deploys, with the text that tells so. */
export const nameOf = (job: FlowJob): string =>
  job.deployment ? namedBy(job, job.deployment.evidence) : `"${job.node.id}"`;

/** `among its 3 jobs`: where was looked. */
export const amongJobs = ({ jobs }: Flow): string => {
  const count = [...jobs.keys()].filter(({ outside, start }) => !outside && !start).length;
  return count === 1 ? "in its only job" : `among its ${count} jobs`;
};
