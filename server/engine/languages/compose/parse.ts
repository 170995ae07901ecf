// The text of a Compose file -> its model. Knows no parser package: YAML is read by ../yaml/parse.ts.

import { type PulledImage, parseImage, repositoryOf } from "../../image.js";
import type { Span } from "../../text.js";
import { entriesAt, entryOf, scalarAt, type YamlEntry, type YamlNode, type YamlScalar } from "../yaml/model.js";
import { parseYaml } from "../yaml/parse.js";
import { interpolate } from "./interpolate.js";
import type { Build, ComposeFile, Service, Value, Variable } from "./model.js";
import { folderOf, relativeTo, resolveIn } from "./paths.js";

/** Reads any text; never throws. */
export function parseCompose(path: string, text: string): ComposeFile {
  const { documents, comments, statements, problems } = parseYaml(text);
  const folder = folderOf(path);
  const services = documents.flatMap(({ root }) =>
    entriesAt(root, "services").flatMap((entry) => toService(text, folder, entry)),
  );
  const isTemplate = documents.some(({ broken }) => broken) && /\{\{|\{%|<%/.test(text);
  return {
    path,
    text,
    comments,
    statements,
    problems,
    folder,
    services,
    images: pulledImages(services),
    fragment: !/\/(?:docker-)?compose\.ya?ml$/i.test(path),
    ...(isTemplate && { notJudged: "a template in a language that Dakota does not read" }),
  };
}

function toService(text: string, folder: string, { key, value: node }: YamlEntry): readonly Service[] {
  if (node.type !== "map") return [];
  const value = (name: string): Value | undefined => valueAt(text, node, name);
  return [
    {
      name: key.text,
      span: contentOf(text, key),
      image: value("image"),
      build: buildOf(text, folder, node),
      user: value("user"),
      privileged: value("privileged"),
      environment: variablesAt(text, node, "environment"),
      healthcheck: entryOf(node, "healthcheck") !== undefined,
      extended: entryOf(node, "extends") !== undefined,
      local: /^(?:never|build)$/.test(value("pull_policy")?.text ?? ""),
    },
  ];
}

function buildOf(text: string, folder: string, service: YamlNode): Build | undefined {
  const entry = entryOf(service, "build");
  if (!entry) return undefined;
  const node = entry.value;
  const short = node.type === "scalar";
  const written = short ? valueAt(text, service, "build") : valueAt(text, node, "context");
  const file = short ? undefined : valueAt(text, node, "dockerfile");
  const inline = entryOf(node, "dockerfile_inline") !== undefined;
  const context = written ? pathOf(folder, written) : short ? undefined : folder;
  const name = file ? (file.known ? file.text : undefined) : "Dockerfile";
  const dockerfile = context === undefined || name === undefined || inline ? undefined : resolveIn(context, name);
  return {
    context,
    dockerfile,
    called: dockerfile === undefined ? "" : relativeTo(folder, dockerfile),
    target: short ? undefined : valueAt(text, node, "target"),
    args: short ? [] : variablesAt(text, node, "args"),
  };
}

/** Folders by path; addresses of repositories are none. */
const pathOf = (folder: string, { known, text }: Value): string | undefined =>
  !known || /:\/\/|^git@|^github\.com\//.test(text) ? undefined : resolveIn(folder, text);

/** Variables as a map, or as a list of `NAME=value`. */
function variablesAt(text: string, node: YamlNode, key: string): readonly Variable[] {
  const found = entryOf(node, key)?.value;
  if (found?.type === "list")
    return found.items.flatMap((item) => (item.type === "scalar" ? toVariable(text, item, found.flow) : []));
  if (found?.type !== "map") return [];
  return found.entries.map((entry): Variable => {
    const value = entry.value.type === "scalar" ? toValue(text, entry.value) : undefined;
    const exact = value !== undefined && text.slice(value.span.start, value.span.end) === value.written;
    const { key: name } = entry;
    return { name: name.text, nameSpan: contentOf(text, name), value, replaceable: exact && !found.flow };
  });
}

function toVariable(text: string, item: YamlScalar, flow: boolean): readonly Variable[] {
  const span = contentOf(text, item);
  const exact = text.slice(span.start, span.end) === item.text;
  const equals = item.text.indexOf("=");
  const name = equals === -1 ? item.text : item.text.slice(0, equals);
  if (name === "") return [];
  const within = (from: number, to: number): Span =>
    exact ? { start: span.start + from, end: span.start + to } : span;
  const written = item.text.slice(equals + 1);
  const value = { ...interpolate(written), written, span: within(equals + 1, item.text.length) };
  const nameSpan = within(0, name.length);
  return [{ name, nameSpan, value: equals === -1 ? undefined : value, replaceable: exact && !flow }];
}

function valueAt(text: string, node: YamlNode, key: string): Value | undefined {
  const scalar = scalarAt(node, key);
  return scalar && toValue(text, scalar);
}

function toValue(text: string, scalar: YamlScalar): Value | undefined {
  if (scalar.value === null) return undefined;
  return { ...interpolate(scalar.text), written: scalar.text, span: contentOf(text, scalar) };
}

/** Where the content of a scalar stands: without its quotes, where nothing else tells the two apart. */
function contentOf(text: string, { style, span, text: content }: YamlScalar): Span {
  const inner = { start: span.start + 1, end: span.end - 1 };
  return style === "quoted" && text.slice(inner.start, inner.end) === content ? inner : span;
}

/** Beside `build`, an image is the name of what is built; so it is for other services of the file. */
function pulledImages(services: readonly Service[]): readonly PulledImage[] {
  const nameOf = ({ text }: Value): string | undefined => repositoryOf(parseImage(text));
  const built = new Set(services.flatMap(({ build, image }) => (build && image ? (nameOf(image) ?? []) : [])));
  const seen = new Set<number>();
  return services.flatMap(({ build, image, local }): readonly PulledImage[] => {
    if (!image || build || local || built.has(nameOf(image) ?? "") || seen.has(image.span.start)) return [];
    seen.add(image.span.start);
    const { written, span, used } = image;
    return [{ image: parseImage(image.text), written, span, used }];
  });
}
