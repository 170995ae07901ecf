// Where the Secrets and service accounts come from that pods use: from manifests, or made by an operator from elsewhere.
// Sources: documentation of External Secrets 0.14, Sealed Secrets 0.27, Secrets Store CSI Driver 1.4, Vault Secrets Operator
// 0.9, cert-manager 1.16 and of the operators that are named below.

import type { Fact } from "../../workspace.js";
import { type Namespaces, toNamespaces } from "./applied.js";
import { booleanOf, type Field, items, type Look, look, type Tree, textOf } from "./look.js";
import type { KubernetesFile, KubernetesObject } from "./model.js";
import { dataOf, isEncrypted, isFilledByCluster, isSecret } from "./secret.js";
import { unitOf } from "./selecting.js";
import { ingressTlsOf, listenersOf } from "./tls.js";

/** A Secret that a manifest or a kustomization declares. Plain data, so that facts can carry it. */
export interface DeclaredSecret {
  readonly namespace: Namespaces;
  /** Whether its values are in its text, encrypted in it, or not in it at all. */
  readonly kept: "plain" | "encrypted" | "elsewhere";
  readonly tls: boolean;
}

/** Something that makes Secrets: a secret manager's operator, or one that renews certificates. */
export interface SecretSource {
  readonly kind: string;
  readonly namespace: Namespaces;
}

/** What a ServiceAccount says about its token. */
export interface Account {
  readonly namespace: Namespaces;
  /** Whether pods get it unless they say otherwise; undefined where that is not known. */
  readonly mounts?: boolean;
}

/** Where kinds that fetch or decrypt secrets hold the name of the Secret that they make; their own name without any. */
const namePaths: Readonly<Record<string, readonly (readonly string[])[]>> = {
  ExternalSecret: [["spec", "target", "name"]],
  ClusterExternalSecret: [
    ["spec", "externalSecretSpec", "target", "name"],
    ["spec", "externalSecretName"],
  ],
  SealedSecret: [["spec", "template", "metadata", "name"]],
  VaultStaticSecret: [["spec", "destination", "name"]],
  VaultDynamicSecret: [["spec", "destination", "name"]],
  VaultPKISecret: [["spec", "destination", "name"]],
  HCPVaultSecretsApp: [["spec", "destination", "name"]],
  VaultSecret: [],
  OnePasswordItem: [],
  AzureKeyVaultSecret: [["spec", "output", "secret", "name"]],
  InfisicalSecret: [["spec", "managedSecretReference", "secretName"]],
  DopplerSecret: [["spec", "managedSecret", "name"]],
  BitwardenSecret: [["spec", "secretName"]],
};

/** Annotations of an Ingress or a Gateway for which cert-manager and its kin get and renew the certificate. */
export const issuerAnnotations: readonly string[] = [
  "cert-manager.io/cluster-issuer",
  "cert-manager.io/issuer",
  "certmanager.k8s.io/cluster-issuer",
  "certmanager.k8s.io/issuer",
  "kubernetes.io/tls-acme",
  "cert.gardener.cloud/purpose",
  "traefik.ingress.kubernetes.io/router.tls.certresolver",
  "networking.gke.io/managed-certificates",
];

/** What a file says about Secrets and service accounts. */
export function provisionFacts(file: KubernetesFile): readonly Fact[] {
  const generated = file.kustomization?.secrets ?? [];
  return [
    ...generated.map((key): Fact => {
      const value: DeclaredSecret = { namespace: "unknown", kept: "plain", tls: false };
      return { kind: "kubernetes.secret", key, value };
    }),
    ...file.objects.flatMap((object) => [
      ...secretFacts(object),
      ...sourceFacts(file.path, object),
      ...accountFacts(object),
    ]),
  ];
}

function secretFacts(object: KubernetesObject): readonly Fact[] {
  const { name, namespace, tree } = object;
  if (!isSecret(object) || name.state !== "set" || object.partial) return [];
  const holdsText = dataOf(object).some(({ value }) => value !== "");
  const type = textOf(look(tree, "type"));
  const value: DeclaredSecret = {
    namespace: toNamespaces(namespace),
    kept: isEncrypted(object) ? "encrypted" : holdsText && !isFilledByCluster(object) ? "plain" : "elsewhere",
    tls: type.state === "set" && type.value === "kubernetes.io/tls",
  };
  return [{ kind: "kubernetes.secret", key: name.value, value }];
}

function sourceFacts(path: string, object: KubernetesObject): readonly Fact[] {
  const fields = madeSecrets(object);
  const { kind, tree } = object;
  const value: SecretSource = { kind, namespace: toNamespaces(object.namespace) };
  const keys = fields.map((field) => (field.state === "set" ? field.value : `in ${unitOf(path)}`));
  if (fields.length > 0 && !isCertificateSource(object) && !tree.template) keys.push("all");
  return [...new Set(keys)].map((key) => ({ kind: "kubernetes.secretSource", key, value }));
}

const isCertificateSource = ({ kind }: KubernetesObject): boolean =>
  kind === "Certificate" || kind === "Ingress" || kind === "Gateway";

/** The names of the Secrets that an object has made. */
function madeSecrets(object: KubernetesObject): readonly Field<string>[] {
  const { kind, apiVersion, name, tree } = object;
  const paths = namePaths[kind];
  if (paths) {
    const fields = paths.map((path) => textOf(look(tree, ...path))).filter(({ state }) => state !== "absent");
    return [fields[0] ?? name];
  }
  if (kind === "SecretProviderClass") return namesIn(look(tree, "spec", "secretObjects"), "secretName");
  if (kind === "SopsSecret") return namesIn(look(tree, "spec", "secretTemplates"), "name");
  if (kind === "Certificate" && /^cert-?manager\./.test(apiVersion)) return [textOf(look(tree, "spec", "secretName"))];
  if (isIssued(object)) return tlsSecretsOf(object);
  const connection = textOf(look(tree, "spec", "writeConnectionSecretToRef", "name"));
  return connection.state === "set" ? [connection] : [];
}

const namesIn = (found: Look, key: string): readonly Field<string>[] =>
  items(found).map((item: Tree) => textOf(look(item, key)));

/** Whether an annotation has the certificates of an object renewed, or whether that is not known. */
export const isIssued = ({ tree }: KubernetesObject): boolean =>
  issuerAnnotations.some((key) => textOf(look(tree, "metadata", "annotations", key)).state !== "absent");

/** The Secrets with the certificates of an Ingress or a Gateway. */
export const tlsSecretsOf = (object: KubernetesObject): readonly Field<string>[] => [
  ...(ingressTlsOf(object)?.entries ?? []).map(({ secret }) => secret),
  ...(listenersOf(object) ?? []).flatMap(({ secrets }) => secrets),
];

function accountFacts({ kind, apiVersion, name, namespace, tree }: KubernetesObject): readonly Fact[] {
  if (kind !== "ServiceAccount" || apiVersion !== "v1" || name.state !== "set") return [];
  const mounts = booleanOf(look(tree, "automountServiceAccountToken"));
  const known = mounts.state === "set" ? mounts.value : mounts.state === "absent" ? true : undefined;
  const value: Account = { namespace: toNamespaces(namespace), ...(known !== undefined && { mounts: known }) };
  return [{ kind: "kubernetes.account", key: name.value, value }];
}
