// Who an image runs as: the nearest USER down the chain of stages, with ONBUILD and variables put in.

import { chainOf, type EffectiveUser, type Instruction, type Stage } from "./model.js";
import type { Scopes } from "./scopes.js";

/** The user of a stage's image; without any USER in the chain the base decides, which only a table can know. */
export function effectiveUser(stage: Stage, scopes: Scopes): EffectiveUser {
  const chain = chainOf(stage);
  for (const [i, link] of chain.entries()) {
    const above = chain[i - 1];
    // What ONBUILD defers in a stage runs first in the one on top of it.
    const deferred = above && lastUser(link, true);
    const instruction = deferred ?? lastUser(link, false);
    if (instruction) return toUser(instruction, link, scopes);
  }
  const bottom = chain.at(-1) ?? stage;
  return { instruction: undefined, stage: bottom, name: "", root: "unknown" };
}

const lastUser = (stage: Stage, onbuild: boolean): Instruction | undefined =>
  stage.instructions.findLast((one) => one.name === "USER" && one.onbuild === onbuild && one.words.length > 0);

function toUser(instruction: Instruction, stage: Stage, scopes: Scopes): EffectiveUser {
  const { text, known } = scopes.expand(instruction.rest.trim(), instruction);
  const colon = nameEnd(text);
  const name = text.slice(0, colon);
  const certain = known || !/\$/.test(name);
  return { instruction, stage, name, root: certain && name !== "" ? isRoot(name) : "unknown" };
}

/** Commands by which an image that starts as root gives it up. */
export const stepDownCommands: readonly string[] = ["gosu", "su-exec", "setpriv", "s6-setuidgid", "chpst", "runuser"];

/** Those of `commands` that a stage or one below it names anywhere: installed, copied in, or run. */
export function stepDownsIn(text: string, stage: Stage, commands: readonly string[]): readonly string[] {
  const command = commands.length === 0 ? undefined : wordsIn(commands);
  if (!command || text.search(command) === -1) return [];
  const found = chainOf(stage).flatMap(({ instructions }) =>
    instructions.flatMap(({ span }) => text.slice(span.start, span.end).match(command) ?? []),
  );
  return [...new Set(found)];
}

/** Made once for a list: the same ones are asked about every file. */
const searches = new WeakMap<readonly string[], RegExp>();

function wordsIn(commands: readonly string[]): RegExp {
  const known = searches.get(commands);
  if (known) return known;
  const names = commands.map((command) => command.replace(/[^\w-]/g, "\\$&")).join("|");
  const search = new RegExp(`(?<![\\w-])(?:${names})(?![\\w-])`, "g");
  searches.set(commands, search);
  return search;
}

/** The group is behind the first ":" that is not in a variable. */
function nameEnd(text: string): number {
  const head = /^(?:\$\{[^}]*\}|[^:$]|\$(?!\{))*/.exec(text)?.[0] ?? "";
  return head.length;
}

/** The superuser by number or by name; Windows does not tell capitals apart. */
const isRoot = (name: string): boolean =>
  name === "root" || /^0+$/.test(name) || /^(?:.*\\)?ContainerAdministrator$/i.test(name);
