// Jenkinsfile -> pipeline: declarative pipelines, and scripted ones as far as their stages are visible.
// Format: Jenkins documentation, "Pipeline Syntax".

import type { Span } from "../../text.js";
import { imagesIn, librariesIn } from "./jenkins-images.js";
import { type Block, type Groovy, nameOf, readGroovy, type Statement, stringOf } from "./jenkins-read.js";
import { jenkinsSettings, limitAmong, limitOf, limitsSteps } from "./jenkins-settings.js";
import { isDefinition, type JenkinsStep, type Names, stepsOf } from "./jenkins-steps.js";
import { branchesOf, declared, onlyOf, schedulesOf, triggersOf } from "./jenkins-triggers.js";
import type { Condition, Job, JobOutline, Limit, Pipeline, Text, Work } from "./model.js";
import type { OwnRoles } from "./own-roles.js";
import { checking, forTest, isForTest } from "./work.js";

/** How many calls of functions are followed, and how deep stages may nest. */
const maximumCalls = 2_000;
const maximumDepth = 40;

/** Reads any text as a Jenkinsfile. What cannot be understood is no problem: only Jenkins itself can tell. */
export function parseJenkins(path: string, text: string, own: OwnRoles): Pipeline {
  const groovy = readGroovy(text);
  const { jobs, outlines } = readStages(text, groovy, own);
  const triggers = triggersOf(groovy);
  // It bounds the whole run: how long one stage may take of it is unknown.
  const timeout = limitAmong(declared(groovy))?.span;
  return {
    path,
    text,
    comments: groovy.comments,
    statements: groovy.spans,
    problems: [],
    dialect: "jenkins",
    triggers,
    schedules: schedulesOf(groovy),
    jobs,
    images: imagesIn(groovy.statements, 0),
    uses: librariesIn(groovy),
    settings: jenkinsSettings(groovy.statements),
    ...(timeout && { timeout: { span: timeout } }),
    outline: {
      dialect: "jenkins",
      kind: "pipeline",
      triggers: triggers.map(({ event }) => event),
      jobs: outlines,
    },
  };
}

interface Context {
  readonly names: Names;
  readonly jobs: Job[];
  readonly outlines: JobOutline[];
  readonly ids: Map<string, number>;
}

/** Where a list of stages stands: names of the stages round it, and the jobs that have ended before. */
interface Place {
  readonly path: readonly string[];
  readonly before: readonly string[];
  /** The limit of time that is set round them. */
  readonly limit?: Limit;
  /** Branches that the stage asks for by name. */
  readonly branches?: readonly Text[];
  /** Those without which it does not run. */
  readonly only?: readonly string[];
  /** When all of it runs. */
  readonly condition?: Condition | undefined;
  /** Where it is named, if not by the statement that holds it. */
  readonly at?: Span | undefined;
}

function readStages(text: string, { statements }: Groovy, own: OwnRoles) {
  const functions = new Map<string, Block>();
  for (const statement of statements) {
    const [block] = statement.blocks;
    if (block && isDefinition(statement)) functions.set(statement.tokens[1]?.text ?? "", block);
  }
  const names: Names = { text, own, images: imageVariables(text), functions, budget: { left: maximumCalls } };
  const context: Context = { names, jobs: [], outlines: [], ids: new Map() };
  walk(context, statements, { path: [], before: [] });
  return context;
}

const imageVariables = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/\b(\w+)\s*=\s*docker\.(?:build|image)\b/g)].map(([, name = ""]) => name));

/** Blocks of a stage or of the pipeline that say something about it and hold no steps. */
const settings: ReadonlySet<string> = new Set(
  "agent environment when options tools parameters triggers input axes excludes libraries post".split(" "),
);

/** Reads statements one behind the other. @returns the jobs that what follows has to wait for */
function walk(context: Context, statements: readonly Statement[], place: Place): readonly string[] {
  let { before } = place;
  let loose: Statement[] = [];
  const flush = (): void => {
    const steps = stepsOf(context.names, loose);
    if (steps.some(({ work }) => work.length > 0))
      before = [addJob(context, loose[0], "steps", steps, { ...place, before })];
    loose = [];
  };
  for (const statement of statements) {
    const name = nameOf(statement);
    if (isDefinition(statement) || settings.has(name)) continue;
    if (!holdsStages(statement, 0)) {
      loose.push(statement);
      continue;
    }
    flush();
    const here = { ...place, before };
    if (place.path.length > maximumDepth) continue;
    if (name === "stage") before = readStage(context, statement, here);
    else if (name === "parallel") before = readBranches(context, statement.blocks, here);
    else {
      const limit = limitOf(statement);
      const inner = limit ? { ...place, limit: { span: limit.span } } : place;
      for (const block of statement.blocks) before = walk(context, block.statements, { ...inner, before });
    }
    // What the pipeline does at its end.
    const after = name === "pipeline" ? statement.blocks.flatMap((block) => postOf(context, block)) : [];
    addPosts(context, statement, "post", after, { ...place, before });
  }
  flush();
  return before;
}

const holdsStages = (statement: Statement, depth: number): boolean => {
  const name = nameOf(statement);
  if (name === "stage" || (name === "parallel" && statement.blocks.length > 0)) return true;
  return (
    depth < maximumDepth &&
    statement.blocks.some((block) => block.statements.some((one) => holdsStages(one, depth + 1)))
  );
};

