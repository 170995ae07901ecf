// What a CircleCI configuration hands to its jobs: environments of executors, containers, jobs and steps, logins of
// registries, and parameters with their defaults. Source: CircleCI Docs, "Configuration reference".

import { entriesAt, itemsAt, nodeAt, scalarAt, type YamlEntry, type YamlNode } from "../yaml/model.js";
import type { Setting } from "./model.js";

type Rest = Pick<Setting, "kind" | "job" | "replaceable">;

/** Keys of a job in a workflow that say how it starts. */
const ofWorkflow: ReadonlySet<string> = new Set("name requires context filters type matrix serial-group".split(" "));

/** Every value that stands under a name. */
export function circleSettings(root: YamlNode | undefined): readonly Setting[] {
  return [
    ...defaultsOf(root),
    ...entriesAt(root, "executors").flatMap(({ value }) => ofOwner(value)),
    ...entriesAt(root, "commands").flatMap(({ value }) => ofOwner(value)),
    ...entriesAt(root, "jobs").flatMap(({ key, value }) => ofOwner(value, key.text)),
    ...entriesAt(root, "workflows").flatMap(({ value }) => itemsAt(value, "jobs").flatMap(inputsOfUse)),
  ];
}

const settingsAmong = (entries: readonly YamlEntry[], rest: Rest): readonly Setting[] =>
  entries.flatMap(({ key, value }) =>
    value.type === "scalar" && value.style !== "missing"
      ? [{ name: key.text, value: { text: value.text, span: value.span }, ...rest }]
      : [],
  );

const defaultsOf = (owner: YamlNode | undefined): readonly Setting[] =>
  entriesAt(owner, "parameters").flatMap(({ key, value }) => {
    const given = scalarAt(value, "default");
    return given ? [{ name: key.text, value: { text: given.text, span: given.span }, kind: "input" as const }] : [];
  });

function ofOwner(owner: YamlNode, job?: string): readonly Setting[] {
  const rest = job === undefined ? {} : { job };
  return [
    ...defaultsOf(owner),
    ...environmentOf(owner, rest),
    ...itemsAt(owner, "docker").flatMap((container) => [
      ...environmentOf(container, rest),
      ...settingsAmong(entriesAt(container, "auth"), { kind: "login", replaceable: true, ...rest }),
      ...settingsAmong(entriesAt(container, "aws_auth"), { kind: "login", replaceable: true, ...rest }),
    ]),
    ...ofSteps(nodeAt(owner, "steps"), rest, 0),
  ];
}

/** `environment`: a map, or a list of maps and of `NAME=value`. */
function environmentOf(owner: YamlNode, rest: Pick<Setting, "job">): readonly Setting[] {
  const all: Rest = { kind: "variable", ...rest };
  return [
    ...settingsAmong(entriesAt(owner, "environment"), all),
    ...itemsAt(owner, "environment").flatMap((item): readonly Setting[] => {
      if (item.type !== "scalar") return settingsAmong(entriesAt(item), all);
      const at = item.text.indexOf("=");
      return at < 1
        ? []
        : [{ name: item.text.slice(0, at), value: { text: item.text.slice(at + 1), span: item.span }, ...all }];
    }),
  ];
}

/** How deep `when` may nest. */
const maximumDepth = 20;

const ofSteps = (list: YamlNode | undefined, rest: Pick<Setting, "job">, depth: number): readonly Setting[] =>
  itemsAt(list).flatMap((step) => {
    const [entry] = entriesAt(step);
    if (!entry) return [];
    const { key, value } = entry;
    if (key.text === "run" || key.text === "deploy") return environmentOf(value, rest);
    if (key.text === "when" || key.text === "unless")
      return depth < maximumDepth ? ofSteps(nodeAt(value, "steps"), rest, depth + 1) : [];
    return settingsAmong(entriesAt(value), { kind: "input", ...rest });
  });

/** What a workflow gives to one of its jobs. */
const inputsOfUse = (use: YamlNode): readonly Setting[] =>
  entriesAt(use).flatMap(({ key, value }) =>
    settingsAmong(
      entriesAt(value).filter((entry) => !ofWorkflow.has(entry.key.text)),
      { kind: "input", job: key.text },
    ),
  );
