// The backends of a file that can be judged: those that no other place completes or replaces.

import { attributeOf, type Block, type Expression, type TerraformFile } from "../../languages/terraform/model.js";
import { filesOf, isCalled, isExample, usesTerragrunt } from "../../languages/terraform/module.js";
import type { Workspace } from "../../rule.js";

/**
 * The `backend` blocks of a root module. None where settings come from elsewhere: from an override, from a file of
 * backend settings, from Terragrunt. A called module's backend has no effect.
 */
export function backendsOf(file: TerraformFile, workspace: Workspace): readonly Block[] {
  const { kind, override, folder, blocks } = file;
  const own = blocks
    .filter(({ type }) => type === "terraform")
    .flatMap((settings) => settings.blocks)
    .filter(({ type, broken }) => type === "backend" && !broken);
  if (own.length === 0 || kind !== "configuration" || override) return [];
  const others = filesOf(workspace, folder);
  if (others.some((other) => other.kind === "backend" || (other.override && other.backends.length > 0))) return [];
  if (isCalled(workspace, folder) || usesTerragrunt(workspace, folder) || isExample(workspace, folder)) return [];
  return own;
}

/** Whether a backend has what it cannot do without; else the rest is handed over when Terraform is initialised. */
export const hasAll = (backend: Block, names: readonly string[]): boolean =>
  names.every((name) => attributeOf(backend, name) !== undefined);

export const isLiteral = (value: Expression | undefined, literal: string | boolean | null): boolean =>
  value?.kind === "literal" && value.value === literal;
