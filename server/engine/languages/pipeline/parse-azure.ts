// Azure Pipelines -> pipeline: pipelines of stages, jobs or steps, and the templates that they are put together from.
// Format: Microsoft Learn, "YAML schema reference for Azure Pipelines".

import {
  entriesAt,
  entryOf,
  itemsAt,
  nodeAt,
  scalarAt,
  textAt,
  type YamlNode,
  type YamlScalar,
} from "../yaml/model.js";
import { parseYaml } from "../yaml/parse.js";
import { azureImages } from "./azure-images.js";
import { argumentsOf, openIn, parametersOf } from "./azure-parameters.js";
import { azureSettings } from "./azure-settings.js";
import {
  type AzureStep,
  conditionAt,
  entriesIn,
  isExpression,
  itemsIn,
  lenientAt,
  type Reading,
  stepsIn,
} from "./azure-steps.js";
import { contentSpan } from "./matrix.js";
import type {
  Environment,
  Evidence,
  Job,
  JobOutline,
  Outline,
  Pipeline,
  Schedule,
  Text,
  Trigger,
  Use,
  Work,
} from "./model.js";
import type { OwnRoles } from "./own-roles.js";
import { checking, forTest, isForTest } from "./work.js";

/** Reads any text as a pipeline of Azure or as a template for one. */
export function parseAzure(path: string, text: string, own: OwnRoles): Pipeline {
  const yaml = parseYaml(text);
  const root = yaml.documents[0]?.root;
  const jobs: Job[] = [];
  const outlines = outlinesOf({ text, own, jobs }, root);
  const triggers = triggersOf(root);
  const name = textAt(root, "name");
  return {
    path,
    text,
    comments: yaml.comments,
    statements: yaml.statements,
    problems: yaml.problems,
    dialect: "azure",
    triggers,
    schedules: schedulesOf(root),
    jobs,
    images: azureImages(root),
    settings: azureSettings(root),
    branches: branchesOf(nodeAt(root, "trigger")),
    uses: repositoriesOf(root),
    outline: {
      dialect: "azure",
      kind: kindOf(path, root),
      ...(name !== undefined && !name.includes("$") && { name }),
      triggers: triggers.map(({ event }) => event),
      jobs: outlines,
      ...parametersOf(root),
      ...(yaml.documents.some(({ broken }) => broken) && { broken: true }),
    },
  };
}

interface Context extends Reading {
  /** Every job of the file is put here. */
  readonly jobs: Job[];
  /** The stage round it, which is a part of its name. */
  readonly stage?: string;
}

/** Keys that only a pipeline can have; a template is told by its parameters and by those who use it. */
const pipelineKeys: readonly string[] = ["trigger", "pr", "schedules", "resources", "extends", "pool", "name"];

function kindOf(path: string, root: YamlNode | undefined): Outline["kind"] {
  if (/^azure-pipelines?[^/]*$/i.test(path.slice(path.lastIndexOf("/") + 1))) return "pipeline";
  if (pipelineKeys.some((key) => entryOf(root, key))) return "pipeline";
  return entryOf(root, "parameters") ? "part" : "pipeline";
}

/** Events under the names that GitHub has for them; "workflow_run" is the end of another pipeline. */
function triggersOf(root: YamlNode | undefined): readonly Trigger[] {
  const off = (key: string): boolean => textAt(root, key) === "none";
  const events = [
    ["push", "trigger"],
    ["pull_request", "pr"],
    ["schedule", "schedules"],
  ] as const;
  const found = events.flatMap(([event, key]): readonly Trigger[] => {
    const entry = entryOf(root, key);
    return entry && !off(key) ? [{ event, span: entry.key.span }] : [];
  });
  const other = entryOf(nodeAt(root, "resources"), "pipelines");
  if (other) found.push({ event: "workflow_run", span: other.key.span });
  const trigger = entryOf(root, "trigger");
  return found.length === 0 && trigger ? [{ event: "workflow_dispatch", span: trigger.key.span }] : found;
}

/** The branches that start it: a list, or `branches` with `include`. */
const branchesOf = (trigger: YamlNode | undefined): readonly Text[] =>
  itemsIn(trigger?.type === "map" ? nodeAt(trigger, "branches", "include") : trigger).flatMap((item) =>
    item.type === "scalar" && item.style !== "missing" ? [{ text: item.text, span: contentSpan(item) }] : [],
  );

