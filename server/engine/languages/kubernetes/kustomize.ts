// What a kustomization does to the files that it names, and, asked from a file, what all kustomizations that build it do.

import type { Span } from "../../text.js";
import type { Workspace } from "../../workspace.js";
import type { Field } from "./look.js";

/** An entry under `images`: the tag or digest it sets for an image. */
export interface ImageOverride {
  readonly name: string;
  readonly tag?: { readonly value: string; readonly span: Span };
  readonly digest: boolean;
}

/** What a patch can complete in an object, as far as rules ask for it. `labels` are those of a pod. */
export type Part =
  | "resources"
  | "security"
  | "annotations"
  | "liveness"
  | "readiness"
  | "replicas"
  | "scheduling"
  | "labels"
  | "selector"
  | "account"
  | "exposure"
  | "tls";

/** A label that a kustomization adds, and how far: to objects only, also to pod templates, or to selectors as well. */
export interface AddedLabel {
  readonly key: string;
  readonly value: string;
  readonly on: "objects" | "templates" | "selectors";
}

/** An entry under `secretGenerator[].literals` (`key=value`): a value that stands in the kustomization itself. */
export interface SecretLiteral {
  /** Of the Secret that is made. */
  readonly name: string;
  readonly key: string;
  readonly value: string;
  readonly span: Span;
}

/** An entry under `replicas`: how many pods it gives to workloads of this name. */
export interface ReplicasOverride {
  readonly name: string;
  readonly count: number;
}

/** A patch: what it may be applied to, and which parts it may set; where its file has to tell that, the file's path. */
export interface Patch {
  readonly kind?: string;
  readonly name?: string;
  readonly parts: readonly Part[];
  readonly file?: string;
}

export interface Kustomization {
  /** The folder it builds, absolute. */
  readonly folder: string;
  /** `kind: Component`: what it names is put into builds elsewhere. */
  readonly component: boolean;
  /** Files and folders by absolute path; references to other hosts are left out. */
  readonly resources: readonly string[];
  readonly components: readonly string[];
  readonly patches: readonly Patch[];
  readonly images: readonly ImageOverride[];
  readonly namespace?: string;
  /** Keys that it adds to the annotations of every object. */
  readonly annotations: readonly string[];
  readonly labels: readonly AddedLabel[];
  readonly replicas: readonly ReplicasOverride[];
  readonly secretLiterals: readonly SecretLiteral[];
  /** Names of the Secrets that it makes of literals and files. */
  readonly secrets: readonly string[];
  /** It runs transformers of its own: anything may be changed. */
  readonly transforms: boolean;
}

/** What one kustomization says to the files that it builds. */
export interface KustomizeBuild {
  readonly resources: readonly string[];
  readonly components: readonly string[];
  readonly patches: readonly Patch[];
  /** Names of images that get a tag or a digest. */
  readonly images: readonly string[];
  readonly digests: readonly string[];
  readonly namespace?: string;
  readonly annotations: readonly string[];
  readonly labels: readonly AddedLabel[];
  readonly replicas: readonly ReplicasOverride[];
  readonly transforms: boolean;
}

/** How a kustomization names a file or folder. */
export interface KustomizeUse {
  readonly folder: string;
  readonly as: "resource" | "patch" | "component";
}

/** What a file declares, for those who know it by its path. */
export interface Declared {
  readonly kind: string;
  readonly name: string;
  readonly parts: readonly Part[];
}

export const toNamed = ({ kind, name }: Buildable["objects"][number]): Named => ({
  kind,
  name: typeof name === "string" ? name : name.state === "set" ? name.value : "",
});

/** All that kustomizations of the workspace do to one file. */
export interface Built {
  /** A patch, or part of a component or of an overlay: an object that others complete. */
  readonly fragment: boolean;
  readonly annotations: readonly string[];
  /** Whether a kustomization sets the tag or the digest of this image, or certainly the digest; its name is without. */
  readonly retags: (image: string, to?: "digest") => boolean;
  /** Whether a patch may set a part of an object. */
  readonly patches: (part: Part, object: Named) => boolean;
}

/** An object as kustomizations know it; its name is empty where it is not known. */
export interface Named {
  readonly kind: string;
  readonly name: string;
}

/** A file whose objects kustomizations may build. */
interface Buildable {
  readonly path: string;
  readonly objects: readonly { readonly kind: string; readonly name: Field<string> | string }[];
}

