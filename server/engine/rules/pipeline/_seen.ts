// What of a pipeline can be seen: whether that is all of it, what its jobs are there for, and all their words.

import { type Flow, type FlowJob, jobIdOf } from "../../languages/pipeline/flow.js";
import type { Evidence, Pipeline, Role } from "../../languages/pipeline/model.js";
import { deploysIn } from "../../languages/pipeline/order.js";

/** Whether all work of the pipeline is seen: only then is what is absent not there. */
export function seesAll(flow: Flow): boolean {
  const known = whole.get(flow);
  if (known !== undefined) return known;
  const sees =
    !flow.startUnseen &&
    !flow.partial &&
    [...flow.jobs.keys()].every(
      ({ waitsForUnseen, work }) => !waitsForUnseen && work.every(({ role }) => role !== "unseen"),
    );
  whole.set(flow, sees);
  return sees;
}

// Many rules ask it of one flow.
const whole = new WeakMap<Flow, boolean>();

/** All that tells what the jobs are for, of one role; names count as well. */
export const evidenceOf = ({ jobs }: Flow, role: Role): readonly Evidence[] =>
  [...jobs.values()].flatMap(({ evidence }) => evidence.filter((one) => one.role === role));

/** The jobs that deploy to production for certain. */
export const productionIn = (flow: Flow): readonly FlowJob[] =>
  deploysIn(flow).filter(({ deployment }) => deployment?.tier === "production");

/** What is looked for in a text. */
interface Pattern {
  readonly test: (text: string) => boolean;
}

/** The texts of a job that the pattern fits, as written. */
export const wordsIn = (job: FlowJob, pipeline: Pipeline, pattern: Pattern): readonly string[] =>
  textsOf(job, pipeline).filter((text) => pattern.test(text));

/** Whether any job of the pipeline has words that fit. */
export const anyWords = (flow: Flow, pipeline: Pipeline, pattern: Pattern): boolean =>
  [...flow.jobs.values()].some((job) => textsOf(job, pipeline).some((text) => pattern.test(text)));

/** Names, actions and commands of a job, its own and those of the templates in the same file that it extends. */
function textsOf(job: FlowJob, pipeline: Pipeline): readonly string[] {
  const known = texts.get(job);
  if (known) return known;
  const { node, evidence } = job;
  const found = [
    ...node.names,
    node.stage ?? "",
    ...evidence.map(({ text }) => text),
    ...ownTexts(jobIdOf(node), pipeline, new Set()),
  ];
  texts.set(job, found);
  return found;
}

const texts = new WeakMap<FlowJob, readonly string[]>();

function ownTexts(id: string, pipeline: Pipeline, seen: Set<string>): readonly string[] {
  if (seen.has(id)) return [];
  seen.add(id);
  const { steps = [], strategy } = pipeline.jobs.find((job) => job.id === id) ?? {};
  const parents = pipeline.outline.jobs.find((job) => job.id === id)?.extends ?? [];
  return [
    ...(strategy === undefined ? [] : [`strategy: ${strategy}`]),
    ...steps.flatMap(({ name = "", uses, commands, inputs = [] }) => [
      name,
      uses?.text ?? "",
      ...commands.map(({ text }) => text),
      ...inputs.map((input) => `${input.name}: ${input.value.text}`),
    ]),
    ...parents.flatMap((parent) => ownTexts(parent, pipeline, seen)),
  ];
}
