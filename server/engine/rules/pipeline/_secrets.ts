// Which values of a pipeline are secrets that stand there in plain text, and where stored secrets are used.

import type { Pipeline, Setting } from "../../languages/pipeline/model.js";
import type { Span } from "../../rule.js";
import { type SecretWords, secretWordIn } from "../../secret-names.js";
import { isDefaultCredential, isHarmlessValue, isKeptElsewhere, isNameLike, isPlaceholder } from "../../secrets.js";

/** Under these a plain word is the secret itself; under the others it is rather the name of one that is kept elsewhere. */
const strong = /^(?:pass|pwd|pword|sshpass|(?:root|user|admin|db) pass)/;

/** Words of which the values of databases are made that only live for a test. */
export const throwawayWords: readonly string[] = [
  "test",
  "tests",
  "testing",
  "dev",
  "development",
  "local",
  "localhost",
  "ci",
  "dummy",
  "fake",
  "example",
  "sample",
  "foo",
  "bar",
  "db",
  "mariadb",
  "mongo",
  "redis",
  "my",
  "app",
];

/** Names that list other names: `secrets: "first, second"` of an action that fetches them. */
const plural = /(?:secrets|tokens|keys)$/i;

const email = /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i;

/** Inputs that pass a value on to a database beside the job. */
const database = /^(?:postgres|pg|mysql|mariadb|mongo|redis|db|database)/i;

/** Whether a setting gives a secret away; `throwaway` are words of values that only open databases made for a test. */
export function isPlainSecret(
  { name, value, kind, stored }: Setting,
  words: SecretWords,
  throwaway: readonly string[],
): boolean {
  if (stored) return false;
  const entry = secretWordIn(name, words);
  const text = value.text.trim();
  if (entry === undefined || isHarmlessValue(text) || isPlaceholder(text) || isKeptElsewhere(text)) return false;
  // A variable in it, in the terms of any dialect: what it becomes is unknown.
  if (/\$[A-Za-z_({[]|<<.*>>|^\s*[[{]/.test(text)) return false;
  if (plural.test(name) || email.test(text)) return false;
  const opensDatabase = kind === "variable" || (kind === "input" && database.test(name));
  if (opensDatabase && isThrowaway(text, throwaway)) return false;
  return strong.test(entry) || !isNameLike(text);
}

/** As `isPlainSecret`, for what stands in a command: under a name that is no password's it has to look made by a machine. */
export function isPlainArgument(setting: Setting, words: SecretWords, throwaway: readonly string[]): boolean {
  if (!isPlainSecret(setting, words, throwaway)) return false;
  const { text } = setting.value;
  if (strong.test(secretWordIn(setting.name, words) ?? "")) return text.length > 3;
  return /^[\w+/=.-]{16,}$/.test(text) && text.replace(/\D/g, "").length > 2 && /[a-z]/i.test(text);
}

/** `postgres`, `test_password`, `ci-secret-1`: made of nothing but words that everybody uses for a test. */
export const isThrowaway = (value: string, throwaway: readonly string[]): boolean =>
  isDefaultCredential(value) ||
  value
    .toLowerCase()
    .split(/[^a-z]+/)
    .every((word) => word === "" || throwaway.includes(word) || isDefaultCredential(word));

/** An expression that reads a stored secret. */
export interface SecretUse {
  /** The name of the secret; absent for all of them together. */
  readonly name?: string;
  readonly span: Span;
}

/** The stored secrets that a part of a GitHub workflow reads, in their order; the token of the job itself is none. */
export function secretUsesIn({ text, comments, dialect }: Pipeline, part: Span): readonly SecretUse[] {
  if (dialect !== "github") return [];
  const own = text.slice(part.start, part.end);
  if (!/secrets/i.test(own)) return [];
  const uses: SecretUse[] = [];
  for (const match of own.matchAll(/\$\{\{(?:(?!\}\})[\s\S]){0,500}\}\}/g)) {
    const start = part.start + match.index;
    if (comments.some(({ span }) => span.start <= start && start < span.end)) continue;
    for (const inner of match[0].matchAll(/(?<![.\w])secrets(?:\.([\w-]+)|\[\s*'([\w-]+)'\s*\])/gi)) {
      const name = inner[1] ?? inner[2] ?? "";
      if (name.toUpperCase() !== "GITHUB_TOKEN") uses.push({ name, span: { start, end: start + match[0].length } });
    }
    // Which one an expression names is only known when it runs: every one is handed to the job for that.
    if (/\btoJSON\(\s*secrets\s*\)|(?<![.\w])secrets\[\s*[^'\s]/i.test(match[0]))
      uses.push({ span: { start, end: start + match[0].length } });
  }
  return uses;
}
