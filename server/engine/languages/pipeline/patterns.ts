// Patterns of commands, as `command-roles.ts` writes them: read once, then matched against the words of a command.

import { like } from "../../image.js";

type Test = (word: string) => boolean;

type Part =
  | { readonly kind: "any" }
  | { readonly kind: "with" | "without"; readonly test: Test }
  | { readonly kind: "word"; readonly test: Test };

/** What the arguments of a command are asked for. */
export type Pattern = readonly Part[];

/** Patterns with what they stand for, by program. */
export interface Patterns<T> {
  /** All that ask for this program. */
  of(program: string): readonly Entry<T>[];
}

export interface Entry<T> {
  readonly pattern: Pattern;
  readonly value: T;
}

/** How many programs are remembered with their patterns: scripts name a few dozen again and again. */
const maximumKnown = 1_000;

/** Reads patterns. */
export function patternsOf<T>(
  lists: readonly { readonly patterns: readonly string[]; readonly value: T }[],
): Patterns<T> {
  const programs = new Map<string, Entry<T>[]>();
  const open: { readonly test: Test; readonly entry: Entry<T> }[] = [];
  for (const { patterns, value } of lists)
    for (const written of patterns) {
      const [names = "", ...words] = written.trim().split(/\s+/);
      const entry = { pattern: words.map(partOf), value };
      for (const name of names.split("|"))
        if (name.includes("*")) open.push({ test: testOf(name), entry });
        else programs.set(name, [...(programs.get(name) ?? []), entry]);
    }
  const known = new Map<string, readonly Entry<T>[]>();
  return {
    of(program) {
      const found = known.get(program);
      if (found) return found;
      const own = programs.get(program) ?? [];
      const more = open.filter(({ test }) => test(program)).map(({ entry }) => entry);
      const all = more.length > 0 ? [...own, ...more] : own;
      if (known.size < maximumKnown) known.set(program, all);
      return all;
    },
  };
}

function partOf(word: string): Part {
  if (word === "…") return { kind: "any" };
  // A "+" or "!" that stands alone, or within a name, is a part of it.
  if (/^[+!]./.test(word)) return { kind: word.startsWith("+") ? "with" : "without", test: testOf(word.slice(1)) };
  return { kind: "word", test: testOf(word) };
}

function testOf(written: string): Test {
  const alternatives = written.split("|");
  const plain = new Set(alternatives.filter((one) => !one.includes("*")));
  const globs = alternatives.filter((one) => one.includes("*"));
  return (word) => plain.has(word) || globs.some((glob) => like(word, glob));
}

/** Whether the words behind the program hold what the pattern asks for; `words` starts with the program. */
export function matches(pattern: Pattern, words: readonly string[]): boolean {
  let at = 1;
  let anywhere = false;
  for (const part of pattern) {
    if (part.kind === "any") anywhere = true;
    else if (part.kind === "word") {
      at = positionOf(part.test, words, at, anywhere) + 1;
      if (at === 0) return false;
      anywhere = false;
    } else if (words.some(part.test) !== (part.kind === "with")) return false;
  }
  return true;
}

/** Where a word that passes stands, or -1. Flags and their values may stand before it; with `anywhere` any words. */
export function positionOf(test: Test, words: readonly string[], from: number, anywhere: boolean): number {
  for (let i = from; i < words.length; i++) {
    const word = words[i] ?? "";
    if (test(word)) return i;
    if (!anywhere && !isFlag(word) && !takesValue(words[i - 1] ?? "")) return -1;
  }
  return -1;
}

const isFlag = (word: string): boolean => word.startsWith("-") || word.startsWith("+");
const takesValue = (word: string): boolean => word.startsWith("-") && !word.includes("=");

/** A program without its folder and ending: `./gradlew` is gradlew, `vendor/bin/phpunit` is phpunit. */
export function programOf(word: string): string {
  const name = word.slice(Math.max(word.lastIndexOf("/"), word.lastIndexOf("\\")) + 1);
  if (name === "") return word;
  return name.includes(".") ? name.replace(/\.(?:exe|cmd|bat)$/i, "") : name;
}
