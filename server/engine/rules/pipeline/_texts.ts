// All the words of a job: names, actions and commands, its own and those of the templates in the same file that it extends.

import type { Flow, FlowJob } from "../../languages/pipeline/flow.js";
import type { Pipeline } from "../../languages/pipeline/model.js";
import { deploysIn } from "../../languages/pipeline/order.js";

/** What is looked for in a text. */
interface Pattern {
  readonly test: (text: string) => boolean;
}

/** The texts of a job that the pattern fits, as written. */
export function wordsIn({ node, evidence }: FlowJob, pipeline: Pipeline, pattern: Pattern): readonly string[] {
  const texts = [
    ...node.names,
    node.stage ?? "",
    ...evidence.map(({ text }) => text),
    ...ownTexts(node.id, pipeline, new Set()),
  ];
  return texts.filter((text) => pattern.test(text));
}

function ownTexts(id: string, pipeline: Pipeline, seen: Set<string>): readonly string[] {
  if (seen.has(id)) return [];
  seen.add(id);
  const steps = pipeline.jobs.find((job) => job.id === id)?.steps ?? [];
  const parents = pipeline.outline.jobs.find((job) => job.id === id)?.extends ?? [];
  return [
    ...steps.flatMap(({ name = "", uses, commands, inputs = [] }) => [
      name,
      uses?.text ?? "",
      ...commands.map(({ text }) => text),
      ...inputs.map((input) => `${input.name}: ${input.value.text}`),
    ]),
    ...parents.flatMap((parent) => ownTexts(parent, pipeline, seen)),
  ];
}

/** Whether any job of the pipeline has words that fit. */
export const anyWords = (flow: Flow, pipeline: Pipeline, pattern: Pattern): boolean =>
  [...flow.jobs.values()].some((job) => wordsIn(job, pipeline, pattern).length > 0);

/** The jobs that deploy to production for certain. */
export const productionIn = (flow: Flow): readonly FlowJob[] =>
  deploysIn(flow).filter(({ deployment }) => deployment?.tier === "production");
