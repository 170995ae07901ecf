// Steps of CircleCI: scripts, commands of the file and of orbs, and steps under a condition.
// Source: CircleCI Docs, "Configuration reference".

import { entriesAt, nodeAt, scalarAt, textAt, type YamlEntry, type YamlNode, type YamlScalar } from "../yaml/model.js";
import type { Condition, Evidence, Step, Text, Work } from "./model.js";
import { orbGroups, preparingOrbs } from "./orb-roles.js";
import type { OwnRoles } from "./own-roles.js";
import { usesOf } from "./uses.js";
import { commandsIn, finished, workOfCommands } from "./work.js";

/** What the steps of a file may name: its commands, and those of orbs that it writes out itself. */
export interface Names {
  readonly text: string;
  readonly own: OwnRoles;
  /** By name; those of an inline orb by `orb/name`. */
  readonly commands: ReadonlyMap<string, YamlNode>;
  readonly jobs: ReadonlyMap<string, YamlNode>;
  /** The registry's names of the orbs, by the names that the file gives them: `aws` for `circleci/aws-cli@4.1`. */
  readonly orbs: ReadonlyMap<string, string>;
  /** The steps of commands that have been read; of one that is being read there are none yet. */
  readonly read: Map<string, readonly CircleStep[]>;
  /** How many steps of commands may still be put in. */
  readonly budget: { left: number };
}

export interface CircleStep {
  readonly step: Step;
  readonly work: readonly Work[];
}

/** How deep commands may call each other. */
const maximumDepth = 10;

/** Steps that come with CircleCI and prove nothing. */
const builtIn: ReadonlySet<string> = new Set([
  "checkout",
  "setup_remote_docker",
  "save_cache",
  "restore_cache",
  "store_artifacts",
  "store_test_results",
  "persist_to_workspace",
  "attach_workspace",
  "add_ssh_keys",
]);

export function stepsIn(names: Names, list: YamlNode | undefined, depth = 0): readonly CircleStep[] {
  if (list?.type !== "list") return [];
  return list.items.flatMap((item) => {
    if (item.type === "scalar") return named(names, { text: item.text, span: item.span }, undefined, depth);
    const entry = entriesAt(item)[0];
    return entry ? stepOf(names, entry, item, depth) : [];
  });
}

function stepOf(names: Names, { key, value }: YamlEntry, item: YamlNode, depth: number): readonly CircleStep[] {
  if (key.text === "run" || key.text === "deploy") return [runStep(names, item, value)];
  if (key.text === "when" || key.text === "unless") return stepsIn(names, nodeAt(value, "steps"), depth);
  return named(names, { text: key.text, span: key.span }, value, depth);
}

function runStep({ text, own }: Names, item: YamlNode, value: YamlNode): CircleStep {
  const script = value.type === "scalar" ? value : scalarAt(value, "command");
  const name = textAt(value, "name");
  const condition = conditionOf(textAt(value, "when"));
  const step: Step = {
    span: item.span,
    ...(name !== undefined && { name }),
    ...(condition && { condition }),
    commands: script ? commandsIn(text, script) : [],
    ...(script && { script: { text: script.text, span: script.span } }),
  };
  const hidden: readonly Work[] =
    script && /^<<.*>>$/.test(script.text.trim())
      ? [{ role: "unseen", text: script.text.trim(), span: script.span }]
      : [];
  return { step, work: [...workOfCommands(step, own), ...hidden] };
}

const conditionOf = (when: string | undefined): Condition | undefined =>
  when === "always"
    ? { expression: "always()", text: "when: always" }
    : when === "on_fail"
      ? { expression: "failure()", text: "when: on_fail" }
      : undefined;

/** A command by its name: of the file, of an orb, or a parameter that holds steps. */
function named(names: Names, { text, span }: Text, inputs: YamlNode | undefined, depth: number): readonly CircleStep[] {
  if (builtIn.has(text)) return text === "store_test_results" ? [told(span, text, "test")] : [];
  const own = names.commands.get(text);
  const steps = own && depth < maximumDepth ? stepsOfCommand(names, text, own, depth) : undefined;
  if (steps) return steps.concat(handedIn(names, inputs, depth));
  const step: Step = { span, commands: [] };
  if (text.includes("<<")) return [{ step, work: [{ role: "unseen", text, span }] }];
  const evidence = evidenceOfOrb(names, { text, span }, inputs);
  const open = evidence.length === 0 && !preparingOrbs.test(text) && !(own && depth >= maximumDepth);
  // A command that nothing is known of proves nothing; only a file that is put together elsewhere may define it.
  const unseen: readonly Work[] = open && !text.includes("/") && text !== "" ? [{ role: "unseen", text, span }] : [];
  return [{ step, work: finished(step, [...evidence, ...unseen]) }, ...handedIn(names, inputs, depth)];
}

/** The steps of a command of the file, read once however many jobs call it; undefined where that leads too far. */
function stepsOfCommand(
  names: Names,
  name: string,
  command: YamlNode,
  depth: number,
): readonly CircleStep[] | undefined {
  let steps = names.read.get(name);
  if (!steps) {
    names.read.set(name, []);
    steps = stepsIn(names, nodeAt(command, "steps"), depth + 1);
    names.read.set(name, steps);
  }
  names.budget.left -= steps.length + 1;
  return names.budget.left < 0 ? undefined : steps;
}

const told = (span: Step["span"], text: string, role: Evidence["role"]): CircleStep => ({
  step: { span, commands: [] },
  work: [{ role, text, by: "action", weak: true, span }],
});

/** Steps in the parameters of a command: it runs them where it likes. */
const handedIn = (names: Names, inputs: YamlNode | undefined, depth: number): readonly CircleStep[] =>
  depth >= maximumDepth
    ? []
    : entriesAt(inputs)
        .filter(({ key, value }) => value.type === "list" && /steps|after|before/.test(key.text))
        .flatMap(({ value }) => stepsIn(names, value, depth + 1));

/** What a command or a job of an orb does. */
export function evidenceOfOrb(names: Names, { text, span }: Text, inputs: YamlNode | undefined): readonly Evidence[] {
  const [alias = "", rest] = text.split("/", 2);
  const orb = names.orbs.get(alias);
  const name = rest === undefined ? text : `${orb ?? alias}/${rest}`;
  const values = new Map(
    entriesAt(inputs).map(({ key, value }) => [key.text, value.type === "scalar" ? value.text : ""]),
  );
  return orbs.evidenceOf(name, text, span, values, names.own);
}

const orbs = usesOf(orbGroups);

/** `circleci/node@5.2.0` is "node". */
export const nameOfOrb = ({ text }: YamlScalar): string => {
  const name = text.split("@", 1)[0] ?? text;
  return name.slice(name.lastIndexOf("/") + 1).toLowerCase();
};
