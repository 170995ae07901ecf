// Production and what is tried before it do not share one state.

import { addressOf, type Block, type TerraformFile } from "../../languages/terraform/model.js";
import { at, option, rule } from "../../rule.js";
import { wordsOf } from "../../secret-names.js";
import { contentsIn, isRoot } from "./_module.js";

export default rule({
  on: "terraform",
  title: "Keep environments in states of their own",
  why: "One root module has one state and one plan: a change that was meant for staging can take production with it, and whoever may try something out holds the rights to break everything. Folders or workspaces keep them apart.",
  severity: "hint",
  profile: "opt-in",
  phase: 2,
  standard: "Engineer Instructions, Terraform Specific",
  options: {
    production: option.strings(["prod", "production", "prd"], "Words that name production"),
    others: option.strings(
      ["staging", "stage", "stg", "preprod", "uat", "dev", "development"],
      "Words that name the environments before it",
    ),
  },

  *check(file, { production, others }, workspace) {
    if (file.kind !== "configuration" || file.override || !isRoot(workspace, file.folder)) return;
    const contents = contentsIn(workspace, file.folder);
    if (!contents || contents.some(({ workspaces }) => workspaces)) return;
    const inProduction = named(file, production);
    const before = named(file, others);
    if (!inProduction || !before) return;
    const [place] = before.labels.slice(-1);
    yield at(
      place ?? before,
      `"${addressOf(before)}" shares a root module, and so a state, with "${addressOf(inProduction)}"`,
    );
  },
});

/** The first resource or module call that an environment's word names. */
const named = ({ blocks }: TerraformFile, words: readonly string[]): Block | undefined =>
  blocks.find(
    ({ type, labels }) =>
      (type === "resource" || type === "module") &&
      wordsOf(labels.at(-1)?.text ?? "").some((word) => words.includes(word)),
  );
