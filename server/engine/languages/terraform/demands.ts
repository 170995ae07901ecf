// What rules demand of single arguments, as data: which values are wrong, and whether the provider's default is.

import type { Span } from "../../text.js";
import { type Block, literalString } from "./model.js";
import { has, type Known, type Resource, type Setting, settingsOf, type Value } from "./settings.js";

/** One argument of a type of resources, and when it is wrong. */
export interface Demand {
  readonly type: string;
  /** `storage_encrypted`, or below blocks: `root_block_device.encrypted`. */
  readonly path: string;
  /** These values are wrong. */
  readonly wrong?: readonly Value[];
  /** All other values than these are wrong. */
  readonly right?: readonly Value[];
  /** Numbers below this one are wrong. */
  readonly least?: number;
  /** The default of provider or cloud, in words, where that is wrong too. */
  readonly absent?: string;
  /** The last block of the path has to be there for its argument to be absent. */
  readonly inBlock?: true;
  /** What is the case then; "it" is the resource. */
  readonly so: string;
  /** The value that mends it, as it is written. */
  readonly want?: string;
  readonly severity?: "error" | "warning" | "information" | "hint";
  /** The severity where it is not set at all. */
  readonly unset?: "error" | "warning" | "information" | "hint";
  /** Only where another argument has one of these values. */
  readonly where?: { readonly path: string; readonly is: readonly Value[] };
  /** Arguments and blocks whose presence excuses it. */
  readonly unless?: readonly string[];
}

/** A demand that a resource does not meet. */
export interface Unmet {
  readonly demand: Demand;
  readonly setting: Exclude<Setting, { readonly state: "unknown" }>;
  /** The value that stands there; `undefined` where nothing does. */
  readonly known?: Known;
}

/** Same demand, several types. */
export const each = (types: string, demand: Omit<Demand, "type">): readonly Demand[] =>
  types.split(" ").map((type) => ({ type, ...demand }));

/** A table by type, for one look a resource. */
export function byType(demands: readonly Demand[]): ReadonlyMap<string, readonly Demand[]> {
  const table = new Map<string, Demand[]>();
  for (const demand of demands) table.set(demand.type, [...(table.get(demand.type) ?? []), demand]);
  return table;
}

/** The demands among these that a resource certainly does not meet. */
export function unmetBy(resource: Resource, demands: readonly Demand[]): readonly Unmet[] {
  return demands.flatMap((demand): readonly Unmet[] => {
    if (demand.unless?.some((name) => has(resource, name) !== "no")) return [];
    const { where } = demand;
    if (where && !settingsOf(resource, where.path).every((setting) => isOneOf(setting, where.is))) return [];
    return settingsOf(resource, demand.path).flatMap((setting): readonly Unmet[] => {
      if (setting.state === "unknown") return [];
      if (setting.state === "known")
        return isWrong(demand, setting.known.value) ? [{ demand, setting, known: setting.known }] : [];
      return demand.absent !== undefined && (!demand.inBlock || setting.lacking.length === 1)
        ? [{ demand, setting }]
        : [];
    });
  });
}

const isOneOf = (setting: Setting, values: readonly Value[]): boolean =>
  setting.state === "known" && values.some((value) => isSame(value, setting.known.value));

/** Terraform converts "true" and "0" where a boolean or a number is wanted. */
const isSame = (a: Value, b: Value): boolean => String(a) === String(b);

function isWrong({ wrong, right, least }: Demand, value: Value): boolean {
  if (wrong?.some((one) => isSame(one, value))) return true;
  if (right && !right.some((one) => isSame(one, value))) return true;
  return least !== undefined && value !== "" && Number(value) < least;
}

/** Where a block names itself: its labels, else its type. */
export function nameSpan({ labels, head }: Block): Span {
  const [first, last] = [labels[0], labels.at(-1)];
  return first && last ? { start: first.span.start, end: last.span.end } : head;
}

/** Reads `type.path` of a configuration as the demand that the argument is true. */
export function demandOf(text: string, so: string): readonly Demand[] {
  const [, type, path] = /^([\w-]+)\.([\w.-]+)$/.exec(text.trim()) ?? [];
  return type === undefined || path === undefined
    ? []
    : [{ type, path, right: [true], absent: "not true", so, want: "true" }];
}

/** The literal name that a resource gives itself, as far as it stands in the text. */
export const givenNames = ({ block }: Resource): readonly string[] =>
  block.attributes.flatMap(({ name, value }) =>
    /^(?:name|identifier|cluster_identifier|replication_group_id)$/.test(name) ? (literalString(value) ?? []) : [],
  );
