// Kubernetes manifests, Helm templates and kustomizations as rules read them: objects, their pods, their containers, and
// which setting of a pod holds for a container.

import type { Span } from "../../text.js";
import type { Source } from "../source.js";
import type { Kustomization, Part } from "./kustomize.js";
import { booleanOf, type Field, type Look, look, numberOf, type Tree, textOf } from "./look.js";

export interface KubernetesFile extends Source {
  /** Of all documents, with those inside lists, in the order of the text. */
  readonly objects: readonly KubernetesObject[];
  readonly kustomization?: Kustomization;
  /** Images that Skaffold builds and tags itself. */
  readonly builtImages: readonly string[];
}

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: Field<string>;
  readonly namespace: Field<string>;
  /** How messages call it: `Deployment "web"`, with the name as the file writes it. */
  readonly called: string;
  /** The smallest thing that stands for it: the value of its name, else of its kind. */
  readonly span: Span;
  readonly tree: Tree;
  /** What it lacks proves nothing: a fragment of an object, or one that could not be read to its end. */
  readonly partial: boolean;
  readonly pod?: Pod;
  /** What it says, for those whom it may complete. */
  readonly parts: readonly Part[];
}

export interface Pod {
  readonly spec: Tree;
  /** `unknown` where the text leaves it open. */
  readonly os: "windows" | "other" | "unknown";
  /** Init containers, containers, ephemeral containers. */
  readonly containers: readonly Container[];
}

/** A sidecar is an init container that goes on running (`restartPolicy: Always`). */
export type ContainerRole = "main" | "init" | "sidecar" | "ephemeral";

export interface Container {
  readonly role: ContainerRole;
  /** How messages call it, with its quotes: `"app"`, `init container "setup"`. */
  readonly called: string;
  /** The smallest thing that stands for it: the value of its name, else of its image, else its first key. */
  readonly span: Span;
  /** As written; actions of a template stand in it as `{{…}}`. */
  readonly image: Field<string>;
  readonly tree: Tree;
}

/** Where a setting comes from that holds for a container. */
export interface Effective<T> {
  readonly field: Field<T>;
  readonly from: "container" | "pod";
}

/** What a Linux container's security context says about its user and rights, each field of the container over the pod's. */
export interface Security {
  readonly runAsUser: Effective<number>;
  readonly runAsNonRoot: Effective<boolean>;
  /** Exists for containers only. */
  readonly privileged: Field<boolean>;
  /** Windows: the container is a process on the node itself. */
  readonly hostProcess: Effective<boolean>;
  /** Windows: the name of the user. */
  readonly windowsUser: Effective<string>;
}

/** Resolves a container's security context against its pod's, field by field. */
export function securityOf(pod: Pod, { tree }: Container): Security {
  const effective = <T>(read: (found: Look) => Field<T>, ...path: readonly string[]): Effective<T> => {
    const own = read(look(tree, "securityContext", ...path));
    if (own.state !== "absent") return { field: own, from: "container" };
    return { field: read(look(pod.spec, "securityContext", ...path)), from: "pod" };
  };
  return {
    runAsUser: effective(numberOf, "runAsUser"),
    runAsNonRoot: effective(booleanOf, "runAsNonRoot"),
    privileged: booleanOf(look(tree, "securityContext", "privileged")),
    hostProcess: effective(booleanOf, "windowsOptions", "hostProcess"),
    windowsUser: effective(textOf, "windowsOptions", "runAsUserName"),
  };
}

export type Resource = "cpu" | "memory";

/** A quantity that a container asks for or is held to; a zero is none. */
export type Amount = Field<string> | { readonly state: "zero"; readonly span: Span };

/** What a container may use at most; where it says nothing, what its pod as a whole may use (`spec.resources`). */
export function limitOf(pod: Pod, { tree }: Container, resource: Resource): Amount {
  return firstSet(amountAt(tree, "limits", resource), amountAt(pod.spec, "limits", resource));
}

/** What is reserved for a container or for its pod. A limit stands for the request where none is written. */
export function requestOf(pod: Pod, { tree }: Container, resource: Resource): Amount {
  const own = amountAt(tree, "requests", resource);
  const implied = own.state === "absent" ? amountAt(tree, "limits", resource) : own;
  return firstSet(own, implied, amountAt(pod.spec, "requests", resource), amountAt(pod.spec, "limits", resource));
}

/** Whether an amount is known to be missing. */
export const isNone = ({ state }: Amount): boolean => state === "absent" || state === "zero";

/** The first amount that is there or may be; else the first of all. */
const firstSet = (own: Amount, ...others: readonly Amount[]): Amount =>
  isNone(own) ? (others.find((amount) => !isNone(amount)) ?? own) : own;

const amountAt = (tree: Tree, list: "limits" | "requests", resource: Resource): Amount =>
  amountOf(look(tree, "resources", list, resource));

/** Reads a quantity (`100m`, `1.5Gi`, `0`). Format: Kubernetes, "Quantity" in the API reference. */
export function amountOf(found: Look): Amount {
  const field = textOf(found);
  if (field.state !== "set") return field;
  return /^[+-]?0*\.?0*(?:[eE][+-]?\d+|[a-zA-Z]{0,2})$/.test(field.value.trim()) && /0/.test(field.value)
    ? { state: "zero", span: field.span }
    : field;
}
