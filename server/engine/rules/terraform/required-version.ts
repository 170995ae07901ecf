// A root module says which versions of Terraform may run it.

import type { TerraformFile } from "../../languages/terraform/model.js";
import { at, type Fix, insertBefore, rule, snippet } from "../../rule.js";
import { lineEnd } from "../../text.js";
import { addLines, stop } from "./_edits.js";
import { contentsIn, isRun, placeIn, speaksFor } from "./_module.js";

export default rule({
  on: "terraform",
  title: "Say which Terraform versions may run a root module",
  why: "A newer Terraform writes the state in a form that older ones refuse, and an older one fails late on arguments it does not know. With a constraint, the wrong version stops before it reads anything, for everybody alike.",
  severity: "information",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, Terraform Specific",
  alsoKnownAs: ["tflint terraform_required_version"],

  *check(file, _options, workspace) {
    if (!speaksFor(file, workspace) || !isRun(workspace, file.folder)) return;
    const contents = contentsIn(workspace, file.folder) ?? [];
    if (contents.some(({ version }) => version !== undefined)) return;
    const where =
      contents.length === 1 ? "this root module" : `none of the ${contents.length} files of this root module`;
    const fix = addVersion(file);
    const message =
      contents.length === 1 ? `${where} names no "required_version"` : `${where} names a "required_version"`;
    yield at(placeIn(file), message, ...(fix ? [fix] : []));
  },
});

function addVersion(file: TerraformFile): Fix | undefined {
  const title = "Require a version";
  const line = `required_version = ">= ${stop(1, "1.10")}"`;
  const settings = file.blocks.find(({ type }) => type === "terraform");
  if (settings) {
    const edit = addLines(file, settings, "start", [line]);
    return edit && snippet(title, edit);
  }
  const [first] = file.blocks;
  if (!first || file.text.slice(0, first.span.start).trim() !== "") return undefined;
  return snippet(title, insertBefore(first, ["terraform {", `  ${line}`, "}", "", ""].join(lineEnd(file.text))));
}
