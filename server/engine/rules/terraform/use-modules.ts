// A root module that grows large without calling any module.

import { at, option, rule } from "../../rule.js";
import { contentsIn, isRoot, placeIn, speaksFor } from "./_module.js";

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

export default rule({
  on: "terraform",
  title: "Build large configurations from modules",
  why: "Resources that always come together are copied for the next environment or team, and then mended in one place only. A module gives them a name, inputs and a version, so that all users get the same thing.",
  severity: "hint",
  profile: "opt-in",
  phase: 2,
  standard: "Engineer Instructions, General Principles",
  options: { resources: option.number(20, "How many resources a root module may have without calling a module") },

  *check(file, { resources: most }, workspace) {
    if (!speaksFor(file, workspace) || !isRoot(workspace, file.folder)) return;
    const contents = contentsIn(workspace, file.folder) ?? [];
    const resources = sum(contents.map((one) => one.resources));
    if (resources <= most || contents.some(({ modules }) => modules > 0)) return;
    const where = contents.length === 1 ? "1 file" : `${contents.length} files`;
    yield at(placeIn(file), `this root module has ${resources} resources in ${where} and calls no module`);
  },
});
