// The index over all files: what they say to each other ("facts", by kind and key), and who asked for what, so that an
// edit re-checks those who asked and nobody else.

import type { GitignoreFacts } from "./gitignore.js";
import type { AsideFacts } from "./languages/aside.js";
import type { ComposeFacts } from "./languages/compose/facts.js";
import type { DockerfileFacts } from "./languages/dockerfile/facts.js";
import type { KubernetesFileFacts } from "./languages/kubernetes/facts.js";
import type { MarkdownFacts } from "./languages/markdown/facts.js";
import type { PipelineFacts } from "./languages/pipeline/facts.js";
import type { PrometheusFacts } from "./languages/prometheus/facts.js";
import type { TerraformFileFacts } from "./languages/terraform/facts.js";
import type { ProtocolFacts } from "./protocol/source.js";

/** Every kind of fact with the type of its value. A language adds its own in its `facts.ts`. */
export interface FactKinds
  extends AsideFacts,
    ComposeFacts,
    DockerfileFacts,
    GitignoreFacts,
    KubernetesFileFacts,
    MarkdownFacts,
    PipelineFacts,
    PrometheusFacts,
    ProtocolFacts,
    TerraformFileFacts {}

export type FactKind = keyof FactKinds;

/** One thing that a file says to others under a key they can ask for. The value is an object of plain data. */
export type Fact = {
  [K in FactKind]: { readonly kind: K; readonly key: string; readonly value: FactKinds[K] };
}[FactKind];

/** A fact as others see it: with the file that says it. */
export type Found<K extends FactKind> = FactKinds[K] & { readonly path: string };

/** What a rule may ask of the other files. Answers are in the order of their paths. */
export interface Workspace {
  facts<K extends FactKind>(kind: K, key: string): readonly Found<K>[];
  /** Whether the workspace has a file at this absolute path; files that Dakota does not judge count as well. */
  exists(path: string): boolean;
}

/** The workspace for one who asks anew each time: nobody is told when an answer changes. */
export interface Lookup {
  facts<K extends FactKind>(kind: K, key: string): readonly Found<K>[];
  /** The keys under which anything is said of a kind, in no order. */
  keys(kind: FactKind): readonly string[];
}

export interface WorkspaceIndex {
  /** Takes a file's facts in place of its former ones. @returns the files whose answers have changed by it */
  update(path: string, facts: readonly Fact[]): ReadonlySet<string>;
  /** @returns the files whose answers have changed by it */
  remove(path: string): ReadonlySet<string>;
  /** The workspace as one file sees it, counting its questions; they are remembered until the file asks for a new view. */
  viewFor(path: string): Workspace & { readonly asked: () => number };
  readonly lookup: Lookup;
  /** The paths of all files, for one that is told when one comes or goes; remembered as a view's questions are. */
  pathsFor(path: string): readonly string[];
  /** How many files the index knows. */
  readonly size: () => number;
}

