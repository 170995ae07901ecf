// Who may reach which ports: rules of firewalls and security groups in all the shapes that AWS, Azure and Google give them.

import type { Span } from "../../text.js";
import type { Workspace } from "../../workspace.js";
import { attributeOf, type Block, type TerraformFile } from "./model.js";
import { instancesOf, madeParts } from "./repeated.js";
import { type Known, type Part, partsOf, type Resource, resolve, resolveItems, resourcesOf } from "./settings.js";

export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** Traffic that is let in from everywhere. */
export interface OpenIngress {
  readonly resource: Resource;
  readonly protocol: "tcp" | "udp" | "all";
  /** Those that are certain. */
  readonly ports: readonly PortRange[];
  /** What lets everyone in: `0.0.0.0/0`, `*`. */
  readonly source: Known;
  /** A firewall of a whole network, behind which others stand. */
  readonly stateless?: true;
}

const everyPort: PortRange = { from: 0, to: 65535 };

/** Rules of a firewall that Dakota does not know by itself: which arguments say who may reach what. */
export interface Firewall {
  readonly type: string;
  /** The block that holds a rule; absent where a resource is one. */
  readonly block?: string;
  readonly source: string;
  /** One argument with ranges (`22`, `20-25`, `22/22`), or two with the first and the last port. */
  readonly ports: readonly string[];
}

/** Reads `type: source, ports` or `type.block: source, from, to`, all of them names of arguments; other text is none. */
export function firewallOf(text: string): readonly Firewall[] {
  const [, type, block, source, ports] =
    /^([\w-]+)(?:\.([\w-]+))?\s*:\s*([\w-]+)\s*,\s*([\w-]+(?:\s*,\s*[\w-]+)?)$/.exec(text.trim()) ?? [];
  if (type === undefined || source === undefined || ports === undefined) return [];
  return [{ type, source, ports: ports.split(/\s*,\s*/), ...(block !== undefined && { block }) }];
}

/**
 * Everything in a file that lets the whole internet in; what cannot be told (ports, sources, direction) is left out.
 * `firewalls` are types beside the known ones.
 */
export function openIngress(
  file: TerraformFile,
  workspace: Workspace,
  firewalls: readonly Firewall[] = [],
): readonly OpenIngress[] {
  const known = [...others, ...firewalls];
  return resourcesOf(file, workspace).flatMap((resource) => {
    const read = Object.hasOwn(readers, resource.type) ? readers[resource.type] : undefined;
    const added = known.filter(({ type }) => type === resource.type);
    if (!read && added.length === 0) return [];
    return instancesOf(resource).flatMap((one) => [
      ...(read ? read(one) : []),
      ...added.flatMap((firewall) => addedRules(one, firewall)),
    ]);
  });
}

function addedRules(resource: Resource, firewall: Firewall): readonly OpenIngress[] {
  const parts = firewall.block === undefined ? [whole(resource)] : madeParts(resource, resource.block, firewall.block);
  return parts.flatMap(({ block }) => addedRule(resource, block, firewall));
}

/** A rule that says it is for traffic out, or to be refused, lets nobody in; nor does one of which that cannot be told. */
function addedRule(resource: Resource, block: Block, { source: name, ports: names }: Firewall): readonly OpenIngress[] {
  const isOr = (argument: string, wanted: RegExp): boolean =>
    !attributeOf(block, argument) || wanted.test(textOf(resource, block, argument) ?? "");
  if (!isOr("direction", /^in/i) || !isOr("type", /^in/i)) return [];
  if (!["action", "access", "policy"].every((argument) => isOr(argument, /^(?:allow|accept|permit)/i))) return [];
  const said = ["protocol", "ip_protocol"].find((argument) => attributeOf(block, argument));
  const protocol = said === undefined ? "tcp" : protocolOf(textOf(resource, block, said));
  const source = everyone(itemsOf(resource, block, name));
  const [first = "", last] = names;
  const [from, to] = [first, last ?? ""].map((argument) => numberOf(textOf(resource, block, argument)));
  const ranges = itemsOf(resource, block, first).flatMap(({ value }) => rangeOf(String(value)));
  const ports = last === undefined ? ranges : from !== undefined && to !== undefined ? [{ from, to }] : [];
  return protocol && source && ports.length > 0 ? [{ resource, protocol, ports, source }] : [];
}