/** Asks the workspace what becomes of a file's objects: once, and only when the answer is needed. */
export function kustomized({ path, objects }: Buildable, workspace: Workspace): () => Built {
  let built: Built | undefined;
  return () => {
    built ??= builtBy(path, objects.map(toNamed), workspace);
    return built;
  };
}

function builtBy(path: string, objects: readonly Named[], workspace: Workspace): Built {
  const { builds, fragment } = buildsOf(path, workspace);
  const patches = builds.flatMap((build) => build.patches);
  return {
    fragment: fragment || completesBase(path, objects, workspace),
    annotations: builds.flatMap((build) => build.annotations),
    retags: (image, to) =>
      builds.some(({ images, digests, transforms }) => transforms || (to ? digests : images).includes(image)),
    patches: (part, object) =>
      builds.some(({ transforms }) => transforms) || patches.some((patch) => sets(part, patch, object, workspace)),
  };
}

/** The builds that a file ends up in, through bases and overlays on top of them. */
function buildsOf(path: string, workspace: Workspace): { builds: readonly KustomizeBuild[]; fragment: boolean } {
  const builds: KustomizeBuild[] = [];
  const seen = new Set([path]);
  let fragment = false;
  for (const here of seen)
    for (const { folder, as } of workspace.facts("kustomize.use", here)) {
      if (as !== "resource") fragment = true;
      if (seen.has(folder)) continue;
      seen.add(folder); // a set hands out what is added while it is walked
      builds.push(...buildsAt(folder, workspace));
    }
  return { builds, fragment };
}

/** What the kustomization of a folder does to its files, in its order: first by its components, then by itself. */
export function buildsAt(folder: string, workspace: Workspace): readonly KustomizeBuild[] {
  const builds: KustomizeBuild[] = [];
  const seen = new Set<string>();
  const visit = (here: string): void => {
    if (seen.has(here)) return;
    seen.add(here);
    for (const build of workspace.facts("kustomize.build", here)) {
      build.components.forEach(visit);
      builds.push(build);
    }
  };
  visit(folder);
  return builds;
}

/** Whether a file beside a kustomization repeats an object of one of its bases: then it is merged into that. */
function completesBase(path: string, objects: readonly Named[], workspace: Workspace): boolean {
  const folder = path.slice(0, path.lastIndexOf("/"));
  const bases = workspace.facts("kustomize.build", folder).flatMap(({ resources }) => resources);
  const seen = new Set(bases.filter((base) => workspace.facts("kustomize.build", base).length > 0));
  for (const base of seen)
    for (const { resources } of workspace.facts("kustomize.build", base))
      for (const resource of resources) {
        if (resource === path) return false;
        const declared = workspace.facts("kubernetes.declared", resource);
        if (declared.some((one) => objects.some(({ kind, name }) => one.kind === kind && one.name === name)))
          return true;
        if (declared.length === 0) seen.add(resource);
      }
  return false;
}

/** Targets are regular expressions that have to fit as a whole; one that is none is taken by its letters. */
function matches(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined || pattern === text) return true;
  if (!/[\\.*+?[\](){}|^$]/.test(pattern)) return false;
  try {
    return new RegExp(`^(?:${pattern})$`).test(text);
  } catch {
    return false;
  }
}

/**
 * Whether a patch sets a part of an object. What a file of its own says is asked there, and without a target also what it
 * is meant for; a list of operations, or a file that is not here, may say anything.
 */
function sets(part: Part, patch: Patch, object: Named, workspace: Workspace): boolean {
  const { kind, name, file, parts } = patch;
  const isTarget = (aim: Aim): boolean =>
    matches(aim.kind, object.kind) && (object.name === "" || matches(aim.name, object.name));
  if (!isTarget({ kind, name })) return false;
  if (file === undefined) return parts.includes(part);
  const declared = workspace.facts("kubernetes.declared", file);
  const isAimed = kind !== undefined || name !== undefined;
  return declared.length === 0 || declared.some((one) => one.parts.includes(part) && (isAimed || isTarget(one)));
}

interface Aim {
  readonly kind: string | undefined;
  readonly name: string | undefined;
}

/** An absolute path from a folder and a reference below or beside it; undefined for one to another host. */
export function resolvePath(folder: string, reference: string): string | undefined {
  if (reference === "" || /:\/\/|^[\w.-]+@|[?]|^(?:github|gitlab|bitbucket)\.\w+\//.test(reference)) return undefined;
  const parts = reference.startsWith("/") ? [] : folder.split("/").filter((part) => part !== "");
  for (const part of reference.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return `${folder.startsWith("/") || reference.startsWith("/") ? "/" : ""}${parts.join("/")}`;
}
