// What stands between a commit and production, and what is missing there: the rules about single stages and the one that
// lists them ask the same question here, so that a pipeline hears of it once.

import { type Flow, type FlowJob, type FlowNode, flowOf } from "../../languages/pipeline/flow.js";
import { type Evidence, type Pipeline, type Role, repositoryOf } from "../../languages/pipeline/model.js";
import { deploysIn, type Order, orderOf } from "../../languages/pipeline/order.js";
import type { Workspace } from "../../rule.js";

export const stages = [
  "lint",
  "test",
  "security",
  "build",
  "staging",
  "integration",
  "approval",
  "health",
  "smoke",
  "rollback",
] as const;
export type Stage = (typeof stages)[number];

/** A pipeline that leads to production and can be seen as a whole. */
export interface Production {
  readonly pipeline: Pipeline;
  readonly flow: Flow;
  readonly order: Order;
  /** Its deployments to production. */
  readonly deployments: readonly FlowJob[];
  /** Roles and tiers that other pipelines of the repository may have. */
  readonly elsewhere: ReadonlySet<string>;
}

/** Undefined where nothing goes to production, and where work that cannot be seen may be what seems to be missing. */
export function productionOf(pipeline: Pipeline, workspace: Workspace): Production | undefined {
  const flow = flowOf(pipeline, workspace);
  if (!flow) return undefined;
  const known = productions.get(flow) ?? { production: toProduction(flow, pipeline, workspace) };
  productions.set(flow, known);
  return known.production;
}

/** A flow belongs to one view of the workspace: the rules of this family share what they have asked it. */
const productions = new WeakMap<Flow, { readonly production: Production | undefined }>();

function toProduction(flow: Flow, pipeline: Pipeline, workspace: Workspace): Production | undefined {
  if (flow.startUnseen || flow.partial) return undefined;
  const deployments = deploysIn(flow).filter(({ deployment }) => deployment?.tier === "production");
  if (deployments.length === 0) return undefined;
  for (const { waitsForUnseen, work } of flow.jobs.keys())
    if (waitsForUnseen || work.some(({ role }) => role === "unseen")) return undefined;
  const elsewhere = rolesElsewhere(pipeline, workspace);
  return elsewhere && { pipeline, flow, order: orderOf(flow), deployments, elsewhere };
}

/** Undefined where another pipeline does work that cannot be seen. */
export function rolesElsewhere({ path, dialect }: Pipeline, workspace: Workspace): ReadonlySet<string> | undefined {
  const repository = repositoryOf(path, dialect);
  const found = new Set<string>();
  for (const other of repository === undefined ? [] : workspace.facts("pipeline.roles", repository)) {
    if (other.path === path || isPartOf(other.path, path, workspace)) continue;
    if (other.unseen) return undefined;
    for (const word of [...other.roles, ...other.tiers]) found.add(word);
  }
  return found;
}

/** Whether a template is brought in by a pipeline, which is then judged with it. */
function isPartOf(template: string, path: string, workspace: Workspace): boolean {
  const callers = new Set([template]);
  for (const one of callers) for (const { by } of workspace.facts("pipeline.called", one)) callers.add(by);
  return callers.has(path);
}

/** The stages that every deployment to production lacks. */
export function lacksOf(production: Production): readonly Stage[] {
  const found =
    missing.get(production) ??
    stages.filter((stage) => production.deployments.every((job) => lacks(stage, job, production)));
  missing.set(production, found);
  return found;
}

const missing = new WeakMap<Production, readonly Stage[]>();

/** Stages whose absence is an error of its own, told by `test-before-deploy`, `no-direct-production` and
 * `iac-nonprod-first`: a list would say it again. */
export const toldAsErrors: ReadonlySet<Stage> = new Set<Stage>(["test", "staging"]);

/** Stages with no rule but the list. */
const onlyListed: ReadonlySet<Stage> = new Set<Stage>(["lint", "build"]);

/** Whether what is missing is told as a list; a single stage with a rule of its own is left to that rule. */
export function isListed(production: Production): boolean {
  const [first, ...others] = lacksOf(production).filter((stage) => !toldAsErrors.has(stage));
  return first !== undefined && (others.length > 0 || onlyListed.has(first));
}

/**
 * The deployments that lack a stage, for the rule about it. None where `pipeline/required-stages` lists the stage with
 * others in one finding, unless `evenIfListed` asks for them here as well.
 */
export function lacking(stage: Stage, production: Production, evenIfListed: boolean): readonly FlowJob[] {
  const all = production.deployments.filter((job) => lacks(stage, job, production));
  if (all.length < production.deployments.length || evenIfListed) return all;
  return isListed(production) ? [] : all;
}

