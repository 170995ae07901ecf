// What GitHub workflows hand to their jobs: variables, inputs, logins, limits, and the code of others that they run.
// Source: GitHub Docs, "Workflow syntax for GitHub Actions".

import { entriesAt, entryOf, nodeAt, scalarAt, type YamlEntry, type YamlNode, type YamlScalar } from "../yaml/model.js";
import { matrixOf } from "./matrix.js";
import type { Job, Limit, Setting, Step, Text, Use } from "./model.js";

const textOf = (scalar: YamlScalar): Text => ({ text: scalar.text, span: scalar.span });

type Rest = Pick<Setting, "kind" | "job" | "replaceable">;

const nothing: readonly Setting[] = [];

/** Most steps have none: they share one empty list. */
function settingsAmong(entries: readonly YamlEntry[], rest: Rest): readonly Setting[] {
  if (entries.length === 0) return nothing;
  const found: Setting[] = [];
  for (const { key, value } of entries)
    if (value.type === "scalar" && value.style !== "missing")
      found.push({ name: key.text, value: textOf(value), ...rest });
  return found;
}

/** Every value that stands under a name, in the order of the file: workflow, jobs, steps; of an action its steps. */
export function githubSettings(root: YamlNode | undefined): readonly Setting[] {
  return [
    ...defaultsOf(entriesAt(root, "inputs")),
    ...defaultsOf(entriesAt(root, "on", "workflow_dispatch", "inputs")),
    ...defaultsOf(entriesAt(root, "on", "workflow_call", "inputs")),
    ...settingsAmong(entriesAt(root, "env"), { kind: "variable", replaceable: true }),
    ...entriesAt(root, "jobs").flatMap(({ key, value }) => ofJob(value, key.text)),
    ...ofSteps(nodeAt(root, "runs")),
  ];
}

const defaultsOf = (inputs: readonly YamlEntry[]): readonly Setting[] =>
  inputs.flatMap(({ key, value }) => {
    const given = scalarAt(value, "default");
    return given ? [{ name: key.text, value: textOf(given), kind: "input" as const }] : [];
  });

function ofJob(job: YamlNode, id: string): readonly Setting[] {
  const containers = [nodeAt(job, "container"), ...entriesAt(job, "services").map(({ value }) => value)];
  const rest = { job: id, replaceable: true } as const;
  return [
    ...valuesOfMatrix(nodeAt(job, "strategy", "matrix"), id),
    ...settingsAmong(entriesAt(job, "env"), { kind: "variable", ...rest }),
    ...settingsAmong(entriesAt(job, "with"), { kind: "input", job: id }),
    ...settingsAmong(entriesAt(job, "secrets"), { kind: "input", ...rest }),
    ...containers.flatMap((container) => [
      ...settingsAmong(entriesAt(container, "env"), { kind: "variable", ...rest }),
      ...settingsAmong(entriesAt(container, "credentials"), { kind: "login", ...rest }),
    ]),
    ...ofSteps(job, id),
  ];
}

/** What a matrix gives to its runs, under the last part of its path. */
const valuesOfMatrix = (matrix: YamlNode | undefined, job: string): readonly Setting[] =>
  matrix
    ? [...matrixOf(matrix)].flatMap(([path, values]) =>
        values.map((value) => ({ name: path.slice(path.lastIndexOf(".") + 1), value, kind: "variable" as const, job })),
      )
    : nothing;

const ofSteps = (owner: YamlNode | undefined, job?: string): readonly Setting[] => {
  const steps = nodeAt(owner, "steps");
  // An action has no secrets of its own: a reference to one cannot stand in it.
  const rest = job === undefined ? {} : ({ job, replaceable: true } as const);
  const [variable, input]: readonly [Rest, Rest] = [
    { kind: "variable", ...rest },
    { kind: "input", ...rest },
  ];
  const found: Setting[] = [];
  for (const step of steps?.type === "list" ? steps.items : []) {
    found.push(...settingsAmong(entriesAt(step, "env"), variable));
    found.push(...settingsAmong(entriesAt(step, "with"), input));
  }
  return found;
};

/** The inputs of a step that runs an action. */
export function inputsAt(step: YamlNode): Pick<Step, "inputs"> {
  const inputs = settingsAmong(entriesAt(step, "with"), { kind: "input" });
  return inputs.length > 0 ? { inputs } : {};
}

/** `continue-on-error: true` of a job or a step; an expression is not known to hold. */
export function lenientAt(node: YamlNode): Text | undefined {
  const entry = entryOf(node, "continue-on-error");
  const on = entry?.value.type === "scalar" && entry.value.text.trim().toLowerCase() === "true";
  return on ? { text: "continue-on-error: true", span: entry.span } : undefined;
}

/** Branches that the condition of a job asks for by name. */
export function branchesAt(node: YamlNode): Pick<Job, "branches"> {
  const condition = scalarAt(node, "if");
  if (!condition) return {};
  const found = condition.text.matchAll(/(?:github\.ref\s*==\s*'refs\/heads\/|github\.ref_name\s*==\s*')([^']+)'/g);
  const branches = [...found].map(([, name = ""]) => ({ text: name, span: condition.span }));
  return branches.length > 0 ? { branches } : {};
}

/** `timeout-minutes` of a job. */
export function limitAt(node: YamlNode): Limit | undefined {
  const found = scalarAt(node, "timeout-minutes");
  if (!found) return undefined;
  const minutes = Number(found.text);
  return { span: found.span, ...(Number.isFinite(minutes) && { minutes }) };
}

/** Actions and workflows of other repositories. Local ones, images, and what an expression names are none. */
export const githubUses = (jobs: readonly Job[]): readonly Use[] =>
  jobs.flatMap(({ steps, calls }) => [
    ...(calls ? toUse("workflow", calls) : []),
    ...steps.flatMap(({ uses }) => (uses ? toUse("action", uses) : [])),
  ]);

function toUse(kind: Use["kind"], { text, span }: Text): readonly Use[] {
  if (/^(?:\.{1,2}\/|\$\/|docker:\/\/)/.test(text) || text.includes("${{")) return [];
  const [name = "", ref] = text.split("@");
  // Without an owner it is nothing that could be looked up.
  if (!name.includes("/")) return [];
  if (!ref) return [{ kind, name, span }];
  const start = span.end - span.start === text.length ? span.start : span.start + 1; // a quote
  return [{ kind, name, span, ref: { text: ref, span: { start: start + name.length + 1, end: start + text.length } } }];
}
