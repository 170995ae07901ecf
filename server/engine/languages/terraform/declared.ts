// What there is in a Terraform file, for those who ask whether the workspace has something at all: one place a type.

import { lineAt, lineStarts } from "../../text.js";
import type { Fact } from "../../workspace.js";
import { addressOf, attributeOf, type Block, type Expression, literalString, type TerraformFile } from "./model.js";

/** Something that a file declares; the line counts from zero. */
export interface Declared {
  /** How others name it: `aws_vpc.main`, `module.web`, `backend "s3"`. */
  readonly name: string;
  readonly line: number;
}

type DeclaredKind = "terraform.resource" | "terraform.backend" | "terraform.module" | "terraform.foreign";

/** The first of each resource type, the first backend, the first module call, the first call of a module from elsewhere. */
export function declaredFacts({ kind, blocks, text }: TerraformFile): readonly Fact[] {
  if (kind !== "configuration") return [];
  const first = new Map<string, Fact>();
  let starts: readonly number[] | undefined;
  const declare = (fact: DeclaredKind, key: string, name: string, { span }: Block): void => {
    const known = `${fact} ${key}`;
    if (first.has(known)) return;
    starts ??= lineStarts(text);
    first.set(known, { kind: fact, key, value: { name, line: lineAt(starts, span.start) } });
  };
  for (const block of blocks) {
    if (isOff(block)) continue;
    const type = block.labels[0]?.text ?? "";
    if (block.type === "resource" && type !== "") declare("terraform.resource", type, addressOf(block), block);
    else if (block.type === "module") {
      declare("terraform.module", "all", addressOf(block), block);
      if (isForeign(block)) declare("terraform.foreign", "all", addressOf(block), block);
    } else if (block.type === "terraform")
      for (const inner of block.blocks)
        if (inner.type === "backend" || inner.type === "cloud")
          declare("terraform.backend", "all", nameOf(inner), inner);
  }
  return [...first.values()];
}

/** Whether a literal says that there is none of it. */
function isOff(block: Block): boolean {
  const count = attributeOf(block, "count")?.value;
  if (count?.kind === "literal" && Number(count.value) === 0 && count.value !== null) return true;
  const each = attributeOf(block, "for_each")?.value;
  return each !== undefined && isEmpty(each);
}

function isEmpty(value: Expression): boolean {
  if (value.kind === "map") return value.entries.length === 0;
  if (value.kind === "list") return value.items.length === 0;
  const [only] = value.kind === "call" && value.name === "toset" && !value.spread ? value.args : [];
  return only !== undefined && isEmpty(only);
}

/** Whether the module's files may lie outside of the workspace: its source is no path, or cannot be told. */
const isForeign = (block: Block): boolean =>
  !/^\.{1,2}(?:\/|$)/.test(literalString(attributeOf(block, "source")?.value) ?? "");

const nameOf = ({ type, labels }: Block): string => [type, ...labels.map(({ text }) => `"${text}"`)].join(" ");
