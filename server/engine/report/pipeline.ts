// A pipeline as a picture of its stages, as plain data: which job does what, which gates it passes, and what is missing on
// the way to production. What is missing is decided by the helpers of the rules, so that picture and findings agree.

import type { Settings } from "../config.js";
import type { Flow, FlowJob, FlowNode } from "../languages/pipeline/flow.js";
import { flowOf } from "../languages/pipeline/flow.js";
import { type Dialect, maximumJobs, type Pipeline, type Role } from "../languages/pipeline/model.js";
import { optionValues } from "../options.js";
import { isTried, lacking, type Production, productionOf, type Stage } from "../rules/pipeline/_lacks.js";
import { listOf } from "../rules/pipeline/_names.js";
import requiredStages from "../rules/pipeline/required-stages.js";
import type { Workspace } from "../workspace.js";

/** The stages of a delivery pipeline in their order; `other` holds jobs that have no place in it. */
export const stageNames = [
  "lint",
  "test",
  "security",
  "build",
  "deploy-staging",
  "integration",
  "approval",
  "deploy-production",
  "health",
  "smoke",
  "rollback",
  "notify",
  "other",
] as const;
export type StageName = (typeof stageNames)[number];

export interface PipelineSketch {
  /** What the file is taken for: "GitHub Actions workflow". */
  readonly kind: string;
  readonly name?: string;
  /** In the order of {@link stageNames}; `other` only where there are such jobs. */
  readonly stages: readonly StageSketch[];
  /** Which job waits for which, by id. */
  readonly edges: readonly { readonly from: string; readonly to: string }[];
  readonly jobs: number;
  /** Why it cannot be said what is missing, or that nothing is asked for. */
  readonly note?: string;
}

/** `absent` is not there and not asked for, `unknown` may be there unseen. */
export type StageState = "present" | "missing" | "absent" | "unknown";

export interface StageSketch {
  readonly stage: StageName;
  readonly state: StageState;
  /** What the state is about: the deployments that miss the stage, or where it may be instead. */
  readonly note?: string;
  readonly jobs: readonly JobSketch[];
}

export interface JobSketch {
  readonly id: string;
  /** What it was recognised by. */
  readonly evidence: readonly string[];
  /** The evidence serves other ends as well. */
  readonly perhaps: boolean;
  /** What it has to pass before it starts. */
  readonly gates: readonly string[];
  readonly waitsFor: readonly string[];
  /** It stands in a stage above as well, which says what it waits for. */
  readonly again?: true;
  /** Work in it that cannot be seen. */
  readonly unseen: readonly string[];
}

/** Why there is no picture. */
export interface NoSketch {
  readonly reason: string;
}

/**
 * The stages of the pipeline that starts in a file.
 * @param kind what the file is taken for
 * @param settings whose options of `pipeline/required-stages` say what can be missing
 */
export function sketchOf(
  pipeline: Pipeline,
  kind: string,
  workspace: Workspace,
  settings: Pick<Settings, "options">,
): PipelineSketch | NoSketch {
  const flow = flowOf(pipeline, workspace);
  if (!flow) return { reason: whyNoFlow(pipeline) };
  const jobs = [...flow.jobs.values()].filter(({ node }) => !node.outside && !isJoint(node));
  if (jobs.length === 0) return { reason: "no jobs are seen in it" };
  const production = productionOf(pipeline, workspace);
  const note = production ? undefined : noteOf(flow);
  const asks: Asked = {
    dialect: pipeline.dialect,
    required: requiredIn(settings),
    unseen: note?.unknown === true,
    ...(production && { production }),
  };
  const stages = withoutRepetition(stageNames.map((stage) => toStage(stage, jobs, asks)));
  const edges = jobs.flatMap(({ node }) =>
    waitsOf(node)
      .map(shownId)
      .map((id) => ({ from: id, to: shownId(node) })),
  );
  const { name } = pipeline.outline;
  return {
    kind,
    ...(name !== undefined && { name: plain(name) }),
    stages: stages.filter(({ stage, jobs }) => stage !== "other" || jobs.length > 0),
    edges,
    jobs: jobs.length,
    ...(note && { note: plain(note.text) }),
  };
}

/** A job that does the work of several stages says once what it waits for. */
function withoutRepetition(stages: readonly StageSketch[]): readonly StageSketch[] {
  const told = new Set<string>();
  return stages.map((stage) => {
    const jobs = stage.jobs.map((job) => (told.has(job.id) ? { ...job, again: true as const } : job));
    for (const { id } of jobs) told.add(id);
    return { ...stage, jobs };
  });
}

