// What rules demand of single arguments, as data: which values are wrong, and whether the provider's default is.

import { type Span, spanOf } from "../../text.js";
import { type Block, literalString } from "./model.js";
import { instancesOf } from "./repeated.js";
import { has, type Known, placesOf, type Resource, type Setting, settingsOf, type Value } from "./settings.js";

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
  /** That it is set at all is wrong, whatever it says. */
  readonly there?: true;
  /** The last block of the path has to be there for its argument to be absent. */
  readonly inBlock?: true;
  /** What is the case then; "it" is the resource. */
  readonly so: string;
  /** The value that mends it, as it is written. */
  readonly want?: string;
  readonly severity?: "error" | "warning" | "information" | "hint";
  /** The severity where it is not set at all. */
  readonly unset?: "error" | "warning" | "information" | "hint";
  /** Only where another argument has one of these values, or is not set and means one of them. */
  readonly where?: { readonly path: string; readonly is: readonly Value[]; readonly orUnset?: true };
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

/** The demands among these that a resource certainly does not meet, whatever it is made for; each place once. */
export function unmetBy(resource: Resource, demands: readonly Demand[]): readonly Unmet[] {
  if (demands.length === 0) return [];
  const [only, ...more] = instancesOf(resource);
  if (!only || more.length === 0) return unmetByOne(only ?? resource, demands);
  const unmet = [only, ...more].flatMap((one) => unmetByOne(one, demands));
  const placeOf = ({ demand, setting }: Unmet): string => {
    const { start } = setting.state === "known" ? spanOf(setting.place) : setting.holder.span;
    return `${start} ${demand.path}`;
  };
  return [...new Map(unmet.map((one) => [placeOf(one), one])).values()];
}

function unmetByOne(resource: Resource, demands: readonly Demand[]): readonly Unmet[] {
  return demands.flatMap((demand): readonly Unmet[] => {
    if (demand.unless?.some((name) => has(resource, name) !== "no")) return [];
    const { where } = demand;
    if (where && !settingsOf(resource, where.path).every((setting) => isOneOf(setting, where))) return [];
    if (demand.there)
      return placesOf(resource, demand.path).map((place) => {
        const known: Known = { value: true, span: place };
        return { demand, setting: { state: "known", known, place, holder: resource.block }, known };
      });
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

const isOneOf = (setting: Setting, { is, orUnset }: NonNullable<Demand["where"]>): boolean =>
  setting.state === "known"
    ? is.some((value) => isSame(value, setting.known.value))
    : setting.state === "absent" && orUnset === true;

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

/** What a setting of a configuration that names no value asks for. */
export const hasToBe = {
  true: { right: [true], absent: "not true", want: "true" },
  /** As an argument or as a block. */
  set: { absent: "none" },
  offByDefault: { wrong: [true], want: "false" },
} as const satisfies Readonly<Record<string, Partial<Demand>>>;

/**
 * Reads what a team adds to a table: `type.argument` or `type.block.argument`, which asks for what `plain` says,
 * `type.argument = value`, which asks for that value, or `type.argument != value`, which forbids it. Other text is none.
 */
export function demandOf(text: string, so: string, plain: Partial<Demand> = hasToBe.true): readonly Demand[] {
  const [, type, path, sign, written] = /^([\w-]+)\.([\w.-]+?)(?:\s*(!?=)\s*(.*))?$/.exec(text.trim()) ?? [];
  if (type === undefined || path === undefined) return [];
  if (sign === undefined) return [{ type, path, so, ...plain, ...(plain === hasToBe.set && { unless: [path] }) }];
  const value = readValue(written ?? "");
  const literal = typeof value === "string" ? `"${value}"` : String(value);
  return sign === "="
    ? [{ type, path, so, right: [value], absent: `not ${literal}`, want: literal }]
    : [{ type, path, so, wrong: [value] }];
}

function readValue(text: string): Value {
  const bare = text.trim().replace(/^(["'])(.*)\1$/s, "$2");
  if (bare === "true" || bare === "false") return bare === "true";
  return /^-?\d+$/.test(bare) ? Number(bare) : bare;
}

/** The literal name that a resource gives itself, as far as it stands in the text. */
export const givenNames = ({ block }: Resource): readonly string[] =>
  block.attributes.flatMap(({ name, value }) =>
    /^(?:name|identifier|cluster_identifier|replication_group_id)$/.test(name) ? (literalString(value) ?? []) : [],
  );