/** The branches of `parallel`: stages, or blocks with a label. All of them start together. */
function readBranches(context: Context, blocks: readonly Block[], place: Place): readonly string[] {
  const ends = blocks.flatMap(({ label, statements }) => {
    if (label === undefined) return statements.flatMap((stage) => walk(context, [stage], place));
    if (statements.some((one) => holdsStages(one, 0)))
      return walk(context, statements, { ...place, path: [...place.path, label] });
    return [addJob(context, statements[0], label, stepsOf(context.names, statements), place)];
  });
  return [...new Set(ends)];
}

function readStage(context: Context, stage: Statement, place: Place): readonly string[] {
  const name = stringOf(stage)?.text ?? "stage";
  const body = stage.blocks.flatMap(({ statements }) => statements);
  const post = stage.blocks.flatMap((block) => postOf(context, block));
  const input = body.find((one) => nameOf(one) === "input");
  const asks: readonly JenkinsStep[] = input ? [approvalOf(input)] : [];
  const limit = limitAmong(body);
  const here = limit ? { ...place, limit } : place;
  if (!body.some((one) => holdsStages(one, 0))) {
    const own = stepsOf(
      context.names,
      body.filter((one) => !settings.has(nameOf(one))),
    );
    return [
      addJob(context, stage, name, [...asks, ...own, ...post], {
        ...here,
        branches: branchesOf(body),
        only: onlyOf(body),
      }),
    ];
  }
  const before = asks.length > 0 ? [addJob(context, stage, name, asks, place)] : place.before;
  const ends = walk(context, body, { ...here, path: [...place.path, name], before });
  const added = addPosts(context, stage, `${name} post`, post, { ...place, before: ends });
  return added.length > 0 ? added : ends;
}

/** What is done behind several stages: a job for every condition, which goes round what has failed in them. */
function addPosts(
  context: Context,
  statement: Statement,
  title: string,
  steps: readonly JenkinsStep[],
  place: Place,
): readonly string[] {
  const parts = new Map<string, JenkinsStep[]>();
  for (const one of steps) {
    const text = one.step.condition?.text ?? "";
    parts.set(text, [...(parts.get(text) ?? []), one]);
  }
  return [...parts.values()]
    .filter((part) => part.some(({ work }) => work.length > 0))
    .map((part) => {
      const { condition, span } = part[0]?.step ?? {};
      return addJob(context, statement, title, part, { ...place, condition, at: span });
    });
}

const approvalOf = (input: Statement): JenkinsStep => ({
  step: { span: input.span, commands: [] },
  work: [{ role: "approval", text: "input", by: "action", span: input.tokens[0]?.span ?? input.span }],
});

/** When the parts of `post` run; those that are not named here run after a success. */
const postConditions: Readonly<Record<string, string>> = {
  always: "always()",
  cleanup: "always()",
  failure: "failure()",
  unsuccessful: "failure()",
  aborted: "failure()",
  regression: "failure()",
};

const postOf = ({ names }: Context, { statements }: Block): readonly JenkinsStep[] =>
  statements
    .filter((one) => nameOf(one) === "post")
    .flatMap(({ blocks }) => blocks.flatMap((block) => block.statements))
    .flatMap((part) => {
      const name = nameOf(part);
      const expression = postConditions[name];
      const condition: Condition | undefined =
        expression === undefined ? undefined : { expression, text: `post: ${name}` };
      const inside = part.blocks.flatMap((block) => block.statements);
      return stepsOf(names, inside, { depth: 0, ...(condition && { condition }) });
    });

/** Adds a job under a name of its own. @returns its id */
function addJob(
  context: Context,
  statement: Statement | undefined,
  title: string,
  steps: readonly JenkinsStep[],
  { path, before, limit, branches = [], only = [], condition, at }: Place,
): string {
  const plain = [...path, title].join(" / ");
  const count = (context.ids.get(plain) ?? 0) + 1;
  context.ids.set(plain, count);
  const id = count > 1 ? `${plain} (${count})` : plain;
  const span = (statement && stringOf(statement)?.span) ?? statement?.tokens[0]?.span ?? { start: 0, end: 0 };
  const named = statement && nameOf(statement) === "stage" ? span : (statement?.tokens[0]?.span ?? span);
  const made = steps.map(checking);
  const work: readonly Work[] = steps.flatMap((step) => step.work);
  context.jobs.push({
    id,
    span: statement?.span ?? span,
    steps: made,
    ...timeoutOf(statement, limit),
    ...(branches.length > 0 && { branches }),
  });
  context.outlines.push({
    id,
    title,
    span: at ?? named,
    ...(path.length > 0 && { stage: path.join(" ") }),
    needs: before,
    ...(only.length > 0 && { branches: { only } }),
    ...(condition && { condition }),
    ...(work.some(({ role }) => role === "approval") && { manual: "blocking" }),
    main: work.some(({ role }) => role === "deploy") && isForTest(made) ? forTest(work) : work,
  });
  return id;
}

/** A limit for some of the steps bounds them, but not the time of the whole: how long that may take is unknown. */
function timeoutOf(statement: Statement | undefined, limit: Limit | undefined): Pick<Job, "timeout"> {
  if (limit) return { timeout: limit };
  return statement && limitsSteps([statement]) ? { timeout: { span: statement.span } } : {};
}
