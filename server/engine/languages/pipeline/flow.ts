// A pipeline as it runs: the jobs of all its files with their work, what each of them waits for, and which of them deploy.

import type { Span } from "../../text.js";
import type { Workspace } from "../../workspace.js";
import { azureFlow } from "./flow-azure.js";
import { flatFlow } from "./flow-flat.js";
import { githubFlow } from "./flow-github.js";
import { gitlabFlow } from "./flow-gitlab.js";
import {
  type BranchFilter,
  type Condition,
  type Dialect,
  type Environment,
  type Evidence,
  maximumJobs,
  type Pipeline,
  type Tier,
  type Unseen,
} from "./model.js";
import { documentWords, takeDownWords } from "./name-roles.js";
import { tierOfName, wordsOf } from "./names.js";
import { evidenceOfEnvironment, namedRoles } from "./work.js";

/** A job before it is judged what it is there for. */
export interface FlowNode {
  readonly id: string;
  /** See `JobOutline`. */
  readonly runs?: string;
  /** Where the judged file names it, or names the file that it stands in. */
  readonly span: Span;
  /** Names that the author gave it: id, title. */
  readonly names: readonly string[];
  readonly stage?: string;
  /** What the team says that it is there for, by its name. */
  readonly said?: readonly Evidence[];
  /** In the order in which it is done. */
  readonly work: readonly (Evidence | Unseen)[];
  readonly environment?: Environment;
  /** The jobs that have to end before it starts. Jobs with the same list share it. */
  readonly waitsFor: readonly FlowNode[];
  /** It waits for work that cannot be seen from here. */
  readonly waitsForUnseen: boolean;
  readonly condition?: Condition;
  /** See `JobOutline`. */
  readonly manual?: "blocking" | "optional";
  /** Jobs of one scope see each other's failures through any chain; without one, a job sees only those it waits for. */
  readonly scope?: string;
  /** The workflows whose end started this one, as one node: only a condition can ask how they ended. */
  readonly starter?: FlowNode;
  /** It runs for the branches that all of these let in. */
  readonly branches?: readonly BranchFilter[];
  /** It stands for work of another pipeline, which is judged there. */
  readonly outside?: true;
  /** It stands for the start of a stage, with the stage's condition, and is no job. */
  readonly start?: true;
}

/** The id of the job of the judged file that a node runs. */
export const jobIdOf = ({ id, runs = id }: FlowNode): string => runs;

/** A node while the flow is put together. */
export type NodeDraft = { -readonly [K in keyof FlowNode]: FlowNode[K] };

export interface FlowJob {
  readonly node: FlowNode;
  /** All that tells what it is for: its work first, then its names. */
  readonly evidence: readonly Evidence[];
  readonly deployment?: Deployment;
}

export interface Deployment {
  readonly evidence: Evidence;
  /** "unknown" where an expression decides; undefined where nothing names a place. */
  readonly tier?: Tier | "unknown";
}

export interface Flow {
  /** By their nodes, in the order of the text. */
  readonly jobs: ReadonlyMap<FlowNode, FlowJob>;
  /** Something outside of the workspace starts it, and may have tested before. */
  readonly startUnseen: boolean;
  /** There may be more jobs than can be seen: what is absent proves nothing. */
  readonly partial: boolean;
  /** A person starts it, by hand or by publishing a release. */
  readonly startedByHand: boolean;
}

/** What a dialect makes of its files. */
export interface Assembled {
  readonly nodes: readonly FlowNode[];
  readonly startUnseen: boolean;
  readonly partial?: boolean;
  readonly startedByHand?: boolean;
  /** The pipeline's own name. */
  readonly name?: string;
}

/** All of a pipeline file that its flow is made of; the facts of other files hold it too. */
export type Outlined = Pick<Pipeline, "path" | "dialect" | "outline">;

/**
 * The pipeline that starts in this file, with everything it includes or calls from the workspace. Undefined for a file
 * that is a part of others, for an action, for a text that could not be read to its end, and beyond `maximumJobs`.
 */
