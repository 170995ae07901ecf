// What a pipeline file says to the other files of the workspace: its outline, the name others may follow, and that it tests.

import { lineAt, lineStarts } from "../../text.js";
import type { Fact } from "../../workspace.js";
import {
  type JobOutline,
  type Outline,
  type Pipeline,
  type Role,
  repositoryOf,
  type Tier,
  type Work,
} from "./model.js";
import { rolesOfName, tierOfName } from "./names.js";
import { templatePaths } from "./templates.js";

export interface PipelineFacts {
  /** By path: the outline without places, which would change with every key typed. */
  "pipeline.file": Outline;
  /** By path: the line of each job of the outline, in its order. */
  "pipeline.lines": { readonly lines: readonly number[] };
  /** A workflow, by `workflowKey`: others follow it with `workflow_run`. */
  "pipeline.workflow": { readonly name: string };
  /** A pipeline with tests, by the folder of its repository. */
  "pipeline.tests": { readonly name: string };
  /** What a pipeline may do, by the folder of its repository: for rules about what no pipeline does. */
  "pipeline.roles": PipelineRoles;
  /** A pipeline with security scans, by the folder of its repository. */
  "pipeline.security": { readonly name: string; readonly tools: readonly string[] };
  /** A GitLab file, by every folder above it: includes may name it with "*". */
  "pipeline.folder": { readonly file: string };
  /** By the path of a template of Azure Pipelines: a file that uses it. */
  "pipeline.called": { readonly by: string };
}

export interface PipelineRoles {
  readonly name: string;
  /** Everything that any sign speaks of, the weak ones too. */
  readonly roles: readonly Role[];
  /** Where it may deploy to; "unknown" where an expression decides. */
  readonly tiers: readonly (Tier | "unknown")[];
  readonly triggers: readonly string[];
  /** It does work that cannot be seen. */
  readonly unseen?: true;
}

export const workflowKey = (repository: string, name: string): string => `${repository} ${name}`;

export function facts(model: Pipeline): readonly Fact[] {
  const { path, outline } = model;
  const found: Fact[] = [{ kind: "pipeline.file", key: path, value: withoutSpans(outline) }];
  found.push({ kind: "pipeline.lines", key: path, value: { lines: linesOf(model) } });
  if (outline.dialect === "gitlab")
    for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1))
      found.push({ kind: "pipeline.folder", key: path.slice(0, at), value: { file: path } });
  for (const called of templatesOf(outline, path))
    found.push({ kind: "pipeline.called", key: called, value: { by: path } });
  const repository = repositoryOf(path, outline.dialect);
  // A template of Azure Pipelines is a part of whatever uses it, wherever that stands: it speaks for itself.
  if (repository !== undefined && (outline.kind === "pipeline" || outline.dialect === "azure")) {
    const name = outline.name ?? (outline.dialect === "github" ? "" : path.slice(path.lastIndexOf("/") + 1));
    if (outline.dialect === "github")
      found.push({ kind: "pipeline.workflow", key: workflowKey(repository, name), value: { name } });
    found.push({ kind: "pipeline.roles", key: repository, value: { name, ...rolesOf(outline) } });
    const tools = outline.jobs
      .flatMap(withJobs)
      .flatMap(workOf)
      .filter(({ role }) => role === "security");
    if (tools.length > 0)
      found.push({
        kind: "pipeline.security",
        key: repository,
        value: { name, tools: [...new Set(tools.map(({ text }) => text))] },
      });
    if (outline.jobs.flatMap(withJobs).some(tests))
      found.push({ kind: "pipeline.tests", key: repository, value: { name } });
  }
  return found;
}

function linesOf({ outline: { jobs }, text }: Pipeline): readonly number[] {
  const starts = lineStarts(text);
  return jobs.map(({ span }) => (span ? lineAt(starts, span.start) : 0));
}

function rolesOf({ dialect, jobs, triggers, broken, includes = [] }: Outline): Omit<PipelineRoles, "name"> {
  const roles = new Set<Role>();
  const tiers = new Set<Tier | "unknown">();
  let unseen = broken === true;
  if (includes.some(({ brings }) => !brings)) unseen = true;
  for (const { brings = [] } of includes) for (const role of brings) roles.add(role);
  for (const job of jobs.flatMap(withJobs)) {
    const { id, title = "", environment, calls } = job;
    for (const name of [id, title]) for (const role of rolesOfName(name)) roles.add(role);
    // Templates of Azure Pipelines say themselves what they do, if they can be found.
    const isSeen = dialect === "azure" ? !calls?.includes("@") || /@self$/.test(calls) : calls?.startsWith("./");
    if (calls !== undefined && !isSeen) unseen = true;
    if (environment)
      tiers.add(environment.name === undefined ? "unknown" : (tierOfName(environment.name) ?? "unknown"));
    for (const work of workOf(job)) {
      if (work.role === "unseen") unseen = true;
      else if (work.role === "followed") for (const role of rolesOfName(work.text)) roles.add(role);
      else roles.add(work.role);
      const tier = work.role === "deploy" ? (work.tier ?? tierOfName(id)) : undefined;
      if (tier) tiers.add(tier);
    }
  }
  return { roles: [...roles], tiers: [...tiers], triggers, ...(unseen && { unseen }) };
}

/** A stage of Azure Pipelines with its jobs; every other job alone. */
const withJobs = (job: JobOutline): readonly JobOutline[] => [job, ...(job.jobs ?? [])];

/** What a job does by its steps, and by what the team says of its name. */
const workOf = ({ main = [], said = [] }: JobOutline): readonly Work[] => (said.length > 0 ? [...main, ...said] : main);

const tests = (job: JobOutline): boolean =>
  workOf(job).some((work) => (work.role === "test" || work.role === "integration") && !work.weak);

/** Paths of the templates that a file of Azure Pipelines uses, as far as they can stand in the same repository. */
function templatesOf({ dialect, jobs }: Outline, path: string): ReadonlySet<string> {
  if (dialect !== "azure") return new Set();
  const all = jobs.flatMap((job) => [job, ...(job.jobs ?? [])]);
  const named = all.flatMap(({ calls, main = [] }) => [
    ...(calls === undefined ? [] : [calls]),
    ...main.flatMap((work) => (work.role === "followed" && work.action !== undefined ? [work.action] : [])),
  ]);
  return new Set(named.flatMap((name) => templatePaths(name, path)).filter((one) => one !== path));
}

/** A copy of plain data in which nothing is called "span". */
function withoutSpans<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  // What is copied key by key is of the type of its source.
  if (Array.isArray(value)) return value.map(withoutSpans) as T;
  const copy: Partial<T> = {};
  for (const key in value) if (key !== "span" && value[key] !== undefined) copy[key] = withoutSpans(value[key]);
  return copy as T;
}
