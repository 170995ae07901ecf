// What names say about a job: its role, and the tier of the environment that it deploys to.

import type { Role, Tier } from "./model.js";
import {
  clusterWords,
  infrastructureWords,
  roleWords,
  tierWords,
  vagueWords,
  wordsAfterDeploy,
  wordsBeforeDeploy,
} from "./name-roles.js";

/** The words of a name, in lower case and without variables: `deployToProd` and `deploy-to_prod` are "deploy", "to", "prod". */
export function wordsOf(name: string): readonly string[] {
  const known = read.get(name);
  if (known) return known;
  const words = splitWords(name);
  if (read.size >= mostRead) read.clear();
  read.set(name, words);
  return words;
}

// The same names are asked for by parser, facts and rules, and again with every key that is typed elsewhere.
const read = new Map<string, readonly string[]>();
const mostRead = 2000;

function splitWords(name: string): readonly string[] {
  const plain = name.includes("$") ? name.replace(/\$\{\{.*?\}\}|\$\{?\w+\}?|\$\[\[.*?\]\]/g, " ") : name;
  const spaced = plain.replace(/([a-z0-9])(?=[A-Z])/g, "$1 ");
  return spaced.toLowerCase().match(/[a-z0-9]+/g) ?? [];
}

/** The roles that the words of a name speak of; `clear` leaves out words that often mean something else. */
export function rolesOfName(name: string, which: "all" | "clear" = "all"): readonly Role[] {
  const words = wordsOf(name);
  const roles = new Set<Role>();
  for (const [i, word] of words.entries()) {
    const role = roleWords.get(word);
    if (!role || (which === "clear" && vagueWords.has(word))) continue;
    if (role === "deploy" ? isDeployWord(words, i) : !isTargetOfDeploy(words, i)) roles.add(role);
  }
  // "deploy-docs" hands out documents; "release and deploy" does both.
  if (roles.has("publish") && roles.has("deploy") && !words.includes("and")) roles.delete("deploy");
  return [...roles];
}

function isDeployWord(words: readonly string[], at: number): boolean {
  if (words[at] === "apply" && !words.some((word) => infrastructureWords.has(word) || clusterWords.has(word)))
    return false;
  // "Trigger the deploy" triggers; "test and deploy" does both.
  const before = words.includes("and") ? [words[at - 1]] : [words[0], words[at - 1]];
  const named = before.some((word) => word !== undefined && wordsBeforeDeploy.has(word));
  return !named && !wordsAfterDeploy.has(words[at + 1] ?? "");
}

/** "deploy-test" and "deploy to qa" name where to, not what for. */
function isTargetOfDeploy(words: readonly string[], at: number): boolean {
  if (!tierWords.has(words[at] ?? "")) return false;
  const before = words[at - 1] === "to" ? words[at - 2] : words[at - 1];
  return before !== undefined && roleWords.get(before) === "deploy";
}

/** The tier of an environment that a name speaks of; undefined where it names none, or several. */
export function tierOfName(name: string): Tier | undefined {
  const words = wordsOf(name);
  let found: Tier | undefined;
  for (const [i, word] of words.entries()) {
    const named = tierWords.get(word);
    if (!named) continue;
    const tier = named === "production" && /^(?:pre|non|not)$/.test(words[i - 1] ?? "") ? "staging" : named;
    if (found !== undefined && found !== tier) return undefined;
    found = tier;
  }
  return found;
}
