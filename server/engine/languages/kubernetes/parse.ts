// The text of a manifest, a Helm template or a kustomization -> its model. Knows no parser package: YAML is read by
// ../yaml/parse.ts.

import type { Span } from "../../text.js";
import type { Comment } from "../source.js";
import {
  itemsAt,
  scalarAt,
  textAt,
  type YamlDocument,
  type YamlFile,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
} from "../yaml/model.js";
import { parseYaml } from "../yaml/parse.js";
import { containerLists, podPathOf, selecting } from "./kinds.js";
import { items, look, type Tree, textOf } from "./look.js";
import type { Container, ContainerRole, KubernetesFile, KubernetesObject, Pod } from "./model.js";
import { isKustomization, partsOf, toKustomization } from "./parse-kustomization.js";
import { isTemplate, maskTemplate, placeholder, type Template } from "./template.js";

/** Reads any text; never throws. Offsets count in `text`, also for templates. */
export function parseKubernetes(path: string, text: string): KubernetesFile {
  const template = isTemplate(path, text) ? maskTemplate(text) : undefined;
  const yaml = parseYaml(template?.text ?? text);
  const roots = rootsOf(yaml, template);
  const objects = roots.flatMap((root) => objectsOf(text, root));
  const kustomization = roots.find(({ tree }) => isKustomization(path, tree.node))?.tree.node;
  const notJudged = whyNotJudged(text, yaml, template);
  return {
    path,
    text,
    comments: template ? inOrder([...yaml.comments, ...template.comments]) : yaml.comments,
    statements: yaml.statements,
    problems: template ? [] : yaml.problems,
    objects,
    builtImages: roots.flatMap(({ tree }) => builtImages(tree.node)),
    ...(kustomization && { kustomization: toKustomization(path, kustomization) }),
    ...(notJudged !== undefined && { notJudged }),
  };
}

const inOrder = (comments: readonly Comment[]): readonly Comment[] =>
  [...comments].sort((a, b) => a.span.start - b.span.start);

interface Root {
  readonly tree: Tree;
  readonly broken: boolean;
}

/** The documents with something in them. A template's document that is no YAML is left out: its shape is not certain. */
function rootsOf({ documents }: YamlFile, template: Template | undefined): readonly Root[] {
  return documents.flatMap(({ root, broken }, index) => {
    if (!root || (broken && template)) return [];
    const end = documents[index + 1]?.span.start ?? template?.text.length ?? root.span.end;
    const reach = { start: root.span.start, end: Math.max(end, root.span.end) };
    return [{ tree: { node: root, reach, partial: broken, ...(template && { template }) }, broken }];
  });
}

