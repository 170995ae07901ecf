// What a module is as a whole: its files are asked from the workspace, for a module is a folder.

import type { Found, Workspace } from "../../workspace.js";
import { keyIn, type ProviderFact, type TerraformFileFacts, type ValueFact } from "./facts.js";
import { type Keys, mergeKeys, noKeys, openKeys } from "./model.js";

/**
 * What the files of a module say under a key, which is the folder itself if none is given. OpenTofu reads `main.tofu` in the
 * place of `main.tf`: where both are there, the latter says nothing.
 */
export function moduleFacts<K extends keyof TerraformFileFacts>(
  workspace: Workspace,
  kind: K,
  folder: string,
  key = folder,
): readonly Found<K>[] {
  const found = workspace.facts(kind, key);
  if (found.length === 0) return found;
  const shadows = workspace.facts("terraform.shadow", folder);
  return shadows.length === 0 ? found : found.filter(({ path }) => !shadows.some(({ over }) => over === path));
}

/** The files of configuration in a folder; those of other kinds lie beside them. */
export const filesOf = (workspace: Workspace, folder: string): readonly Found<"terraform.file">[] =>
  moduleFacts(workspace, "terraform.file", folder);

/** The one value that a local or a variable's default has; that of an override file counts more, and the last one most. */
export function valueIn(
  workspace: Workspace,
  kind: "terraform.local" | "terraform.variable",
  folder: string,
  name: string,
): Found<"terraform.local"> | undefined {
  const found: readonly (ValueFact & { readonly path: string })[] = moduleFacts(
    workspace,
    kind,
    folder,
    keyIn(folder, name),
  );
  const own = found.filter(({ override }) => !override);
  return own.length > 1 ? undefined : (found.findLast(({ override }) => override) ?? own[0]);
}

/** Whether some file of the module could not be read, so that nothing can be said to be missing. */
export const isUnread = (files: readonly Found<"terraform.file">[]): boolean => files.some(({ unread }) => unread);

/** Whether the module is there to be called: others call it, or it lies where modules lie. */
export function isCalled(workspace: Workspace, folder: string): boolean {
  return /\/modules\//.test(`${folder}/`) || workspace.facts("terraform.call", folder).length > 0;
}

/** Whether Terragrunt runs the module: it writes backends and providers of its own. */
export function usesTerragrunt(workspace: Workspace, folder: string): boolean {
  return withAncestors(folder).some((at) =>
    ["terragrunt.hcl", "root.hcl", "terragrunt.hcl.json"].some((name) => workspace.exists(`${at}/${name}`)),
  );
}

/** Whether the module shows or tests a module that lies above it: in a folder of examples, and that module is called or there. */
export function isExample(workspace: Workspace, folder: string): boolean {
  const example = /^(.*?)\/(?:examples?|tests?|testdata|fixtures|wrappers)(?=\/|$)/.exec(folder);
  const [within, above] = example ?? [];
  if (within === undefined || above === undefined) return false;
  if (filesOf(workspace, above).length > 0) return true;
  return filesOf(workspace, folder).some(({ calls }) =>
    calls.some((called) => isIn(called, above) && !isIn(called, within)),
  );
}

const isIn = (folder: string, outer: string): boolean => folder === outer || folder.startsWith(`${outer}/`);

function withAncestors(folder: string): readonly string[] {
  const parts = folder.split("/");
  return parts.map((_, i) => parts.slice(0, parts.length - i).join("/"));
}

/**
 * The keys of a map with those of the locals that are merged into it; `open` when some reference stays unknown. A variable
 * stays unknown even with a default: whoever runs the module may set it.
 */
export function resolveKeys(workspace: Workspace, folder: string, keys: Keys, depth = 0): Keys {
  const own: Keys = { ...keys, from: [] };
  return keys.from.map((path) => localKeys(workspace, folder, path, depth)).reduce(mergeKeys, own);
}

function localKeys(workspace: Workspace, folder: string, path: string, depth: number): Keys {
  const name = /^local\.([\w-]+)$/.exec(path)?.[1];
  if (name === undefined || depth > 8) return openKeys;
  const local = valueIn(workspace, "terraform.local", folder, name);
  return local?.keys ? resolveKeys(workspace, folder, local.keys, depth + 1) : openKeys;
}

/** Which configuration of a provider something uses: "aws" and perhaps its alias. */
export interface ProviderName {
  readonly name: string;
  readonly alias?: string;
}

/** Reads `aws`, `aws.west` or `aws.by_region[each.key]`. */
export function providerName(path: string): ProviderName | undefined {
  const match = /^([\w-]+)(?:\.([\w-]+))?(?:\[.*\])?$/.exec(path);
  return match?.[1] === undefined ? undefined : { name: match[1], ...(match[2] !== undefined && { alias: match[2] }) };
}

/**
 * The tag keys that a provider gives to every resource of a module. A module without that provider has it from its
 * callers; if nobody calls it, the provider is set up by the environment and gives none.
 */
export function providerKeys(workspace: Workspace, folder: string, provider: ProviderName, depth = 0): Keys {
  const files = filesOf(workspace, folder);
  const all = files.flatMap(({ providers, override }) => providers.map((one) => ({ ...one, override })));
  const same = all.filter((one) => isSame(one, provider));
  const over = same.findLast(({ override, sets }) => override && sets);
  const own = over ? [over] : same.filter(({ override }) => !override);
  if (own.length > 0) return own.map(({ tags }) => resolveKeys(workspace, folder, tags)).reduce(mergeKeys, noKeys);
  if (isUnread(files) || depth > 5) return openKeys;
  const calls = workspace.facts("terraform.call", folder);
  if (calls.length === 0) return provider.alias === undefined && !isCalled(workspace, folder) ? noKeys : openKeys;
  return calls
    .map(({ from, providers, unclear }) => {
      const handed = providers[written(provider)];
      if (unclear || (handed === undefined && provider.alias !== undefined)) return openKeys;
      const passed = handed === undefined ? provider : providerName(handed);
      return passed ? providerKeys(workspace, from, passed, depth + 1) : openKeys;
    })
    .reduce(mergeKeys, noKeys);
}

const isSame = (a: ProviderFact | ProviderName, b: ProviderName): boolean => a.name === b.name && a.alias === b.alias;

/** A provider as it is written in the configuration. */
export const written = ({ name, alias }: ProviderName): string => (alias === undefined ? name : `${name}.${alias}`);
