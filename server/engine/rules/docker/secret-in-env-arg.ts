// Secrets handed to a build in ENV or ARG, where the image or its history keeps them, or to a service in its file.

import {
  type Assignment,
  chainOf,
  type Dockerfile,
  type Instruction,
  type Stage,
} from "../../languages/dockerfile/model.js";
import { at, type Fix, insertAfter, remove, rule, suggest } from "../../rule.js";
import { secretWordIn } from "../../secret-names.js";
import { secretOptions, wordsOf } from "../../secret-options.js";
import { isHarmlessValue, isPlaceholder } from "../../secrets.js";
import { keptWhere } from "./_kept.js";
import { serviceSecrets } from "./_secret-services.js";

export default rule({
  on: ["dockerfile", "compose"],
  title: "Keep secrets out of ENV and ARG",
  why: "ENV is part of the image and ARG of its history: whoever can pull the image can read both, and a later layer cannot take them back. A secret mount gives a RUN the value and leaves nothing behind; at run time the platform hands it in.",
  severity: "error",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Container Best Practices",
  alsoKnownAs: ["hadolint DL3064", "buildkit SecretsUsedInArgOrEnv", "trivy DS-0031", "sonar S6472"],
  options: secretOptions(),

  *check(file, options) {
    const { names } = options;
    const lists = wordsOf(options);
    if ("services" in file) {
      yield* serviceSecrets(file, (name) => secretWordIn(name, lists) !== undefined && !names.includes(name));
      return;
    }
    const stays = new Set(file.final && chainOf(file.final));
    const users = usersOf(file);
    for (const instruction of file.instructions) {
      const { name, stage } = instruction;
      if (name !== "ENV" && name !== "ARG") continue;
      for (const assignment of instruction.assignments) {
        if (!secretWordIn(assignment.name, lists) || names.includes(assignment.name)) continue;
        if (name === "ENV" ? !storesSecret(file, instruction, assignment) : isSafeArg(file, instruction, assignment))
          continue;
        const kept = keptWhere(instruction, stage !== undefined && stays.has(stage));
        const fixes = mountFix(file, instruction, assignment, users);
        yield at(assignment.nameSpan, `"${assignment.name}" looks like a secret: ${kept}`, ...fixes);
      }
    }
  },
});

/** Whether ENV gets a value that could be a secret; one that comes from an ARG is whatever the build is given. */
function storesSecret(file: Dockerfile, instruction: Instruction, { raw }: Assignment): boolean {
  if (raw === undefined) return false;
  const { text, known } = file.expand(raw, instruction);
  if (known) return !isHarmlessValue(text) && !isPlaceholder(text);
  return [...raw.matchAll(/\$\{?(\w+)/g)].some(([, name]) => name !== undefined && isArg(instruction, name));
}

const isArg = ({ stage, span }: Instruction, name: string): boolean =>
  stage?.instructions.some(
    (other) =>
      other.name === "ARG" && other.span.end <= span.start && other.assignments.some((one) => one.name === name),
  ) ?? false;

/** An ARG's default can show that no secret is meant; one before the first FROM is judged where a stage takes it over. */
function isSafeArg(file: Dockerfile, instruction: Instruction, { name, raw, value }: Assignment): boolean {
  if (raw !== undefined && value !== undefined && value !== "" && isHarmlessValue(file.expand(raw, instruction).text))
    return true;
  if (instruction.stage || (value !== undefined && value !== "" && !isPlaceholder(value))) return false;
  return file.instructions.some(
    (other) => other.stage && other.name === "ARG" && other.assignments.some((one) => one.name === name),
  );
}

/** The instructions of a stage that use a variable. */
type Users = (stage: Stage, variable: string) => readonly Instruction[];

/** Reads every instruction at most once, however many variables are asked for. */
function usersOf({ text }: Dockerfile): Users {
  const known = new Map<Stage, Map<string, Set<Instruction>>>();
  return (stage, variable) => {
    const byName = known.get(stage) ?? new Map<string, Set<Instruction>>();
    if (!known.has(stage)) {
      known.set(stage, byName);
      for (const instruction of stage.instructions)
        for (const [, name = ""] of text.slice(instruction.span.start, instruction.span.end).matchAll(/\$\{?(\w+)/g))
          byName.set(name, (byName.get(name) ?? new Set()).add(instruction));
    }
    return [...(byName.get(variable) ?? [])];
  };
}

/** Hands the value to the RUN instructions that use it, where nothing else does. */
function mountFix(
  { text }: Dockerfile,
  { name, stage, assignments, span, onbuild }: Instruction,
  { name: variable }: Assignment,
  usersIn: Users,
): readonly Fix[] {
  if (name !== "ARG" || !stage || onbuild || assignments.length !== 1) return [];
  const users = usersIn(stage, variable);
  if (users.length === 0 || users.some((user) => user.name !== "RUN" || user.onbuild)) return [];
  const mounts = users.map(({ keyword }) =>
    insertAfter(keyword, ` --mount=type=secret,id=${variable},env=${variable}`),
  );
  const lineEnd = /[ \t]*\r?\n/y;
  lineEnd.lastIndex = span.end;
  const end = lineEnd.test(text) ? lineEnd.lastIndex : span.end;
  return [suggest(`Mount "${variable}" as a secret instead`, remove({ start: span.start, end }), ...mounts)];
}
