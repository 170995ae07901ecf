// What each pipeline of the workspace does, remembered until something changes that it rests on: putting the jobs of all
// files together anew for each question would take longer than an editor can wait.

import { type Flow, type FlowJob, flowOf, type Outlined } from "../../languages/pipeline/flow.js";
import type { Role } from "../../languages/pipeline/model.js";
import { deploysIn, orderOf } from "../../languages/pipeline/order.js";
import { lacksApproval } from "../../rules/pipeline/_lacks.js";
import type { Workspace, WorkspaceIndex } from "../../workspace.js";

/** One pipeline with all that it includes or calls from the workspace. */
export interface PipelineStanding {
  readonly path: string;
  /** For each role the job that shows it best. */
  readonly roles: ReadonlyMap<Role, SeenJob>;
  /** A deployment to production behind an approval, one without, and one of which nobody can tell. */
  readonly production: { readonly gated?: SeenJob; readonly open?: SeenJob; readonly unclear?: SeenJob };
  /** Work that cannot be seen: what is absent may hide in it. */
  readonly unseen?: string;
}

export interface SeenJob {
  readonly id: string;
  readonly path: string;
  /** From zero. */
  readonly line: number;
  /** More than a sign that serves other ends as well. */
  readonly sure: boolean;
}

export interface Pipelines {
  /** In the order of their paths. */
  all(): readonly PipelineStanding[];
  /** Takes note of askers whose answers have changed. @returns those that are files */
  forget(changed: ReadonlySet<string>): ReadonlySet<string>;
}

/** Stands before a pipeline's path where it is asked for here: no file is called so. */
const asking = "\0pipeline ";

export function createPipelines(index: WorkspaceIndex): Pipelines {
  const known = new Map<string, PipelineStanding | undefined>();
  const standing = (path: string): PipelineStanding | undefined => {
    if (known.has(path)) return known.get(path);
    const view = index.viewFor(asking + path);
    const [outline] = view.facts("pipeline.file", path);
    const found = outline && standingOf({ path, dialect: outline.dialect, outline }, view);
    known.set(path, found);
    return found;
  };
  return {
    all: () =>
      index.lookup
        .keys("pipeline.file")
        .toSorted()
        .flatMap((path) => standing(path) ?? []),
    forget(changed) {
      const files = new Set<string>();
      for (const asker of changed)
        if (asker.startsWith(asking)) known.delete(asker.slice(asking.length));
        else files.add(asker);
      return files;
    },
  };
}

/** Undefined for a file that lives in other pipelines only. */
function standingOf(pipeline: Outlined, view: Workspace): PipelineStanding | undefined {
  const { path, outline } = pipeline;
  const flow = flowOf(pipeline, view);
  if (!flow)
    return outline.kind === "pipeline" && outline.broken
      ? { path, roles: new Map(), production: {}, unseen: "it cannot be read to its end" }
      : undefined;
  const unseen = unseenIn(flow);
  const places = placesIn(pipeline, view);
  return {
    path,
    roles: rolesOf(flow, places),
    production: productionOf(pipeline, flow, places),
    ...(unseen !== undefined && { unseen }),
  };
}

function unseenIn({ partial, jobs }: Flow): string | undefined {
  if (partial) return "it includes files that are not in this workspace";
  for (const { id, work, waitsForUnseen } of jobs.keys()) {
    const hidden = work.find(({ role }) => role === "unseen");
    if (hidden) return `"${id}" does work that cannot be seen ("${hidden.text}")`;
    if (waitsForUnseen) return `"${id}" waits for work that cannot be seen`;
  }
  return undefined;
}

type PlaceOf = (job: FlowJob, sure: boolean) => SeenJob;

function rolesOf({ jobs }: Flow, place: PlaceOf): ReadonlyMap<Role, SeenJob> {
  const roles = new Map<Role, SeenJob>();
  for (const job of jobs.values()) {
    if (job.node.outside) continue;
    for (const [role, sure] of signsOf(job)) {
      const before = roles.get(role);
      if (!before || (sure && !before.sure)) roles.set(role, place(job, sure));
    }
  }
  return roles;
}

/** The roles of a job, and whether it certainly has them. Integration tests are tests, and what is published was built. */
function signsOf({ node, evidence, deployment }: FlowJob): ReadonlyMap<Role, boolean> {
  const signs = new Map<Role, boolean>();
  const add = (role: Role, sure: boolean): void => {
    signs.set(role, sure || signs.get(role) === true);
    if (role === "integration") add("test", sure);
    if (role === "publish") add("build", sure);
  };
  for (const { role, weak, vague } of evidence)
    add(role, role === "deploy" ? deployment !== undefined : !weak && !vague);
  if (node.manual === "blocking") add("approval", true);
  if (node.environment?.rollback) add("rollback", true);
  return signs;
}

function productionOf(pipeline: Outlined, flow: Flow, place: PlaceOf): PipelineStanding["production"] {
  const order = orderOf(flow);
  let [gated, open, unclear]: (SeenJob | undefined)[] = [];
  for (const job of deploysIn(flow)) {
    if (job.deployment?.tier !== "production") continue;
    const seen = place(job, true);
    if (isApproved(job, flow, order)) gated ??= seen;
    else if (flow.startUnseen || flow.partial || !lacksApproval(job, { pipeline, flow, order })) unclear ??= seen;
    else open ??= seen;
  }
  return { ...(gated && { gated }), ...(open && { open }), ...(unclear && { unclear }) };
}

/** A person starts it, or something that it waits for. */
function isApproved(job: FlowJob, flow: Flow, order: ReturnType<typeof orderOf>): boolean {
  const approves = ({ node, evidence }: FlowJob): boolean =>
    node.manual === "blocking" || evidence.some(({ role, weak, vague }) => role === "approval" && !weak && !vague);
  if (flow.startedByHand || job.node.manual || approves(job)) return true;
  return [...order.before(job.node)].some((node) => {
    const before = flow.jobs.get(node);
    return before !== undefined && approves(before);
  });
}

/** Where a job is written: in the file itself, or in one that it includes. */
function placesIn({ path, outline }: Outlined, view: Workspace): PlaceOf {
  const root = path.slice(0, path.lastIndexOf("/"));
  const included = (outline.includes ?? []).flatMap(({ local }) =>
    local === undefined || local.includes("*") ? [] : `${root}/${local.replace(/^\//, "")}`,
  );
  const lines = new Map<string, { readonly path: string; readonly line: number }>();
  for (const file of [path, ...included]) {
    const [found] = file === path ? [outline] : view.facts("pipeline.file", file);
    const [places] = view.facts("pipeline.lines", file);
    for (const [i, { id }] of (found?.jobs ?? []).entries())
      if (!lines.has(id)) lines.set(id, { path: file, line: places?.lines[i] ?? 0 });
  }
  return ({ node: { id } }, sure) => {
    const written = lines.get(id) ?? lines.get(id.split(" / ")[0] ?? id) ?? { path, line: 0 };
    return { ...written, id, sure };
  };
}
