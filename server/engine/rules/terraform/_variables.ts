// The names of variables that a module has, for fixes that add one.

import { keyIn } from "../../languages/terraform/facts.js";
import type { TerraformFile } from "../../languages/terraform/model.js";
import type { Workspace } from "../../rule.js";

/** Whether a variable of that name is there; a name that was asked for is taken from then on. */
export type Taken = (name: string) => boolean;

export function variablesOf({ folder, blocks }: TerraformFile, workspace: Workspace): Taken {
  const known = new Set(blocks.flatMap(({ type, labels }) => (type === "variable" ? (labels[0]?.text ?? []) : [])));
  return (name) => {
    const taken = known.has(name) || workspace.facts("terraform.variable", keyIn(folder, name)).length > 0;
    known.add(name);
    return taken;
  };
}
