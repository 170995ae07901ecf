// A module as a whole, for rules that speak of it once: which it is, which of its files speaks for it, and where.

import type { Block, TerraformFile } from "../../languages/terraform/model.js";
import {
  filesOf,
  isCalled,
  isExample,
  isUnread,
  moduleFacts,
  usesTerragrunt,
} from "../../languages/terraform/module.js";
import type { Span, Workspace } from "../../rule.js";

/** The contents of all files of the module's folder; `undefined` where one of them could not be read. */
export function contentsIn(workspace: Workspace, folder: string) {
  return isUnread(filesOf(workspace, folder)) ? undefined : moduleFacts(workspace, "terraform.contents", folder);
}

/** Whether this file speaks for its module: `terraform.tf`, else `main.tf`, else the first one. */
export function speaksFor({ kind, override, folder, path }: TerraformFile, workspace: Workspace): boolean {
  if (kind !== "configuration" || override) return false;
  const own = filesOf(workspace, folder).filter((file) => file.kind === "configuration" && !file.override);
  const named = (name: string) => own.find((file) => file.path.startsWith(`${folder}/${name}.t`));
  return (named("terraform") ?? named("main") ?? own[0])?.path === path;
}

/** Whether Terraform is run in the folder: it has providers or a backend, and it is neither called nor an example. */
export function isRoot(workspace: Workspace, folder: string): boolean {
  const files = filesOf(workspace, folder);
  if (isUnread(files) || isCalled(workspace, folder) || isExample(workspace, folder)) return false;
  if (usesTerragrunt(workspace, folder)) return false;
  return files.some(({ providers, backends }) => providers.length > 0 || backends.length > 0);
}

/**
 * Whether Terraform is run in the folder, also where that shows by what it lacks alone: a module that takes nothing and gives
 * nothing back is there to be run, even if its providers are set up by the environment.
 */
export function isRun(workspace: Workspace, folder: string): boolean {
  if (isRoot(workspace, folder)) return true;
  const files = filesOf(workspace, folder);
  if (isUnread(files) || isCalled(workspace, folder) || isExample(workspace, folder)) return false;
  if (usesTerragrunt(workspace, folder)) return false;
  const forms = moduleFacts(workspace, "terraform.contents", folder).map(({ form }) => form);
  return forms.every((form) => form === "run" || form === undefined) && forms.includes("run");
}

/** Whether the folder shows or tests something, so that constants in it mislead nobody. */
export const isForShow = (folder: string): boolean => /\/(?:examples?|tests?|testdata|fixtures)(?:\/|$)/.test(folder);

/** The `terraform` block of a file, or what else stands for the whole. */
export function placeIn({ blocks }: TerraformFile): Span {
  const found = (type: string): Block | undefined => blocks.find((block) => block.type === type);
  return (found("terraform") ?? found("provider") ?? blocks[0])?.head ?? { start: 0, end: 0 };
}

/** The name of a folder, for messages. */
export const nameOfFolder = (folder: string): string => folder.slice(folder.lastIndexOf("/") + 1);
