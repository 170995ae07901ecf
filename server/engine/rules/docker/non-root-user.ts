// Final images that run as the superuser, by their own word, by that of a stage below, or because nobody says otherwise.

import { startOf, suggestedUser } from "../../languages/dockerfile/bases.js";
import {
  chainOf,
  type Dockerfile,
  type EffectiveUser,
  finalStageTitle,
  type Instruction,
  type Stage,
  stageTitle,
} from "../../languages/dockerfile/model.js";
import { stepDownCommands, stepDownsIn } from "../../languages/dockerfile/user.js";
import {
  at,
  type Finding,
  type Fix,
  insertAt,
  option,
  type Place,
  replace,
  resolved,
  rule,
  suggest,
} from "../../rule.js";
import { lineEnd } from "../../text.js";
import { rootServices } from "./_root-services.js";

export default rule({
  on: ["dockerfile", "compose"],
  title: "Run containers as another user than root",
  why: "Root in a container is root on the host as soon as an attacker gets out of it, and inside it may change every file and install anything. Processes that have no need of it lose nothing under a user of their own.",
  severity: "error",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Container Best Practices",
  alsoKnownAs: [
    "hadolint DL3002",
    "checkov CKV_DOCKER_3",
    "checkov CKV_DOCKER_8",
    "trivy DS-0002",
    "kics 67fd0c4a",
    "kics fd54f200",
    "sonar S6471",
  ],
  options: {
    nonRootImages: option.strings([], "Further images that start as another user; * stands for any characters"),
    stepDownCommands: option.strings(stepDownCommands, "Commands by which an image that starts as root gives it up"),
  },

  *check(file, { nonRootImages, stepDownCommands }, workspace) {
    if ("services" in file) {
      yield* rootServices(file, { nonRootImages, stepDownCommands }, workspace);
      return;
    }
    const { final, user } = file;
    if (!final || !user) return;
    // An image for other builds is not run itself, and who steps down on start needs root until then.
    if (final.instructions.some(({ onbuild }) => onbuild)) return;
    if (stepDownsIn(file.text, final, stepDownCommands).length > 0) return;
    if (user.root === true && user.instruction) yield rootByUser(file, final, user, user.instruction);
    else if (!user.instruction) yield* rootByBase(file, final, user.stage, nonRootImages);
  },
});

function rootByUser(file: Dockerfile, final: Stage, user: EffectiveUser, instruction: Instruction): Finding {
  const title = finalStageTitle(file);
  if (user.stage !== final) {
    const message = `${title} runs as root: user from ${stageTitle(user.stage)}`;
    const origin = resolved(`${title}, user from ${stageTitle(user.stage)}: ${user.name}`);
    return at(final.baseWord ?? final.from.keyword, message, setUser(file, final), origin);
  }
  const place = nameOf(instruction, user, file.text);
  const written = instruction.words[0]?.value ?? "";
  const plain = instruction.rest.startsWith(user.name) || !written.includes("$");
  const message = plain ? `${title} runs as root` : `${title} runs as root: "${written}" is "${user.name}"`;
  const behind = final.instructions.slice(final.instructions.indexOf(instruction) + 1);
  const origin = resolved(`${title}, user from ${plain ? "its last USER" : `"${written}"`}: ${user.name}`);
  return at(place, message, behind.some(needsUser) ? setUser(file, final) : switchUser(place, final), origin);
}

/** Whether what an instruction does depends on the user that holds there. */
const needsUser = ({ name }: Instruction): boolean => ["RUN", "COPY", "ADD", "WORKDIR", "USER"].includes(name);

function* rootByBase(
  file: Dockerfile,
  final: Stage,
  bottom: Stage,
  nonRootImages: readonly string[],
): Generator<Finding> {
  const title = finalStageTitle(file);
  const place = final.baseWord ?? final.from.keyword;
  if (bottom.base.kind === "scratch") {
    // Without a command it only carries files to other images.
    if (!chainOf(final).some(({ instructions }) => instructions.some(starts))) return;
    yield at(place, `${title} runs as root: no USER is set on "scratch"`, "information", setUser(file, final));
  }
  if (bottom.base.kind !== "image") return;
  const name = `"${bottom.base.image.text}"`;
  const start = startOf(bottom.base.image, nonRootImages);
  const from = bottom === final ? name : `${name} under ${stageTitle(bottom)}`;
  const origin = resolved(`${title}, user from ${from}: ${start === "root" ? "root" : "not known"}`);
  if (start === "root")
    yield at(place, `${title} runs as root: no USER is set, and ${name} starts as root`, setUser(file, final), origin);
  else if (start === "unlisted") {
    const message = `no USER is set, and ${name} is not known to start as another user than root`;
    yield at(place, message, "warning", setUser(file, final), origin);
  }
}

const starts = ({ name }: Instruction): boolean => name === "CMD" || name === "ENTRYPOINT";

/** The name alone where it is written out, without the group. */
function nameOf({ words, keyword }: Instruction, { name }: EffectiveUser, text: string): Place {
  const [word] = words;
  if (!word) return keyword;
  const start = text.indexOf(name, word.span.start);
  return word.value.startsWith(name) && start >= 0 && start < word.span.end
    ? { start, end: start + name.length }
    : word;
}

function userFor(final: Stage): string {
  const bottom = chainOf(final).at(-1)?.base;
  return suggestedUser(bottom?.kind === "image" ? bottom.image : undefined);
}

function switchUser(place: Place, final: Stage): Fix {
  const user = userFor(final);
  return suggest(`Run as "${user}"`, replace(place, user));
}

/** Sets a user where nothing but the start of the container follows. */
function setUser({ text }: Dockerfile, final: Stage): Fix {
  const user = userFor(final);
  const { instructions } = final;
  const tail = instructions.slice(instructions.findLastIndex(needsUser) + 1);
  const start = tail.find(starts);
  const last = instructions.at(-1) ?? final.from;
  const edit = start
    ? insertAt(start.span.start, `USER ${user}${lineEnd(text)}`)
    : insertAt(last.span.end, `${lineEnd(text)}USER ${user}`);
  return suggest(`Run as "${user}"`, edit);
}
