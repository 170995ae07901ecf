// What commands say about a job: by `command-roles.ts`, and by the names of the project's own scripts and targets.

import { type CommandGroup, commandGroups, runners, takeDown, throwaway, wrappers } from "./command-roles.js";
import type { Command, Evidence, Tier, Unseen } from "./model.js";
import { harmlessWords, infrastructureWords, preparingWords, takeDownWords, tierWords } from "./name-roles.js";
import { rolesOfName, tierOfName, wordsOf } from "./names.js";
import { noOwnRoles, type OwnRoles } from "./own-roles.js";
import { matches, type Patterns, patternsOf, positionOf, programOf } from "./patterns.js";

/** What the command does, each role once; what the team says of it goes first. Nothing for one that tells nothing. */
export function evidenceOfCommand(command: Command, own: OwnRoles = noOwnRoles): readonly (Evidence | Unseen)[] {
  const known = read.get(command) ?? readCommand(command, own);
  read.set(command, known);
  return known;
}

// The model asks, and several rules after it; a command is read once.
const read = new WeakMap<Command, readonly (Evidence | Unseen)[]>();

function readCommand(command: Command, own: OwnRoles): readonly (Evidence | Unseen)[] {
  // A parameter in the place of the program may be any of them.
  if (openProgram.test(command.words[0] ?? ""))
    return [{ role: "unseen", text: shorten(command.text), span: command.span }];
  let found: readonly (Evidence | Unseen)[] = [];
  for (const words of readings(command.words, own)) {
    const said = own.ofCommand(words, shorten(command.text), command.span);
    if (said.length > 0) return said;
    const known = evidenceOfWords(command, words);
    if (known.some(({ weak }) => !weak)) return known;
    const targets = targetsOf(words);
    const more = targets.flatMap((target) => evidenceOfTarget(command, target, words, targets.length === 1));
    if (more.length > 0) return more;
    if (found.length === 0) found = known;
  }
  return found;
}

