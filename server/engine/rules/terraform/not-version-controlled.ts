// Configuration that .gitignore keeps out of the repository.

import { ignoredIn } from "../../gitignore.js";
import type { TerraformFile } from "../../languages/terraform/model.js";
import { at, rule } from "../../rule.js";
import { placeIn } from "./_module.js";

export default rule({
  on: "terraform",
  title: "Keep configuration in version control",
  why: "A file that Git does not know lies on one machine. Nobody reviews it, nobody else plans with it, and a pipeline that runs Terraform from the repository takes away what it describes.",
  severity: "information",
  profile: "strict",
  phase: 2,
  standard: "Role Definition, Rule 1: Infrastructure as Code Only",

  *check(file, _options, workspace) {
    const ignored = isWritten(file) ? ignoredIn(workspace, file.path) : undefined;
    if (!ignored) return;
    const list = relativeTo(file.folder, `${ignored.folder}/.gitignore`);
    const name = file.path.slice(file.folder.length + 1);
    yield at(placeIn(file), `"${name}" is not in version control: "${ignored.pattern}" in "${list}" keeps it out`);
  },
});

/**
 * Whether a person has written it. Files of values and overrides are often local on purpose; JSON, and what a tool says it
 * has generated (Terragrunt, CDK), is made again from something else.
 */
const isWritten = ({ kind, override, path, comments }: TerraformFile): boolean =>
  kind === "configuration" &&
  !override &&
  !path.endsWith(".json") &&
  !comments.slice(0, 5).some(({ text }) => /\bgenerated\b|\bdo not edit\b/i.test(text));

/** A list above the folder, as seen from there. */
function relativeTo(folder: string, list: string): string {
  const outer = list.slice(0, list.lastIndexOf("/"));
  const steps = folder.slice(outer.length).split("/").length - 1;
  return "../".repeat(steps) + list.slice(outer.length + 1);
}
