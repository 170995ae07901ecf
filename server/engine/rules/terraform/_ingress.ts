// Openings to the internet: which of them reach a management port, and how they are worded.

import type { OpenIngress, PortRange } from "../../languages/terraform/ingress.js";
import { type Fix, option, replace, snippet } from "../../rule.js";

/** The option that both rules have: they share out the ports of the same firewalls. */
export const firewallOption = option.strings(
  [],
  'Further rules of firewalls by the names of their arguments, as "type: source, ports", "type: source, from, to" or "type.block: source, ports"',
);

/** The first management port that everybody reaches over TCP. */
export const managementPortOf = ({ protocol, ports }: OpenIngress, list: readonly string[]): string | undefined =>
  protocol === "udp" ? undefined : list.find((port) => ports.some((range) => includes(range, Number(port))));

export const includes = ({ from, to }: PortRange, port: number): boolean => from <= port && port <= to;

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
