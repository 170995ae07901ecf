// Packages that a build installs in whatever version the day brings.

import { installOf, managers } from "../../languages/dockerfile/packages.js";
import { commandsOf } from "../../languages/dockerfile/shell.js";
import { at, option, rule } from "../../rule.js";

export default rule({
  on: "dockerfile",
  title: "Install packages in a fixed version",
  why: "Without a version the same Dockerfile installs something else tomorrow, and a build that fails or behaves differently has no change to blame. A fixed version is raised on purpose, and tested when it is.",
  severity: "information",
  profile: "opt-in",
  phase: 3,
  standard: "Engineer Instructions, Dockerfile Standards",
  alsoKnownAs: [
    ...["hadolint DL3008", "hadolint DL3013", "hadolint DL3016", "hadolint DL3018", "hadolint DL3028"],
    ...["hadolint DL3033", "hadolint DL3037", "hadolint DL3041", "hadolint DL3062", "kics 965a08d7"],
  ],
  options: {
    managers: option.strings(managers, "Package managers whose packages need a version"),
    exempt: option.strings([], "Packages that may go without a version"),
  },

  *check(file, { managers, exempt }) {
    for (const instruction of file.instructions) {
      if (instruction.name !== "RUN") continue;
      for (const command of commandsOf(file, instruction)) {
        const install = installOf(command);
        if (!install || !managers.includes(install.manager)) continue;
        const loose = install.packages.filter(({ name, pinned }) => !pinned && !exempt.includes(name));
        const [first] = loose;
        if (!first) continue;
        const names = loose.slice(0, 3).map(({ name }) => `"${name}"`);
        const more = loose.length > 3 ? ` and ${loose.length - 3} more` : "";
        yield at(first.word, `"${install.called}" names no version for ${names.join(", ")}${more}`);
      }
    }
  },
});
