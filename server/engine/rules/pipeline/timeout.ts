// Jobs that build or deploy without a limit of time, or with one that is no limit.

import { flowOf, jobIdOf } from "../../languages/pipeline/flow.js";
import type { Job, Pipeline } from "../../languages/pipeline/model.js";
import { at, type Fix, option, replace, rule, suggest } from "../../rule.js";
import { keysInto } from "./_keys.js";
import { listOf } from "./_names.js";

export default rule({
  on: "pipeline",
  title: "Limit the time of build and deploy jobs",
  why: "A job that hangs holds its runner, and everybody behind it, until the platform gives up: on GitHub that is six hours. A deployment that takes longer than a quarter of an hour is too slow to answer an incident with.",
  severity: "information",
  profile: "strict",
  phase: 3,
  standard: "Role Definition, CI/CD Pipelines",
  options: {
    minutes: option.number(15, "The longest time that a build or deploy job may take, in minutes", 1),
  },

  *check(pipeline, { minutes }, workspace) {
    // CircleCI knows no limit for a job: `no_output_timeout` is about silence.
    if (pipeline.dialect === "circleci") return;
    const flow = flowOf(pipeline, workspace);
    if (!flow) return;
    const busy = new Map(
      [...flow.jobs.values()]
        .filter(
          ({ deployment, evidence }) => deployment ?? evidence.some(({ role, weak }) => role === "build" && !weak),
        )
        .map(({ node }) => [jobIdOf(node), node.span]),
    );
    const judged = pipeline.jobs.filter(({ id, calls }) => busy.has(id) && !calls);
    const bare: Job[] = [];
    for (const job of judged) {
      const limit = job.timeout ?? pipeline.timeout;
      if (!limit && !extendsOthers(pipeline, job)) bare.push(job);
      else if (limit?.minutes !== undefined && limit.minutes > minutes)
        yield at(
          limit.span,
          `"${job.id}" may take ${round(limit.minutes)} minutes, more than the limit of ${minutes}`,
          suggest(fixTitle(minutes), replace(limit.span, limitFor(pipeline.dialect, minutes))),
        );
    }
    const [first] = bare;
    if (!first) return;
    const place = busy.get(first.id) ?? first.span;
    const names = listOf(bare.map(({ id }) => `"${id}"`));
    yield at(
      place,
      `no limit of time is set for ${names}: the ${defaults[pipeline.dialect] ?? "default of the platform"} holds`,
      ...limited(pipeline, bare, minutes),
    );
  },
});

const round = (minutes: number): number => Math.round(minutes * 10) / 10;

const defaults: Readonly<Partial<Record<Pipeline["dialect"], string>>> = {
  github: "platform's limit of six hours",
  gitlab: "project's limit (by default one hour)",
  azure: "platform's limit of one hour",
  jenkins: "default, which is no limit at all,",
};

/** What it extends may set one. */
const extendsOthers = ({ outline }: Pipeline, { id }: Job): boolean =>
  outline.jobs.some((job) => job.id === id && (job.extends?.length ?? 0) > 0);

/** Writes a limit as the first key of each job in block style. */
function limited(pipeline: Pipeline, jobs: readonly Job[], minutes: number): readonly Fix[] {
  const key = keyFor(pipeline.dialect, minutes);
  const edits = key === undefined ? [] : jobs.map(({ span }) => keysInto(pipeline, span, [key]));
  return edits.length > 0 && edits.every((own) => own.length > 0) ? [suggest(fixTitle(minutes), ...edits.flat())] : [];
}

const fixTitle = (minutes: number): string => `Limit the time to ${minutes} minutes`;

/** How a limit is written. */
const limitFor = (dialect: Pipeline["dialect"], minutes: number): string =>
  dialect === "jenkins"
    ? `timeout(time: ${minutes}, unit: 'MINUTES')`
    : dialect === "gitlab"
      ? `${minutes} minutes`
      : `${minutes}`;

const keys: Readonly<Partial<Record<Pipeline["dialect"], string>>> = {
  github: "timeout-minutes",
  gitlab: "timeout",
  azure: "timeoutInMinutes",
};

function keyFor(dialect: Pipeline["dialect"], minutes: number): string | undefined {
  const limit = limitFor(dialect, minutes);
  return dialect === "jenkins" ? `options { ${limit} }` : keys[dialect] && `${keys[dialect]}: ${limit}`;
}
