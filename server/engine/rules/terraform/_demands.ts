// Findings of a table of demands on single arguments.

import { byType, type Demand, nameSpan, type Unmet, unmetBy } from "../../languages/terraform/demands.js";
import type { TerraformFile } from "../../languages/terraform/model.js";
import { type Resource, resourcesOf } from "../../languages/terraform/settings.js";
import { at, type Finding, type Fix, replace, suggest, type Workspace } from "../../rule.js";
import { addLines } from "./_edits.js";

/**
 * One finding for each demand that a resource of the file does not meet; `note` is put behind the titles of fixes, `except`
 * names resources that are left out.
 */
export function* unmetDemands(
  file: TerraformFile,
  workspace: Workspace,
  demands: ReadonlyMap<string, readonly Demand[]>,
  { note = "", except = [] }: { readonly note?: string; readonly except?: readonly string[] } = {},
): Iterable<Finding> {
  for (const resource of resourcesOf(file, workspace))
    if (!isExempt(resource, except))
      for (const unmet of unmetBy(resource, demands.get(resource.type) ?? [])) yield findingOf(resource, unmet, note);
}

/** Whether a resource is left out by its address or its type. */
export const isExempt = ({ address, type }: Resource, except: readonly string[]): boolean =>
  except.includes(address) || except.includes(type);

/** The finding for one unmet demand. */
export function findingOf(resource: Resource, unmet: Unmet, note = ""): Finding {
  const { demand, setting, known } = unmet;
  const fixes = fixesFor(resource.file, unmet, note);
  const severity = (known ? undefined : demand.unset) ?? demand.severity;
  const extras = severity ? [severity, ...fixes] : fixes;
  const owner = `"${resource.address}"`;
  if (!known) {
    const said = `"${demand.path}" of ${owner} is not set (default: ${demand.absent ?? "none"})`;
    return at(nameSpan(setting.holder), `${said}: ${demand.so}`, ...extras);
  }
  if (demand.there) return at(known.span, `${owner} sets "${demand.path}": ${demand.so}`, ...extras);
  const value = typeof known.value === "string" ? `"${known.value}"` : String(known.value);
  const origin = known.origin === undefined ? "" : ` (${known.origin})`;
  const place = setting.state === "known" ? setting.place : known.span;
  return at(place, `"${demand.path}" of ${owner} is ${value}${origin}: ${demand.so}`, ...extras);
}

function fixesFor(
  file: TerraformFile,
  { demand: { path, want }, setting, known }: Unmet,
  note: string,
): readonly Fix[] {
  if (want === undefined || known?.origin !== undefined) return [];
  const name = path.split(".").at(-1) ?? path;
  const title = `Set ${name} to ${want}${note}`;
  if (setting.state === "known") return [suggest(title, replace(setting.place, want))];
  const edit = addLines(file, setting.holder, "end", linesOf(setting.lacking, want));
  return edit ? [suggest(title, edit)] : [];
}

/** An argument with the blocks that it lacks round it. */
function linesOf(path: readonly string[], want: string): readonly string[] {
  const [name = "", ...rest] = path;
  if (rest.length === 0) return [`${name} = ${want}`];
  return [`${name} {`, ...linesOf(rest, want).map((line) => `  ${line}`), "}"];
}

/** The table of a rule with what its users add to it. */
export const extended = (
  table: ReadonlyMap<string, readonly Demand[]>,
  more: readonly Demand[],
): ReadonlyMap<string, readonly Demand[]> =>
  more.length === 0 ? table : byType([...[...table.values()].flat(), ...more]);
