// Variables and outputs are a module's interface: they say what they are.

import { attributeOf, type Block, type TerraformFile } from "../../languages/terraform/model.js";
import { effectiveBlocks } from "../../languages/terraform/override.js";
import { at, type Fix, rule, snippet } from "../../rule.js";
import { addArgument, addLines, stop } from "./_edits.js";

export default rule({
  on: "terraform",
  title: "Describe variables and outputs",
  why: "Whoever calls a module sees its variables and outputs and nothing else. A description says what a value is for, and a type turns a wrong value into an error at once instead of a strange plan.",
  severity: "hint",
  profile: "opt-in",
  phase: 2,
  standard: "Role Definition, Infrastructure as Code",
  alsoKnownAs: [
    "tflint terraform_documented_variables",
    "tflint terraform_documented_outputs",
    "tflint terraform_typed_variables",
    "kics 2a153952",
    "kics 59312e8a",
    "kics fc5109bf",
  ],

  *check(file, _options, workspace) {
    if (file.override) return;
    const effective = effectiveBlocks(file, workspace);
    for (const [i, block] of file.blocks.entries()) {
      if ((block.type !== "variable" && block.type !== "output") || block.broken) continue;
      const lacks = lackOf(effective[i] ?? block);
      if (lacks.length === 0) continue;
      const fix = document(file, block, lacks);
      const message = `${block.type} "${block.labels[0]?.text ?? ""}" has no ${lacks.join(" and no ")}`;
      yield at(block.labels[0] ?? block.head, message, ...(fix ? [fix] : []));
    }
  },
});

function lackOf(block: Block): readonly string[] {
  const description = attributeOf(block, "description")?.value;
  const empty = !description || (description.kind === "literal" && String(description.value ?? "").trim() === "");
  const typed = block.type === "output" || attributeOf(block, "type") !== undefined;
  return [...(empty ? ["description"] : []), ...(typed ? [] : ["type"])];
}

const proposals: Readonly<Record<string, string>> = {
  description: `"${stop(1, "what it is for")}"`,
  type: stop(2, "string"),
};

/** None for a description that is there and says nothing: there is something to be written where it stands. */
function document(file: TerraformFile, block: Block, lacks: readonly string[]): Fix | undefined {
  if (lacks.includes("description") && attributeOf(block, "description")) return undefined;
  const [first, second] = lacks.map((name) => ({ name, value: proposals[name] ?? "" }));
  if (!first) return undefined;
  if (!second) {
    const edits = addArgument(file, block, first.name, first.value);
    return edits && snippet("Describe it", ...edits);
  }
  const lines = [first, second].map(({ name, value }) => `${name.padEnd(11)} = ${value}`);
  const edit = addLines(file, block, "end", lines);
  return edit && snippet("Describe it", edit);
}
