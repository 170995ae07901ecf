// Whether a resource belongs to production, as its names and its folder say.

import { givenNames } from "../../languages/terraform/demands.js";
import { attributeOf, literalString } from "../../languages/terraform/model.js";
import type { Resource } from "../../languages/terraform/settings.js";
import { wordsOf } from "../../secret-names.js";

export const productionWords: readonly string[] = ["prod", "production", "prd", "live"];

/** The name that shows it, quoted for a message; `undefined` where nothing does. A word like "nonprod" is another word. */
export function productionName(resource: Resource, words: readonly string[]): string | undefined {
  const tags = attributeOf(resource.block, "tags")?.value;
  const tagged = tags?.kind === "map" ? tags.entries.flatMap(({ key, value }) => environmentOf(key, value)) : [];
  const folder = resource.file.folder.split("/").at(-1) ?? "";
  const name = resource.block.labels[1]?.text ?? "";
  return [...givenNames(resource), name, ...tagged, folder].find((text) => {
    const parts = wordsOf(text).map((word) => word.toLowerCase());
    return parts.some((word) => words.includes(word)) && !parts.some((word) => /^(?:non|not|pre|no)$/.test(word));
  });
}

const environmentOf = (key: string | undefined, value: Parameters<typeof literalString>[0]): readonly string[] =>
  /^(?:env|environment|stage)$/i.test(key ?? "") ? [literalString(value) ?? []].flat() : [];
