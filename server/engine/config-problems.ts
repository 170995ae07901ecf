// What the schema has against a ".dakota.yaml", in the words of the file and at its place.

import validate from "./config.validate.gen.js";
import type { Problem } from "./languages/source.js";
import { entryOf, type YamlNode } from "./languages/yaml/model.js";
import type { Span } from "./text.js";

interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** One complaint for each place that is wrong. @param text of the file that `root` was read from */
export function complaintsOf(root: YamlNode, text: string): readonly Problem[] {
  if (validate(plain(root))) return [];
  const errors: readonly SchemaError[] = validate.errors ?? [];
  const problems = new Map<string, Problem>();
  for (const error of errors) {
    const problem = toProblem(root, error, text);
    if (problem) problems.set(`${problem.span.start} ${problem.span.end}`, problem);
  }
  return [...problems.values()];
}

/** A schema's error in the words of the file; undefined for the summaries that only repeat other errors. */
function toProblem(
  root: YamlNode,
  { instancePath, keyword, params, message }: SchemaError,
  text: string,
): Problem | undefined {
  const path = instancePath
    .split("/")
    .slice(1)
    .map((part) => part.replace(/~1/g, "/").replace(/~0/g, "~"));
  const { node, span } = locate(root, path, text);
  // A rule's setting is a word or a map: what the other form wants says nothing here.
  const otherForm = path.at(-2) === "rules" && keyword === (node.type === "map" ? "enum" : "type");
  if (keyword === "anyOf" || otherForm) return undefined;
  if (keyword === "additionalProperties" && node.type === "map") {
    const name = String(params.additionalProperty);
    const what = unknownKey[path.slice(path[0] === "overrides" ? 2 : 0).join("/")] ?? "there is no setting called";
    return { span: entryOf(node, name)?.key.span ?? span, message: `${what} "${name}"` };
  }
  const allowed = params.allowedValues;
  if (Array.isArray(allowed))
    return { span, message: `"${text.slice(span.start, span.end)}" is none of ${allowed.join(", ")}` };
  if (keyword === "required") return { span, message: `"${String(params.missingProperty)}" is missing` };
  if (keyword === "type") return { span, message: `this is not ${wordFor(String(params.type).split(",")[0] ?? "")}` };
  return { span, message: message ?? keyword };
}

/** What a key is that is none of those which a section has; rules also stand below overrides. */
const unknownKey: Readonly<Record<string, string>> = {
  rules: "no rule is called",
  "pipeline/roles": "no role is called",
};

function locate(
  root: YamlNode,
  path: readonly string[],
  text: string,
): { readonly node: YamlNode; readonly span: Span } {
  let node = root;
  let key: Span | undefined;
  for (const step of path) {
    const entry = entryOf(node, step);
    key = entry?.key.span ?? key;
    const next: YamlNode | undefined = entry?.value ?? (node.type === "list" ? node.items[Number(step)] : undefined);
    if (!next) break;
    node = next;
  }
  const empty = node.span.start === node.span.end;
  if (empty && key) return { node, span: key };
  const end =
    node.type === "scalar"
      ? node.span.end
      : node.span.start + (/^[^\r\n]*/.exec(text.slice(node.span.start, node.span.end))?.[0].length ?? 0);
  return { node, span: { start: node.span.start, end } };
}

const wordFor = (type: string): string =>
  ({ array: "a list", object: "a map", string: "a text", boolean: "true or false", number: "a number" })[type] ?? type;

/** A node as JSON would hold it. */
export function plain(node: YamlNode): unknown {
  if (node.type === "scalar") return node.value;
  if (node.type === "list") return node.items.map(plain);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, plain(value)]));
}
