// What an Azure pipeline hands to its jobs: variables of every level, parameters with their defaults, inputs of tasks and
// templates, environments of steps and containers. Source: Microsoft Learn, "YAML schema reference for Azure Pipelines".

import { entriesAt, nodeAt, scalarAt, type YamlEntry, type YamlNode } from "../yaml/model.js";
import { entriesIn, itemsIn } from "./azure-steps.js";
import type { Setting } from "./model.js";

type Rest = Pick<Setting, "kind" | "job" | "replaceable">;

/** Every value that stands under a name. What an expression may bring in counts as there. */
export function azureSettings(root: YamlNode | undefined): readonly Setting[] {
  return [
    ...parametersOf(nodeAt(root, "parameters")),
    ...itemsIn(nodeAt(root, "resources", "containers")).flatMap((item) =>
      settingsAmong(entriesAt(item, "env"), { kind: "variable" }),
    ),
    ...settingsAmong(entriesAt(root, "extends", "parameters"), { kind: "input" }),
    ...ofOwner(root, undefined),
    ...itemsIn(nodeAt(root, "stages")).flatMap(ofStage),
  ];
}

const settingsAmong = (entries: readonly YamlEntry[], rest: Rest): readonly Setting[] =>
  entries.flatMap(({ key, value }) =>
    value.type === "scalar" && value.style !== "missing"
      ? [{ name: key.text, value: { text: value.text, span: value.span }, ...rest }]
      : [],
  );

/** Defaults of parameters: a list with names, or the older map. */
const parametersOf = (node: YamlNode | undefined): readonly Setting[] =>
  node?.type === "map"
    ? settingsAmong(entriesIn(node), { kind: "input" })
    : itemsIn(node).flatMap((item) => named(item, "default", { kind: "input" }));

/** A variable or parameter as an item of a list: its name beside its value. */
function named(item: YamlNode, key: string, rest: Rest): readonly Setting[] {
  const name = scalarAt(item, "name");
  const value = scalarAt(item, key);
  return name && value ? [{ name: name.text, value: { text: value.text, span: value.span }, ...rest }] : [];
}

function ofStage(stage: YamlNode): readonly Setting[] {
  const id = scalarAt(stage, "stage")?.text ?? "Stage";
  return [...ofTemplate(stage, undefined), ...ofOwner(stage, id)];
}

/** What stands in a pipeline, a stage or a job; the jobs of a stage have its name before theirs. */
function ofOwner(owner: YamlNode | undefined, stage: string | undefined, job?: string): readonly Setting[] {
  return [
    ...variablesAt(owner, job),
    ...itemsIn(nodeAt(owner, "jobs")).flatMap((item) => {
      const own = (scalarAt(item, "job") ?? scalarAt(item, "deployment"))?.text ?? "Job";
      const id = stage === undefined ? own : `${stage} / ${own}`;
      return [...ofTemplate(item, id), ...ofOwner(item, undefined, id)];
    }),
    ...stepListsOf(owner).flatMap((list) => itemsIn(list).flatMap((step) => ofStep(step, job ?? "Job"))),
  ];
}

function variablesAt(owner: YamlNode | undefined, job: string | undefined): readonly Setting[] {
  const variables = nodeAt(owner, "variables");
  const rest: Rest = { kind: "variable", ...(job !== undefined && { job }) };
  return variables?.type === "map"
    ? settingsAmong(entriesIn(variables), rest)
    : itemsIn(variables).flatMap((item) => named(item, "value", rest));
}

/** The steps of a job, and those of the hooks of a deployment. */
const stepListsOf = (owner: YamlNode | undefined): readonly (YamlNode | undefined)[] => [
  nodeAt(owner, "steps"),
  ...entriesAt(owner, "strategy").flatMap(({ value }) =>
    entriesAt(value).flatMap(({ value: hook }) => [
      nodeAt(hook, "steps"),
      ...entriesAt(hook).map(({ value: end }) => nodeAt(end, "steps")),
    ]),
  ),
];

const ofStep = (step: YamlNode, job: string): readonly Setting[] => [
  ...settingsAmong(entriesIn(nodeAt(step, "env")), { kind: "variable", job, replaceable: true }),
  ...settingsAmong(entriesIn(nodeAt(step, "inputs")), { kind: "input", job, replaceable: true }),
  ...ofTemplate(step, job),
];

/** What a template in the place of a stage, job or step is given. */
const ofTemplate = (item: YamlNode, job: string | undefined): readonly Setting[] =>
  scalarAt(item, "template")
    ? settingsAmong(entriesIn(nodeAt(item, "parameters")), { kind: "input", ...(job !== undefined && { job }) })
    : [];
