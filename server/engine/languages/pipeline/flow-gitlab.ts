// How the jobs of GitLab files come together: local includes, `extends`, `default`, `!reference`, stages and `needs`.

import { like } from "../../image.js";
import type { Span } from "../../text.js";
import type { Workspace } from "../../workspace.js";
import type { Assembled, FlowNode, NodeDraft, Outlined } from "./flow.js";
import {
  type Evidence,
  type Include,
  type JobOutline,
  maximumJobs,
  type Outline,
  repositoryOf,
  type Unseen,
  type Work,
} from "./model.js";

/** Stages where a file declares none. */
const standardStages: readonly string[] = ["build", "test", "deploy"];

/** How many files a pipeline may include (GitLab's own limit), and how deep `extends` may go. */
const maximumFiles = 150;
const maximumDepth = 11;
const maximumReferences = 2_000;

const nowhere: Span = { start: 0, end: 0 };

interface Files {
  readonly jobs: ReadonlyMap<string, JobOutline>;
  readonly stages: readonly string[];
  readonly defaults: JobOutline | undefined;
  /** Something included cannot be seen: there may be more jobs. */
  readonly unseen: boolean;
  readonly nodes: readonly FlowNode[];
  /** Jobs with what they extend, as far as they have been asked for. */
  readonly merged: Map<string, JobOutline>;
  /** How many references may still be followed. */
  readonly budget: { left: number };
}

/** Undefined for a file that another one includes. */
export function gitlabFlow(pipeline: Outlined, workspace: Workspace): Assembled | undefined {
  const repository = repositoryOf(pipeline.path, "gitlab");
  if (repository === undefined || isIncluded(pipeline.path, repository, workspace)) return undefined;
  const files = collect(pipeline.outline, repository, workspace);
  const running = [...files.jobs.values()].filter(({ hidden }) => !hidden);
  if (running.length > maximumJobs) return undefined;
  const merged = running.map((job) => withDefaults(mergeParents(job, files, 0), files));
  return { nodes: [...files.nodes, ...toNodes(merged, files)], startUnseen: false, partial: files.unseen };
}

/** Any file but the uppermost `.gitlab-ci.yml` may be a part of the one that stands in its folder or above. */
function isIncluded(path: string, folder: string, workspace: Workspace): boolean {
  const parent = folder.slice(0, folder.lastIndexOf("/"));
  for (let at = path.endsWith("/.gitlab-ci.yml") ? parent : folder; at !== ""; at = at.slice(0, at.lastIndexOf("/")))
    if (workspace.exists(`${at}/.gitlab-ci.yml`)) return true;
  return false;
}

/** Reads the file and everything it includes; what it says itself goes over what it includes. */
function collect(own: Outline, repository: string, workspace: Workspace): Files {
  const jobs = new Map<string, JobOutline>();
  const nodes: FlowNode[] = [];
  const seen = new Set<string>();
  let stages: readonly string[] | undefined;
  let defaults: JobOutline | undefined;
  let unseen = false;
  const read = (outline: Outline, span: Span | undefined): void => {
    for (const include of outline.includes ?? []) {
      const place = span ?? include.span;
      if (include.brings) nodes.push(templateNode(include, place));
      else {
        const paths = seen.size < maximumFiles ? pathsOf(include, repository, workspace) : [];
        const found = paths.flatMap((path) => (seen.has(path) ? [] : workspace.facts("pipeline.file", path)));
        if (
          paths.length === 0 ||
          found.some(({ broken }) => broken) ||
          paths.some((path) => workspace.facts("pipeline.file", path).length === 0)
        )
          unseen = true;
        for (const path of paths) seen.add(path);
        for (const file of found) read(file, place);
      }
    }
    stages = outline.stages ?? stages;
    defaults = outline.defaults ? { ...defaults, ...outline.defaults } : defaults;
    for (const job of outline.jobs) {
      const placed = span ? { ...job, span } : job;
      jobs.set(job.id, { ...jobs.get(job.id), ...placed });
    }
  };
  read(own, undefined);
  return {
    jobs,
    stages: [".pre", ...(stages ?? standardStages).filter((stage) => !/^\.(?:pre|post)$/.test(stage)), ".post"],
    defaults,
    unseen,
    nodes,
    merged: new Map(),
    budget: { left: maximumReferences },
  };
}

function pathsOf({ local }: Include, repository: string, workspace: Workspace): readonly string[] {
  if (local === undefined) return [];
  const path = `${repository}/${local.replace(/^\.?\//, "")}`;
  if (!path.includes("*")) return [path];
  const folder = path.slice(0, path.lastIndexOf("/", path.indexOf("*")));
  return workspace
    .facts("pipeline.folder", folder)
    .map(({ file }) => file)
    .filter((file) => matchesGlob(file, path));
}

