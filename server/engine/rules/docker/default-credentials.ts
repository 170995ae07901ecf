// Passwords that everybody knows: in variables under a password's name, and handed to chpasswd or passwd.

import type { Dockerfile, Instruction } from "../../languages/dockerfile/model.js";
import { type Command, commandsOf, type ShellWord } from "../../languages/dockerfile/shell.js";
import { at, type Finding, option, rule } from "../../rule.js";
import { type SecretWords, secretWordIn, secretWords } from "../../secret-names.js";
import { isDefaultCredential } from "../../secrets.js";

/** Only words for passwords: a "secret" of "test" may be a setting of a build. */
const passwordWords: SecretWords = {
  ...secretWords,
  secret: ["password", "passwords", "passwd", "passphrase", "pword", "root pass", "user pass", "admin pass", "db pass"],
  secretLast: ["pass", "pwd"],
};

export default rule({
  on: "dockerfile",
  title: "Set no default credentials",
  why: "Default passwords are the first that scanners and worms try, and one that is baked in is the same in every container of the image. Without a default the service refuses to start until somebody sets a real one.",
  severity: "error",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Infrastructure Security",
  alsoKnownAs: ["checkov CKV2_DOCKER_17"],
  options: { values: option.strings([], "Further passwords that count as default ones") },

  *check(file, { values }) {
    for (const instruction of file.instructions) {
      if (instruction.name === "RUN") yield* passwordsSet(file, instruction);
      else if (instruction.name === "ENV" || instruction.name === "ARG") yield* variables(file, instruction, values);
    }
  },
});

function* variables(file: Dockerfile, instruction: Instruction, values: readonly string[]): Generator<Finding> {
  for (const { name, raw, span } of instruction.assignments) {
    if (raw === undefined || secretWordIn(name, passwordWords) === undefined) continue;
    const { text, known, used } = file.expand(raw, instruction);
    // The default of an ARG is told where it stands.
    if (!known || used.length > 0 || !isDefaultCredential(text, values)) continue;
    yield at(span, `"${name}" is set to "${text}", a default password`);
  }
}

/** `echo user:pass | chpasswd`, and a password that is piped to passwd. */
function* passwordsSet(file: Dockerfile, instruction: Instruction): Generator<Finding> {
  if (!file.text.slice(instruction.span.start, instruction.span.end).includes("passwd")) return;
  for (const command of commandsOf(file, instruction)) {
    const { program, words } = command;
    // What is encrypted already is not known to be a default.
    if (program === "chpasswd" && !words.some(({ value }) => /^-(?:e$|-encrypted$)/.test(value))) {
      for (const word of fedTo(command)) {
        const user = /^([\w.-]+):[^*!]/.exec(word.value)?.[1];
        if (user !== undefined) yield at(word, `the password of "${user}" is part of the image`);
      }
    } else if (program === "passwd") {
      const user = words.slice(1).findLast(({ value }) => !value.startsWith("-"))?.value ?? "root";
      const [word] = fedTo(command);
      if (word) yield at(word, `the password of "${user}" is part of the image`);
    }
  }
}

/** The literal texts that a command reads: from echo or printf before it, from a heredoc or a here-string. */
function fedTo({ input, fed }: Command): readonly ShellWord[] {
  const piped = input && /^(?:echo|printf)$/.test(input.program) ? input.words.slice(1) : [];
  const texts = piped.filter(({ value }) => !/^-[neE]+$|^(?:%s(?:\\n)?)+$/.test(value));
  return [...texts, ...fed].filter(({ literal, value }) => literal && value.trim() !== "");
}
