// Flags, settings and variables by which a program no longer checks who it talks to.

import { commandsOf } from "../../languages/dockerfile/shell.js";
import { insecureFlag, insecureVariable } from "../../languages/dockerfile/tls.js";
import { at, option, rule } from "../../rule.js";

export default rule({
  on: "dockerfile",
  title: "Leave the verification of certificates on",
  why: "Without verification anybody on the way may answer in the server's place, and what is downloaded in a build ends up in every container. An authority of your own belongs into the trust store; then nothing has to be turned off.",
  severity: "warning",
  profile: "strict",
  phase: 3,
  standard: "Engineer Instructions, Infrastructure Security",
  alsoKnownAs: [
    ...["checkov CKV2_DOCKER_2", "checkov CKV2_DOCKER_3", "checkov CKV2_DOCKER_4", "checkov CKV2_DOCKER_5"],
    ...["checkov CKV2_DOCKER_6", "checkov CKV2_DOCKER_12", "checkov CKV2_DOCKER_13", "checkov CKV2_DOCKER_14"],
    ...["checkov CKV2_DOCKER_15", "checkov CKV2_DOCKER_16", "sonar S5332"],
  ],
  options: { hosts: option.strings(["localhost", "127.0.0.1", "::1"], "Hosts that need no verification") },

  *check(file, { hosts }) {
    for (const instruction of file.instructions) {
      for (const { name, raw, span } of instruction.name === "LABEL" ? [] : instruction.assignments) {
        if (raw === undefined) continue;
        const { text, known } = file.expand(raw, instruction);
        if (known && insecureVariable(name, text))
          yield at(span, `"${name}" set to "${text}" turns the verification of certificates off`);
      }
      if (!hints.test(file.text.slice(instruction.span.start, instruction.span.end))) continue;
      for (const command of commandsOf(file, instruction)) {
        const found = insecureFlag(command, hosts);
        if (!found) continue;
        const what = found.program === undefined ? `"${found.word.value}"` : `"${found.program} ${found.word.value}"`;
        yield at(found.word, `${what} turns the verification of certificates off`);
      }
    }
  },
});

/** One of these is in all that turns verification off; texts without need not be read as commands. */
const hints = /[\s"']-\w*k|insecure|check-cert|trusted-host|strict|verif|tls|https?verify/i;
