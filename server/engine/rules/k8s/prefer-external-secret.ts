// Secrets that pods use and that no secret manager provides.

import { inOneNamespace, toNamespaces } from "../../languages/kubernetes/applied.js";
import { booleanOf, type Field, items, look, type Tree, textOf } from "../../languages/kubernetes/look.js";
import type { KubernetesFile, KubernetesObject, Pod } from "../../languages/kubernetes/model.js";
import { namespacesOf } from "../../languages/kubernetes/relations.js";
import { unitOf } from "../../languages/kubernetes/selecting.js";
import { asString, type Content } from "../../languages/yaml/edits.js";
import { at, option, rule, type Workspace } from "../../rule.js";
import { escapeSnippet } from "../../snippet.js";
import { standsAlone } from "./_object.js";
import { append, metadataBeside, searched } from "./_workload.js";

export default rule({
  on: "kubernetes",
  title: "Provide Secrets from a secret manager",
  why: "A Secret that somebody applied by hand or committed is rotated by nobody, and nobody knows who has seen it. A secret manager keeps it encrypted, rotates it and records who reads it; an ExternalSecret or a SealedSecret makes the Secret that pods use.",
  severity: "hint",
  profile: "strict",
  phase: 3,
  standard: "Engineer Instructions, Secret Management",
  alsoKnownAs: ["kics b9c83569"],
  options: { store: option.string("vault-backend", "Name of the SecretStore that the quick fix proposes") },

  *check(file, { store }, workspace) {
    const isComplete = standsAlone(file, workspace);
    for (const object of file.objects) {
      const told = new Set<string>();
      for (const name of object.pod ? usedSecrets(object.pod) : []) {
        if (name.state !== "set" || told.has(name.value) || !isPlain(file, object, name.value, workspace)) continue;
        told.add(name.value);
        if (!isComplete(object)) continue;
        yield at(
          name,
          `no ExternalSecret, SealedSecret or the like ${searched(workspace)} provides Secret "${name.value}"`,
          ...append(file, `Add an ExternalSecret for "${name.value}"`, externalSecret(object, name.value, store)),
        );
      }
    }
  },
});

/** The names of the Secrets from which a pod takes variables and files; it can start without those that are optional. */
function usedSecrets(pod: Pod): readonly Field<string>[] {
  const references = (container: Tree): readonly Tree[] => [
    ...items(look(container, "env")).flatMap((item) => treeAt(item, "valueFrom", "secretKeyRef")),
    ...items(look(container, "envFrom")).flatMap((item) => treeAt(item, "secretRef")),
  ];
  const volumes = items(look(pod.spec, "volumes")).flatMap((volume) => [
    ...treeAt(volume, "secret"),
    ...items(look(volume, "projected", "sources")).flatMap((source) => treeAt(source, "secret")),
  ]);
  return [...pod.containers.flatMap(({ tree }) => references(tree)), ...volumes].flatMap((reference) => {
    if (booleanOf(look(reference, "optional")).state !== "absent") return [];
    const name = textOf(look(reference, "name"));
    const used = name.state === "absent" ? textOf(look(reference, "secretName")) : name;
    return used.state === "set" && isServiceAccountToken(used.value) ? [] : [used];
  });
}

/** The name of a Secret that the cluster made for an account and put into the pod. */
const isServiceAccountToken = (name: string): boolean => /-token-[a-z0-9]{5}$/.test(name);

function treeAt(tree: Tree, ...path: readonly string[]): readonly Tree[] {
  const found = look(tree, ...path);
  return typeof found === "string" ? [] : [found];
}

/**
 * Whether a Secret is known to come from no source: a manifest declares it in plain text, or the workspace keeps the
 * sources of secrets of its namespace and has none for this one.
 */
function isPlain({ path }: KubernetesFile, object: KubernetesObject, name: string, workspace: Workspace): boolean {
  const sources = [name, `in ${unitOf(path)}`].flatMap((key) => workspace.facts("kubernetes.secretSource", key));
  if (sources.length > 0) return false;
  const own = namespacesOf({ path, namespace: toNamespaces(object.namespace) }, workspace);
  const declared = workspace
    .facts("kubernetes.secret", name)
    .filter((secret) => inOneNamespace(namespacesOf(secret, workspace), own) !== "no");
  if (declared.length > 0) return declared.every(({ kept }) => kept === "plain");
  if (object.tree.template || typeof own === "string") return false;
  const kept = workspace.facts("kubernetes.secretSource", "all");
  return kept.some((source) => inOneNamespace(namespacesOf(source, workspace), own) === "yes");
}

function externalSecret(object: KubernetesObject, name: string, store: string): { readonly [key: string]: Content } {
  const secret = escapeSnippet(asString(name));
  const remoteRef = { key: `\${3:secret/data/${escapeSnippet(name)}}`, property: `\${4:password}` };
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: metadataBeside(object, secret),
    spec: {
      secretStoreRef: { name: `\${1:${escapeSnippet(store)}}`, kind: "SecretStore" },
      target: { name: secret },
      data: [{ secretKey: `\${2:password}`, remoteRef }],
    },
  };
}