/** Firewalls that need no reader of their own. Source: the argument references of these providers, November 2025. */
const others = `
  alicloud_security_group_rule: cidr_ip, port_range
  aws_lightsail_instance_public_ports.port_info: cidrs, from_port, to_port
  digitalocean_firewall.inbound_rule: source_addresses, port_range
  hcloud_firewall.rule: source_ips, port
  linode_firewall.inbound: ipv4, ports
  openstack_compute_secgroup_v2.rule: cidr, from_port, to_port
  openstack_networking_secgroup_rule_v2: remote_ip_prefix, port_range_min, port_range_max
`
  .trim()
  .split("\n")
  .flatMap(firewallOf);

type Reader = (resource: Resource) => readonly OpenIngress[];

const nestedIngress: Reader = (resource) =>
  madeParts(resource, resource.block, "ingress").flatMap((part) =>
    awsRule(resource, part, "protocol", ["cidr_blocks", "ipv6_cidr_blocks"]),
  );

const securityRules: Reader = (resource) =>
  madeParts(resource, resource.block, "security_rule").flatMap((part) => azureRule(resource, part));

const networkAcl: Reader = (resource) =>
  madeParts(resource, resource.block, "ingress").flatMap((part) => aclRule(resource, part, "action"));

/**
 * What comes back to a machine that asked arrives at high ports, and this kind of firewall does not remember who asked: ranges
 * up there are open because they have to be.
 */
function aclRule(resource: Resource, part: Part, action: string): readonly OpenIngress[] {
  if (textOf(resource, part.block, action) !== "allow") return [];
  return awsRule(resource, part, "protocol", ["cidr_block", "ipv6_cidr_block"])
    .filter(({ ports }) => ports.every(({ from, to }) => from < 1024 || to < 32768))
    .map((rule) => ({ ...rule, stateless: true }));
}

/** Source: hashicorp/aws, aws_eks_node_group: without groups to let in, a key opens port 22 to the internet. */
const nodeAccess: Reader = (resource) =>
  partsOf(resource.block, "remote_access").parts.flatMap(({ block, certain }): readonly OpenIngress[] => {
    const key = textOf(resource, block, "ec2_ssh_key");
    if (!certain || key === undefined || attributeOf(block, "source_security_group_ids")) return [];
    const source = { value: "0.0.0.0/0", span: block.head, origin: "without source_security_group_ids" };
    return [{ resource, protocol: "tcp", ports: [{ from: 22, to: 22 }], source }];
  });

const whole = ({ block, partial }: Resource): Part => ({ block, certain: !partial });

// Sources: the arguments of these resources in hashicorp/aws 6.25.0, hashicorp/azurerm 4.55.0, hashicorp/google 6.50.0.
const readers: Readonly<Record<string, Reader>> = {
  aws_security_group: nestedIngress,
  aws_default_security_group: nestedIngress,
  aws_network_acl: networkAcl,
  aws_default_network_acl: networkAcl,
  aws_network_acl_rule: (resource) =>
    attributeOf(resource.block, "egress") && textOf(resource, resource.block, "egress") !== "false"
      ? []
      : aclRule(resource, whole(resource), "rule_action"),
  aws_eks_node_group: nodeAccess,
  aws_security_group_rule: (resource) =>
    textOf(resource, resource.block, "type") === "ingress"
      ? awsRule(resource, whole(resource), "protocol", ["cidr_blocks", "ipv6_cidr_blocks"])
      : [],
  aws_vpc_security_group_ingress_rule: (resource) =>
    awsRule(resource, whole(resource), "ip_protocol", ["cidr_ipv4", "cidr_ipv6"]),
  azurerm_network_security_group: securityRules,
  azurerm_network_security_rule: (resource) => azureRule(resource, whole(resource)),
  google_compute_firewall: googleRules,
};

function awsRule(
  resource: Resource,
  { block }: Part,
  protocolName: string,
  sourceNames: readonly string[],
): readonly OpenIngress[] {
  const protocol = attributeOf(block, protocolName) ? protocolOf(textOf(resource, block, protocolName)) : "tcp";
  const source = everyone(sourceNames.flatMap((name) => itemsOf(resource, block, name)));
  if (!protocol || !source) return [];
  const ports = protocol === "all" ? [everyPort] : awsPorts(resource, block);
  return ports.length > 0 ? [{ resource, protocol, ports, source }] : [];
}

