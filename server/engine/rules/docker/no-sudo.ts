// sudo in a build, which runs as whom USER says.

import { chainOf, type Dockerfile, type Instruction } from "../../languages/dockerfile/model.js";
import { commandsOf, sudoOf } from "../../languages/dockerfile/shell.js";
import { at, rule } from "../../rule.js";

export default rule({
  on: "dockerfile",
  title: "Switch users with USER instead of sudo",
  why: "A user that may call sudo without a password is root by another name, in the build and in every container of the image. USER gives each step the user it needs, and the last one decides who the container runs as.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Role Definition, Quality Standards: Security",
  alsoKnownAs: ["hadolint DL3004", "checkov CKV2_DOCKER_1", "trivy DS-0010", "kics 8ada6e80"],

  *check(file) {
    for (const instruction of file.instructions) {
      if (instruction.name !== "RUN" || !file.text.slice(instruction.span.start, instruction.span.end).includes("sudo"))
        continue;
      const command = commandsOf(file, instruction).find(sudoOf);
      const sudo = command && sudoOf(command);
      if (!sudo) continue;
      const reason = userAt(file, instruction) === "root" ? "although USER is root already" : "whoever USER says";
      yield at(sudo, `sudo decides who runs "${command.program}", ${reason}`);
    }
  },
});

/** Who runs an instruction, as far as a USER above it says. */
function userAt(file: Dockerfile, { stage, span }: Instruction): string | undefined {
  if (!stage) return undefined;
  for (const { instructions } of chainOf(stage)) {
    const user = instructions.findLast((one) => one.name === "USER" && !one.onbuild && one.span.end <= span.start);
    if (user) return file.expand(user.rest.trim(), user).text.replace(/:.*/, "").replace(/^0+$/, "root");
  }
  return undefined;
}