function lacks(stage: Stage, job: FlowJob, production: Production): boolean {
  const { flow, elsewhere } = production;
  const jobs = [...flow.jobs.values()];
  const nowhere = (...roles: readonly Role[]): boolean =>
    !roles.some((role) => elsewhere.has(role)) && !jobs.some((one) => has(one, roles));
  // Nothing that serves users is changed by it.
  const infrastructure = job.deployment?.evidence.infrastructure === true;
  switch (stage) {
    case "lint":
    case "security":
      return nowhere(stage);
    case "test":
      return nowhere("test", "integration", ...(infrastructure ? (["plan"] as const) : []));
    case "build":
      return !infrastructure && nowhere("build", "publish");
    case "staging":
      return lacksStaging(jobs, elsewhere);
    case "integration":
      return !infrastructure && !elsewhere.has("integration") && !triedAfterStaging(production);
    case "smoke":
      return !infrastructure && nowhereBehind(job, production, ["smoke", "integration"]);
    case "health":
      return (
        !infrastructure && !has(job, ["health"]) && nowhereBehind(job, production, ["health", "smoke", "integration"])
      );
    case "rollback":
      return !infrastructure && job.node.environment?.rollback !== true && nowhere("rollback");
    case "approval":
      return lacksApproval(job, production);
  }
}

const has = ({ evidence }: FlowJob, roles: readonly Role[]): boolean =>
  evidence.some(({ role }) => roles.includes(role));

/** Environments for a moment count: where there is no staging, they are where a change is tried. */
const tried: ReadonlySet<string> = new Set(["staging", "review", "unknown"]);

function lacksStaging(jobs: readonly FlowJob[], elsewhere: ReadonlySet<string>): boolean {
  if ([...tried].some((tier) => elsewhere.has(tier))) return false;
  return !jobs.some((job) => isTried(job));
}

/** Whether the job deploys to a place where changes are tried before production. */
export function isTried({ deployment, evidence }: FlowJob): boolean {
  if (!deployment) return false;
  return (
    tried.has(deployment.tier ?? "") || evidence.some(({ role, tier }) => role === "deploy" && tried.has(tier ?? ""))
  );
}

/** Whether the job waits for a staging deployment, whose failure keeps it from running. */
export const waitsForStaging = (node: FlowNode, { jobs }: Flow, order: Order): boolean =>
  [...order.before(node)].some((before) => {
    const job = jobs.get(before);
    return job !== undefined && isTried(job) && order.holds(before, node);
  });

function triedAfterStaging({ flow, order, deployments }: Production): boolean {
  const roles: readonly Role[] = ["integration", "smoke", "test"];
  const places = [...flow.jobs.values()].filter(isTried);
  if (places.some((place) => laterIn(place).some(({ role }) => roles.includes(role)))) return true;
  return [...flow.jobs.values()].some((job) => {
    const before = order.before(job.node);
    if (deployments.some(({ node }) => before.has(node))) return false;
    if (places.some(({ node }) => before.has(node))) return has(job, roles);
    // What starts beside staging is out of order, which is not the same as missing.
    return has(job, ["integration"]) && places.some(({ node }) => !order.before(node).has(job.node));
  });
}

/** What the job does once it has deployed. */
export function laterIn({ evidence, deployment }: FlowJob): readonly Evidence[] {
  const at = deployment ? evidence.indexOf(deployment.evidence) : -1;
  return evidence.filter(
    ({ by, vague }, i) => i > at && !vague && (by === "command" || by === "action" || by === "step"),
  );
}

/** No work of these roles behind the deployment, nor beside it (that is out of order), nor in another pipeline. */
function nowhereBehind(job: FlowJob, { flow, order, elsewhere }: Production, roles: readonly Role[]): boolean {
  if (roles.some((role) => elsewhere.has(role))) return false;
  if (laterIn(job).some(({ role }) => roles.includes(role))) return false;
  const before = order.before(job.node);
  return ![...flow.jobs.values()].some((one) => one !== job && has(one, roles) && !before.has(one.node));
}

export function lacksApproval(
  { node, evidence }: FlowJob,
  { pipeline, flow, order }: Pick<Production, "flow" | "order"> & { readonly pipeline: Pick<Pipeline, "dialect"> },
): boolean {
  if (flow.startedByHand || node.manual || evidence.some(({ role }) => role === "approval")) return false;
  // Reviewers of an environment are a setting that no file shows.
  const hidden = pipeline.dialect !== "gitlab";
  if (hidden && node.environment) return false;
  return ![...order.before(node)].some(
    (before) =>
      before.manual === "blocking" ||
      (before.manual === "optional" && node.waitsFor.includes(before)) ||
      (hidden && before.environment !== undefined && !flow.jobs.get(before)?.deployment) ||
      flow.jobs.get(before)?.evidence.some(({ role }) => role === "approval"),
  );
}
