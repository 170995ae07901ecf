// Parameters of templates in Azure Pipelines: what a template leaves open, and what it becomes with the values of a call.
// Source: Microsoft Learn, "Templates" and "Parameters" of Azure Pipelines.

import { entriesAt, nodeAt, scalarAt, textAt, type YamlNode } from "../yaml/model.js";
import { entriesIn, itemsIn } from "./azure-steps.js";
import type { JobOutline, Open, Outline } from "./model.js";

export type Values = Readonly<Record<string, string>>;

/** The values that a call gives by a text; lists and maps are none. */
export function argumentsOf(item: YamlNode): Pick<JobOutline, "arguments"> {
  const given = entriesAt(item, "parameters").flatMap(({ key, value }) =>
    value.type === "scalar" && value.style !== "missing" ? [[key.text, value.text] as const] : [],
  );
  return given.length > 0 ? { arguments: Object.fromEntries(given) } : {};
}

/** The values that parameters of a template have where a call gives none. */
export function parametersOf(root: YamlNode | undefined): Pick<Outline, "parameters"> {
  const node = nodeAt(root, "parameters");
  const found =
    node?.type === "map"
      ? entriesIn(node).map(({ key, value }) => [key.text, value] as const)
      : itemsIn(node).map((item) => [textAt(item, "name") ?? "", nodeAt(item, "default")] as const);
  const texts = found.flatMap(([name, value]) =>
    name !== "" && value?.type === "scalar" && value.style !== "missing" ? [[name, value.text] as const] : [],
  );
  return texts.length > 0 ? { parameters: Object.fromEntries(texts) } : {};
}

/** What a stage or job says by parameters. */
export function openIn(item: YamlNode): Pick<JobOutline, "open"> {
  const id = (scalarAt(item, "stage") ?? scalarAt(item, "job") ?? scalarAt(item, "deployment"))?.text;
  const title = textAt(item, "displayName");
  const place = nodeAt(item, "environment");
  const environment = place?.type === "scalar" ? place.text : textAt(place, "name");
  const dependsOn = nodeAt(item, "dependsOn");
  const needs = (dependsOn?.type === "list" ? dependsOn.items : dependsOn ? [dependsOn] : []).flatMap((need) =>
    need.type === "scalar" && need.style !== "missing" ? [need.text] : [],
  );
  const open: Open = {
    ...(isOpen(id) && { id }),
    ...(isOpen(title) && { title }),
    ...(isOpen(environment) && { environment }),
    ...(needs.some(isOpen) && { needs }),
  };
  return Object.keys(open).length > 0 ? { open } : {};
}

const isOpen = (text: string | undefined): text is string => text !== undefined && /\$\{\{\s*parameters\./.test(text);

/** What the parameters of a called template are: `outer` are those of the file that calls. */
export function valuesOf({ parameters = {} }: Outline, call: Pick<JobOutline, "arguments">, outer: Values): Values {
  const given = Object.entries(call.arguments ?? {}).map(([name, text]) => [name, filledText(text, outer)] as const);
  const known = given.filter(([, text]) => !text.includes("${{"));
  // One that is given by an expression is not the default.
  const defaults = Object.entries(parameters).filter(([name]) => call.arguments?.[name] === undefined);
  return Object.fromEntries([...defaults, ...known]);
}

/** A text with values in the place of parameters that are known. */
export const filledText = (text: string, values: Values): string =>
  text.replace(/\$\{\{\s*parameters\.([\w-]+)\s*\}\}/g, (whole, name: string) => values[name] ?? whole);

/** The stage or job with values in the place of its parameters, as far as they are known. */
export function filled(job: JobOutline, values: Values): JobOutline {
  const { open } = job;
  if (!open) return job;
  const read = (text: string | undefined): string | undefined => {
    const full = text === undefined ? undefined : filledText(text, values);
    return full === undefined || full === "" || /\$[{([]/.test(full) ? undefined : full;
  };
  const [id, title, environment] = [read(open.id), read(open.title), read(open.environment)];
  const needs = (open.needs ?? []).flatMap((need) => read(need) ?? []);
  const { needsUnseen, ...rest } = job;
  const isWhole = open.needs !== undefined && needs.length === open.needs.length;
  return {
    ...(isWhole ? rest : job),
    ...(id !== undefined && { id }),
    ...(title !== undefined && { title }),
    ...(environment !== undefined && { environment: { ...job.environment, name: environment } }),
    ...(isWhole && { needs }),
  };
}
