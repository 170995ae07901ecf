// Steps of Azure Pipelines: scripts, tasks with what their inputs make of them, and templates that hold further steps.
// Source: Microsoft Learn, "YAML schema reference for Azure Pipelines" and "Azure Pipelines task reference".

import {
  entriesAt,
  entryOf,
  itemsAt,
  scalarAt,
  textAt,
  type YamlEntry,
  type YamlNode,
  type YamlScalar,
} from "../yaml/model.js";
import { azureCondition } from "./azure-conditions.js";
import { argumentsOf } from "./azure-parameters.js";
import { contentSpan } from "./matrix.js";
import type { Command, Condition, Step, Text, Work } from "./model.js";
import type { OwnRoles } from "./own-roles.js";
import { commandsOf } from "./shell.js";
import { scriptInputs, taskCommands, taskGroups } from "./task-roles.js";
import { usesOf } from "./uses.js";
import { commandsIn, finished, workOfCommands } from "./work.js";

/** The text that is read, and what the team says of its own tasks and commands. */
export interface Reading {
  readonly text: string;
  readonly own: OwnRoles;
}

export interface AzureStep {
  readonly step: Step;
  readonly work: readonly Work[];
}

const scriptKeys: readonly string[] = ["script", "bash", "pwsh", "powershell"];

/** Lists with `- ${{ if … }}:` and `- ${{ each … }}:` in them, flat: what may be there counts as there. */
export function itemsIn(list: YamlNode | undefined, depth = 0): readonly YamlNode[] {
  return itemsAt(list).flatMap((item) => {
    const [first, second] = entriesAt(item);
    if (!first || second || !isExpression(first.key.text) || depth > 50) return [item];
    return itemsIn(first.value, depth + 1);
  });
}

/** The entries of a map with those below `${{ if … }}:` in their places. */
export function entriesIn(node: YamlNode | undefined, depth = 0): readonly YamlEntry[] {
  return entriesAt(node).flatMap((entry) =>
    isExpression(entry.key.text) && depth < 50 ? entriesIn(entry.value, depth + 1) : [entry],
  );
}

export const isExpression = (text: string): boolean => text.trimStart().startsWith("${{");

/** The condition of a stage, job or step. */
export function conditionAt(node: YamlNode): Condition | undefined {
  const written = textAt(node, "condition");
  return written === undefined ? undefined : azureCondition(written);
}

/** `continueOnError: true` of a job or a step; an expression is not known to hold. */
export function lenientAt(node: YamlNode): Text | undefined {
  const entry = entryOf(node, "continueOnError");
  const on = entry?.value.type === "scalar" && entry.value.text.trim().toLowerCase() === "true";
  return on ? { text: "continueOnError: true", span: entry.span } : undefined;
}

/** Reads a list of steps; `all` is a condition that holds for each of them, as under `on: failure`. */
export const stepsIn = (reading: Reading, list: YamlNode | undefined, all?: Condition): readonly AzureStep[] =>
  list?.type === "scalar" && list.style !== "missing"
    ? [unseenStep(list)]
    : itemsIn(list).map((item) => toStep(reading, item, all));

function toStep(reading: Reading, item: YamlNode, all: Condition | undefined): AzureStep {
  if (item.type === "scalar") return unseenStep(item);
  const name = textAt(item, "displayName");
  const condition = conditionAt(item) ?? all;
  const lenient = lenientAt(item);
  const about = {
    span: item.span,
    ...(name !== undefined && { name }),
    ...(condition && { condition }),
    ...(lenient && { lenient }),
  };
  const template = scalarAt(item, "template");
  if (template) return { step: { ...about, commands: [] }, work: workOfTemplate(item, template, reading.own) };
  const task = scalarAt(item, "task");
  if (task) return taskStep(reading, item, task, about);
  const script = scriptKeys.flatMap((key) => scalarAt(item, key) ?? [])[0];
  const step: Step = {
    ...about,
    commands: script ? commandsIn(reading.text, script) : [],
    ...(script && { script: { text: script.text, span: script.span } }),
  };
  return { step, work: workOfCommands(step, reading.own) };
}

