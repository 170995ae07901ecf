// Values that have a name in a Terraform file, wherever they stand: arguments, defaults, entries of maps, pairs of name and
// value, assignments in scripts.

import {
  addressOf,
  attributeOf,
  type Block,
  type Entry,
  type Expression,
  literalString,
  type TerraformFile,
} from "../../languages/terraform/model.js";
import type { Span } from "../../rule.js";

export interface NamedValue {
  /** The name that tells what the value is. */
  readonly name: string;
  /** The name that stands before it, where that is another one: "value". */
  readonly under?: string;
  readonly value: string;
  /** The literal with its quotes, or the value within a script. */
  readonly span: Span;
  /** What it belongs to: "aws_db_instance.main", "locals". */
  readonly owner: string;
  /** The top-level block; absent in a file of values. */
  readonly block?: Block;
  /** Whether the literal stands where a reference could stand instead. */
  readonly replaceable: boolean;
}

interface Context {
  readonly file: TerraformFile;
  readonly owner: string;
  readonly block?: Block;
  readonly under?: string;
}

/** Every named string that stands in the text. Data sources look things up: what they name is no secret. */
export function* namedValues(file: TerraformFile): Iterable<NamedValue> {
  for (const { name, value } of file.attributes) yield* inValue({ file, owner: name }, name, value);
  for (const block of file.blocks) {
    const context = { file, owner: addressOf(block), block };
    const label = block.labels[0]?.text ?? "";
    if (block.type === "variable" || block.type === "output") {
      const value = attributeOf(block, block.type === "variable" ? "default" : "value")?.value;
      if (value) yield* inValue(context, label, value);
    } else if (!["data", "import", "moved", "removed", "check"].includes(block.type)) yield* inBlock(context, block);
  }
}

function* inBlock(context: Context, block: Block): Iterable<NamedValue> {
  const holder = holdsSecret(block);
  const paired = pairName((name) => attributeOf(block, name)?.value);
  for (const { name, value } of block.attributes) {
    if (isNameOfSecret(block, name)) continue;
    if (!isPairValue(name)) yield* inValue(context, name, value);
    else if (holder) yield* inValue({ ...context, under: name }, "secret", value);
    else yield* inValue(context, paired ?? name, value);
  }
  for (const nested of block.blocks) yield* inBlock(context, nested);
}

function* inValue(context: Context, name: string, value: Expression): Iterable<NamedValue> {
  switch (value.kind) {
    case "literal":
      if (typeof value.value === "string")
        yield { ...within(context), name, value: value.value, span: value.span, replaceable: true };
      yield* inText(context, name, value.content, value.value);
      return;
    case "template":
      yield* inText(context, name, value.content, "");
      return;
    case "conditional":
      yield* inValue(context, name, value.whenTrue);
      yield* inValue(context, name, value.whenFalse);
      return;
    case "list":
      for (const item of value.items) yield* inValue(context, name, item);
      return;
    case "map":
      yield* inMap(context, value.entries);
      return;
    case "call":
      // What a function makes of a string is not known, but the keys of its maps name what stands under them.
      for (const arg of value.args) yield* inArgument(context, name, value.name, arg);
  }
}

function* inMap(context: Context, entries: readonly Entry[]): Iterable<NamedValue> {
  const paired = pairName((name) => entries.find(({ key }) => key === name)?.value);
  for (const { key, value } of entries)
    if (key) yield* inValue(context, isPairValue(key) ? (paired ?? key) : key, value);
}

function* inArgument(context: Context, name: string, call: string, arg: Expression): Iterable<NamedValue> {
  if (handing.has(call)) yield* inValue(context, name, arg);
  else if (arg.kind === "literal" || arg.kind === "template") {
    if (call === "base64encode" || call === "base64gzip") yield* inText(context, name, arg.content, "");
  } else if (arg.kind !== "reference") yield* inValue(context, "", arg);
}

/** Functions that give back what they are given. */
const handing = new Set(["coalesce", "try", "sensitive", "nonsensitive", "tostring", "trimspace"]);

const within = ({ owner, block, under }: Context) => ({
  owner,
  ...(block && { block }),
  ...(under !== undefined && { under }),
});

const isPairValue = (name: string): boolean => name === "value" || name === "plaintext_value" || name === "data_json";

/** `name = "DB_PASSWORD"` beside `value`: the value goes by that name. */
const pairName = (get: (name: string) => Expression | undefined): string | undefined =>
  literalString(get("name")) ?? literalString(get("key"));

/** Blocks and resources that are there to hold one secret. */
const holdsSecret = (block: Block): boolean =>
  block.type === "secret" ||
  /_secret(?:_v\d|_version)?$/.test(block.labels[0]?.text ?? "") ||
  literalString(attributeOf(block, "type")?.value) === "SecureString";

/** `secret_key_ref { secret = "…" }` and the like name a secret that is kept elsewhere. */
const isNameOfSecret = ({ type }: Block, name: string): boolean =>
  /(?:_ref|_reference|_source|_selector|_variables|_volumes)$/.test(type) && /^secrets?$/.test(name);

const scripts = new Set([
  "user_data",
  "user_data_base64",
  "custom_data",
  "startup_script",
  "metadata_startup_script",
  "startup-script",
]);
const assignment =
  /(?:^|[\s;])(?:export[ \t]+)?([A-Za-z_]\w*)=(?:"([^"\n$`]*)"|'([^'\n]*)'|([^\s;&|"'`$()<>]+))(?=[\s;&|]|$)/g;
/** A line of the YAML that cloud-init reads, and of files that it writes. */
const line = /^[ \t-]*([A-Za-z_]\w*):[ \t]+(?:"([^"\n$]*)"|'([^'\n]*)'|([^\s"'{}[\]$<>|>&*#]+))[ \t]*$/gm;
const member = /"([\w.-]+)"\s*:\s*"([^"\\\n$]*)"/g;
const pair = /"name"\s*:\s*"([\w.-]+)"\s*,\s*"value"\s*:\s*"([^"\\\n$]*)"/g;

/** Assignments in the scripts that a machine starts with, members of JSON objects. */
function* inText(context: Context, name: string, content: Span, value: unknown): Iterable<NamedValue> {
  const text = context.file.text.slice(content.start, content.end);
  const isYaml = scripts.has(name) && /^\s*#cloud-config\b/.test(text);
  const patterns = isYaml
    ? [assignment, line]
    : scripts.has(name)
      ? [assignment]
      : /^\s*[[{]/.test(text)
        ? [pair, member]
        : [];
  for (const pattern of patterns)
    for (const match of text.matchAll(pattern)) {
      const found = match.slice(2).find((group) => group !== undefined);
      if (match[1] === undefined || found === undefined || found === value) continue;
      const start = content.start + match.index + match[0].lastIndexOf(found);
      yield {
        ...within(context),
        name: match[1],
        value: found,
        span: { start, end: start + found.length },
        replaceable: false,
      };
    }
}
