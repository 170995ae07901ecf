// GitLab CI -> pipeline. Format: GitLab Docs, "CI/CD YAML syntax reference".

import {
  entriesAt,
  entryOf,
  itemsAt,
  nodeAt,
  scalarAt,
  textAt,
  type YamlEntry,
  type YamlNode,
  type YamlScalar,
} from "../yaml/model.js";
import { parseYaml } from "../yaml/parse.js";
import { gitlabImages } from "./gitlab-images.js";
import { includesOf, needsOf, startOf } from "./gitlab-order.js";
import { createScriptReader, type ScriptReader } from "./gitlab-scripts.js";
import { gitlabJobParts, gitlabLimitAt, gitlabSettings, gitlabUses } from "./gitlab-settings.js";
import type { Environment, Evidence, Job, JobOutline, Outline, Pipeline, Role, Step, Work } from "./model.js";
import type { OwnRoles } from "./own-roles.js";
import { forTest, isForTest } from "./work.js";

/** Keys at the top that are no jobs. */
const globalKeys: ReadonlySet<string> = new Set([
  "default",
  "include",
  "stages",
  "types",
  "variables",
  "workflow",
  "spec",
  "image",
  "services",
  "cache",
  "before_script",
  "after_script",
]);

/** Reads any text as a GitLab CI file. A first document with `spec` is the header of the second. */
export function parseGitlab(path: string, text: string, own: OwnRoles): Pipeline {
  const yaml = parseYaml(text);
  const [first, second] = yaml.documents;
  const root = second?.root && entryOf(first?.root, "spec") ? second.root : first?.root;
  const entries = entriesAt(root).filter(({ key }) => !globalKeys.has(key.text));
  const scriptAt = createScriptReader(text, entriesAt(root), own);
  const read = entries.map((entry) => readJob(scriptAt, entry));
  const defaults = readDefaults(scriptAt, root);
  return {
    path,
    text,
    comments: yaml.comments,
    statements: yaml.statements,
    problems: yaml.problems,
    dialect: "gitlab",
    triggers: [],
    schedules: [],
    jobs: read.map(({ job }) => job),
    ...(defaults && { shared: defaults.steps }),
    images: gitlabImages(text, root, entries),
    settings: gitlabSettings(root, entries),
    uses: gitlabUses(root),
    ...gitlabLimitAt(nodeAt(root, "default")),
    outline: {
      dialect: "gitlab",
      kind: /(?:^|\.)gitlab-ci\.ya?ml$/.test(path.slice(path.lastIndexOf("/") + 1)) ? "pipeline" : "part",
      triggers: [],
      ...stagesOf(root),
      includes: includesOf(nodeAt(root, "include")),
      jobs: read.map(({ outline }) => outline),
      ...(defaults && { defaults: defaults.outline }),
      ...(yaml.documents.some(({ broken }) => broken) && { broken: true }),
    },
  };
}

function stagesOf(root: YamlNode | undefined): Pick<Outline, "stages"> {
  const stages = itemsAt(root, "stages").flatMap((item) => (item.type === "scalar" ? [item.text] : []));
  return entryOf(root, "stages") ? { stages } : {};
}

interface Read {
  readonly job: Job;
  readonly outline: JobOutline;
}

function readJob(scriptAt: ScriptReader, { key, value, span }: YamlEntry): Read {
  const scripts = readScripts(scriptAt, value);
  const { before, main, after } = scripts.work;
  const start = startOf(value);
  const stage = textAt(value, "stage");
  const environment = environmentOf(nodeAt(value, "environment"));
  const more = proofs(value, key.text);
  const hidden = key.text.startsWith(".") || start.never || value.type !== "map";
  const unseen = entryOf(value, "trigger") !== undefined;
  const outline: JobOutline = {
    id: key.text,
    span: key.span,
    ...(hidden && { hidden: true }),
    ...listed("extends", nodeAt(value, "extends")),
    ...(stage !== undefined && { stage }),
    ...needsOf(nodeAt(value, "needs")),
    ...(start.said && { startSaid: true }),
    ...(start.condition && { condition: start.condition }),
    ...(start.manual && { manual: start.manual }),
    ...(environment && { environment }),
    ...(before && { before }),
    ...(main || more.length > 0 || unseen ? { main: [...(main ?? []), ...more, ...(unseen ? [downstream] : [])] } : {}),
    ...(after && { after }),
  };
  return { job: { id: key.text, span, steps: scripts.steps, ...gitlabJobParts(value) }, outline };
}

