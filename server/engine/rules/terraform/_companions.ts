// Resources that another resource of their module has to complete, and that none does.

import { keyIn } from "../../languages/terraform/facts.js";
import { ignoredChanges, type TerraformFile } from "../../languages/terraform/model.js";
import { has, labelsOf, type Resource, resourcesOf } from "../../languages/terraform/settings.js";
import { at, type Finding, type Workspace } from "../../rule.js";
import { contentsIn, isRoot } from "./_module.js";

export interface Companion {
  readonly type: string;
  /** The type of the resource that completes it; it has to be known in `languages/terraform/uses.ts`. */
  readonly by: string;
  /** Arguments and blocks of the resource itself that do the same. */
  readonly unless?: readonly string[];
  /** What is the case without it. */
  readonly so: string;
}

/**
 * A finding for each resource of a file that nothing completes and `counts` does not leave out. Only a root module can be
 * seen whole: whoever calls a module may complete its resources, and so may a module, or whoever reads a local, that is
 * given their address.
 */
export function* lonely(
  file: TerraformFile,
  workspace: Workspace,
  companions: readonly Companion[],
  counts: (resource: Resource) => boolean,
): Iterable<Finding> {
  const wanted = resourcesOf(file, workspace).flatMap((resource) =>
    companions.filter(({ type }) => type === resource.type).map((companion) => ({ resource, companion })),
  );
  if (wanted.length === 0 || !isRoot(workspace, file.folder)) return;
  const contents = contentsIn(workspace, file.folder);
  if (!contents) return;
  const count = contents.reduce((sum, { resources }) => sum + resources, 0);
  const all = count === 1 ? "the one resource" : `the ${count} resources`;
  for (const { resource, companion } of wanted)
    if (counts(resource) && !mayBeCompleted(resource, companion))
      yield at(
        labelsOf(resource),
        `"${resource.address}" ${companion.so}: no "${companion.by}" among ${all} of this module names it`,
      );
}

function mayBeCompleted(resource: Resource, { by, unless = [] }: Companion): boolean {
  const { address, block, file, partial, workspace } = resource;
  if (partial || unless.some((name) => has(resource, name) !== "no" || ignoredChanges(block).includes(name)))
    return true;
  const users = workspace.facts("terraform.user", keyIn(file.folder, address));
  if (users.some((user) => user.by === by || user.by === "module" || user.by === "locals")) return true;
  return workspace.facts("terraform.user", keyIn(file.folder, by)).length > 0;
}
