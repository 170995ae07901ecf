// What opens a way into the cluster from outside: Services and Ingresses, and the many ways to say that it stays inside.
// Sources: the providers' documentation of load balancer annotations; RFC 1918, 4193, 6598 (private addresses); RFC 6761,
// 6762, 8375 and ICANN's reservation of ".internal" (names that public DNS does not resolve).

import type { Span } from "../../text.js";
import { items, type Look, look, textOf } from "./look.js";
import type { KubernetesObject } from "./model.js";

export interface Exposure {
  /** `type LoadBalancer`, `externalIPs`; absent for an Ingress. */
  readonly by?: string;
  readonly place: Span;
}

/** How an object can be reached from outside; undefined where it cannot, or where that is not certain. */
export function exposureOf(object: KubernetesObject, isInternalClass: (name: string) => boolean): Exposure | undefined {
  if (isIngress(object)) return exposureOfIngress(object, isInternalClass);
  if (object.kind !== "Service" || object.apiVersion !== "v1") return undefined;
  return exposureOfService(object, isInternalClass);
}

/** Whether an object is an Ingress of Kubernetes itself. */
export const isIngress = ({ kind, apiVersion }: KubernetesObject): boolean =>
  kind === "Ingress" && /^(?:networking\.k8s\.io|extensions)\//.test(apiVersion);

/** The class of an Ingress, by its field or by the annotation of old. */
export function ingressClassOf({ tree }: KubernetesObject): ReturnType<typeof textOf> {
  const field = textOf(look(tree, "spec", "ingressClassName"));
  return field.state === "absent"
    ? textOf(look(tree, "metadata", "annotations", "kubernetes.io/ingress.class"))
    : field;
}

function exposureOfService(object: KubernetesObject, isInternalClass: (name: string) => boolean): Exposure | undefined {
  const spec = look(object.tree, "spec");
  const type = textOf(look(spec, "type"));
  if (type.state === "set" && (type.value === "NodePort" || type.value === "LoadBalancer")) {
    const balancer = textOf(look(spec, "loadBalancerClass"));
    if (balancer.state === "unknown" || (balancer.state === "set" && isInternalClass(balancer.value))) return undefined;
    return staysInside(object) ? undefined : { by: `type ${type.value}`, place: type.span };
  }
  const addresses = items(look(spec, "externalIPs")).map(textOf);
  const open = addresses.find((address) => address.state === "set" && !isPrivateAddress(address.value));
  return open?.state === "set" && !staysInside(object) ? { by: "externalIPs", place: open.span } : undefined;
}

function exposureOfIngress(object: KubernetesObject, isInternalClass: (name: string) => boolean): Exposure | undefined {
  const own = ingressClassOf(object);
  if (own.state === "unknown" || (own.state === "set" && isInternalClass(own.value)) || staysInside(object))
    return undefined;
  // The AWS controller makes internal load balancers unless it is told otherwise.
  const scheme = textOf(look(object.tree, "metadata", "annotations", "alb.ingress.kubernetes.io/scheme"));
  if (own.state === "set" && own.value === "alb" && scheme.state === "absent") return undefined;
  const hosts = items(look(object.tree, "spec", "rules")).map((rule) => textOf(look(rule, "host")));
  const isInside = (host: (typeof hosts)[number]): boolean =>
    host.state === "unknown" || (host.state === "set" && isInternalHost(host.value));
  return hosts.length > 0 && hosts.every(isInside) ? undefined : { place: object.span };
}

/** Annotations by which a provider keeps a load balancer in the private network, with the values that do so. */
const internalAnnotations: readonly (readonly [string, RegExp])[] = [
  ["service.beta.kubernetes.io/aws-load-balancer-internal", /^(?!false$)./],
  ["service.beta.kubernetes.io/aws-load-balancer-scheme", /^internal$/],
  ["alb.ingress.kubernetes.io/scheme", /^internal$/],
  ["service.beta.kubernetes.io/azure-load-balancer-internal", /^true$/],
  ["appgw.ingress.kubernetes.io/use-private-ip", /^true$/],
  ["networking.gke.io/load-balancer-type", /^internal$/i],
  ["cloud.google.com/load-balancer-type", /^internal$/i],
  ["service.beta.kubernetes.io/oci-load-balancer-internal", /^true$/],
  ["oci-network-load-balancer.oraclecloud.com/internal", /^true$/],
  ["service.beta.kubernetes.io/openstack-internal-load-balancer", /^true$/],
  ["service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type", /^private$/],
  ["service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type", /^intranet$/],
  ["service.kubernetes.io/qcloud-loadbalancer-internal-subnetid", /./],
  ["service.beta.kubernetes.io/do-loadbalancer-network", /^internal$/i],
  ["service.beta.kubernetes.io/scw-loadbalancer-private", /^true$/],
  ["yandex.cloud/load-balancer-type", /^internal$/],
];

/** Annotations with the addresses of a load balancer. */
const addressAnnotations: readonly string[] = [
  "metallb.universe.tf/loadBalancerIPs",
  "metallb.io/loadBalancerIPs",
  "lbipam.cilium.io/ips",
  "io.cilium/lb-ipam-ips",
  "kube-vip.io/loadbalancerIPs",
];

/** Annotations with the addresses from which alone an object can be reached. */
const sourceAnnotations: readonly string[] = [
  "service.beta.kubernetes.io/load-balancer-source-ranges",
  "nginx.ingress.kubernetes.io/whitelist-source-range",
  "nginx.ingress.kubernetes.io/allowlist-source-range",
  "haproxy.org/allow-list",
  "alb.ingress.kubernetes.io/inbound-cidrs",
];

/** Whether an object says that it stays in a private network or lets few in, or whether an annotation is not known. */
function staysInside({ tree }: KubernetesObject): boolean {
  const annotation = (key: string) => textOf(look(tree, "metadata", "annotations", key));
  const says = (key: string, test: (value: string) => boolean): boolean => {
    const field = annotation(key);
    return field.state === "unknown" || (field.state === "set" && test(field.value));
  };
  const address = textOf(look(tree, "spec", "loadBalancerIP"));
  return (
    internalAnnotations.some(([key, pattern]) => says(key, (value) => pattern.test(value))) ||
    addressAnnotations.some((key) => says(key, (value) => value.split(",").every(isPrivateAddress))) ||
    sourceAnnotations.some((key) => says(key, (value) => value.split(",").every(isLimited))) ||
    address.state === "unknown" ||
    (address.state === "set" && isPrivateAddress(address.value)) ||
    areLimited(look(tree, "spec", "loadBalancerSourceRanges"))
  );
}

/** Whether a list of ranges lets not everybody in; what is not known counts as a limit. */
function areLimited(found: Look): boolean {
  if (found === "absent") return false;
  const ranges = items(found).map(textOf);
  if (found === "unknown") return true;
  return ranges.length > 0 && ranges.every((range) => range.state !== "set" || isLimited(range.value));
}

const isLimited = (range: string): boolean => !/\/0$/.test(range.trim());

const isPrivateAddress = (address: string): boolean =>
  /^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][0-9a-f]{2}:|fe80:|::1$)/i.test(
    address.trim(),
  );

/** Whether public DNS has no such name. */
export const isInternalHost = (host: string): boolean =>
  /(?:^|\.)(?:localhost|local|localdomain|internal|test|invalid|example|home\.arpa)\.?$/i.test(host) ||
  !host.includes(".");
