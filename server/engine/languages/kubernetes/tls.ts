// Which hosts an Ingress or a Gateway serves, which of them it serves by TLS, and with which certificates.
// Sources: API reference 1.33, networking.k8s.io/v1 Ingress; Gateway API 1.2; the controllers' documentation of annotations.

import { contains, type Span } from "../../text.js";
import { ingressClassOf, isIngress } from "./exposure.js";
import { type Field, items, look, type Tree, textOf } from "./look.js";
import type { KubernetesObject } from "./model.js";

export interface Host {
  /** Absent for a rule that takes every host. */
  readonly name?: string;
  readonly span: Span;
}

export interface IngressTls {
  /** Hosts that are served; those that the text does not tell, and those that only answer ACME challenges, are left out. */
  readonly hosts: readonly Host[];
  /** The entries under `tls`; none where it has none. */
  readonly entries: readonly TlsEntry[];
}

export interface TlsEntry {
  /** Hosts that it names; undefined where it takes them all, or where they are not known. */
  readonly hosts: readonly string[] | undefined;
  readonly secret: Field<string>;
}

/** What an Ingress serves; undefined for other objects, and where it is not certain what it does about TLS. */
export function ingressTlsOf(object: KubernetesObject): IngressTls | undefined {
  if (!isIngress(object)) return undefined;
  const spec = look(object.tree, "spec");
  const tls = look(spec, "tls");
  if (tls === "unknown") return undefined;
  const rules = look(spec, "rules");
  const hosts = items(rules).flatMap((rule) => hostOf(rule, object.span));
  const backend = [look(spec, "defaultBackend"), look(spec, "backend")];
  const takesAll = rules === "absent" && backend.some((found) => typeof found !== "string");
  const entries = items(tls).map((item) => {
    const names = look(item, "hosts");
    return { hosts: names === "absent" ? undefined : namesIn(items(names)), secret: textOf(look(item, "secretName")) };
  });
  return { hosts: takesAll ? [{ span: object.span }] : hosts, entries };
}

function hostOf(rule: Tree, owner: Span): readonly Host[] {
  const paths = items(look(rule, "http", "paths")).map((path) => textOf(look(path, "path")));
  const answers = (path: Field<string>): boolean => path.state === "set" && path.value.startsWith(acme);
  if (paths.length > 0 && paths.every(answers)) return [];
  const host = textOf(look(rule, "host"));
  if (host.state === "set") return [{ name: host.value, span: host.span }];
  return host.state === "absent" ? [{ span: owner }] : [];
}

const acme = "/.well-known/acme-challenge";

function namesIn(found: readonly Tree[]): readonly string[] | undefined {
  const names = found.map(textOf);
  return names.every((name) => name.state === "set") ? names.map((name) => name.value) : undefined;
}

/** Whether an entry's certificate is for a host: by its name, or by a wildcard for one label. */
export const covers = ({ hosts }: TlsEntry, host: string): boolean =>
  hosts === undefined ||
  hosts.some((name) => name === host || (name.startsWith("*.") && name.slice(1) === host.replace(/^[^.*]+/, "")));

/** Annotations by which a controller serves TLS without an entry under `tls`. */
const servesTls: readonly (readonly [string, RegExp])[] = [
  ["alb.ingress.kubernetes.io/certificate-arn", /./],
  ["alb.ingress.kubernetes.io/listen-ports", /HTTPS/],
  ["networking.gke.io/managed-certificates", /./],
  ["ingress.gcp.kubernetes.io/pre-shared-cert", /./],
  ["appgw.ingress.kubernetes.io/appgw-ssl-certificate", /./],
  ["nginx.ingress.kubernetes.io/ssl-passthrough", /^true$/],
  ["haproxy.org/ssl-passthrough", /^true$/],
  ["traefik.ingress.kubernetes.io/router.tls", /^true$/],
  ["traefik.ingress.kubernetes.io/router.entrypoints", /websecure/],
  ["route.openshift.io/termination", /./],
  ["external-dns.alpha.kubernetes.io/cloudflare-proxied", /^true$/],
];

/** Classes whose controllers serve TLS in every case. */
const tlsClasses: ReadonlySet<string> = new Set(["cloudflare-tunnel", "ngrok", "tailscale"]);

/** Whether TLS ends elsewhere by an annotation or by the class of an Ingress, or whether these are not known. */
export function endsElsewhere(object: KubernetesObject): boolean {
  const own = ingressClassOf(object);
  if (own.state === "unknown" || (own.state === "set" && tlsClasses.has(own.value))) return true;
  return servesTls.some(([key, pattern]) => {
    const field = textOf(look(object.tree, "metadata", "annotations", key));
    return field.state === "unknown" || (field.state === "set" && pattern.test(field.value));
  });
}

export interface Listener {
  readonly protocol: Field<string>;
  readonly hostname: Field<string>;
  /** Names of the Secrets with its certificates. */
  readonly secrets: readonly Field<string>[];
}

/** The listeners of a Gateway (Gateway API); undefined for other objects, and where not all of them are known. */
export function listenersOf({ kind, apiVersion, tree }: KubernetesObject): readonly Listener[] | undefined {
  if (kind !== "Gateway" || !apiVersion.startsWith("gateway.networking.k8s.io/")) return undefined;
  const found = look(tree, "spec", "listeners");
  if (typeof found === "string" || found.node.type !== "list") return undefined;
  if (found.template?.holes.some(({ span }) => contains(found.reach, span))) return undefined;
  return items(found).map((listener) => ({
    protocol: textOf(look(listener, "protocol")),
    hostname: textOf(look(listener, "hostname")),
    secrets: items(look(listener, "tls", "certificateRefs")).map((reference) => textOf(look(reference, "name"))),
  }));
}
