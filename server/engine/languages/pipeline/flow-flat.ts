// How the jobs of a pipeline come together that stands in one file and whose jobs name all that they wait for: the
// workflows of CircleCI and the stages of a Jenkinsfile.

import { filtersWithNeeds } from "./branches.js";
import type { Assembled, NodeDraft, Outlined } from "./flow.js";
import type { Evidence, JobOutline, Unseen } from "./model.js";

export function flatFlow({ outline }: Outlined): Assembled {
  const made = outline.jobs.filter(({ hidden }) => !hidden).map((job) => ({ job, node: toNode(job) }));
  const byId = new Map(made.map(({ job, node }) => [job.id, node]));
  for (const { job, node } of made) {
    const needs = job.needs ?? [];
    node.waitsFor = needs.flatMap((id) => byId.get(id) ?? []);
    node.waitsForUnseen = job.needsUnseen === true || needs.some((id) => !byId.has(id));
  }
  // Jenkins goes on behind a stage that is left out; CircleCI leaves out what requires it as well.
  if (outline.dialect === "circleci") {
    const all = made.map(({ node }) => [node, filtersWithNeeds(node)] as const);
    for (const [node, branches] of all) if (branches.length > 0) node.branches = branches;
  }
  return {
    nodes: made.map(({ node }) => node),
    startUnseen: outline.triggers.includes("workflow_run"),
    partial: (outline.includes ?? []).length > 0,
    startedByHand: outline.triggers.length > 0 && outline.triggers.every((event) => event === "workflow_dispatch"),
    ...(outline.name !== undefined && { name: outline.name }),
  };
}

const toNode = (job: JobOutline): NodeDraft => ({
  id: job.id,
  ...(job.runs !== undefined && { runs: job.runs }),
  span: job.span ?? { start: 0, end: 0 },
  names: job.title === undefined ? [job.id] : [job.title],
  ...(job.stage !== undefined && { stage: job.stage }),
  ...(job.said && { said: job.said }),
  work: (job.main ?? []).flatMap((one): readonly (Evidence | Unseen)[] =>
    one.role === "followed" ? [{ role: "unseen", text: one.text, ...(one.span && { span: one.span }) }] : [one],
  ),
  waitsFor: [],
  waitsForUnseen: false,
  ...(job.environment && { environment: job.environment }),
  ...(job.condition && { condition: job.condition }),
  ...(job.branches && { branches: [job.branches] }),
  ...(job.manual && { manual: job.manual }),
});
