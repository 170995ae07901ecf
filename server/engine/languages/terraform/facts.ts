// What a Terraform file says to the other files of the workspace: what its module has, which modules it calls, and what
// its variables and locals are. Keys are folders, since a module is a folder, or a folder and a name.

import type { Fact } from "../../workspace.js";
import { type ContentsFact, contentsOf, plainKey, type TagKeyFact, tagEntries } from "./contents.js";
import { type Declared, declaredFacts } from "./declared.js";
import {
  type Attribute,
  attributeOf,
  type Block,
  isOverridable,
  type Keys,
  keysOf,
  literalString,
  nestedBlocks,
  noKeys,
  openKeys,
  type TerraformFile,
} from "./model.js";
import { type UseFact, usesOf } from "./uses.js";

export interface TerraformFileFacts {
  /** By type: the first resource of the type in a file. */
  readonly "terraform.resource": Declared;
  /** By "all": the first backend (or `cloud` block), the first module call of a file. */
  readonly "terraform.backend": Declared;
  readonly "terraform.module": Declared;
  /** By "all": the first call of a module whose files may lie elsewhere, so that nobody can tell what it brings. */
  readonly "terraform.foreign": Declared;
  /** By folder: what a file brings into its module. */
  readonly "terraform.file": FileFact;
  /** By folder: versions, providers and sizes of a file of configuration. */
  readonly "terraform.contents": ContentsFact;
  /** By word and meaning ("tags environment"): how a file spells the key. */
  readonly "terraform.tagKey": TagKeyFact;
  /** By the called folder: who calls it. */
  readonly "terraform.call": CallFact;
  /** By folder and name ("/repo/app tags"): a local whose keys or value can be told. */
  readonly "terraform.local": ValueFact;
  /** By folder and name: a declared variable and its default. */
  readonly "terraform.variable": ValueFact;
  /** By folder: what an override file sets in a block of another file. */
  readonly "terraform.override": { readonly block: Block };
  /** By folder: the file that OpenTofu does not read because of this one. */
  readonly "terraform.shadow": { readonly over: string };
  /** By folder and address: who names the resource; by folder and type: one that names what cannot be told. */
  readonly "terraform.user": UseFact;
}

export interface FileFact {
  readonly kind: TerraformFile["kind"];
  /** Its blocks are not known, or not all of them: it may hold anything. */
  readonly unread?: true;
  readonly override?: true;
  /** The types of its `backend` blocks; "cloud" for a `cloud` block. */
  readonly backends: readonly string[];
  readonly providers: readonly ProviderFact[];
  /** The folders of the modules that it calls, as far as they are local. */
  readonly calls: readonly string[];
}

export interface ProviderFact {
  readonly name: string;
  readonly alias?: string;
  /** The keys that it gives to everything: `default_tags` (AWS), `default_labels` (Google). */
  readonly tags: Keys;
  /** It says so itself. */
  readonly sets?: true;
}

export interface CallFact {
  /** The folder of the calling module. */
  readonly from: string;
  /** Which provider of the caller is handed on under which name: "aws.eu" under "aws". */
  readonly providers: Readonly<Record<string, string>>;
  /** The caller hands on providers that cannot be told. */
  readonly unclear?: true;
}

/** A value as far as it stands in the text; a map is known by its keys. */
export interface ValueFact {
  readonly value?: string | number | boolean | null;
  readonly keys?: Keys;
  /** A list of literals. */
  readonly items?: readonly (string | number | boolean | null)[];
  /** An override file says so. */
  readonly override?: true;
}

/** The key of a local, a variable or an override. */
export const keyIn = (folder: string, name: string): string => `${folder} ${name}`;

/** Says what others need to know of a file. */
export function facts(file: TerraformFile): readonly Fact[] {
  const { folder, blocks, path } = file;
  const found: Fact[] = [{ kind: "terraform.file", key: folder, value: fileFact(file) }];
  if (/\.tofu(?:\.json)?$/.test(path))
    found.push({
      kind: "terraform.shadow",
      key: folder,
      value: { over: path.replace(/\.tofu(?=(?:\.json)?$)/, ".tf") },
    });
  for (const block of blocks) {
    const name = block.labels[0]?.text ?? "";
    found.push(...callFacts(file, block), ...useFacts(file, block));
    if (block.type === "locals") found.push(...block.attributes.flatMap((local) => localFacts(file, local)));
    else if (block.type === "variable") found.push(...variableFacts(file, name, attributeOf(block, "default")));
    if (file.override && isOverridable(block))
      found.push({ kind: "terraform.override", key: folder, value: { block } });
  }
  return [...found, ...contentsFacts(file), ...declaredFacts(file)];
}