const downstream: Work = { role: "unseen", text: "trigger" };

interface Defaults {
  readonly steps: readonly Step[];
  readonly outline: JobOutline;
}

function readDefaults(scriptAt: ScriptReader, root: YamlNode | undefined): Defaults | undefined {
  const own = nodeAt(root, "default");
  const before = scriptAt(own, "before_script") ?? scriptAt(root, "before_script");
  const after = scriptAt(own, "after_script") ?? scriptAt(root, "after_script");
  if (!before && !after) return undefined;
  return {
    steps: [...(before?.steps ?? []), ...(after?.steps ?? [])],
    outline: { id: "default", ...(before && { before: before.work }), ...(after && { after: after.work }) },
  };
}

function readScripts(scriptAt: ScriptReader, job: YamlNode) {
  const before = scriptAt(job, "before_script");
  const main = scriptAt(job, "script");
  const after = scriptAt(job, "after_script");
  const steps = [before, main, after].flatMap((script) => script?.steps ?? []);
  const works = [before, main, after].map((script) => script?.work);
  const deploys = works.some((work) => work?.some(({ role }) => role === "deploy"));
  const settled = deploys && isForTest(steps) ? works.map((work) => work && forTest(work)) : works;
  return { steps, work: { before: settled[0], main: settled[1], after: settled[2] } };
}

function listed(key: "extends", node: YamlNode | undefined): Pick<JobOutline, "extends"> {
  const items = node?.type === "list" ? node.items : node ? [node] : [];
  const names = items.flatMap((item) => (item.type === "scalar" && item.style !== "missing" ? [item.text] : []));
  return names.length > 0 ? { [key]: names } : {};
}

function environmentOf(node: YamlNode | undefined): Environment | undefined {
  const name = node?.type === "map" ? textAt(node, "name") : node?.type === "scalar" ? node.text : undefined;
  if (!node) return undefined;
  const action = textAt(node, "action");
  const known = name !== undefined && name !== "" && /[A-Za-z]/.test(name.replace(/\$\{?\w+\}?|\$\[\[.*?\]\]/g, ""));
  const rollback = nodeAt(node, "on_stop") !== undefined || textAt(node, "auto_rollback") === "true";
  return {
    ...(known && { name }),
    ...(action !== undefined && action !== "start" && { deploys: false }),
    ...(rollback && { rollback: true }),
  };
}

/** Reports that only a job of this role can hand in. */
const reportRoles: Readonly<Record<string, Role>> = {
  junit: "test",
  cobertura: "test",
  coverage_report: "test",
  codequality: "lint",
  sast: "security",
  secret_detection: "security",
  dependency_scanning: "security",
  container_scanning: "security",
  license_scanning: "security",
  dast: "security",
  browser_performance: "integration",
  load_performance: "integration",
  terraform: "plan",
};

/** What the keys of a job prove beside its scripts. */
function proofs(job: YamlNode, id: string): readonly Evidence[] {
  const found: Evidence[] = [];
  for (const { key } of entriesAt(job, "artifacts", "reports")) {
    const role = reportRoles[key.text];
    if (role) found.push({ role, text: `reports: ${key.text}`, by: "command", span: key.span });
  }
  const coverage = scalarAt(job, "coverage");
  if (coverage) found.push({ role: "test", text: "coverage", by: "job", weak: true, span: coverage.span });
  if (entryOf(job, "release") || (id === "pages" && entryOf(job, "pages") === undefined))
    found.push({ role: "publish", text: id, by: "command", ...spanOfScript(job) });
  return found;
}

function spanOfScript(job: YamlNode): Pick<Evidence, "span"> {
  const key: YamlScalar | undefined = entryOf(job, "release")?.key ?? entryOf(job, "script")?.key;
  return key ? { span: key.span } : {};
}
