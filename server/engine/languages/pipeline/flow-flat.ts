// How the jobs of a pipeline come together that stands in one file and whose jobs name all that they wait for: the
// workflows of CircleCI and the stages of a Jenkinsfile.

import type { Assembled, NodeDraft } from "./flow.js";
import type { Evidence, JobOutline, Pipeline, Unseen } from "./model.js";

export function flatFlow({ outline }: Pipeline): Assembled {
  const made = outline.jobs.filter(({ hidden }) => !hidden).map((job) => ({ job, node: toNode(job) }));
  const byId = new Map(made.map(({ job, node }) => [job.id, node]));
  for (const { job, node } of made) {
    const needs = job.needs ?? [];
    node.waitsFor = needs.flatMap((id) => byId.get(id) ?? []);
    node.waitsForUnseen = job.needsUnseen === true || needs.some((id) => !byId.has(id));
  }
  return {
    nodes: made.map(({ node }) => node),
    startUnseen: outline.triggers.includes("workflow_run"),
    startedByHand: outline.triggers.length > 0 && outline.triggers.every((event) => event === "workflow_dispatch"),
    ...(outline.name !== undefined && { name: outline.name }),
  };
}

const toNode = (job: JobOutline): NodeDraft => ({
  id: job.id,
  span: job.span ?? { start: 0, end: 0 },
  names: job.title === undefined ? [job.id] : [job.title],
  ...(job.stage !== undefined && { stage: job.stage }),
  work: (job.main ?? []).flatMap((one): readonly (Evidence | Unseen)[] =>
    one.role === "followed" ? [{ role: "unseen", text: one.text, ...(one.span && { span: one.span }) }] : [one],
  ),
  waitsFor: [],
  waitsForUnseen: false,
  ...(job.environment && { environment: job.environment }),
  ...(job.condition && { condition: job.condition }),
  ...(job.manual && { manual: job.manual }),
});