/** `${{ parameters.command }}` of Azure Pipelines, `${{ inputs.command }}` of GitHub, `<< parameters.command >>` of CircleCI. */
const openProgram = /^(?:\$\{\{\s*(?:parameters|inputs|matrix)\.|<<\s*(?:parameters|matrix)\.)/;

/** Whether the command gives the job a cluster or cloud of its own, to be thrown away after it. */
export const isThrowaway = ({ words }: Command): boolean => matchesAny(throwaways(), words);

/** Whether the command takes down a whole environment. */
export const isTakeDown = ({ words }: Command): boolean => matchesAny(takeDowns(), words);

function evidenceOfWords(command: Command, words: readonly string[]): readonly Evidence[] {
  const found: Evidence[] = [];
  for (const { value, pattern } of catalogue().of(words[0] ?? "")) {
    if ((value.weak && found.length > 0) || found.some(({ role }) => role === value.role)) continue;
    if (matches(pattern, words)) found.push(toEvidence(command, value, value.tier ?? tierOfArguments(words)));
  }
  return found;
}

type Kind = Pick<CommandGroup, "role" | "weak" | "infrastructure">;

function toEvidence({ text, span }: Command, { role, weak, infrastructure }: Kind, tier: Tier | undefined): Evidence {
  return {
    role,
    text: shorten(text),
    by: "command",
    span,
    ...(weak && { weak }),
    ...(role === "deploy" && tier && { tier }),
    ...(infrastructure && { infrastructure }),
  };
}

/** A script or target of the project: its name tells what it does; if it does not, anything may be done there. */
function evidenceOfTarget(
  command: Command,
  target: string,
  words: readonly string[],
  alone: boolean,
): readonly (Evidence | Unseen)[] {
  const own = wordsOf(target);
  if (/^(?:source|\.)$/.test(words[0] ?? "") && own.some((word) => settingWords.has(word))) return [];
  const prepares = preparingWords.has(own[0] ?? "") || preparingWords.has(own.at(-1) ?? "");
  const roles = rolesOfName(target, alone ? "all" : "clear").filter((role) => !prepares || role === "build");
  if (roles.length > 0) {
    const tier = tierOfName(target) ?? tierOfArguments(words);
    const infrastructure = own.some((word) => infrastructureWords.has(word));
    return roles.map((role) => toEvidence(command, { role, ...(infrastructure && { infrastructure }) }, tier));
  }
  const harmless =
    prepares || own.some((word) => harmlessWords.has(word) || takeDownWords.has(word) || tierWords.has(word));
  return harmless || !alone ? [] : [{ role: "unseen", text: shorten(command.text), span: command.span }];
}

/** What a script that is read into the shell has in its name where it only sets variables or functions. */
const settingWords: ReadonlySet<string> = new Set(
  "variable variables vars env environment settings config functions function lib library utils common defaults".split(
    " ",
  ),
);

/** A command as messages show it. One with parameters keeps more: what calls the template may fill them in. */
export const shorten = (text: string): string => {
  const most = text.includes("${{ parameters.") ? 300 : 60;
  return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
};

/** The tier that the arguments of a command name; `--stage prod` and `-n staging` count, `--stage` itself does not. */
function tierOfArguments(words: readonly string[]): Tier | undefined {
  const values = words.slice(1).map((word) => (word.startsWith("-") ? word.replace(/^-+[^=]*=?/, "") : word));
  const tier = tierOfName(values.filter((value) => value.length < 200).join(" "));
  return tier ?? (words.some((word) => /^--prod(?:uction)?$/.test(word)) ? "production" : undefined);
}

/** The command itself, and what it runs if it is there to run others: `npx jest`, `docker run image npm test`. */
function readings(words: readonly string[], { knows }: OwnRoles): readonly (readonly string[])[] {
  const own = normal(words);
  if (!isWrapper(own)) return [own];
  const result = [own];
  for (let i = 1; i < Math.min(words.length, 40); i++) {
    const word = words[i] ?? "";
    if (installWords.test(word)) break;
    if (word.startsWith("-")) continue;
    // `bash -c "cd app && npm test"` holds commands in one word.
    if (word.includes(" "))
      result.push(...word.split(/\s*(?:&&|\|\||;|\||\n)\s*/).map((part) => normal(part.split(/\s+/))));
    else if (catalogue().of(programOf(word)).length > 0 || knows(programOf(word))) result.push(normal(words.slice(i)));
  }
  return result;
}

/** What comes behind these words is a package, not a program. */
const installWords = /^(?:i|install|add|ci|pull|remove|uninstall|update|upgrade|sync|create|init|get)$/;

/** Wrappers that only run another program by these words, and do other things without them. */
const runningWords = /^(?:run|exec|x|dlx|debug)$/;
const needsRunningWord =
  /^(?:docker|docker-compose|podman|nerdctl|kubectl|oc|npm|bundle|composer|poetry|pipenv|uv|hatch|pdm|rye|conda|mamba)$/;

function isWrapper([program = "", ...args]: readonly string[]): boolean {
  if (!wrappers.has(program)) return false;
  return !needsRunningWord.test(program) || args.slice(0, 7).some((word) => runningWords.test(word));
}

function normal(words: readonly string[]): readonly string[] {
  const program = programOf(words[0] ?? "");
  return program === words[0] ? words : [program, ...words.slice(1)];
}

/** The names of the project's own scripts or targets that the words run. */
function targetsOf(words: readonly string[]): readonly string[] {
  const program = words[0] ?? "";
  for (const subcommands of runnersByProgram().get(program) ?? []) {
    let at = 1;
    for (const word of subcommands) if (at > 0) at = positionOf((one) => one === word, words, at, false) + 1;
    if (at === 0) continue;
    const rest = words.slice(at).filter((word) => !/^[-+]|=/.test(word));
    const named = subcommands[0] === "workspace" ? rest.slice(1) : rest;
    if (subcommands.length === 0 && packageCommand.test(named[0] ?? "")) return [];
    return severalTargets.test(program) ? named : named.slice(0, 1);
  }
  if (interpreter.test(program)) return scriptsIn(words);
  return scriptEnding.test(program) ? [program.replace(scriptEnding, "")] : [];
}

/** The script that an interpreter is given, without its folder and ending. */
function scriptsIn(words: readonly string[]): readonly string[] {
  const script = words.slice(1).find((word) => !word.startsWith("-"));
  if (!script || script.startsWith("/dev/") || /\s/.test(script)) return [];
  if (!scriptEnding.test(script) && !script.includes("/")) return [];
  return [script.slice(script.lastIndexOf("/") + 1).replace(scriptEnding, "")];
}

const scriptEnding = /\.(?:sh|bash|zsh|py|rb|js|mjs|ts|ps1|pl|php|bat|cmd)$/i;
const interpreter =
  /^(?:bash|sh|zsh|dash|ksh|pwsh|powershell|python\d?(?:\.\d+)?|node|ruby|perl|php|tsx|ts-node|source|\.)$/;

/** Runners that take several targets; others take one and its arguments. */
const severalTargets =
  /^(?:g?make|mingw32-make|ninja|rake|just|task|turbo|nx|lerna|rush|moon|run-[sp]|npm-run-all|ant|gulp|grunt)$/;

/** Own commands of package managers, which are no scripts of the project. */
const packageCommand =
  /^(?:i|install|add|remove|ci|exec|dlx|x|create|init|login|logout|cache|config|set|global|link|pack|version|why|up|update|upgrade|import|info|fetch|store|workspaces|dump-autoload|require|self-update|show|node|corepack|prune|dedupe|audit|outdated|list|ls|rebuild|tsc|ts-node|tsx)$/;

// The catalogue is read once, when it is first asked for.

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

const catalogue = once(() =>
  patternsOf(commandGroups.map((group) => ({ patterns: group.patterns.split(","), value: group }))),
);
const throwaways = once(() => patternsOf([{ patterns: throwaway.split(","), value: true }]));
const takeDowns = once(() => patternsOf([{ patterns: takeDown.split(","), value: true }]));

const matchesAny = (patterns: Patterns<boolean>, words: readonly string[]): boolean => {
  const own = normal(words);
  return patterns.of(own[0] ?? "").some(({ pattern }) => matches(pattern, own));
};

/** The words behind a program that make it run a target: `npm run`, `yarn` alone. */
const runnersByProgram = once(() => {
  const programs = new Map<string, (readonly string[])[]>();
  for (const runner of runners) {
    const [program = "", subcommand] = runner.split(" ");
    const ways = subcommand?.split("|").map((word) => [word]) ?? [[]];
    programs.set(program, [...(programs.get(program) ?? []), ...ways]);
  }
  return programs;
});