/** An empty index. */
export function createWorkspaceIndex(): WorkspaceIndex {
  const said = new Map<string, ReadonlyMap<string, string>>(); // path -> (question -> answer as text)
  const answers = new Map<string, Map<string, unknown[]>>(); // question -> (path -> values)
  const long = new Map<string, readonly Placed[]>(); // question -> its answer, where that takes many files
  const short = new Map<string, readonly Placed[]>(); // the same for short ones, of which only so many are kept
  const askers = new Map<string, Set<string>>(); // question -> paths
  const questions = new Map<string, Set<string>>(); // path -> what it asked
  const keys = new Map<string, readonly string[]>(); // kind -> its keys, as long as none comes or goes

  const replace = (path: string, next: ReadonlyMap<string, unknown[]>, exists: boolean): ReadonlySet<string> => {
    const before = said.get(path);
    const after = new Map([...next].map(([question, values]) => [question, JSON.stringify(values)]));
    const changed = new Set<string>();
    const differs = (question: string): boolean => before?.get(question) !== after.get(question);
    const gone = [...(before?.keys() ?? [])].filter((question) => !after.has(question));
    for (const question of [...gone, ...[...after.keys()].filter(differs)]) {
      for (const asker of askers.get(question) ?? []) changed.add(asker);
      const values = next.get(question);
      short.delete(question);
      const known = long.get(question);
      if (known) long.set(question, patched(known, path, values ?? []));
      const byPath = answers.get(question) ?? new Map<string, unknown[]>();
      if (values) byPath.set(path, values);
      else byPath.delete(path);
      if (answers.has(question) !== byPath.size > 0) keys.delete(kindIn(question));
      if (byPath.size > 0) answers.set(question, byPath);
      else answers.delete(question);
    }
    if ((before !== undefined) !== exists)
      for (const question of [existence(path), everyPath])
        for (const asker of askers.get(question) ?? []) changed.add(asker);
    if (exists) said.set(path, after);
    else said.delete(path);
    changed.delete(path);
    return changed;
  };

  const remember = (path: string, question: string): void => {
    const set = questions.get(path) ?? new Set();
    questions.set(path, set.add(question));
    const asking = askers.get(question) ?? new Set();
    askers.set(question, asking.add(path));
  };

  const forget = (path: string): void => {
    for (const question of questions.get(path) ?? []) askers.get(question)?.delete(path);
    questions.delete(path);
  };

  const answer = <K extends FactKind>(question: string): readonly Found<K>[] => {
    const known = long.get(question) ?? short.get(question);
    if (known) return known as readonly Found<K>[];
    const inOrder = [...(answers.get(question) ?? [])].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    const found = inOrder.flatMap(([at, values]) =>
      values.map((value) => ({ ...(value as object), path: at }) as Found<K>),
    );
    // Thousands may ask what thousands say. What little others say is asked by one rule after another, and soon no more.
    if (found.length > 100) long.set(question, found);
    else {
      if (short.size >= mostShort) short.clear();
      short.set(question, found);
    }
    return found;
  };

  const keysOf = (kind: FactKind): readonly string[] => {
    const start = questionOf(kind, "");
    const found =
      keys.get(kind) ??
      [...answers.keys()].flatMap((question) => (question.startsWith(start) ? question.slice(start.length) : []));
    keys.set(kind, found);
    return found;
  };

  return {
    update: (path, facts) => replace(path, grouped(facts), true),
    remove(path) {
      forget(path);
      return replace(path, new Map(), false);
    },
    lookup: { facts: (kind, key) => answer(questionOf(kind, key)), keys: keysOf },
    size: () => said.size,
    pathsFor(path) {
      forget(path);
      remember(path, everyPath);
      return [...said.keys()];
    },
    viewFor(path) {
      forget(path);
      let asked = 0;
      const ask = (question: string): void => {
        asked++;
        remember(path, question);
      };
      return {
        asked: () => asked,
        exists(other) {
          ask(existence(other));
          return said.has(other);
        },
        facts<K extends FactKind>(kind: K, key: string) {
          const question = questionOf(kind, key);
          ask(question);
          return answer<K>(question);
        },
      };
    },
  };
}

/** How many short answers are remembered; memory counts more than the few that are put together again. */
const mostShort = 1000;

interface Placed {
  readonly path: string;
}

/** A long answer with what a file says now in the place of what it said before; sorting it anew would take too long. */
function patched(answer: readonly Placed[], path: string, values: readonly unknown[]): readonly Placed[] {
  let [low, high] = [0, answer.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((answer[middle]?.path ?? "") < path) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (answer[end]?.path === path) end++;
  return answer.toSpliced(low, end - low, ...values.map((value) => ({ ...(value as object), path })));
}

const questionOf = (kind: string, key: string): string => `${kind} ${key}`;
const kindIn = (question: string): string => question.slice(0, question.indexOf(" "));
const everyPath = "files";
const existence = (path: string): string => `file ${path}`;

function grouped(facts: readonly Fact[]): ReadonlyMap<string, unknown[]> {
  const groups = new Map<string, unknown[]>();
  for (const { kind, key, value } of facts) {
    const question = questionOf(kind, key);
    const group = groups.get(question);
    if (group) group.push(value);
    else groups.set(question, [value]);
  }
  return groups;
}
