// Blocks that are written once and made several times: `for_each` of a resource, and `dynamic` blocks. Where the list of what
// they are made for stands in the text, each of them is known by itself.

import {
  attributeOf,
  type Block,
  type Entry,
  type Expression,
  literalString,
  type Nested,
  nestedBlocks,
  objectsAt,
} from "./model.js";
import { memberAt, type Part, type Resource, type Scope, writtenOut } from "./settings.js";

/** Longer lists are tables of something else. */
const most = 60;

/** A resource for each thing that it is made for; itself where that is not known, or makes no difference. */
export function instancesOf(resource: Resource): readonly Resource[] {
  const given = attributeOf(resource.block, "for_each")?.value;
  const each = given && eachOf(resource, given);
  if (!each) return [resource];
  const blocks = each.map((one) => filled(resource.block, "each", one));
  return blocks.every((block) => block === resource.block)
    ? [resource]
    : blocks.map((block) => ({ ...resource, block }));
}

/** The nested blocks of a type, `dynamic` ones as often as they are made. */
export function madeParts(scope: Scope, block: Block, type: string): readonly Part[] {
  const nested = nestedBlocks(block, type).flatMap((one) => made(scope, block, type, one));
  const all = block.loose ? nested : [...nested, ...objectsAt(block, type).objects];
  return all.map((one) => ({ block: one.block, certain: one.certain && !one.block.broken }));
}

function made(scope: Scope, outer: Block, type: string, nested: Nested): readonly Nested[] {
  const dynamic = nested.certain ? undefined : outer.blocks.find(({ blocks }) => blocks.includes(nested.block));
  const given = dynamic && attributeOf(dynamic, "for_each")?.value;
  const each = given && eachOf(scope, given);
  if (!each || !dynamic) return [nested];
  const named = attributeOf(dynamic, "iterator")?.value;
  const iterator = named?.kind === "reference" ? named.path : (literalString(named) ?? type);
  const blocks = each.map((one) => filled(nested.block, iterator, one));
  return blocks.every((block) => block === nested.block) ? [nested] : blocks.map((block) => ({ block, certain: true }));
}

interface One {
  readonly key?: Expression;
  readonly value: Expression;
}

/** What a `for_each` goes through; `undefined` where that is not all in the text. */
function eachOf(scope: Scope, given: Expression): readonly One[] | undefined {
  const value = writtenOut(scope, given);
  if (value?.kind === "call" && ["toset", "tolist", "tomap"].includes(value.name) && value.args.length === 1) {
    const each = value.args[0] && eachOf(scope, value.args[0]);
    return value.name === "toset" ? each?.map((one) => ({ ...one, key: one.value })) : each;
  }
  if (value?.kind === "list")
    return value.items.length <= most ? value.items.map((item) => ({ value: item })) : undefined;
  if (value?.kind !== "map" || value.entries.length > most) return undefined;
  return value.entries.map(({ key, keySpan, value: item }) => ({
    ...(key !== undefined && { key: { kind: "literal", value: key, span: keySpan, content: keySpan } }),
    value: item,
  }));
}

/** A block with the names of what it is made for replaced; the same block where it names nothing of it. */
function filled(block: Block, name: string, one: One): Block {
  const attributes = block.attributes.map((attribute) => {
    const value = filledIn(attribute.value, name, one);
    return value === attribute.value ? attribute : { ...attribute, value };
  });
  const blocks = block.blocks.map((inner) => filled(inner, name, one));
  const same =
    attributes.every((one, i) => one === block.attributes[i]) && blocks.every((one, i) => one === block.blocks[i]);
  return same ? block : { ...block, attributes, blocks };
}

function filledIn(value: Expression, name: string, one: One): Expression {
  switch (value.kind) {
    case "reference":
      return named(value.path, name, one) ?? value;
    case "list": {
      const items = value.items.map((item) => filledIn(item, name, one));
      return items.every((item, i) => item === value.items[i]) ? value : { ...value, items };
    }
    case "map": {
      const entries = value.entries.map((entry): Entry => {
        const inner = filledIn(entry.value, name, one);
        return inner === entry.value ? entry : { ...entry, value: inner };
      });
      return entries.every((entry, i) => entry === value.entries[i]) ? value : { ...value, entries };
    }
    default:
      return value;
  }
}

/** What `ingress.value.port` stands for; `undefined` where it is about something else, or is not in the text. */
function named(path: string, name: string, { key, value }: One): Expression | undefined {
  if (path === `${name}.key`) return key;
  if (path !== `${name}.value` && !/^[.[]/.test(path.startsWith(`${name}.value`) ? path.slice(name.length + 6) : ""))
    return undefined;
  return memberAt(value, path.slice(name.length + 6));
}
