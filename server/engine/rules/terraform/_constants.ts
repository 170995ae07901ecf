// Constants in resources: where they stand, and the edit that takes one out into a variable.

import {
  addressOf,
  type Block,
  type Expression,
  type Literal,
  type TerraformFile,
} from "../../languages/terraform/model.js";
import { type Fix, insertAfter, replace, suggest } from "../../rule.js";
import { lineEnd } from "../../text.js";
import type { Taken } from "./_variables.js";

/** A string that stands in the arguments of a top-level block, however deep. */
export interface Constant {
  /** The argument, or the key of a map, that it stands under. */
  readonly name: string;
  readonly value: Literal & { readonly value: string };
  readonly block: Block;
}

/** All strings that its own file has in the arguments of a block; what functions get is theirs. */
export function* constantsIn(block: Block, inner = block): Iterable<Constant> {
  for (const attribute of inner.attributes)
    if (attribute.origin === undefined) yield* inValue(block, attribute.name, attribute.value);
  for (const nested of inner.blocks) if (nested.origin === undefined) yield* constantsIn(block, nested);
}

function* inValue(block: Block, name: string, value: Expression): Iterable<Constant> {
  switch (value.kind) {
    case "literal":
      if (typeof value.value === "string") yield { name, value: { ...value, value: value.value }, block };
      return;
    case "conditional":
      yield* inValue(block, name, value.whenTrue);
      yield* inValue(block, name, value.whenFalse);
      return;
    case "list":
      for (const item of value.items) yield* inValue(block, name, item);
      return;
    case "map":
      for (const entry of value.entries) yield* inValue(block, entry.key ?? name, entry.value);
  }
}

/** Takes a constant into a variable that has it as its default, so that nothing changes for those who run the module. */
export function intoVariable({ text }: TerraformFile, { name, value, block }: Constant, taken: Taken): Fix | undefined {
  const written = text.slice(value.span.start, value.span.end);
  if (block.broken || !written.startsWith('"')) return undefined;
  const variable = [block.labels.at(-1)?.text ?? "", addressOf(block)]
    .map((owner) =>
      `${owner}_${name}`
        .toLowerCase()
        .replace(/[^a-z0-9_]+/g, "_")
        .replace(/^(?=\d)/, "_"),
    )
    .find((one) => !taken(one));
  if (variable === undefined) return undefined;
  const lines = ["", "", `variable "${variable}" {`, "  type    = string", `  default = ${written}`, "}"];
  return suggest(
    `Take it from a variable "${variable}"`,
    replace(value.span, `var.${variable}`),
    insertAfter(block, lines.join(lineEnd(text))),
  );
}