function whyNotJudged(text: string, { documents }: YamlFile, template: Template | undefined): string | undefined {
  const isReadable = ({ root, broken }: YamlDocument): boolean => root !== undefined && !broken;
  if (!documents.some(({ broken }) => broken) || (template && documents.some(isReadable))) return undefined;
  if (template) return "a template that is no YAML once its actions are masked";
  return /^[ \t]*(?:\{%|<%)/m.test(text) ? "a template in a language that Dakota does not read" : undefined;
}

/** The objects of a document: itself, or those that a list holds. */
function objectsOf(
  text: string,
  { tree, broken }: Root,
  listKind?: string,
  listVersion?: string,
): readonly KubernetesObject[] {
  const { node } = tree;
  if (node.type === "list") return items(tree).flatMap((item) => objectsOf(text, { tree: item, broken }));
  if (node.type !== "map") return [];
  const kind = textAt(node, "kind") ?? listKind;
  const apiVersion = textAt(node, "apiVersion") ?? listVersion;
  if (kind === undefined || apiVersion === undefined) return [];
  const list = listOf(kind, apiVersion, tree);
  if (list.length === 0) return [toObject(text, tree, kind, apiVersion, broken)];
  // Items of a typed list leave out what its kind already says.
  const itemKind = /^\w+List$/.test(kind) ? kind.slice(0, -4) : undefined;
  return list.flatMap((item) => objectsOf(text, { tree: item, broken }, itemKind, itemKind && apiVersion));
}

function listOf(kind: string, apiVersion: string, tree: Tree): readonly Tree[] {
  if (kind.endsWith("List")) return items(look(tree, "items"));
  const openShift = kind === "Template" && /^(?:template\.openshift\.io\/)?v1$/.test(apiVersion);
  return openShift ? items(look(tree, "objects")) : [];
}

function toObject(text: string, tree: Tree, kind: string, apiVersion: string, broken: boolean): KubernetesObject {
  const partial = broken || isFragment(tree, kind, apiVersion);
  const own = partial && !tree.partial ? { ...tree, partial } : tree;
  const pod = podOf(text, look(own, ...podPathOf(kind)));
  const name = scalarAt(tree.node, "metadata", "name") ?? scalarAt(tree.node, "metadata", "generateName");
  return {
    apiVersion,
    kind,
    name: textOf(look(own, "metadata", "name")),
    namespace: textOf(look(own, "metadata", "namespace")),
    called: called(text, kind, scalarAt(tree.node, "kind"), name),
    span: (name ?? scalarAt(tree.node, "kind") ?? tree.node).span,
    tree: own,
    partial,
    parts: partsOf(tree.node),
    ...(pod && { pod }),
  };
}

function called(text: string, kind: string, kindAt: YamlScalar | undefined, name: YamlScalar | undefined): string {
  const shown = kindAt && kind.includes(placeholder) ? written(text, kindAt) : kind;
  return name ? `${shown} "${written(text, name)}"` : `this ${shown}`;
}

/** A part that is merged into the whole elsewhere: it has a patch directive, or lacks what the API server insists on. */
function isFragment(tree: Tree, kind: string, apiVersion: string): boolean {
  if (look(tree, "$patch") !== "absent" && !tree.template) return true;
  if (look(tree, "metadata", "name") === "absent" && look(tree, "metadata", "generateName") === "absent") return true;
  if (apiVersion !== "apps/v1" || !selecting.has(kind)) return false;
  return (
    look(tree, "spec", "selector") === "absent" && look(tree, "spec", "template", "metadata", "labels") === "absent"
  );
}

const listRoles: Readonly<Record<(typeof containerLists)[number], ContainerRole>> = {
  initContainers: "init",
  containers: "main",
  ephemeralContainers: "ephemeral",
};

function podOf(text: string, spec: Tree | "absent" | "unknown"): Pod | undefined {
  if (typeof spec === "string" || spec.node.type !== "map") return undefined;
  const found = containerLists.map((key) => ({ role: listRoles[key], list: look(spec, key) }));
  if (found.every(({ list }) => typeof list === "string" || list.node.type !== "list")) return undefined;
  const containers = found.flatMap(({ role, list }) => items(list).flatMap((item) => toContainer(text, item, role)));
  return { spec, os: osOf(spec), containers };
}

/** The pod's declared system, or the one that its node selector asks for. */
function osOf(spec: Tree): Pod["os"] {
  const declared = textOf(look(spec, "os", "name"));
  const system = declared.state === "absent" ? textOf(look(spec, "nodeSelector", "kubernetes.io/os")) : declared;
  if (system.state === "set") return system.value === "windows" ? "windows" : "other";
  return system.state === "absent" ? "other" : "unknown";
}

const roleNames: Readonly<Record<ContainerRole, string>> = {
  main: "",
  init: "init container ",
  sidecar: "sidecar ",
  ephemeral: "ephemeral container ",
};

function toContainer(text: string, item: Tree, listed: ContainerRole): readonly Container[] {
  const { node } = item;
  if (node.type !== "map") return [];
  const restarts = listed === "init" ? textOf(look(item, "restartPolicy")) : undefined;
  const role = restarts?.state === "set" && restarts.value === "Always" ? "sidecar" : listed;
  const image = scalarAt(node, "image");
  // Every container has an image; where none is written, this is a part that is merged into one that has.
  const tree = look(item, "image") === "absent" ? { ...item, partial: true } : item;
  const named = scalarAt(node, "name") ?? image;
  return [
    {
      role,
      called: named ? `${roleNames[role]}"${written(text, named)}"` : "a container without name",
      span: named?.span ?? firstKey(node),
      image: imageOf(tree),
      tree,
    },
  ];
}

const firstKey = (map: YamlMap): Span => map.entries[0]?.key.span ?? map.span;

/** An image whose parts a template writes stays readable: the rest of it counts. */
function imageOf(tree: Tree): Container["image"] {
  const found = look(tree, "image");
  const field = textOf(found);
  if (field.state !== "unknown" || typeof found === "string" || found.node.type !== "scalar") return field;
  const { text, span, style } = found.node;
  if (style === "block" || !text.includes(placeholder)) return field;
  return { state: "set", value: text.replace(new RegExp(`${placeholder}+`, "g"), "{{x}}"), span };
}

/** A scalar as the file writes it, without its quotes, shortened to what a message can hold. */
function written(text: string, { span, style }: YamlScalar): string {
  const source = style === "quoted" ? text.slice(span.start + 1, span.end - 1) : text.slice(span.start, span.end);
  const line = source.replace(/\s+/g, " ");
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

/** What Skaffold's own file lists as built by it. */
function builtImages(root: YamlNode): readonly string[] {
  if (!textAt(root, "apiVersion")?.startsWith("skaffold/")) return [];
  const profiles = itemsAt(root, "profiles");
  return [root, ...profiles].flatMap((node) =>
    itemsAt(node, "build", "artifacts").flatMap((artifact) => textAt(artifact, "image") ?? []),
  );
}