function contentsFacts(file: TerraformFile): readonly Fact[] {
  if (file.kind !== "configuration") return [];
  const keys = new Map(tagEntries(file).map(({ word, key }) => [`${word} ${key}`, { word, key }]));
  return [
    { kind: "terraform.contents", key: file.folder, value: contentsOf(file) },
    ...[...keys.values()].map(
      ({ word, key }): Fact => ({ kind: "terraform.tagKey", key: `${word} ${plainKey(key)}`, value: { key } }),
    ),
  ];
}

function fileFact(file: TerraformFile): FileFact {
  const settings = file.blocks.filter(({ type }) => type === "terraform").flatMap((block) => block.blocks);
  return {
    kind: file.kind,
    ...((file.notJudged !== undefined || file.problems.length > 0) && { unread: true }),
    ...(file.override && { override: true }),
    backends: settings.flatMap(({ type, labels }) =>
      type === "backend" ? (labels[0]?.text ?? "") : type === "cloud" ? "cloud" : [],
    ),
    providers: file.blocks.filter(({ type }) => type === "provider").map(providerFact),
    calls: [...new Set(file.blocks.flatMap((block) => calledFolder(file.folder, block) ?? []))],
  };
}

function providerFact(block: Block): ProviderFact {
  const alias = literalString(attributeOf(block, "alias")?.value);
  return {
    name: block.labels[0]?.text ?? "",
    ...(alias !== undefined && { alias }),
    tags: block.broken ? openKeys : providerTags(block),
    ...(setsTags(block) && { sets: true }),
  };
}

const setsTags = (block: Block): boolean =>
  block.broken || attributeOf(block, "default_labels") !== undefined || nestedBlocks(block, "default_tags").length > 0;

function providerTags(block: Block): Keys {
  const labels = attributeOf(block, "default_labels");
  if (labels) return keysOf(labels.value);
  const [defaults] = nestedBlocks(block, "default_tags");
  if (!defaults) return noKeys;
  const tags = attributeOf(defaults.block, "tags");
  if (!defaults.certain) return openKeys;
  return tags ? keysOf(tags.value) : noKeys;
}

function useFacts({ folder, text }: TerraformFile, block: Block): readonly Fact[] {
  const uses = usesOf(block, text);
  if (!uses) return [];
  const { named, unclear, fact } = uses;
  const keys = unclear ? [...named, fact.by] : named;
  return keys.map((key) => ({ kind: "terraform.user", key: keyIn(folder, key), value: fact }));
}

/** The folder of the module that a block calls, if it is a local one. */
function calledFolder(folder: string, { type, attributes }: Block): string | undefined {
  if (type !== "module") return undefined;
  const source = literalString(attributes.find(({ name }) => name === "source")?.value);
  return source !== undefined && /^\.{1,2}(?:\/|$)/.test(source) ? resolveFolder(folder, source) : undefined;
}

function callFacts({ folder, text }: TerraformFile, block: Block): readonly Fact[] {
  const called = calledFolder(folder, block);
  if (called === undefined) return [];
  const given = attributeOf(block, "providers")?.value;
  const entries = given?.kind === "map" ? given.entries : [];
  const providers: Record<string, string> = {};
  for (const { key, keySpan, value } of entries)
    if (value.kind === "reference") providers[key ?? text.slice(keySpan.start, keySpan.end)] = value.path;
  const clear = given === undefined || (given.kind === "map" && Object.keys(providers).length === entries.length);
  return [
    {
      kind: "terraform.call",
      key: called,
      value: { from: folder, providers, ...(!clear && { unclear: true }) },
    },
  ];
}

/** The folder that a local source means, seen from a module's folder; both use "/". */
export function resolveFolder(folder: string, source: string): string {
  const parts = folder.split("/");
  for (const part of source.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

function localFacts({ folder, override }: TerraformFile, local: Attribute): readonly Fact[] {
  const value = valueFact(local);
  if (Object.keys(value).length === 0 && !override) return [];
  return [
    { kind: "terraform.local", key: keyIn(folder, local.name), value: { ...value, ...(override && { override }) } },
  ];
}

/** An override without a default leaves the one that is there. */
function variableFacts(
  { folder, override }: TerraformFile,
  name: string,
  given: Attribute | undefined,
): readonly Fact[] {
  if (override && !given) return [];
  const value = { ...valueFact(given), ...(override && { override }) };
  return [{ kind: "terraform.variable", key: keyIn(folder, name), value }];
}

/** Maps with more keys than tags can have are tables of other things: indexing them would only cost memory. */
const mostKeys = 60;

function valueFact(attribute: Attribute | undefined): ValueFact {
  if (!attribute) return {};
  const { value } = attribute;
  if (value.kind === "literal")
    return typeof value.value === "string" && value.value.length > 200 ? {} : { value: value.value };
  if (value.kind === "list") {
    const items = value.items.flatMap((item) => (item.kind === "literal" ? [item.value] : []));
    return items.length === value.items.length && items.length <= mostKeys ? { items } : {};
  }
  const keys = keysOf(value);
  return keys.open && keys.keys.length === 0 ? {} : keys.keys.length > mostKeys ? {} : { keys };
}