function awsPorts(resource: Resource, block: Block): readonly PortRange[] {
  const [from, to] = ["from_port", "to_port"].map((name) => numberOf(textOf(resource, block, name)));
  if (from === undefined || to === undefined || to < from) return [];
  return from === -1 ? [everyPort] : [{ from, to }];
}

function azureRule(resource: Resource, { block }: Part): readonly OpenIngress[] {
  const text = (name: string) => textOf(resource, block, name)?.toLowerCase();
  if (text("direction") !== "inbound" || text("access") !== "allow") return [];
  const protocol = attributeOf(block, "protocol") ? protocolOf(text("protocol")) : "tcp";
  const source = everyone([
    ...itemsOf(resource, block, "source_address_prefix"),
    ...itemsOf(resource, block, "source_address_prefixes"),
  ]);
  const written = [
    ...itemsOf(resource, block, "destination_port_range"),
    ...itemsOf(resource, block, "destination_port_ranges"),
  ];
  const ports = written.flatMap(({ value }) => rangeOf(String(value)));
  return protocol && source && ports.length > 0 ? [{ resource, protocol, ports, source }] : [];
}

function googleRules(resource: Resource): readonly OpenIngress[] {
  const { block } = resource;
  const said = (name: string) => attributeOf(block, name) !== undefined;
  if (said("direction") && textOf(resource, block, "direction") !== "INGRESS") return [];
  if (said("disabled") && textOf(resource, block, "disabled") !== "false") return [];
  const source = everyone(itemsOf(resource, block, "source_ranges"));
  if (!source) return [];
  return madeParts(resource, block, "allow").flatMap(({ block: allow }): readonly OpenIngress[] => {
    const protocol = protocolOf(textOf(resource, allow, "protocol"));
    const ports = attributeOf(allow, "ports")
      ? itemsOf(resource, allow, "ports").flatMap(({ value }) => rangeOf(String(value)))
      : [everyPort];
    return protocol && ports.length > 0 ? [{ resource, protocol, ports, source }] : [];
  });
}

const itemsOf = (resource: Resource, block: Block, name: string): readonly Known[] => {
  const attribute = attributeOf(block, name);
  return attribute ? resolveItems(resource, attribute.value) : [];
};

/** What an argument says, numbers and booleans as text. */
function textOf(resource: Resource, block: Block, name: string): string | undefined {
  const attribute = attributeOf(block, name);
  const known = attribute && resolve(resource, attribute.value);
  return known === undefined || known.value === null ? undefined : String(known.value);
}

/** Protocols have names and numbers; "-1" and "all" are all of them. ICMP has no ports and is left out. */
function protocolOf(text: string | undefined): OpenIngress["protocol"] | undefined {
  switch (text?.toLowerCase()) {
    case "-1":
    case "all":
    case "*":
      return "all";
    case "tcp":
    case "6":
      return "tcp";
    case "udp":
    case "17":
      return "udp";
    default:
      return undefined;
  }
}

const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;

/** `22`, `20-25`, `22/22`, `*`. */
function rangeOf(text: string): readonly PortRange[] {
  if (text === "*") return [everyPort];
  const [, from, to] = /^(\d+)(?:\s*[-/]\s*(\d+))?$/.exec(text.trim()) ?? [];
  return from === undefined ? [] : [{ from: Number(from), to: Number(to ?? from) }];
}

/** Whether an address block is everything: its prefix has no bit, whatever stands before it. */
export const isEverywhere = (source: string): boolean =>
  /^[^\s/]*\/0$/.test(source.trim()) || ["*", "any", "internet", "0.0.0.0"].includes(source.trim().toLowerCase());

/** The source among those of one rule that lets everyone in; two halves of the address space do as well. */
function everyone(sources: readonly Known[]): Known | undefined {
  const texts = sources.map(({ value }) => String(value).trim());
  const one = sources.find((_, i) => isEverywhere(texts[i] ?? ""));
  if (one) return one;
  const [low, high] = ["0.0.0.0/1", "128.0.0.0/1"].map((half) => sources[texts.indexOf(half)]);
  if (!low || !high) return undefined;
  const { origin } = low;
  const span: Span = origin === undefined ? { start: low.span.start, end: high.span.end } : low.span;
  return { value: "0.0.0.0/1 and 128.0.0.0/1", span, ...(origin !== undefined && { origin }) };
}
