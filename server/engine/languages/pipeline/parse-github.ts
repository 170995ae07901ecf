// GitHub Actions -> pipeline: workflows and actions.
// Format: GitHub Docs, "Workflow syntax for GitHub Actions" and "Metadata syntax for GitHub Actions".

import {
  entriesAt,
  entryOf,
  itemsAt,
  nodeAt,
  scalarAt,
  textAt,
  type YamlFile,
  type YamlNode,
  type YamlScalar,
} from "../yaml/model.js";
import { parseYaml } from "../yaml/parse.js";
import { evidenceOfAction } from "./actions.js";
import { branchesAt, githubSettings, githubUses, inputsAt, lenientAt, limitAt } from "./github-settings.js";
import { contentSpan, imagesOf, matrixOf } from "./matrix.js";
import type {
  Condition,
  Environment,
  ImageUse,
  Job,
  JobOutline,
  Outline,
  Permissions,
  Pipeline,
  Schedule,
  Step,
  Text,
  Trigger,
  Work,
} from "./model.js";
import type { OwnRoles } from "./own-roles.js";
import { checking, commandsIn, finished, forTest, isForTest, workOfCommands } from "./work.js";

/** Reads any text as a workflow or, where it has `runs` and no `jobs`, as an action. */
export function parseGithub(path: string, text: string, own: OwnRoles): Pipeline {
  const yaml = parseYaml(text);
  const root = yaml.documents[0]?.root;
  const isAction = entryOf(root, "runs") !== undefined && entryOf(root, "jobs") === undefined;
  const source = { path, text, comments: yaml.comments, statements: yaml.statements, problems: yaml.problems };
  const parts = isAction ? actionParts(text, root, own) : workflowParts(text, root, own);
  const triggers = triggersOf(root);
  const permissions = permissionsOf(nodeAt(root, "permissions"));
  return {
    ...source,
    dialect: "github",
    triggers,
    schedules: schedulesOf(root),
    ...(permissions && { permissions }),
    jobs: parts.jobs,
    images: parts.images,
    settings: githubSettings(root),
    uses: githubUses(parts.jobs),
    branches: itemsOrOne(nodeAt(root, "on", "push", "branches")),
    outline: {
      dialect: "github",
      kind: isAction ? "action" : "pipeline",
      name: textAt(root, "name") ?? path.slice(path.lastIndexOf("/") + 1),
      triggers: triggers.map(({ event }) => event),
      ...followsOf(root),
      jobs: parts.outlines,
      ...(isBroken(yaml) && { broken: true }),
    },
  };
}

interface Parts {
  readonly jobs: readonly Job[];
  readonly outlines: readonly JobOutline[];
  readonly images: readonly ImageUse[];
}

const isBroken = ({ documents }: YamlFile): boolean => documents.some(({ broken }) => broken);

function triggersOf(root: YamlNode | undefined): readonly Trigger[] {
  const on = nodeAt(root, "on") ?? nodeAt(root, "true");
  if (on?.type === "map") return on.entries.map(({ key }) => ({ event: key.text, span: key.span }));
  return scalars(on).map(({ text, span }) => ({ event: text, span }));
}

const schedulesOf = (root: YamlNode | undefined): readonly Schedule[] =>
  itemsAt(root, "on", "schedule").flatMap((item) => {
    const cron = scalarAt(item, "cron");
    return cron ? [{ cron: cron.text, span: cron.span }] : [];
  });

function followsOf(root: YamlNode | undefined): Pick<Outline, "follows"> {
  const run = nodeAt(root, "on", "workflow_run", "workflows");
  const follows = scalars(run).map(({ text }) => text);
  return follows.length > 0 ? { follows } : {};
}

function permissionsOf(node: YamlNode | undefined): Permissions | undefined {
  if (node?.type === "map") {
    const scopes = node.entries.map(({ key, value, span }) => ({
      scope: key.text,
      level: value.type === "scalar" ? value.text : "",
      span,
    }));
    return { span: node.span, scopes };
  }
  if (node?.type !== "scalar" || node.style === "missing") return undefined;
  const all = node.text === "write-all" ? "write" : node.text === "read-all" ? "read" : undefined;
  return { span: node.span, scopes: [], ...(all && { all }) };
}

function workflowParts(text: string, root: YamlNode | undefined, own: OwnRoles): Parts {
  const jobs: Job[] = [];
  const outlines: JobOutline[] = [];
  const images: ImageUse[] = [];
  for (const { key, value, span } of entriesAt(root, "jobs")) {
    const steps = itemsAt(value, "steps").map((item) => toStep(text, item, own));
    const matrix = matrixOf(nodeAt(value, "strategy", "matrix"));
    images.push(...imagesOf("job", imageAt(nodeAt(value, "container")), matrix));
    for (const service of entriesAt(value, "services"))
      images.push(...imagesOf("service", imageAt(service.value), matrix));
    images.push(...steps.flatMap(({ step }) => imageOfUses(step.uses)));
    jobs.push({ id: key.text, span, steps: steps.map(checking), ...jobParts(value) });
    outlines.push(outlineOf(key, value, steps, own));
  }
  return { jobs, outlines, images };
}

