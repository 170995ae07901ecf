// CircleCI -> pipeline: workflows with the jobs that they run, commands and orbs. Each use of a job in a workflow is a
// job of its own. Format: CircleCI Docs, "Configuration reference".

import { entriesAt, entryOf, itemsAt, nodeAt, scalarAt, textAt, type YamlEntry, type YamlNode } from "../yaml/model.js";
import { parseYaml } from "../yaml/parse.js";
import { circleImages } from "./circleci-images.js";
import { circleSettings } from "./circleci-settings.js";
import { type CircleStep, evidenceOfOrb, type Names, nameOfOrb, stepsIn } from "./circleci-steps.js";
import { contentSpan } from "./matrix.js";
import type { Condition, Job, JobOutline, Pipeline, Schedule, Text, Trigger, Use, Work } from "./model.js";
import type { OwnRoles } from "./own-roles.js";
import { checking, forTest, isForTest } from "./work.js";

/** How many steps of commands are put into the jobs of a file. */
const maximumSteps = 20_000;

/** Reads any text as a configuration of CircleCI. */
export function parseCircleci(path: string, text: string, own: OwnRoles): Pipeline {
  const yaml = parseYaml(text);
  const root = yaml.documents[0]?.root;
  const names = namesIn(text, root, own);
  const read = createJobReader(names);
  const outlines = outlinesOf(names, read, root);
  const schedules = schedulesOf(root, outlines);
  const triggers = triggersOf(path, root, schedules);
  return {
    path,
    text,
    comments: yaml.comments,
    statements: yaml.statements,
    problems: yaml.problems,
    dialect: "circleci",
    triggers,
    schedules,
    jobs: entriesAt(root, "jobs").map(({ key, value, span }): Job => {
      const { steps } = read(key.text, value);
      const branches = branchesOf(root, key.text);
      return { id: key.text, span, steps, ...(branches.length > 0 && { branches }) };
    }),
    images: circleImages(root),
    settings: circleSettings(root),
    uses: usesOf(root),
    outline: {
      dialect: "circleci",
      kind: "pipeline",
      triggers: triggers.map(({ event }) => event),
      // A setup workflow goes on with a configuration that a program chooses or writes.
      ...(textAt(root, "setup") === "true" && { includes: [{ text: "setup: true" }] }),
      jobs: outlines,
      ...(yaml.documents.some(({ broken }) => broken) && { broken: true }),
    },
  };
}

function namesIn(text: string, root: YamlNode | undefined, own: OwnRoles): Names {
  const inline = entriesAt(root, "orbs").filter(({ value }) => value.type === "map");
  const all = (kind: string): ReadonlyMap<string, YamlNode> =>
    new Map([
      ...entriesAt(root, kind).map(({ key, value }) => [key.text, value] as const),
      ...inline.flatMap((orb) =>
        entriesAt(orb.value, kind).map(({ key, value }) => [`${orb.key.text}/${key.text}`, value] as const),
      ),
    ]);
  const orbs = new Map(
    entriesAt(root, "orbs").flatMap(({ key, value }) =>
      value.type === "scalar" ? [[key.text, nameOfOrb(value)] as const] : [],
    ),
  );
  return {
    text,
    own,
    commands: all("commands"),
    jobs: all("jobs"),
    orbs,
    read: new Map(),
    budget: { left: maximumSteps },
  };
}

/** Orbs with their versions; those that are written out in the file are none. */
const usesOf = (root: YamlNode | undefined): readonly Use[] =>
  entriesAt(root, "orbs").flatMap(({ value }): readonly Use[] => {
    if (value.type !== "scalar" || value.style === "missing") return [];
    const [name = "", ref] = value.text.split("@");
    const start = value.span.start + (value.style === "quoted" ? 1 : 0);
    const at = { start: start + name.length + 1, end: start + value.text.length };
    return [{ kind: "include", name, span: value.span, ...(ref !== undefined && { ref: { text: ref, span: at } }) }];
  });

