// What override files make of a block. Source: Terraform language, "Override Files": arguments one by one, nested blocks
// of a type as a whole, `lifecycle` argument by argument; the later file wins.

import type { Span } from "../../text.js";
import type { Found, Workspace } from "../../workspace.js";
import { type Attribute, addressOf, type Block, isOverridable, type TerraformFile } from "./model.js";
import { moduleFacts } from "./module.js";
import { moveSpans } from "./spans.js";

/**
 * A block with what the override files of its module set in it. Their parts stand where the parts stand that they replace,
 * or at the labels of the block, and have an origin: nothing can be edited there.
 */
export function overridden(block: Block, overrides: Overrides): Block {
  if (overrides.length === 0 || !isOverridable(block)) return block;
  const address = addressOf(block);
  return overrides
    .filter((other) => other.block.type === block.type && addressOf(other.block) === address)
    .reduce((merged, { block: over, path }) => merge(merged, over, path.slice(path.lastIndexOf("/") + 1)), block);
}

export type Overrides = readonly Found<"terraform.override">[];

/** What the override files of a file's module set, in their order. */
export const overridesFor = ({ folder }: TerraformFile, workspace: Workspace): Overrides =>
  moduleFacts(workspace, "terraform.override", folder);

/** The blocks of a file as its module has them. Those of an override file are what they are. */
export function effectiveBlocks(file: TerraformFile, workspace: Workspace): readonly Block[] {
  const overrides = file.override ? [] : overridesFor(file, workspace);
  return overrides.length === 0 ? file.blocks : file.blocks.map((block) => overridden(block, overrides));
}

function merge(base: Block, over: Block, origin: string): Block {
  const replaced = new Set([
    ...over.blocks.filter(({ type }) => type !== "lifecycle").map(nameOf),
    ...over.attributes.map(({ name }) => name),
  ]);
  const changed = over.attributes.map((attribute) => {
    const old = base.attributes.find(({ name }) => name === attribute.name);
    return old ? inPlaceOf(old, attribute, origin) : moved(attribute, base, origin);
  });
  const rules = over.blocks.filter(({ type }) => type === "lifecycle");
  const lifecycle = base.blocks.find(({ type }) => type === "lifecycle");
  const added = over.blocks.filter((inner) => inner.type !== "lifecycle" || !lifecycle);
  return {
    ...base,
    attributes: [...base.attributes.filter(({ name }) => !replaced.has(name)), ...changed],
    blocks: [
      ...base.blocks
        .filter((inner) => !replaced.has(nameOf(inner)))
        .map((inner) => (inner === lifecycle ? rules.reduce((one, other) => merge(one, other, origin), inner) : inner)),
      ...added.map((inner) => movedBlock(inner, base, origin)),
    ],
    broken: base.broken || over.broken,
  };
}

/** The type that a nested block is of: a `dynamic` one names it. */
const nameOf = ({ type, labels }: Block): string => (type === "dynamic" ? (labels[0]?.text ?? type) : type);

const inPlaceOf = (old: Attribute, attribute: Attribute, origin: string): Attribute => ({
  ...old,
  value: moveSpans(attribute.value, () => old.value.span, origin),
  origin,
});

/** The labels: what comes from elsewhere is told of the block as a whole. */
function placeIn({ labels, head }: Block): Span {
  const [first, last] = [labels[0], labels.at(-1)];
  return first && last ? { start: first.span.start, end: last.span.end } : head;
}

function moved(attribute: Attribute, base: Block, origin: string): Attribute {
  const head = placeIn(base);
  const value = moveSpans(attribute.value, () => head, origin);
  return { name: attribute.name, nameSpan: head, value, span: head, origin };
}

function movedBlock(block: Block, base: Block, origin: string): Block {
  const head = placeIn(base);
  return {
    ...block,
    labels: block.labels.map(({ text }) => ({ text, span: head })),
    attributes: block.attributes.map((attribute) => moved(attribute, base, origin)),
    blocks: block.blocks.map((inner) => movedBlock(inner, base, origin)),
    span: head,
    head,
    body: { start: head.end, end: head.end },
    origin,
  };
}