/** What a job says beside its steps and its place in the order. */
function jobParts(value: YamlNode): Omit<Job, "id" | "span" | "steps"> {
  const permissions = permissionsOf(nodeAt(value, "permissions"));
  const timeout = limitAt(value);
  const lenient = lenientAt(value);
  const calls = scalarAt(value, "uses");
  const inherits = scalarAt(value, "secrets");
  return {
    ...(permissions && { permissions }),
    ...(timeout && { timeout }),
    ...(lenient && { lenient }),
    ...(calls && { calls: { text: calls.text, span: contentSpan(calls) } }),
    ...branchesAt(value),
    ...(inherits?.text === "inherit" && { inherits: inherits.span }),
  };
}

function actionParts(text: string, root: YamlNode | undefined, own: OwnRoles): Parts {
  const steps = itemsAt(root, "runs", "steps").map((item) => toStep(text, item, own));
  const image = scalarAt(root, "runs", "image");
  const images = image?.text.startsWith("docker://") ? [image] : [];
  const key = entryOf(root, "runs")?.key;
  const main: readonly Work[] =
    textAt(root, "runs", "using") === "composite"
      ? steps.flatMap(({ work }) => work)
      : [{ role: "unseen", text: textAt(root, "name") ?? "action" }];
  return {
    jobs: steps.length > 0 && key ? [{ id: "runs", span: key.span, steps: steps.map(checking) }] : [],
    outlines: [{ id: "runs", main }],
    images: [...images.flatMap(imageOfUses), ...steps.flatMap(({ step }) => imageOfUses(step.uses))].map((image) => ({
      ...image,
      kind: "step",
    })),
  };
}

function outlineOf(key: YamlScalar, value: YamlNode, steps: readonly StepWork[], own: OwnRoles): JobOutline {
  const title = textAt(value, "name");
  const needs = nodeAt(value, "needs");
  const condition = conditionAt(value);
  const environment = environmentOf(nodeAt(value, "environment"));
  const calls = scalarAt(value, "uses");
  // A called workflow that the team has spoken of need not be seen.
  const said = calls ? own.ofUse([calls.text], calls.text, calls.span) : [];
  const work = steps.flatMap((step) => step.work);
  const deploys = work.some(({ role }) => role === "deploy");
  return {
    id: key.text,
    span: key.span,
    ...(title !== undefined && !title.includes("${{") && { title }),
    needs: scalars(needs).map((need) => need.text),
    ...(condition && { condition }),
    ...(environment && { environment }),
    ...(calls && said.length === 0 && { calls: calls.text }),
    main: said.length > 0 ? said : deploys && isForTest(steps.map(({ step }) => step)) ? forTest(work) : work,
  };
}

function environmentOf(node: YamlNode | undefined): Environment | undefined {
  const name =
    node?.type === "map"
      ? textAt(node, "name")
      : node?.type === "scalar" && node.style !== "missing"
        ? node.text
        : undefined;
  if (!node || (node.type === "scalar" && name === undefined)) return undefined;
  return name === undefined || name.includes("${{") ? {} : { name };
}

interface StepWork {
  readonly step: Step;
  readonly work: readonly Work[];
}

function toStep(text: string, item: YamlNode, own: OwnRoles): StepWork {
  const run = scalarAt(item, "run");
  const uses = scalarAt(item, "uses");
  const name = textAt(item, "name");
  const condition = conditionAt(item);
  const lenient = lenientAt(item);
  const step: Step = {
    span: item.span,
    ...(name !== undefined && { name }),
    ...(condition && { condition }),
    ...(uses && { uses: { text: uses.text, span: uses.span } }),
    commands: run ? commandsIn(text, run) : [],
    ...(run && { script: { text: run.text, span: run.span } }),
    ...inputsAt(item),
    ...(lenient && { lenient }),
  };
  return { step, work: uses ? finished(step, workOfAction(item, uses, own)) : workOfCommands(step, own) };
}

function workOfAction(item: YamlNode, { text, span }: YamlScalar, own: OwnRoles): readonly Work[] {
  const said = own.ofUse([text], text, span);
  if (said.length > 0) return said;
  if (text.startsWith("./") || text.startsWith("$/")) return [{ role: "followed", text, action: text, span }];
  if (text.includes("${{")) return [{ role: "unseen", text, span }];
  const inputs = new Map(
    entriesAt(item, "with").map(({ key, value }) => [key.text, value.type === "scalar" ? value.text : ""]),
  );
  return evidenceOfAction(text.replace(/^docker:\/\//, ""), span, inputs, own);
}

function conditionAt(node: YamlNode): Condition | undefined {
  const written = textAt(node, "if");
  return written === undefined
    ? undefined
    : { expression: written, text: `if: ${written.trim().replace(/\s+/g, " ")}` };
}

/** A string or a list of strings. */
const scalars = (node: YamlNode | undefined): readonly YamlScalar[] => {
  const nodes = node?.type === "list" ? node.items : node ? [node] : [];
  return nodes.filter((one): one is YamlScalar => one.type === "scalar" && one.style !== "missing");
};

const itemsOrOne = (node: YamlNode | undefined): readonly Text[] =>
  scalars(node).map((scalar) => ({ text: scalar.text, span: contentSpan(scalar) }));

const imageAt = (node: YamlNode | undefined): YamlScalar | undefined =>
  node?.type === "scalar" ? (node.style === "missing" ? undefined : node) : scalarAt(node, "image");

const imageOfUses = (uses: Text | undefined): readonly ImageUse[] =>
  uses?.text.startsWith("docker://") ? [{ text: uses.text, span: uses.span, kind: "step" }] : [];
