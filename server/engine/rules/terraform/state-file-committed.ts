// State, plans and crash logs lie beside the configuration and stay out of Git.

import { isVersioned } from "../../gitignore.js";
import { resolveFolder } from "../../languages/terraform/facts.js";
import { attributeOf, literalString, type TerraformFile } from "../../languages/terraform/model.js";
import { at, create, type Fix, option, rule, type Workspace } from "../../rule.js";
import { placeIn, speaksFor } from "./_module.js";

// What Terraform and OpenTofu write by themselves, then the names that their manuals and most pipelines give to plans.
const written =
  "terraform.tfstate, terraform.tfstate.backup, errored.tfstate, .terraform.tfstate.lock.info, crash.log, tfplan, terraform.tfplan, plan.tfplan, tf.plan, plan.out, tfplan.out, tfplan.binary, plan.binary, tfplan.json";

const environments = ["dev", "test", "staging", "stage", "prod", "production"];

export default rule({
  on: "terraform",
  title: "Keep state and plans out of the repository",
  why: "State and plans hold passwords and keys in plain text, and Git keeps them for ever. A state in Git is also out of date with the next apply: whoever pulls late changes the infrastructure from an old picture of it.",
  severity: "error",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, General Principles",
  options: {
    names: option.strings(written.split(", "), "Names of files that do not belong into Git, looked for in each module"),
    workspaces: option.strings(environments, "Workspaces whose state files are looked for, too"),
  },

  *check(file, { names, workspaces }, workspace) {
    if (!speaksFor(file, workspace)) return;
    const states = workspaces.flatMap((name) => [`${name}.tfstate`, `terraform.tfstate.d/${name}/terraform.tfstate`]);
    const wanted = [...new Set([...names, ...states, ...backendPaths(file)])];
    const found = wanted.filter((name) => isVersioned(workspace, resolveFolder(file.folder, name)));
    if (found.length === 0) return;
    const [lie, them] = found.length > 1 ? ["lie", "them"] : ["lies", "it"];
    const message = `${found.map((name) => `"${name}"`).join(", ")} ${lie} in the repository, and no .gitignore keeps ${them} out`;
    yield at(placeIn(file), message, ...ignoring(file.folder, found, workspace));
  },
});

/** Where a local backend keeps the state, seen from the module's folder. */
const backendPaths = ({ blocks }: TerraformFile): readonly string[] =>
  blocks
    .filter(({ type }) => type === "terraform")
    .flatMap((settings) => settings.blocks)
    .filter(({ type, labels }) => type === "backend" && labels[0]?.text === "local")
    .flatMap((backend) => literalString(attributeOf(backend, "path")?.value) ?? [])
    .filter((path) => path !== "" && !path.startsWith("/"));

const patterns = ["*.tfstate", "*.tfstate.*", "crash.log", "crash.*.log", "*tfplan*", ".terraform/"];

/** Only where there is no list yet, for one that exists is its owner's, and where it would reach the files. */
function ignoring(folder: string, found: readonly string[], workspace: Workspace): readonly Fix[] {
  const path = `${folder}/.gitignore`;
  if (workspace.exists(path) || found.some((name) => name.startsWith(".."))) return [];
  const others = found.filter((name) => !/\.tfstate|tfplan|^crash\.log$/.test(name));
  const lines = [
    "# State and plans hold secrets; git rm --cached takes out what is already in.",
    ...patterns,
    ...others,
  ];
  return [create("Create a .gitignore for what Terraform writes", { path, text: `${lines.join("\n")}\n` })];
}