function requiredIn(settings: Pick<Settings, "options">): readonly string[] {
  const { stages } = optionValues(requiredStages.options ?? {}, settings.options("pipeline/required-stages"));
  return Array.isArray(stages) ? stages.filter((stage) => typeof stage === "string") : [];
}

interface Asked {
  readonly dialect: Dialect;
  readonly production?: Production;
  readonly required: readonly string[];
  /** Work that cannot be seen may be what is not there. */
  readonly unseen: boolean;
}

function whyNoFlow({ outline }: Pipeline): string {
  if (outline.broken) return "it cannot be read to its end";
  if (outline.kind === "action") return "it is an action: its steps belong to the pipelines that use it";
  if (outline.kind === "part") return "it is a part of other pipelines and starts none itself";
  return `it has no order that can be followed, or more than ${maximumJobs} jobs`;
}

/** What keeps `productionOf` from answering, in words. */
function noteOf(flow: Flow): { readonly text: string; readonly unknown: boolean } {
  const because = (text: string) => ({ text: `What is missing cannot be said: ${text}`, unknown: true });
  if (flow.partial) return because("parts of the pipeline are not in this workspace");
  if (flow.startUnseen) return because("it is started by something that may have done it before");
  for (const { id, work, waitsForUnseen } of flow.jobs.keys()) {
    const hidden = work.find(({ role }) => role === "unseen");
    if (hidden) return because(`"${id}" does work that cannot be seen ("${hidden.text}")`);
    if (waitsForUnseen) return because(`"${id}" waits for work that cannot be seen`);
  }
  if (![...flow.jobs.values()].some(({ deployment }) => deployment?.tier === "production"))
    return { text: "Nothing here is seen to deploy to production, so no stage is asked for", unknown: false };
  return because("another pipeline of the repository does work that cannot be seen");
}

/** The stages by the names that the rules have for them. */
const ruleStages: Readonly<Partial<Record<StageName, Stage>>> = {
  lint: "lint",
  test: "test",
  security: "security",
  build: "build",
  "deploy-staging": "staging",
  integration: "integration",
  approval: "approval",
  health: "health",
  smoke: "smoke",
  rollback: "rollback",
};

function toStage(stage: StageName, all: readonly FlowJob[], asked: Asked): StageSketch {
  const found = all.filter((job) => isIn(job, stage));
  // Tests of what was deployed are tests as well, and have a stage of their own.
  const own = stage === "test" ? found.filter((job) => !isLaterTest(job)) : found;
  const those = own.length > 0 ? own : found;
  // A sign that may mean something else is worth a card where the job would be shown nowhere, and otherwise a word.
  const shown = those.filter(
    (job) =>
      isSure(job, stage) || !stageNames.some((other) => isSure(job, other) && !(other === "test" && isLaterTest(job))),
  );
  const state = stateOf(stage, those.length > 0, all, asked);
  const jobs = shown.map((job) => toJob(job, stage));
  if (shown.length > 0 || those.length === 0 || state.state !== "present") return { stage, jobs, ...state };
  return { stage, jobs, state: "unknown", note: `perhaps in ${listOf(those.map(({ node }) => `"${shownId(node)}"`))}` };
}

function stateOf(
  stage: StageName,
  there: boolean,
  all: readonly FlowJob[],
  { production, required, unseen, dialect }: Asked,
): Pick<StageSketch, "state" | "note"> {
  const asked = ruleStages[stage];
  if (production && asked && required.includes(asked)) {
    const without = lacking(asked, production, true);
    const names = listOf(without.map(({ node }) => `"${plain(node.id)}"`));
    const some = there || without.length < production.deployments.length;
    if (without.length > 0) return { state: "missing", ...(some && { note: `for ${names}` }) };
  }
  if (there) return { state: "present" };
  if (stage.startsWith("deploy-") && all.some(({ deployment }) => deployment?.tier === "unknown"))
    return { state: "unknown", note: "an expression decides where a job deploys to" };
  if (unseen) return { state: "unknown" };
  if (stage === "approval" && dialect !== "gitlab" && production?.deployments.some(({ node }) => node.environment))
    return { state: "unknown", note: "reviewers of an environment are a setting that no file shows" };
  const roles = production?.elsewhere;
  const role = asked ?? stage;
  return roles?.has(role) ? { state: "absent", note: "in another pipeline of the repository" } : { state: "absent" };
}

