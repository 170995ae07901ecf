// What manifests and kustomizations say to the other files of the workspace.

import type { Fact } from "../../workspace.js";
import { type DeclaredObject, declaredFacts } from "./declared.js";
import { imageFacts, type RunImage } from "./images.js";
import { type Declared, type KustomizeBuild, type KustomizeUse, toNamed } from "./kustomize.js";
import type { KubernetesFile } from "./model.js";
import { type Monitor, monitoringFacts, type ScrapedService } from "./monitoring.js";
import { type Account, type DeclaredSecret, provisionFacts, type SecretSource } from "./provision.js";
import { relationFacts, type Scaler, type Selecting } from "./selecting.js";
import type { Workload } from "./workload.js";

export interface KubernetesFileFacts {
  /** By the path of the declaring file. */
  "kubernetes.declared": Declared;
  /** By kind: the first object of the kind in a file. */
  "kubernetes.object": DeclaredObject;
  /** By the folder that a kustomization builds. */
  "kustomize.build": KustomizeBuild;
  /** By the path of the file or folder that a kustomization names. */
  "kustomize.use": KustomizeUse;
  /** By "all": how many objects a file declares. */
  "kubernetes.manifests": { readonly count: number };
  /** By the path of its file. */
  "kubernetes.workload": Workload;
  /** By kind and name (`Deployment/web`): a file declares such a workload. */
  "kubernetes.named": object;
  /** By a label of its pods (`app=web`): a file declares such a workload; by `in <unit>` where not all are known. */
  "kubernetes.labelled": object;
  /** By a label that it demands, `*` for none, or `in <unit>` for unknown ones. */
  "kubernetes.service": Selecting;
  "kubernetes.budget": Selecting;
  "kubernetes.policy": Selecting;
  /** By kind and name of the target (`Deployment/web`), or `in <unit>` where a template writes them. */
  "kubernetes.scaler": Scaler;
  /** By its name. */
  "kubernetes.secret": DeclaredSecret;
  /** By the name of a Secret that it makes, `in <unit>` where a template writes that, and "all" for secret managers. */
  "kubernetes.secretSource": SecretSource;
  /** By its name. */
  "kubernetes.account": Account;
  /** By the last part of its name: an image that a container runs. */
  "kubernetes.image": RunImage;
  /** By a label that it demands, `*` for none, or `in <unit>` for unknown ones. */
  "kubernetes.monitor": Monitor;
  /** By "all": what of monitoring a workspace holds. */
  "kubernetes.monitoring": { readonly kind: string };
  /** By a value by which an alert picks series: the name of a workload, say. */
  "kubernetes.mention": object;
  /** By the path of its file. */
  "kubernetes.scrapedService": ScrapedService;
  /** By the name of an image that Skaffold builds and tags. */
  "skaffold.artifact": { readonly image: string };
}

export function facts(file: KubernetesFile): readonly Fact[] {
  const found: Fact[] = file.builtImages.map((image) => ({ kind: "skaffold.artifact", key: image, value: { image } }));
  for (const object of file.objects)
    found.push({ kind: "kubernetes.declared", key: file.path, value: { ...toNamed(object), parts: object.parts } });
  found.push(
    ...relationFacts(file),
    ...provisionFacts(file),
    ...monitoringFacts(file),
    ...imageFacts(file),
    ...declaredFacts(file),
  );
  return file.kustomization ? [...found, ...kustomizationFacts(file.kustomization)] : found;
}

function kustomizationFacts(kustomization: NonNullable<KubernetesFile["kustomization"]>): readonly Fact[] {
  const { folder, component, resources, components, patches, images, namespace } = kustomization;
  const { annotations, labels, replicas, transforms } = kustomization;
  const use = (as: KustomizeUse["as"], key: string): Fact => ({ kind: "kustomize.use", key, value: { folder, as } });
  const build: KustomizeBuild = {
    resources,
    components,
    patches,
    images: images.filter(({ tag, digest }) => tag !== undefined || digest).map(({ name }) => name),
    digests: images.filter(({ digest }) => digest).map(({ name }) => name),
    annotations,
    labels,
    replicas,
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
