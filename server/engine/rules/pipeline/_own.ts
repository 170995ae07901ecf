// The jobs that the judged file writes itself, with their steps and where they deploy to.

import { type Flow, type FlowJob, flowOf, jobIdOf } from "../../languages/pipeline/flow.js";
import type { Job, Pipeline, Tier } from "../../languages/pipeline/model.js";
import { tierOfName } from "../../languages/pipeline/names.js";
import type { Workspace } from "../../rule.js";

export interface OwnJob {
  readonly job: Job;
  /** Absent for a template, and in a file that is a part of others. */
  readonly flowJob?: FlowJob;
  /** "unknown" where an expression decides; undefined where nothing names a place. */
  readonly tier?: Tier | "unknown";
}

export function ownJobs(pipeline: Pipeline, workspace: Workspace): readonly OwnJob[] {
  const flow = flowOf(pipeline, workspace);
  const known = found.get(pipeline);
  if (known && known.flow === flow) return known.jobs;
  const jobs = toOwnJobs(pipeline, flow);
  found.set(pipeline, { flow, jobs });
  return jobs;
}

// Several rules ask it of one flow.
const found = new WeakMap<Pipeline, { readonly flow: Flow | undefined; readonly jobs: readonly OwnJob[] }>();

function toOwnJobs(pipeline: Pipeline, flow: Flow | undefined): readonly OwnJob[] {
  const inFlow = new Map<string, FlowJob>();
  for (const job of flow?.jobs.values() ?? []) {
    // Of several runs of one job, the one in production counts.
    const id = jobIdOf(job.node);
    if (inFlow.get(id)?.deployment?.tier !== "production") inFlow.set(id, job);
  }
  return pipeline.jobs.map((job) => {
    const flowJob = inFlow.get(job.id);
    const tier = flowJob?.deployment?.tier ?? namedTier(pipeline, job.id, flowJob) ?? tierOfUsers(pipeline, job.id);
    return { job, ...(flowJob && { flowJob }), ...(tier && { tier }) };
  });
}

function namedTier({ outline }: Pipeline, id: string, flowJob: FlowJob | undefined): OwnJob["tier"] {
  const own = outline.jobs.find((job) => job.id === id);
  const environment = flowJob?.node.environment ?? own?.environment;
  if (environment && environment.name === undefined) return "unknown";
  return tierOfName(environment?.name ?? "") ?? tierOfName(id) ?? tierOfName(own?.stage ?? "");
}

/** A template works where the jobs that extend it work; undefined where they differ. */
function tierOfUsers(pipeline: Pipeline, id: string): OwnJob["tier"] {
  const users = pipeline.outline.jobs.filter((job) => job.extends?.includes(id) && job.id !== id);
  const tiers = new Set(users.map((user) => namedTier(pipeline, user.id, undefined)));
  const [only] = tiers;
  return tiers.size === 1 ? only : undefined;
}
