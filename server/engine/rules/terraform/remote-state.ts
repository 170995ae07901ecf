// A root module keeps its state where the team can reach it.

import type { Block, TerraformFile } from "../../languages/terraform/model.js";
import { filesOf, isCalled, isExample, isUnread, usesTerragrunt } from "../../languages/terraform/module.js";
import { at, type Fix, insertAt, insertBefore, replace, rule, snippet, type Workspace } from "../../rule.js";
import { indentAt, lineEnd } from "../../text.js";
import { backendLines } from "./_backend.js";
import { addLines, joinLines } from "./_edits.js";

export default rule({
  on: "terraform",
  title: "Keep state in a remote backend",
  why: "Without a remote backend the state lies on one machine: a colleague or a pipeline starts from nothing and plans to create everything again, two runs overwrite each other, and the secrets in it end up in Git. A backend gives everyone the same state, locked and kept in versions.",
  severity: "warning",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, Infrastructure as Code Standards",

  *check(file, _options, workspace) {
    if (file.kind !== "configuration" || file.override) return;
    const settings = file.blocks.filter(({ type }) => type === "terraform");
    const local = settings.flatMap(({ blocks }) => blocks).filter(isLocalBackend);
    if (local.length === 0 && !isReporter(file, workspace)) return;
    if (isExempt(file, workspace)) return;
    const lines = backendLines(
      filesOf(workspace, file.folder).flatMap(({ providers }) => providers.map(({ name }) => name)),
    );
    for (const backend of local)
      yield at(
        backend.labels[0] ?? backend,
        'backend "local" keeps the state on the machine that runs Terraform',
        moveBackend(file, backend, lines),
      );
    if (local.length > 0) return;
    const place = settings[0] ?? file.blocks.find(({ type }) => type === "provider") ?? file.blocks[0];
    const message = "no file of this root module names a backend, so its state stays on one machine";
    yield at(place?.head ?? { start: 0, end: 0 }, message, addBackend(file, settings[0], lines));
  },
});

const isLocalBackend = ({ type, labels }: Block): boolean => type === "backend" && labels[0]?.text === "local";

/** Whether the module has providers and no backend, and this is the one file that says so. */
function isReporter({ folder, path }: TerraformFile, workspace: Workspace): boolean {
  const files = filesOf(workspace, folder);
  if (isUnread(files) || files.some(({ kind, backends }) => kind === "backend" || backends.length > 0)) return false;
  const own = files.filter(({ kind, override }) => kind === "configuration" && !override);
  const withProvider = own.find(({ providers }) => providers.length > 0);
  const named = (name: string) => own.find((file) => file.path.startsWith(`${folder}/${name}.t`));
  return withProvider !== undefined && (named("terraform") ?? named("main") ?? withProvider).path === path;
}

function isExempt({ folder }: TerraformFile, workspace: Workspace): boolean {
  if (isCalled(workspace, folder) || usesTerragrunt(workspace, folder)) return true;
  return isExample(workspace, folder);
}

function moveBackend(file: TerraformFile, backend: Block, lines: readonly string[]): Fix {
  const text = joinLines(file, indentAt(file.text, backend.span.start), lines).trimStart();
  return snippet("Use a remote backend", replace(backend, text));
}

/** Into the `terraform` block that is there, else in one of its own: above the first block unless a comment stands there. */
function addBackend(file: TerraformFile, settings: Block | undefined, lines: readonly string[]): Fix {
  const { text } = file;
  const title = "Add a remote backend";
  const inside = settings && addLines(file, settings, "start", lines);
  if (inside) return snippet(title, inside);
  const newline = lineEnd(text);
  const block = ["terraform {", ...lines.map((line) => `  ${line}`), "}"].join(newline);
  const first = file.blocks[0];
  if (first && text.slice(0, first.span.start).trim() === "")
    return snippet(title, insertBefore(first, `${block}${newline}${newline}`));
  const gap = text.endsWith("\n") ? newline : newline + newline;
  return snippet(title, insertAt(text.length, `${gap}${block}${newline}`));
}