export function flowOf(pipeline: Outlined, workspace: Workspace): Flow | undefined {
  const known = flows.get(workspace);
  if (known?.pipeline === pipeline) {
    // Every rule that rests on other files has to be seen asking for them.
    workspace.exists(pipeline.path);
    return known.flow;
  }
  const flow = assemble(pipeline, workspace);
  flows.set(workspace, { pipeline, flow });
  return flow;
}

/** The flow that was put together last, by the view of the workspace it was put together from: rules share it. */
const flows = new WeakMap<Workspace, { readonly pipeline: Outlined; readonly flow: Flow | undefined }>();

const assemblers: Readonly<Record<Dialect, (pipeline: Outlined, workspace: Workspace) => Assembled | undefined>> = {
  github: githubFlow,
  gitlab: gitlabFlow,
  azure: azureFlow,
  circleci: flatFlow,
  jenkins: flatFlow,
};

function assemble(pipeline: Outlined, workspace: Workspace): Flow | undefined {
  if (pipeline.outline.kind !== "pipeline" || pipeline.outline.broken) return undefined;
  const assembled = assemblers[pipeline.dialect](pipeline, workspace);
  if (!assembled || assembled.nodes.length > maximumJobs) return undefined;
  const { nodes, name, startUnseen, partial = false, startedByHand = false } = assembled;
  return { jobs: new Map(nodes.map((node) => [node, toJob(node, name)])), startUnseen, partial, startedByHand };
}

function toJob(node: FlowNode, pipelineName: string | undefined): FlowJob {
  const names = node.names.flatMap((name) => namedRoles(name, "job", undefined));
  const place = node.environment ? evidenceOfEnvironment(node.environment) : [];
  const work = node.work.filter((one): one is Evidence => one.role !== "unseen");
  const stage = node.stage === undefined ? [] : namedRoles(node.stage, "stage", undefined);
  const evidence = [...work, ...(node.said ?? []), ...place, ...names, ...stage];
  const deploy =
    !node.outside && evidence.some(({ role }) => role === "deploy")
      ? deployIn(node, evidence, pipelineName)
      : undefined;
  if (!deploy) return { node, evidence };
  const tier = tierOf(node, deploy, evidence);
  return { node, evidence, deployment: { evidence: deploy, ...(tier && { tier }) } };
}

/** The sign of a deployment; under the name of documents or of taking down it is another thing. */
function deployIn(
  node: FlowNode,
  evidence: readonly Evidence[],
  pipelineName: string | undefined,
): Evidence | undefined {
  const speaksOf = (names: readonly string[], words: ReadonlySet<string>): boolean =>
    names.some((name) => wordsOf(name).some((word) => words.has(word)));
  if (speaksOf([...node.names, pipelineName ?? ""], documentWords)) return undefined;
  return certainDeploy(speaksOf(node.names, takeDownWords) ? evidence.filter(({ weak }) => !weak) : evidence);
}

/** A command or action that does nothing else, or two signs of different kinds that agree. */
function certainDeploy(evidence: readonly Evidence[]): Evidence | undefined {
  const deploys = evidence.filter(({ role }) => role === "deploy");
  const certain = deploys.find(({ weak }) => !weak);
  if (certain) return certain;
  // Job and stage are named in one breath: they count as one sign.
  const signs = new Set(deploys.map(({ by }) => (by === "stage" ? "job" : by)));
  const onlyNames = [...signs].every((by) => by === "job" || by === "step");
  if (signs.size < 2 || !(signs.has("job") || signs.has("environment"))) return undefined;
  if (onlyNames && evidence.some(({ role }) => role === "publish")) return undefined;
  return deploys[0];
}

function tierOf(node: FlowNode, deploy: Evidence, evidence: readonly Evidence[]): Tier | "unknown" | undefined {
  const { environment } = node;
  if (deploy.tier === "review") return "review";
  if (environment && environment.name === undefined && environment.deploys !== false) return "unknown";
  const named = [environment?.name ?? "", ...node.names, node.stage ?? ""].map(tierOfName);
  return (
    named.find((tier) => tier !== undefined) ??
    deploy.tier ??
    evidence.find(({ role, tier }) => role === "deploy" && tier)?.tier
  );
}