const unseenStep = (node: YamlScalar): AzureStep => ({
  step: { span: node.span, commands: [] },
  work: isExpression(node.text) ? [{ role: "unseen", text: node.text, span: node.span }] : [],
});

/** Steps that are handed in as a parameter stand nowhere in the template. */
function workOfTemplate(item: YamlNode, { text, span }: YamlScalar, own: OwnRoles): readonly Work[] {
  const said = own.ofUse([text], text, span);
  if (said.length > 0) return said;
  const handsIn = entriesAt(item, "parameters").some(({ value }) => value.type === "list");
  return handsIn || isExpression(text)
    ? [{ role: "unseen", text, span }]
    : [{ role: "followed", text, action: text, ...argumentsOf(item), span }];
}

function taskStep(
  { text, own: said }: Reading,
  item: YamlNode,
  task: YamlScalar,
  about: Omit<Step, "commands">,
): AzureStep {
  const inputs = new Map<string, YamlScalar>();
  for (const { key, value } of entriesIn(nodeOfInputs(item)))
    if (value.type === "scalar" && value.style !== "missing") inputs.set(key.text.toLowerCase(), value);
  const name = nameOfTask(task.text);
  const scripts = [...inputs].filter(([input]) => scriptInputs.has(input)).map(([, value]) => value);
  const own = scripts.length === 0 ? commandOfTask(name, task, inputs) : undefined;
  const commands = [...scripts.flatMap((script) => commandsIn(text, script)), ...(own ?? [])];
  const step: Step = { ...about, commands };
  const values = new Map([...inputs].map(([input, value]) => [input, value.text]));
  if (commands.length > 0) {
    // The table knows what a task is there for even where it takes a script besides.
    const known = tasks.evidenceOf(name, task.text, task.span, values, said).filter(({ weak }) => !weak);
    return { step, work: [...workOfCommands(step, said), ...finished({ ...step, name: "" }, known)] };
  }
  return { step, work: finished(step, tasks.evidenceOf(name, task.text, task.span, values, said)) };
}

const tasks = usesOf(taskGroups);

const nodeOfInputs = (item: YamlNode): YamlNode | undefined =>
  entriesAt(item).find(({ key }) => key.text === "inputs")?.value;

/** `publisher.extension.Task@2` is "task". */
const nameOfTask = (written: string): string => {
  const name = written.split("@", 1)[0] ?? written;
  return name.slice(name.lastIndexOf(".") + 1).toLowerCase();
};

/** The command line that the inputs of a task make up, at the place of the input that says what it does. */
function commandOfTask(
  name: string,
  task: YamlScalar,
  inputs: ReadonlyMap<string, YamlScalar>,
): readonly Command[] | undefined {
  const line = taskCommands[name];
  if (line === undefined) return undefined;
  const parts = line.split(" ");
  const first =
    parts
      .find((part) => part.startsWith("$"))
      ?.slice(1)
      .toLowerCase() ?? "";
  const verb: Text = inputs.get(first) ?? { text: defaults[name] ?? "", span: task.span };
  if (verb.text === "" || verb.text === "none") return undefined;
  const verbs = verb.text.toLowerCase() === "buildandpush" ? ["build", "push"] : [verb.text];
  return verbs.flatMap((word) => {
    const words = parts.map((part) => partOf(part, first, word, inputs)).filter((value) => value !== "");
    const span = inputs.has(first) && "style" in verb ? contentSpan(inputs.get(first) ?? task) : task.span;
    const source = words.join(" ").replace(/\s+/g, " ");
    return commandsOf({ text: source, start: 0, end: source.length, span, folded: true });
  });
}

function partOf(part: string, first: string, verb: string, inputs: ReadonlyMap<string, YamlScalar>): string {
  if (!part.startsWith("$")) return part;
  const key = part.slice(1).toLowerCase();
  if (key === first) return verb.toLowerCase() === "custom" ? "" : verb;
  return inputs.get(key)?.text ?? "";
}

/** What tasks do where the input that tells is not given. */
const defaults: Readonly<Record<string, string>> = {
  dotnetcorecli: "build",
  npm: "install",
  maven: "package",
  gradle: "build",
  docker: "buildAndPush",
  terraformtask: "init",
  nugetcommand: "restore",
};
