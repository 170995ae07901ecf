// A module that others call says in a README what it is for.

import { isCalled, isExample } from "../../languages/terraform/module.js";
import { at, create, rule } from "../../rule.js";
import { nameOfFolder, placeIn, speaksFor } from "./_module.js";

const names = "README.md, README, Readme.md, readme.md, README.markdown, README.rst, README.adoc, README.txt".split(
  ", ",
);

export default rule({
  on: "terraform",
  title: "Give each module a README",
  why: "Who wants to use a module reads its README first; without one, the next person reads all its code, or writes a module of the same kind anew. A purpose and an example of a call are enough.",
  severity: "information",
  profile: "strict",
  phase: 2,
  standard: "Role Definition, Infrastructure as Code",

  *check(file, _options, workspace) {
    const { folder } = file;
    if (!speaksFor(file, workspace) || !isCalled(workspace, folder) || isExample(workspace, folder)) return;
    if (names.some((name) => workspace.exists(`${folder}/${name}`))) return;
    const name = nameOfFolder(folder);
    yield at(
      placeIn(file),
      `module "${name}" has no README`,
      create("Create a README.md", { path: `${folder}/README.md`, text: skeleton(name) }),
    );
  },
});

const skeleton = (name: string): string =>
  `# ${name}\n\nWhat this module creates, and when to use it.\n\n## Usage\n\n\`\`\`terraform\nmodule "${name}" {\n  source = "./${name}"\n}\n\`\`\`\n\n## Inputs and outputs\n\nSee the descriptions of the variables and outputs.\n`;