/** `**` goes through folders, `*` does not. */
function matchesGlob(path: string, pattern: string): boolean {
  if (!like(path, pattern.replaceAll("**/", "*").replaceAll("**", "*"))) return false;
  return pattern.includes("**") || path.split("/").length === pattern.split("/").length;
}

/** Jobs of GitLab's own templates run in the stage "test", before whatever waits for that stage. */
function templateNode({ text, brings }: Include, span: Span | undefined): FlowNode {
  const work = (brings ?? []).map((role): Evidence => ({ role, text, by: "template", ...(span && { span }) }));
  return { id: text, span: span ?? nowhere, names: [], work, waitsFor: [], waitsForUnseen: false, outside: true };
}

const unseenParent = (name: string): Work => ({ role: "unseen", text: `extends: ${name}` });

/** The job with what it extends below it; of several parents the last one wins. */
function mergeParents(job: JobOutline, files: Files, depth: number): JobOutline {
  const known = files.merged.get(job.id);
  if (known) return known;
  files.merged.set(job.id, job); // a job that extends itself on a round way gets no more than it has
  let inherited: JobOutline = { id: job.id };
  let missing: string | undefined;
  for (const name of job.extends ?? []) {
    const parent = depth < maximumDepth ? files.jobs.get(name) : undefined;
    if (!parent) missing = name;
    else inherited = { ...inherited, ...mergeParents(parent, files, depth + 1) };
  }
  const merged = mergeJob(inherited, job, missing);
  files.merged.set(job.id, merged);
  return merged;
}

function mergeJob(inherited: JobOutline, job: JobOutline, missing: string | undefined): JobOutline {
  const { hidden: _hidden, condition, manual, ...rest } = inherited;
  const start = job.startSaid ? {} : { ...(condition && { condition }), ...(manual && { manual }) };
  const environment = { ...inherited.environment, ...job.environment };
  const own = { ...rest, ...start, ...job, ...(job.environment && inherited.environment && { environment }) };
  if (missing === undefined) return own;
  return { ...own, needsUnseen: true, before: [unseenParent(missing), ...(own.before ?? [])] };
}

function withDefaults(job: JobOutline, { defaults }: Files): JobOutline {
  const before = job.before ?? defaults?.before;
  const after = job.after ?? defaults?.after;
  return { ...job, ...(before && { before }), ...(after && { after }) };
}

function toNodes(jobs: readonly JobOutline[], files: Files): readonly FlowNode[] {
  const stageOf = (job: JobOutline): number => files.stages.indexOf(job.stage ?? "test");
  const made = jobs.map((job) => ({ job, stage: stageOf(job), node: toNode(job, files) }));
  const byId = new Map(made.map(({ job, node }) => [job.id, node]));
  const earlier = new Map<number, readonly FlowNode[]>();
  const before = (stage: number): readonly FlowNode[] => {
    const known = earlier.get(stage);
    if (known) return known;
    const waiting = made.filter((one) => one.stage >= 0 && one.stage < stage && one.job.manual !== "optional");
    const templates = files.stages.indexOf("test") < stage ? files.nodes : [];
    const list = [...templates, ...waiting.map(({ node }) => node)];
    earlier.set(stage, list);
    return list;
  };
  for (const { job, stage, node } of made) {
    node.waitsFor = job.needs ? job.needs.flatMap((id) => byId.get(id) ?? []) : before(stage);
    const missing = files.unseen && (!job.needs || job.needs.some((id) => !byId.has(id)));
    node.waitsForUnseen = missing || job.needsUnseen === true || stage < 0;
  }
  return made.map(({ node }) => node);
}

const toNode = (job: JobOutline, files: Files): NodeDraft => ({
  id: job.id,
  span: job.span ?? nowhere,
  names: [job.id],
  ...(job.stage !== undefined && { stage: job.stage }),
  ...(job.said && { said: job.said }),
  work: followAll([...(job.before ?? []), ...(job.main ?? []), ...(job.after ?? [])], files, 0),
  waitsFor: [],
  waitsForUnseen: false,
  ...(job.environment && { environment: job.environment }),
  ...(job.condition && { condition: job.condition }),
  ...(job.manual && { manual: job.manual }),
});

/** Puts the lines of other jobs in their places. */
function followAll(work: readonly Work[], files: Files, depth: number): readonly (Evidence | Unseen)[] {
  return work.flatMap((one): readonly (Evidence | Unseen)[] => {
    if (one.role !== "followed") return [one];
    const [id = "", key = ""] = one.reference ?? [];
    const job = depth < maximumDepth && files.budget.left-- > 0 ? files.jobs.get(id) : undefined;
    const lines = job && partOf(mergeParents(job, files, 0), key);
    return lines
      ? followAll(lines, files, depth + 1)
      : [{ role: "unseen", text: one.text, ...(one.span && { span: one.span }) }];
  });
}

const partOf = (job: JobOutline, key: string): readonly Work[] | undefined =>
  key === "script" ? job.main : key === "before_script" ? job.before : key === "after_script" ? job.after : undefined;