/** A setup configuration, or what one continues with, is a part of a pipeline that cannot be seen whole. */
function triggersOf(path: string, root: YamlNode | undefined, schedules: readonly Schedule[]): readonly Trigger[] {
  const span = entryOf(root, "workflows")?.key.span ?? { start: 0, end: 0 };
  const found: Trigger[] = [];
  if (!/\/config\.ya?ml$/.test(path) && path.includes("/.circleci/")) found.push({ event: "workflow_run", span });
  if (schedules.length > 0) found.push({ event: "schedule", span });
  return found;
}

/** `filters` of a job in a workflow, where they name branches and no tags start it as well. */
function branchFilterOf(use: YamlNode | undefined): Pick<JobOutline, "branches"> {
  const names = (key: string): readonly string[] => {
    const found = nodeAt(use, "filters", "branches", key);
    const list = found?.type === "list" ? found.items : found ? [found] : [];
    return list.flatMap((item) => (item.type === "scalar" && item.style !== "missing" ? [item.text] : []));
  };
  const isOpen = (name: string): boolean => /^\/.*\/$|<</.test(name);
  const only = names("only");
  const ignore = names("ignore").filter((name) => !isOpen(name));
  if (nodeAt(use, "filters", "tags") || only.some(isOpen) || only.length + ignore.length === 0) return {};
  return { branches: only.length > 0 ? { only } : { ignore } };
}

/** The branches that workflows run a job for, where they name them; `/…/` is an expression. */
const branchesOf = (root: YamlNode | undefined, id: string): readonly Text[] =>
  entriesAt(root, "workflows").flatMap(({ value }) =>
    itemsAt(value, "jobs").flatMap((use) => {
      const only = nodeAt(use, id, "filters", "branches", "only");
      return (only?.type === "list" ? only.items : only ? [only] : []).flatMap((item) =>
        item.type === "scalar" && item.style !== "missing" && !/^\/.*\/$|<</.test(item.text)
          ? [{ text: item.text, span: contentSpan(item) }]
          : [],
      );
    }),
  );

/** A schedule starts the workflow that it stands in. */
const schedulesOf = (root: YamlNode | undefined, outlines: readonly JobOutline[]): readonly Schedule[] =>
  entriesAt(root, "workflows").flatMap(({ value, span }) =>
    itemsAt(value, "triggers").flatMap((trigger) => {
      const cron = scalarAt(trigger, "schedule", "cron");
      const own = outlines.filter((job) => job.span && span.start <= job.span.start && job.span.end <= span.end);
      return cron ? [{ cron: cron.text, span: cron.span, jobs: own.map(({ id }) => id) }] : [];
    }),
  );

interface ReadJob {
  readonly steps: CircleStep["step"][];
  readonly work: readonly Work[];
}

type JobReader = (id: string, job: YamlNode) => ReadJob;

/** A reader for the jobs of a file: many workflows may run the same one. */
function createJobReader(names: Names): JobReader {
  const known = new Map<string, ReadJob>();
  return (id, job) => {
    const found = known.get(id) ?? readSteps(stepsIn(names, nodeAt(job, "steps")));
    known.set(id, found);
    return found;
  };
}

function readSteps(steps: readonly CircleStep[]): ReadJob {
  const made = steps.map(checking);
  const work = steps.flatMap((step) => step.work);
  const deploys = work.some(({ role }) => role === "deploy");
  return { steps: made, work: deploys && isForTest(made) ? forTest(work) : work };
}

function outlinesOf(names: Names, read: JobReader, root: YamlNode | undefined): readonly JobOutline[] {
  const workflows = entriesAt(root, "workflows").filter(
    ({ key, value }) => key.text !== "version" && value.type === "map",
  );
  if (workflows.length === 0) {
    // Without workflows the job "build" runs alone.
    const build = entriesAt(root, "jobs").find(({ key }) => key.text === "build");
    return build ? [{ id: "build", span: build.key.span, main: read("build", build.value).work }] : [];
  }
  return workflows.flatMap((workflow) => outlinesOfWorkflow(names, read, workflow, workflows.length > 1));
}

