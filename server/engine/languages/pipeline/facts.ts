// What a pipeline file says to the other files of the workspace: its outline, the name others may follow, and that it tests.

import type { Fact } from "../../workspace.js";
import { type JobOutline, type Outline, type Pipeline, repositoryOf } from "./model.js";

export interface PipelineFacts {
  /** By path: the outline without places, which would change with every key typed. */
  "pipeline.file": Outline;
  /** A workflow, by `workflowKey`: others follow it with `workflow_run`. */
  "pipeline.workflow": { readonly name: string };
  /** A workflow with tests, by the folder of its repository. */
  "pipeline.tests": { readonly name: string };
  /** A GitLab file, by every folder above it: includes may name it with "*". */
  "pipeline.folder": { readonly file: string };
}

export const workflowKey = (repository: string, name: string): string => `${repository} ${name}`;

export function facts(model: Pipeline): readonly Fact[] {
  const { path, outline } = model;
  const found: Fact[] = [{ kind: "pipeline.file", key: path, value: withoutSpans(outline) }];
  if (outline.dialect === "gitlab")
    for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1))
      found.push({ kind: "pipeline.folder", key: path.slice(0, at), value: { file: path } });
  const repository = repositoryOf(path, outline.dialect);
  if (outline.dialect === "github" && outline.kind === "pipeline" && repository !== undefined) {
    const name = outline.name ?? "";
    found.push({ kind: "pipeline.workflow", key: workflowKey(repository, name), value: { name } });
    if (outline.jobs.some(tests)) found.push({ kind: "pipeline.tests", key: repository, value: { name } });
  }
  return found;
}

const tests = ({ main = [] }: JobOutline): boolean =>
  main.some((work) => (work.role === "test" || work.role === "integration") && !work.weak);

function withoutSpans(outline: Outline): Outline {
  return JSON.parse(JSON.stringify(outline, (key, value) => (key === "span" ? undefined : value)));
}
