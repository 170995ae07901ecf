// What a GitLab pipeline hands to its jobs: variables, limits, and the files of other projects that it takes in.
// Source: GitLab Docs, "CI/CD YAML syntax reference".

import { entriesAt, entryOf, itemsAt, nodeAt, scalarAt, textAt, type YamlEntry, type YamlNode } from "../yaml/model.js";
import { contentSpan } from "./matrix.js";
import type { Job, Limit, Setting, Text, Use } from "./model.js";

/** Every variable with its value, in the order of the file. */
export function gitlabSettings(root: YamlNode | undefined, jobs: readonly YamlEntry[]): readonly Setting[] {
  return [
    ...variablesAt(root),
    ...itemsAt(root, "workflow", "rules").flatMap((rule) => variablesAt(rule)),
    ...inputsOf(root),
    ...[root, nodeAt(root, "default")].flatMap((node) => servicesOf(node)),
    ...jobs.flatMap(({ key, value }) => [
      ...variablesAt(value, key.text),
      ...itemsAt(value, "rules").flatMap((rule) => variablesAt(rule, key.text)),
      ...servicesOf(value, key.text),
    ]),
  ];
}

const servicesOf = (node: YamlNode | undefined, job?: string): readonly Setting[] =>
  itemsAt(node, "services").flatMap((service) => variablesAt(service, job));

const variablesAt = (node: YamlNode | undefined, job?: string): readonly Setting[] =>
  entriesAt(node, "variables").flatMap(({ key, value }) => {
    const scalar = value.type === "map" ? scalarAt(value, "value") : value;
    if (scalar?.type !== "scalar" || scalar.style === "missing") return [];
    const own = { text: scalar.text, span: scalar.span };
    return [{ name: key.text, value: own, kind: "variable" as const, ...(job !== undefined && { job }) }];
  });

/** What included files and components are given. */
const inputsOf = (root: YamlNode | undefined): readonly Setting[] =>
  includesAt(root).flatMap((include) =>
    entriesAt(include, "inputs").flatMap(({ key, value }) =>
      value.type === "scalar" && value.style !== "missing"
        ? [{ name: key.text, value: { text: value.text, span: value.span }, kind: "input" as const }]
        : [],
    ),
  );

function includesAt(root: YamlNode | undefined): readonly YamlNode[] {
  const node = nodeAt(root, "include");
  return node?.type === "list" ? node.items : node ? [node] : [];
}

/** Files of other projects and components of the catalogue; `remote` files have no versions, templates come with GitLab. */
export function gitlabUses(root: YamlNode | undefined): readonly Use[] {
  return includesAt(root).flatMap((include): readonly Use[] => {
    const project = scalarAt(include, "project");
    if (project && !project.text.includes("$[[")) {
      const ref = scalarAt(include, "ref");
      const use = { kind: "include", name: project.text, span: project.span } as const;
      return [{ ...use, ...(ref && { ref: { text: ref.text, span: contentSpan(ref) } }) }];
    }
    const component = scalarAt(include, "component");
    if (!component?.text.includes("@")) return [];
    const [name = "", ref = ""] = component.text.split("@");
    const { start } = contentSpan(component);
    const span = { start: start + name.length + 1, end: start + component.text.length };
    return [{ kind: "include", name, span: component.span, ref: { text: ref, span } }];
  });
}

const units: Readonly<Record<string, number>> = { s: 1 / 60, m: 1, h: 60, d: 1440, w: 10080 };

/** Reads "1h 30m", "3 hours", "90 minutes", "3600" (seconds). */
function minutesIn(text: string): number | undefined {
  if (/^\d+$/.test(text.trim())) return Number(text) / 60;
  let minutes = 0;
  const rest = text.replace(/(\d+(?:\.\d+)?)\s*(s|m|h|d|w)[a-z]*/gi, (_, count: string, unit: string) => {
    minutes += Number(count) * (units[unit.toLowerCase()] ?? 0);
    return "";
  });
  return minutes > 0 && /^(?:\s|and|,)*$/.test(rest) ? minutes : undefined;
}

/** `timeout` of a job or of `default`. */
export function gitlabLimitAt(node: YamlNode | undefined): { readonly timeout?: Limit } {
  const found = scalarAt(node, "timeout");
  if (!found) return {};
  const minutes = minutesIn(found.text);
  return { timeout: { span: found.span, ...(minutes !== undefined && { minutes }) } };
}

/** The branches that `only` lists and that conditions of `rules` ask for by name. */
function branchesOf(job: YamlNode): readonly Text[] {
  const only = nodeAt(job, "only");
  const listed = only?.type === "map" ? itemsAt(only, "refs") : only?.type === "list" ? only.items : only ? [only] : [];
  const asked = itemsAt(job, "rules").flatMap((rule) => {
    const condition = textAt(rule, "when") === "never" ? undefined : scalarAt(rule, "if");
    const [, name] = /\$CI_COMMIT_(?:BRANCH|REF_NAME)\s*==\s*["']([^"']+)["']/.exec(condition?.text ?? "") ?? [];
    return condition && name !== undefined ? [{ text: name, span: condition.span }] : [];
  });
  const named = listed.flatMap((item) =>
    item.type === "scalar" && item.style !== "missing" ? [{ text: item.text, span: contentSpan(item) }] : [],
  );
  return [...named, ...asked];
}

/** What a job says beside its scripts and its place in the order. */
export function gitlabJobParts(job: YamlNode): Omit<Job, "id" | "span" | "steps"> {
  const lenient = entryOf(job, "allow_failure");
  const branches = branchesOf(job);
  return {
    ...(branches.length > 0 && { branches }),
    ...gitlabLimitAt(job),
    ...(textAt(job, "allow_failure") === "true" &&
      lenient && { lenient: { text: "allow_failure: true", span: lenient.span } }),
  };
}