function outlinesOfWorkflow(names: Names, read: JobReader, { key, value }: YamlEntry, several: boolean) {
  const idOf = (name: string): string => (several ? `${key.text} / ${name}` : name);
  return itemsAt(value, "jobs").flatMap((item): readonly JobOutline[] => {
    const [entry] = entriesAt(item);
    const job = item.type === "scalar" ? { text: item.text, span: item.span } : entry?.key;
    if (!job) return [];
    const use = entry?.value;
    const name = textAt(use, "name") ?? job.text;
    const start = requiresOf(use);
    const approval = textAt(use, "type") === "approval";
    return [
      {
        id: idOf(name),
        ...(idOf(name) !== job.text && names.jobs.has(job.text) && { runs: job.text }),
        // The name of a workflow says nothing of what one of its jobs does.
        title: name === job.text || name.includes("<<") ? job.text : `${name} ${job.text}`,
        span: job.span,
        needs: start.needs.map(idOf),
        ...(start.open && { needsUnseen: true }),
        ...(start.condition && { condition: start.condition }),
        ...branchFilterOf(use),
        ...(approval && { manual: "blocking" as const }),
        main: approval
          ? [{ role: "approval", text: "type: approval", by: "action", span: job.span }]
          : workOf(names, read, job, use),
      },
    ];
  });
}

/** The work of a job of the file or of an orb, with the steps that the workflow puts round it. */
function workOf(names: Names, read: JobReader, job: Text, use: YamlNode | undefined): readonly Work[] {
  const around = (key: string): readonly Work[] => stepsIn(names, nodeAt(use, key)).flatMap(({ work }) => work);
  const own = names.jobs.get(job.text);
  if (own)
    return [...around("pre-steps"), ...handedIn(names, own, use), ...read(job.text, own).work, ...around("post-steps")];
  const evidence = evidenceOfOrb(names, job, use);
  const unknown: readonly Work[] = evidence.some(({ weak }) => !weak)
    ? evidence
    : [...evidence, { role: "unseen", text: job.text, span: job.span }];
  return [...around("pre-steps"), ...unknown, ...around("post-steps")];
}

/** Steps that the workflow gives a job as a parameter. */
const handedIn = (names: Names, job: YamlNode, use: YamlNode | undefined): readonly Work[] =>
  entriesAt(job, "parameters")
    .filter(({ value }) => textAt(value, "type") === "steps")
    .flatMap(({ key }) => stepsIn(names, nodeAt(use, key.text)).flatMap(({ work }) => work));

interface Start {
  readonly needs: readonly string[];
  readonly open?: true;
  readonly condition?: Condition;
}

/** Reads `requires`: names, or names with the ends that will do. */
function requiresOf(use: YamlNode | undefined): Start {
  const needs: string[] = [];
  const parts: string[] = [];
  let open = false;
  for (const item of itemsAt(use, "requires")) {
    const entry = entriesAt(item)[0];
    const name = item.type === "scalar" ? item.text : (entry?.key.text ?? "");
    if (name.includes("<<")) open = true;
    else needs.push(name);
    const ends = entry?.value.type === "list" ? entry.value.items : entry ? [entry.value] : [];
    const words = ends.flatMap((end) => (end.type === "scalar" ? [end.text] : []));
    if (words.length > 0) parts.push(`${name}: ${words.join(", ")}`);
  }
  const ends = parts.join(", ");
  const failed = /\b(?:failed|terminal|canceled|unauthorized|not_run)\b/.test(ends);
  const well = /\b(?:success|terminal)\b/.test(ends) || parts.length < needs.length;
  const expression = failed ? (well ? "always()" : "failure()") : undefined;
  return {
    needs,
    ...(open && { open: true }),
    ...(expression !== undefined && { condition: { expression, text: `requires: ${ends}` } }),
  };
}
