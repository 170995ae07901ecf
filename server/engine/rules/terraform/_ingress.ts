// Which ports are management ports, and how openings are worded.

import type { OpenIngress, PortRange } from "../../languages/terraform/ingress.js";
import { type Fix, replace, snippet } from "../../rule.js";

/** What listens where by convention. Source: IANA Service Name and Transport Protocol Port Number Registry. */
const services: Readonly<Record<string, string>> = {
  "22": "SSH",
  "23": "Telnet",
  "2375": "Docker",
  "2376": "Docker",
  "2379": "etcd",
  "3389": "RDP",
  "5985": "WinRM",
  "5986": "WinRM",
  "6443": "Kubernetes",
  "10250": "kubelet",
};

export const managementPorts: readonly string[] = Object.keys(services);

/** The first management port that everybody reaches over TCP. */
export const managementPortOf = ({ protocol, ports }: OpenIngress, list: readonly string[]): string | undefined =>
  protocol === "udp" ? undefined : list.find((port) => ports.some((range) => includes(range, Number(port))));

export const includes = ({ from, to }: PortRange, port: number): boolean => from <= port && port <= to;

export const named = (port: string): string => (services[port] ? `${port} (${services[port]})` : port);

export const shown = ({ from, to }: PortRange): string => (from === to ? `port ${from}` : `ports ${from}-${to}`);

/** `"0.0.0.0/0"`, with the name that it comes from. */
export const sourceOf = ({ source: { value, origin } }: OpenIngress): string =>
  origin === undefined ? `"${value}"` : `"${value}" (${origin})`;

/** Puts a private network in the place of the open one, where that stands in the rule itself. */
export function narrowed({ source: { value, span, origin } }: OpenIngress): readonly Fix[] {
  const text = String(value);
  if (origin !== undefined || text.includes(" ")) return [];
  const network = text.includes(":") ? "fd00::/8" : "10.0.0.0/8";
  return [snippet("Let in known networks only", replace(span, `\${1:${network}}`))];
}
