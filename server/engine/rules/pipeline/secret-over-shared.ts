// Secrets that reach more jobs, files or people than need them.

import type { Pipeline } from "../../languages/pipeline/model.js";
import { at, type Finding, option, rule } from "../../rule.js";
import { listOf } from "./_names.js";
import { type SecretUse, secretUsesIn } from "./_secrets.js";

export default rule({
  on: "pipeline",
  title: "Hand each secret only to the job that needs it",
  why: "A secret is as safe as the least careful step that can read it. Handed to one job behind one environment, it is out of reach of tests, of the dependencies they load, and of branches that nobody has reviewed.",
  severity: "information",
  profile: "strict",
  phase: 3,
  standard: "Engineer Instructions, Infrastructure Security",
  alsoKnownAs: ["zizmor secrets-inherit", "zizmor overprovisioned-secrets", "zizmor secrets-outside-env"],
  options: {
    environments: option.boolean(true, "A secret in a job without an environment is a finding"),
    shared: option.strings([], "Secrets that every job may have, because they open nothing of worth"),
  },

  *check(pipeline, { environments, shared }) {
    const { dialect, jobs, outline } = pipeline;
    if (dialect !== "github") return yield* handedToAll(pipeline);
    for (const { inherits, calls } of jobs)
      if (inherits) yield at(inherits, `"${calls?.text ?? "the called workflow"}" gets every secret of the repository`);
    const whole = { start: 0, end: pipeline.text.length };
    for (const { name, span } of secretUsesIn(pipeline, whole))
      if (name === undefined) yield at(span, "every secret of the repository is handed on at once");
    // What only others call takes the secrets that they hand in.
    const called = outline.triggers.length > 0 && outline.triggers.every((event) => event === "workflow_call");
    if (called || outline.kind !== "pipeline") return;
    const guarded = new Set(outline.jobs.filter(({ environment }) => environment).map(({ id }) => id));
    yield* handedToEach(pipeline, shared);
    for (const job of environments ? jobs : []) {
      if (guarded.has(job.id) || job.calls) continue;
      const uses = [...(jobs.length === 1 ? secretsAbove(pipeline) : []), ...secretUsesIn(pipeline, job.span)].filter(
        ({ name }) => name !== undefined && !shared.includes(name),
      );
      const [first] = uses;
      if (!first) continue;
      const names = [...new Set(uses.map(({ name }) => `"${name}"`))];
      yield at(first.span, `"${job.id}" has no environment, so any branch that starts it can use ${listOf(names)}`);
    }
  },
});

/** The steps of every job get what stands in the variables of the workflow. */
function* handedToEach(pipeline: Pipeline, shared: readonly string[]): Generator<Finding> {
  const { length } = pipeline.jobs;
  for (const { name, span } of length > 1 ? secretsAbove(pipeline) : [])
    if (name !== undefined && !shared.includes(name)) yield at(span, `all ${length} jobs get the secret "${name}"`);
}

/** Stored secrets in the variables of a whole workflow. */
const secretsAbove = (pipeline: Pipeline): readonly SecretUse[] =>
  (pipeline.settings ?? []).flatMap(({ kind, job, value }) =>
    kind === "variable" && job === undefined ? secretUsesIn(pipeline, value.span) : [],
  );

/** Stored secrets that stand in the environment of the whole pipeline, where a stage could take them for itself. */
function* handedToAll({ settings = [], jobs }: Pipeline): Generator<Finding> {
  if (jobs.length < 2) return;
  for (const { name, value, job, within, stored } of settings)
    if (stored && job === undefined && !within)
      yield at(value.span, `all ${jobs.length} stages get the stored secret "${value.text}" as "${name}"`);
}