function isIn(job: FlowJob, stage: StageName): boolean {
  const tier = job.deployment?.tier;
  switch (stage) {
    case "deploy-staging":
      return isTried(job) && tier !== "unknown" && tier !== "production";
    case "deploy-production":
      return tier === "production";
    case "approval":
      return job.node.manual === "blocking" || has(job, stage);
    case "other":
      return stageNames.every((other) => other === "other" || !isIn(job, other));
    default:
      return has(job, stage);
  }
}

/** Whether the job is of the stage by more than a sign that serves other ends as well. */
const isSure = (job: FlowJob, stage: StageName): boolean =>
  stage.startsWith("deploy-") || (stage === "approval" && job.node.manual === "blocking")
    ? isIn(job, stage)
    : job.evidence.some(({ role, weak, vague }) => role === stage && !weak && !vague);

const isLaterTest = (job: FlowJob): boolean => has(job, "integration") || has(job, "smoke");

const has = ({ evidence }: FlowJob, wanted: Role): boolean => evidence.some(({ role }) => role === wanted);

function toJob(job: FlowJob, stage: StageName): JobSketch {
  const { node, evidence, deployment } = job;
  const deploys = stage.startsWith("deploy-") ? deployment : undefined;
  const told = deploys ? [deploys.evidence] : evidence.filter(({ role }) => role === stage || stage === "other");
  const sure = told.filter(({ weak, vague }) => !weak && !vague);
  const shown = deploys || sure.length === 0 ? told : sure;
  const names = new Set(node.names);
  // The card bears the name.
  const telling = shown.filter(({ by, text }) => !(by === "job" && names.has(text)));
  const texts = telling.map(({ role, text }) => plain(stage === "other" ? `${role}: ${text}` : text));
  return {
    id: shownId(node),
    evidence: [...new Set(texts)],
    perhaps: stage !== "other" && !isSure(job, stage),
    gates: gatesOf(job).map(plain),
    waitsFor: waitsOf(node).map(shownId),
    unseen: node.work.flatMap(({ role, text }) => (role === "unseen" ? [plain(text)] : [])),
  };
}

/** It only joins others, as the start of a stage does: no one wrote it, and it does nothing. */
const isJoint = ({ names, work, environment, manual }: FlowNode): boolean =>
  names.length === 0 && work.length === 0 && !environment && !manual;

/** The start of a stage bears the name of the stage. */
const shownId = ({ id, start }: FlowNode): string => plain(start ? id.replace(/ \/ -$/, "") : id);

/** The jobs that it waits for, without those that others of them wait for. */
function waitsOf(node: FlowNode): readonly FlowNode[] {
  const direct = jobsBefore(node);
  const implied = new Set<FlowNode>();
  const queue = [...direct];
  const seen = new Set(queue);
  for (const one of queue)
    for (const before of jobsBefore(one)) {
      implied.add(before);
      if (!seen.has(before)) queue.push(before);
      seen.add(before);
    }
  return direct.filter((one) => !implied.has(one));
}

/** The jobs before it; those behind a joint in its place. */
function jobsBefore(node: FlowNode): readonly FlowNode[] {
  const known = jobsBeforeBy.get(node) ?? [...findJobsBefore(node)];
  jobsBeforeBy.set(node, known);
  return known;
}

const jobsBeforeBy = new WeakMap<FlowNode, readonly FlowNode[]>();

function findJobsBefore({ waitsFor }: FlowNode): ReadonlySet<FlowNode> {
  const found = new Set<FlowNode>();
  // The set grows while it is walked.
  const seen = new Set(waitsFor);
  for (const node of seen)
    if (!isJoint(node)) found.add(node);
    else for (const before of node.waitsFor) seen.add(before);
  return found;
}

function gatesOf({ node, evidence }: FlowJob): readonly string[] {
  const { manual, environment } = node;
  // A stage that starts under a condition does so for each of its jobs.
  const conditions = [...node.waitsFor.filter(isJoint), node].flatMap(({ condition }) => condition ?? []);
  const approval = evidence.find(({ role }) => role === "approval");
  return [
    ...(manual === "blocking" ? ["started by hand"] : manual ? ["started by hand, others go on without it"] : []),
    ...(approval ? [`approval (${approval.text})`] : []),
    ...(environment ? [environmentIn(environment.name)] : []),
    ...conditions.map(({ text }) => text),
  ];
}

const environmentIn = (name: string | undefined): string =>
  name === undefined ? "environment from an expression" : `environment "${name}"`;

/** On one line, and without characters that steer a terminal. */
const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
