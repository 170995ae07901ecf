// What a file brings into its module beside values: required versions, the providers it uses, how much it holds, which
// environments it names, and how it spells the keys of tags.

import {
  type Attribute,
  attributeOf,
  type Block,
  type Entry,
  type Expression,
  literalString,
  nestedBlocks,
  type TerraformFile,
} from "./model.js";

export interface ContentsFact {
  /** The constraint of `required_version`; empty where it is computed. */
  readonly version?: string;
  readonly required: readonly RequiredProvider[];
  /** Local names of the providers that its resources, data sources and provider blocks belong to. */
  readonly uses: readonly string[];
  readonly resources: number;
  /** Module calls. */
  readonly modules: number;
  /** It asks for the name of the workspace. */
  readonly workspaces?: true;
  /** Whether it is there to be called, for it takes or gives something, names what others say, or stands for itself. */
  readonly form?: "called" | "part" | "run";
}

export interface RequiredProvider {
  readonly name: string;
  readonly source: boolean;
  readonly version: boolean;
  /** An override file says so: that takes the place of the whole entry. */
  readonly override?: true;
}

/** A spelling of a tag's key, one for each file that has it. */
export interface TagKeyFact {
  readonly key: string;
}

export function contentsOf({ blocks, text, override }: TerraformFile): ContentsFact {
  const settings = blocks.filter(({ type }) => type === "terraform");
  const versions = settings.flatMap((block) => attributeOf(block, "required_version") ?? []);
  const [version] = versions;
  return {
    ...(version && { version: literalString(version.value) ?? "" }),
    required: requiredProviders(blocks).map(({ name, source, version }) => ({
      name,
      source,
      version,
      ...(override && { override }),
    })),
    uses: [...new Set(blocks.flatMap((block) => usedProvider(block) ?? []))].sort(),
    resources: blocks.filter(({ type }) => type === "resource").length,
    modules: blocks.filter(({ type }) => type === "module").length,
    ...(text.includes("terraform.workspace") && { workspaces: true }),
    ...formOf(blocks, text),
  };
}

/** Lists of moved and imported resources stand for nothing. */
function formOf(blocks: readonly Block[], text: string): Pick<ContentsFact, "form"> {
  const has = (...types: readonly string[]): boolean => blocks.some(({ type }) => types.includes(type));
  if (has("variable", "output") || /\bvar\.\w/.test(text)) return { form: "called" };
  if (!has("locals") && /\blocal\.\w/.test(text)) return { form: "part" };
  return has("terraform", "provider", "resource", "data", "module") ? { form: "run" } : {};
}

/** An entry of `required_providers` with what it says; `value` is a map, or a bare constraint as Terraform 0.12 had it. */
export interface ProviderEntry extends RequiredProvider {
  readonly attribute: Attribute;
}

/** The entries of all `required_providers` blocks in a file. */
export function requiredProviders(blocks: readonly Block[]): readonly ProviderEntry[] {
  return blocks
    .filter(({ type }) => type === "terraform")
    .flatMap((block) => nestedBlocks(block, "required_providers"))
    .flatMap(({ block }) => block.attributes)
    .map((attribute) => ({ name: attribute.name, ...saidOf(attribute.value), attribute }));
}

function saidOf(value: Expression): Pick<RequiredProvider, "source" | "version"> {
  if (value.kind === "literal") return { source: false, version: true };
  if (value.kind !== "map") return { source: true, version: true };
  const has = (name: string): boolean => value.entries.some(({ key }) => key === name || key === undefined);
  return { source: has("source"), version: has("version") };
}

/** The provider a block belongs to; the one that is built in needs no version. */
function usedProvider(block: Block): string | undefined {
  const name = block.labels[0]?.text;
  if (name === undefined || name === "") return undefined;
  if (block.type === "provider") return name === "terraform" ? undefined : name;
  if (block.type !== "resource" && block.type !== "data") return undefined;
  const own = attributeOf(block, "provider")?.value;
  if (own) return own.kind === "reference" ? /^[\w-]+/.exec(own.path)?.[0] : undefined;
  const prefix = name.replace(/_.*/s, "");
  return prefix === "terraform" ? undefined : prefix;
}

/** An entry of a map of tags, with the attribute's word: keys of `tags` and of `labels` are spelt by different rules. */
export interface TagEntry {
  readonly word: "tags" | "labels";
  readonly key: string;
  readonly entry: Entry;
  readonly map: readonly Entry[];
}

/** The tags that stand in a file: in resources, module calls, defaults of providers, and locals that are called so. */
export function tagEntries({ blocks }: TerraformFile): readonly TagEntry[] {
  return blocks.flatMap((block) => tagAttributes(block).flatMap(({ name, value }) => entriesOf(wordOf(name), value)));
}

const wordOf = (name: string): TagEntry["word"] => (name.endsWith("labels") ? "labels" : "tags");

function tagAttributes(block: Block): readonly Attribute[] {
  switch (block.type) {
    case "locals":
      return block.attributes.filter(({ name }) => /(?:^|_)(?:tags|labels)$/.test(name));
    case "resource":
    case "module":
      return block.attributes.filter(({ name }) => name === "tags" || name === "labels");
    case "provider":
      return [
        ...block.attributes.filter(({ name }) => name === "default_labels"),
        ...nestedBlocks(block, "default_tags").flatMap((nested) => attributeOf(nested.block, "tags") ?? []),
      ];
    default:
      return [];
  }
}

function entriesOf(word: TagEntry["word"], value: Expression): readonly TagEntry[] {
  if (value.kind === "call" && value.name === "merge") return value.args.flatMap((arg) => entriesOf(word, arg));
  if (value.kind !== "map") return [];
  return value.entries.flatMap((entry) =>
    entry.key === undefined || entry.value.kind === "map" ? [] : [{ word, key: entry.key, entry, map: value.entries }],
  );
}

// Short and long forms that teams mix; the keys are in the form that `plainKey` gives them.
const longForms: Readonly<Record<string, string>> = {
  env: "environment",
  app: "application",
  svc: "service",
  proj: "project",
  dept: "department",
};

/** What a key of a tag means: without case, without separators, short forms written out. `Cost-Center` is "costcenter". */
export function plainKey(key: string): string {
  const plain = key.toLowerCase().replace(/[\s_-]/g, "");
  return longForms[plain] ?? plain;
}