/** Repositories that templates are taken from; one of the same project without a ref follows its main branch. */
const repositoriesOf = (root: YamlNode | undefined): readonly Use[] =>
  itemsIn(nodeAt(root, "resources", "repositories")).flatMap((item): readonly Use[] => {
    const name = scalarAt(item, "name");
    const ref = scalarAt(item, "ref");
    if (!name || /\$[[{(]/.test(name.text)) return [];
    return [
      {
        kind: "include",
        name: name.text,
        span: contentSpan(name),
        ...(ref && { ref: { text: ref.text, span: contentSpan(ref) } }),
      },
    ];
  });

const schedulesOf = (root: YamlNode | undefined): readonly Schedule[] =>
  itemsAt(root, "schedules").flatMap((item) => {
    const cron = scalarAt(item, "cron");
    return cron ? [{ cron: cron.text, span: cron.span }] : [];
  });

function outlinesOf(context: Context, root: YamlNode | undefined): readonly JobOutline[] {
  const under = (name: string): readonly YamlNode[] => nodesIn(root, name);
  const bases = under("extends");
  if (bases.length > 0) return bases.map(callOf);
  const stages = under("stages");
  if (stages.length > 0) return stages.flatMap((list) => listOf(list, (item) => stageOf(context, item)));
  const jobs = under("jobs");
  if (jobs.length > 0) return jobs.flatMap((list) => listOf(list, (item) => jobOf(context, item)));
  const steps = entriesIn(root).find(({ key }) => key.text === "steps");
  return steps && root ? [jobOutline(context, root, { id: "Job", key: steps.key })] : [];
}

/** What stands under a key, and under each expression that brings the key in: all of it may be there. */
const nodesIn = (node: YamlNode | undefined, name: string): readonly YamlNode[] =>
  entriesIn(node).flatMap(({ key, value }) => (key.text === name ? [value] : []));

/** The stages or jobs of a list; one that an expression brings in cannot be seen. */
function listOf(list: YamlNode, read: (item: YamlNode) => JobOutline): readonly JobOutline[] {
  if (list.type !== "list") return [outlineIn(list, read)];
  const sure = new Set(list.items);
  return itemsIn(list).map((item) => ({ ...outlineIn(item, read), ...(!sure.has(item) && { undecided: true }) }));
}

const outlineIn = (item: YamlNode, read: (item: YamlNode) => JobOutline): JobOutline =>
  item.type === "map" ? (entryOf(item, "template") ? callOf(item) : read(item)) : unseen(textOf(item), item);

const textOf = (node: YamlNode): string => (node.type === "scalar" ? node.text : "jobs");
const unseen = (text: string, { span }: YamlNode): JobOutline => ({
  id: text,
  span,
  main: [{ role: "unseen", text, span }],
});

/** A template in the place of stages or jobs; what is handed in as a parameter may stand anywhere in it. */
function callOf(item: YamlNode): JobOutline {
  const template = scalarAt(item, "template");
  const handsIn = entriesAt(item, "parameters").some(({ value }) => value.type === "list");
  if (!template || handsIn || isExpression(template.text))
    return unseen(template?.text ?? "template", template ?? item);
  return { id: template.text, span: template.span, calls: template.text, ...argumentsOf(item) };
}

function stageOf(context: Context, item: YamlNode): JobOutline {
  const key = scalarAt(item, "stage");
  const title = textAt(item, "displayName");
  const condition = conditionAt(item);
  const id = key?.text ?? "Stage";
  const calls = nodesIn(item, "jobs").flatMap((jobs) => listOf(jobs, (job) => jobOf({ ...context, stage: id }, job)));
  return {
    id,
    span: (key ?? item).span,
    ...(title !== undefined && !title.includes("${{") && { title }),
    ...openIn(item),
    ...needsOf(item),
    ...(condition && { condition }),
    jobs: calls,
  };
}

/** Without `dependsOn` a stage waits for the one before it, and a job for none. */
function needsOf(item: YamlNode): Pick<JobOutline, "needs" | "needsUnseen"> {
  const entry = entriesIn(item).find(({ key }) => key.text === "dependsOn");
  if (!entry || (entry.value.type === "scalar" && entry.value.style === "missing")) return {};
  const needs = entry.value.type === "list" ? itemsIn(entry.value) : [entry.value];
  const names = needs.flatMap((need) => (need.type === "scalar" && need.text !== "" ? [need.text] : []));
  const open = needs.some((need) => need.type !== "scalar") || names.some((name) => name.includes("${{"));
  const conditional = !entryOf(item, "dependsOn");
  return { needs: names.filter((name) => !name.includes("${{")), ...((open || conditional) && { needsUnseen: true }) };
}

function jobOf(context: Context, item: YamlNode): JobOutline {
  const key = scalarAt(item, "job") ?? scalarAt(item, "deployment");
  const outline = jobOutline(context, item, { id: key?.text ?? "Job", key: key ?? item });
  return scalarAt(item, "deployment") ? deploymentOf(item, outline) : outline;
}

interface Name {
  readonly id: string;
  readonly key: YamlScalar | YamlNode;
}

function jobOutline(context: Context, item: YamlNode, { id, key }: Name): JobOutline {
  const steps = [
    ...nodesIn(item, "steps").flatMap((list) => stepsIn(context, list)),
    ...nodesIn(item, "strategy").flatMap((strategy) => stepsOfStrategy(context, strategy)),
  ];
  const title = textAt(item, "displayName");
  const condition = entryOf(item, "steps") && key.type === "scalar" && id === "Job" ? undefined : conditionAt(item);
  const work = steps.flatMap((step) => step.work);
  const made = steps.map(checking);
  const lenient = lenientAt(item);
  const own = context.stage === undefined ? id : `${context.stage} / ${id}`;
  const strategy = strategies.find((name) => nodeAt(item, "strategy", name));
  context.jobs.push({
    id: own,
    span: item.span,
    steps: made,
    ...limitOf(item),
    ...(lenient && { lenient }),
    ...(strategy !== undefined && { strategy }),
  });
  const deploys = work.some(({ role }) => role === "deploy");
  return {
    id,
    span: key.span,
    ...(title !== undefined && !title.includes("${{") && { title }),
    ...openIn(item),
    ...needsOf(item),
    ...(condition && { condition }),
    ...(work.some(({ role }) => role === "approval") && { manual: "blocking" }),
    main: deploys && isForTest(made) ? forTest(work) : work,
  };
}

/** `timeoutInMinutes` of a job; 0 is as long as the agent allows. */
function limitOf(item: YamlNode): Pick<Job, "timeout"> {
  const found = scalarAt(item, "timeoutInMinutes");
  if (!found) return {};
  const minutes = Number(found.text);
  return { timeout: { span: found.span, ...(minutes > 0 && Number.isFinite(minutes) && { minutes }) } };
}

/** The hooks of a deployment in the order in which they run. */
const hooks: readonly string[] = ["preDeploy", "deploy", "routeTraffic", "postRouteTraffic"];
const strategies: readonly string[] = ["runOnce", "rolling", "canary"];

function stepsOfStrategy(reading: Reading, item: YamlNode): readonly AzureStep[] {
  const strategy = strategies.flatMap((name) => nodeAt(item, name) ?? [])[0];
  if (!strategy) return [];
  const failed = { expression: "failure()", text: "on: failure" };
  return [
    ...hooks.flatMap((hook) => stepsIn(reading, nodeAt(strategy, hook, "steps"))),
    ...stepsIn(reading, nodeAt(strategy, "on", "success", "steps")),
    ...stepsIn(reading, nodeAt(strategy, "on", "failure", "steps"), failed),
  ];
}

/** A deployment job says by its own key that it deploys; with an environment to deploy to, that is a sign of its own. */
function deploymentOf(item: YamlNode, outline: JobOutline): JobOutline {
  const environment = environmentOf(entriesIn(item).find(({ key }) => key.text === "environment")?.value);
  const main = outline.main ?? [];
  const known = main.some((work) => work.role === "deploy" && !work.weak);
  const sign: Evidence = { role: "deploy", text: `deployment: ${outline.id}`, by: "job", weak: true };
  const undone = main.findIndex(({ role }) => role === "rollback" || role === "smoke");
  const at = undone < 0 ? main.length : undone;
  const all: readonly Work[] = known || outline.manual ? main : [...main.slice(0, at), sign, ...main.slice(at)];
  return { ...outline, main: all, ...(environment && { environment }) };
}

/** `name.resource`, or a map with the name; absent where an expression decides. */
function environmentOf(node: YamlNode | undefined): Environment | undefined {
  if (!node) return undefined;
  const written = node.type === "scalar" ? node.text : textAt(node, "name");
  if (written === undefined || written === "" || /\$[{([]/.test(written)) return {};
  return { name: written };
}
