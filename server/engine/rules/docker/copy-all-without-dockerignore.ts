// A whole folder copied into the image with nothing that says what to leave out.

import { chainOf, type Dockerfile, type Instruction } from "../../languages/dockerfile/model.js";
import { at, create, rule, type Workspace } from "../../rule.js";
import { dockerignoreFor } from "./_dockerignore.js";

export default rule({
  on: "dockerfile",
  title: "Keep a .dockerignore where whole folders are copied",
  why: 'What lies in the folder of a build on the day of the build ends up in the image: ".git" with its history, ".env" files, what was installed for the developer\'s own system. A ".dockerignore" leaves it out, and builds get faster.',
  severity: "information",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Container Best Practices",
  alsoKnownAs: ["sonar S6470"],

  *check(file, _options, workspace) {
    const copy = file.final && chainOf(file.final).flatMap(({ instructions }) => instructions.filter(copiesAll))[0];
    if (!copy) return;
    const folders = contextsOf(file, workspace);
    const [first] = folders;
    if (first === undefined || workspace.exists(`${file.path}.dockerignore`)) return;
    if (folders.some((folder) => workspace.exists(`${folder}/.dockerignore`))) return;
    const source = copy.words[0] ?? copy.keyword;
    yield at(
      source,
      `${copy.name} takes the whole folder, and no ".dockerignore" leaves anything out`,
      create("Create a .dockerignore", { path: `${first}/.dockerignore`, text: dockerignoreFor(file) }),
    );
  },
});

const copiesAll = ({ name, onbuild, flags, words }: Instruction): boolean =>
  (name === "COPY" || name === "ADD") &&
  !onbuild &&
  !flags.some((flag) => flag.name === "from" || flag.name === "exclude") &&
  words.length > 1 &&
  words.slice(0, -1).some(({ value }) => /^(?:\.?\/*|\.\/\.|\*|\.\/\*)$/.test(value));

/**
 * The folders that a build of the file may be given: those that Compose files name or, where none does, its own and all
 * above it, nearest first.
 */
function contextsOf({ path }: Dockerfile, workspace: Workspace): readonly string[] {
  const named = workspace.facts("compose.build", path).map(({ context }) => context);
  if (named.length > 0) return [...new Set(named)];
  const folders: string[] = [];
  for (let end = path.lastIndexOf("/"); end >= 0; end = path.lastIndexOf("/", end - 1)) {
    folders.push(path.slice(0, end));
    if (end === 0) break;
  }
  return folders;
}
