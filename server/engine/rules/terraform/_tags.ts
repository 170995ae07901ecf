import {
  attributeOf,
  type Block,
  type Expression,
  ignoredChanges,
  type Keys,
  keysOf,
  literalString,
  type MapValue,
  mergeKeys,
  nestedBlocks,
  noKeys,
  openKeys,
  type TerraformFile,
} from "../../languages/terraform/model.js";
import { type ProviderName, providerKeys, providerName, resolveKeys } from "../../languages/terraform/module.js";
import type { Tagging } from "../../languages/terraform/taggable.js";
import { insertAfter, insertAt, insertBefore, replace, type Workspace } from "../../rule.js";
import { type Edit, indentAt, lineEnd, lineSpan } from "../../text.js";
import { addLines, innerIndent, joinLines } from "./_edits.js";

export interface Tags {
  /** The keys that the resource itself sets. */
  readonly own: Keys;
  /** The keys that its provider adds. */
  readonly given: Keys;
  readonly provider: ProviderName;
}

/** The tags of a resource, resolved as far as the folder and its callers tell. */
export function tagsOf(file: TerraformFile, resource: Block, tagging: Tagging, workspace: Workspace): Tags {
  const named = attributeOf(resource, "provider")?.value;
  const provider =
    named === undefined
      ? { name: (resource.labels[0]?.text ?? "").replace(/_.*/s, "") }
      : named.kind === "reference"
        ? providerName(named.path)
        : undefined;
  const unsure =
    resource.broken || ignoredChanges(resource).some((name) => name === "all" || name === tagging.attribute);
  return {
    own: unsure ? openKeys : resolveKeys(workspace, file.folder, ownKeys(resource, tagging)),
    given: provider ? givenKeys(file, provider, tagging, workspace) : openKeys,
    provider: provider ?? { name: "" },
  };
}

// Source: documentation of hashicorp/aws, "default_tags": auto scaling groups do not take them. azurerm has no such thing.
function givenKeys(file: TerraformFile, provider: ProviderName, tagging: Tagging, workspace: Workspace): Keys {
  const gives = (tagging.cloud === "aws" || tagging.cloud === "google") && tagging.blocks === undefined;
  return gives ? providerKeys(workspace, file.folder, provider) : noKeys;
}

function ownKeys(resource: Block, { attribute, blocks }: Tagging): Keys {
  const value = attributeOf(resource, attribute)?.value;
  if (blocks === undefined) return value ? keysOf(value) : noKeys;
  const inBlocks = nestedBlocks(resource, blocks).map(({ block, certain }) => keyOfTag(block, certain));
  return [...inBlocks, value ? keysOfTagList(value) : noKeys].reduce(mergeKeys, noKeys);
}

function keyOfTag(block: Block, certain: boolean): Keys {
  const key = literalString(attributeOf(block, "key")?.value);
  return key !== undefined && certain ? { ...noKeys, keys: [key] } : openKeys;
}

/** `tags = [{ key = "Owner", value = … }]`, as auto scaling groups had it before version 5 of the provider. */
function keysOfTagList(value: Expression): Keys {
  if (value.kind !== "list") return openKeys;
  const keys = value.items.map((item) =>
    item.kind === "map" ? literalString(item.entries.find(({ key }) => key === "key")?.value) : undefined,
  );
  return keys.reduce((all, key) => mergeKeys(all, key === undefined ? openKeys : { ...noKeys, keys: [key] }), noKeys);
}

/** Adds tags with values to fill in; `undefined` where there is no plain place for them. */
export function addTags(
  file: TerraformFile,
  resource: Block,
  tagging: Tagging,
  keys: readonly string[],
): readonly Edit[] | undefined {
  if (tagging.blocks !== undefined) return only(addLines(file, resource, "end", tagBlocks(tagging.blocks, keys)));
  const value = attributeOf(resource, tagging.attribute)?.value;
  if (!value) {
    const gap = resource.attributes.length + resource.blocks.length > 0 ? [""] : [];
    const map = [`${tagging.attribute} = {`, ...entryLines(keys).map((line) => `  ${line}`), "}"];
    return only(addLines(file, resource, "end", [...gap, ...map]));
  }
  const last = value.kind === "call" && value.name === "merge" ? value.args.at(-1) : value;
  if (last?.kind === "map") return intoMap(file, last, keys);
  const newline = lineEnd(file.text);
  const indent = innerIndent(file, resource);
  const map = [joinLines(file, `${indent}  `, entryLines(keys)), `${indent}}`].join(newline);
  if (value.kind === "literal") return [replace(value, `{${newline}${map}`)];
  return [insertBefore(value, "merge("), insertAfter(value, `, {${newline}${map})`)];
}

const only = (edit: Edit | undefined): readonly Edit[] | undefined => edit && [edit];

/** `Owner = "${1:owner}"`, with the signs of equality in one column. */
function entryLines(keys: readonly string[], least = 0): readonly string[] {
  const names = keys.map((key) => (/^[A-Za-z_][\w-]*$/.test(key) ? key : `"${key}"`));
  const width = Math.max(least, ...names.map((name) => name.length));
  return names.map((name, i) => `${name.padEnd(width)} = "${proposal(keys[i] ?? "", i)}"`);
}

const proposal = (key: string, i: number): string => `\${${i + 1}:${key.toLowerCase()}}`;

const tagBlocks = (type: string, keys: readonly string[]): readonly string[] =>
  keys.flatMap((key, i) => [
    "",
    `${type} {`,
    `  key                 = "${key}"`,
    `  value               = "${proposal(key, i)}"`,
    "  propagate_at_launch = true",
    "}",
  ]);

/** A key that differs in case alone is spelt as it is asked for; the others come in behind. */
function intoMap(file: TerraformFile, map: MapValue, keys: readonly string[]): readonly Edit[] {
  const near = (key: string) => map.entries.find((entry) => entry.key?.toLowerCase() === key.toLowerCase());
  const renamed = keys.flatMap((key) => {
    const entry = near(key);
    return entry ? [replace(entry.keySpan, /^[A-Za-z_][\w-]*$/.test(key) ? key : `"${key}"`)] : [];
  });
  const added = keys.filter((key) => !near(key));
  return added.length > 0 ? [...renamed, appendEntries(file, map, added)] : renamed;
}

function appendEntries(file: TerraformFile, map: MapValue, keys: readonly string[]): Edit {
  const { text } = file;
  const last = map.entries.at(-1);
  const inline = entryLines(keys)
    .map((line) => line.replace(/ +=/, " ="))
    .join(", ");
  if (!last) return replace(map, `{ ${inline} }`);
  const lastLine = lineSpan(text, last.span.end);
  if (map.span.end <= lastLine.end) return insertAfter(last, `, ${inline}`);
  const aligned = text.slice(last.keySpan.start, last.value.span.start).indexOf("=") - 1;
  const indent = indentAt(text, last.span.start);
  return insertAt(lastLine.end, lineEnd(text) + joinLines(file, indent, entryLines(keys, aligned)));
}
