// Images that are built where they run: sources and build tools stay in them.

import {
  buildCommandIn,
  buildCommands,
  buildWords,
  compileCommands,
  compilerPackages,
  removesFolders,
  removesPackages,
} from "../../languages/dockerfile/build-tools.js";
import type { Dockerfile, Instruction, Stage } from "../../languages/dockerfile/model.js";
import { installOf } from "../../languages/dockerfile/packages.js";
import { type Command, commandsOf } from "../../languages/dockerfile/shell.js";
import { at, type Finding, option, rule } from "../../rule.js";

export default rule({
  on: "dockerfile",
  title: "Build in one stage and run in another",
  why: "What a program is built with is of no use when it runs: compilers, sources and caches make the image larger and give an intruder tools. A stage of its own does the build, and the last one copies only the result.",
  severity: "information",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Container Best Practices",
  options: {
    commands: option.strings(buildCommands, "Commands that build a program; other words may stand between theirs"),
    packages: option.strings(compilerPackages, "Packages that are there to compile"),
  },

  *check(file, { commands, packages }) {
    const [stage] = file.stages;
    // Containers to develop in are there for the tools.
    if (!stage || file.stages.length > 1 || file.path.includes("/.devcontainer/")) return;
    const isStarted = stage.instructions.some(startsProgram);
    const found = firstIn(file, stage, buildWords(commands, packages), (all, command) => {
      // What the same layer takes away again, the image does not keep.
      if (all.some(removesPackages)) return undefined;
      const compiles = isStarted && !all.some(removesFolders);
      const build =
        buildCommandIn(command, commands) ?? (compiles ? buildCommandIn(command, compileCommands) : undefined);
      return build === undefined ? isStarted && compilerIn(command, packages) : buildsHere(command, build);
    });
    if (found) yield found;
  },
});

/** Whether an instruction starts more than a shell: an image that does not is a box of tools. */
const startsProgram = ({ name, onbuild, words }: Instruction): boolean =>
  !onbuild &&
  (name === "CMD" || name === "ENTRYPOINT") &&
  !/^(?:\/(?:usr\/)?bin\/)?(?:ba|z|k|a|da)?sh$/.test(words.length === 1 ? (words[0]?.value ?? "") : "");

const buildsHere = ({ words }: Command, build: string): Finding | undefined =>
  words[0] && at(words[0], `"${build}" runs in the only stage: what it builds with stays in the image`);

/** The first finding that a command of a stage gives; `judge` gets it with all commands of its instruction. */
function firstIn(
  file: Dockerfile,
  { instructions }: Stage,
  words: RegExp,
  judge: (all: readonly Command[], command: Command) => Finding | false | undefined,
): Finding | undefined {
  for (const instruction of instructions) {
    const { name, onbuild, span } = instruction;
    if (name !== "RUN" || onbuild || !words.test(file.text.slice(span.start, span.end))) continue;
    const all = commandsOf(file, instruction);
    for (const command of all) {
      const found = judge(all, command);
      if (found) return found;
    }
  }
  return undefined;
}

function compilerIn(command: Command, compilers: readonly string[]): Finding | undefined {
  const found = installOf(command)?.packages.find(({ name }) => compilers.includes(name));
  return found && at(found.word, `"${found.name}" is installed in the only stage and stays in the image`);
}
