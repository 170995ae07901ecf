// One meaning, one key: the same tag is spelt the same way in the whole workspace.

import { plainKey, type TagEntry, type TagKeyFact, tagEntries } from "../../languages/terraform/contents.js";
import type { TerraformFile } from "../../languages/terraform/model.js";
import { at, type Fix, option, replace, rule, suggest, type Workspace } from "../../rule.js";

export default rule({
  on: "terraform",
  title: "Spell tags the same way everywhere",
  why: 'To a bill or a search, "Env" and "environment" are two tags. What is spelt in two ways is counted in two halves, and policies that ask for one of them miss the other.',
  severity: "information",
  profile: "strict",
  phase: 2,
  standard: "Engineer Instructions, Terraform Specific",
  alsoKnownAs: ["sonar S6273"],
  options: { except: option.strings([], "Keys that may be spelt in any way") },

  *check(file, { except }, workspace) {
    if (file.kind !== "configuration") return;
    for (const tag of tagEntries(file)) {
      const common = except.includes(tag.key) ? undefined : commonSpelling(tag, workspace);
      if (common === undefined || common.key === tag.key) continue;
      const message = `key "${tag.key}" is spelt "${common.key}" in ${common.count} of ${common.files} files`;
      yield at(tag.entry.keySpan, message, ...spelling(file, tag, common.key));
    }
  },
});

interface Common {
  readonly key: string;
  readonly count: number;
  readonly files: number;
}

// The index hands out long answers as one list until they change, so that they are counted once.
const counted = new WeakMap<readonly TagKeyFact[], Common | null>();

/** The spelling that more than half of the files have which know the key; they count once for each of their spellings. */
function commonSpelling({ word, key }: TagEntry, workspace: Workspace): Common | undefined {
  const facts = workspace.facts("terraform.tagKey", `${word} ${plainKey(key)}`);
  const known = counted.get(facts);
  if (known !== undefined) return known ?? undefined;
  const counts = new Map<string, number>();
  for (const fact of facts) counts.set(fact.key, (counts.get(fact.key) ?? 0) + 1);
  const most = [...counts].find(([, count]) => count * 2 > facts.length);
  const files = new Set(facts.map(({ path }) => path)).size;
  const common = most && { key: most[0], count: most[1], files };
  counted.set(facts, common ?? null);
  return common;
}

/** None where the map has the other key, too: one of the two has to go, and only its owner knows which. */
function spelling({ text }: TerraformFile, { map, entry }: TagEntry, key: string): readonly Fix[] {
  if (map.some((other) => other.key === key)) return [];
  const { start, end } = entry.keySpan;
  const gap = /^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
  const written = /^[A-Za-z_][\w-]*$/.test(key) ? key : `"${key}"`;
  const padded = gap > 0 ? `${written} `.padEnd(end - start + gap) : written;
  return [suggest(`Spell it "${key}"`, replace({ start, end: end + gap }, padded))];
}
