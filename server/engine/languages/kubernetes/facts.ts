// What manifests and kustomizations say to the other files of the workspace.

import type { Fact } from "../../workspace.js";
import { type Declared, type KustomizeBuild, type KustomizeUse, toNamed } from "./kustomize.js";
import type { KubernetesFile } from "./model.js";

export interface KubernetesFileFacts {
  /** By the path of the declaring file. */
  "kubernetes.declared": Declared;
  /** By the folder that a kustomization builds. */
  "kustomize.build": KustomizeBuild;
  /** By the path of the file or folder that a kustomization names. */
  "kustomize.use": KustomizeUse;
  /** By the name of an image that Skaffold builds and tags. */
  "skaffold.artifact": { readonly image: string };
}

export function facts(file: KubernetesFile): readonly Fact[] {
  const found: Fact[] = file.builtImages.map((image) => ({ kind: "skaffold.artifact", key: image, value: { image } }));
  for (const object of file.objects)
    found.push({ kind: "kubernetes.declared", key: file.path, value: { ...toNamed(object), parts: object.parts } });
  return file.kustomization ? [...found, ...kustomizationFacts(file.kustomization)] : found;
}

function kustomizationFacts(kustomization: NonNullable<KubernetesFile["kustomization"]>): readonly Fact[] {
  const { folder, component, resources, components, patches, images, namespace, annotations, transforms } =
    kustomization;
  const use = (as: KustomizeUse["as"], key: string): Fact => ({ kind: "kustomize.use", key, value: { folder, as } });
  const build: KustomizeBuild = {
    resources,
    patches,
    images: images.filter(({ tag, digest }) => tag !== undefined || digest).map(({ name }) => name),
    digests: images.filter(({ digest }) => digest).map(({ name }) => name),
    annotations,
    transforms,
    ...(namespace !== undefined && { namespace }),
  };
  return [
    { kind: "kustomize.build", key: folder, value: build },
    ...resources.map((resource) => use(component ? "component" : "resource", resource)),
    ...components.map((path) => use("component", path)),
    ...patches.flatMap(({ file }) => (file === undefined ? [] : [use("patch", file)])),
  ];
}
