// Images of a GitLab pipeline, with the variables and matrix values that are written in the same file put in.

import { entriesAt, itemsAt, nodeAt, scalarAt, type YamlEntry, type YamlNode, type YamlScalar } from "../yaml/model.js";
import { referenceIn } from "./gitlab-order.js";
import { contentSpan } from "./matrix.js";
import type { ImageUse, Text } from "./model.js";

type Values = ReadonlyMap<string, readonly Text[]>;
type Jobs = ReadonlyMap<string, YamlNode>;

/** How deep jobs may extend each other, and how many at once: more is not followed. */
const maximumDepth = 5;
const maximumParents = 4;

/** Every image that the file names for jobs and services: at the top, under `default`, and in jobs. */
export function gitlabImages(
  text: string,
  root: YamlNode | undefined,
  jobs: readonly YamlEntry[],
): readonly ImageUse[] {
  const globals = variablesAt(root);
  const shared = [root, nodeAt(root, "default")].flatMap((node) => imagesAt(text, node, () => globals));
  const byName = new Map(jobs.map(({ key, value }) => [key.text, value]));
  const own = jobs.flatMap(({ key, value }) =>
    imagesAt(text, value, () => valuesFor(byName, key.text, value, globals)),
  );
  return [...shared, ...own];
}

function imagesAt(text: string, node: YamlNode | undefined, values: () => Values): readonly ImageUse[] {
  const image = nameOf(nodeAt(node, "image"));
  const list = nodeAt(node, "services");
  const services = list && referenceIn(text, list) ? [] : itemsAt(list).map(nameOf);
  return [
    ...(image ? expand("job", image, values) : []),
    ...services.flatMap((service) => (service ? expand("service", service, values) : [])),
  ];
}

const nameOf = (node: YamlNode | undefined): YamlScalar | undefined =>
  node?.type === "scalar" ? (node.style === "missing" ? undefined : node) : scalarAt(node, "name");

/** What variables are worth in a job. A template's variables are set by whoever extends it, so it has none of its own. */
function valuesFor(jobs: Jobs, id: string, job: YamlNode, globals: Values): Values {
  if (id.startsWith(".")) return new Map();
  const inherited = inheritedVariables(jobs, job, 0);
  if (!inherited) return new Map();
  const matrix = new Map<string, Text[]>();
  for (const item of itemsAt(job, "parallel", "matrix"))
    for (const { key, value } of entriesAt(item))
      for (const one of value.type === "list" ? value.items : [value])
        if (one.type === "scalar")
          matrix.set(key.text, [...(matrix.get(key.text) ?? []), { text: one.text, span: one.span }]);
  return new Map([...globals, ...inherited, ...matrix]);
}

/** The variables of a job and of what it extends; undefined where a part of that is in another file, or set by rules. */
function inheritedVariables(jobs: Jobs, job: YamlNode, depth: number): Values | undefined {
  if (depth > maximumDepth || itemsAt(job, "rules").some((rule) => nodeAt(rule, "variables"))) return undefined;
  const parents = nodeAt(job, "extends");
  const names = parents?.type === "list" ? parents.items : parents ? [parents] : [];
  const values = new Map<string, readonly Text[]>();
  for (const name of names) {
    const parent = name.type === "scalar" && names.length <= maximumParents ? jobs.get(name.text) : undefined;
    const inherited = parent && inheritedVariables(jobs, parent, depth + 1);
    if (!inherited) return undefined;
    for (const [variable, texts] of inherited) values.set(variable, texts);
  }
  for (const [variable, texts] of variablesAt(job)) values.set(variable, texts);
  return values;
}

function variablesAt(node: YamlNode | undefined): Values {
  const values = new Map<string, readonly Text[]>();
  for (const { key, value } of entriesAt(node, "variables")) {
    const scalar = value.type === "scalar" ? value : scalarAt(value, "value");
    if (scalar) values.set(key.text, [{ text: scalar.text, span: scalar.span }]);
  }
  return values;
}

/** An image once for every value of a variable in it; other variables stay as they are. */
function expand(kind: ImageUse["kind"], image: YamlScalar, valuesHere: () => Values): readonly ImageUse[] {
  const span = contentSpan(image);
  if (!image.text.includes("$")) return [{ text: image.text, span, kind }];
  const values = valuesHere();
  const names = [
    ...new Set([...image.text.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)].map((match) => match[1] ?? match[2] ?? "")),
  ];
  let uses: readonly ImageUse[] = [{ text: image.text, span, kind }];
  for (const name of names.slice(0, 8)) {
    const texts = (values.get(name) ?? []).filter(({ text }) => !text.includes("$")).slice(0, 50);
    if (texts.length === 0 || uses.length > 200) continue;
    uses = uses.flatMap((use) =>
      texts.map((value) => ({
        ...use,
        text: use.text.replace(new RegExp(`\\$(?:\\{${name}\\}|${name}\\b)`, "g"), () => value.text),
        ...(texts.length > 1 && { span: value.span }),
        from: name,
      })),
    );
  }
  return uses;
}
