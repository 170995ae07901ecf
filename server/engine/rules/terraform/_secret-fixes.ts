// Takes a literal out of the file: into a sensitive variable, or out of a variable's default.

import { attributeOf, type Block, type TerraformFile } from "../../languages/terraform/model.js";
import { type Fix, insertAfter, remove, replace, suggest } from "../../rule.js";
import { type Edit, lineEnd, lineSpan } from "../../text.js";
import type { NamedValue } from "./_secrets.js";

/**
 * The suggestion that mends a named literal; none where its place cannot hold a reference. `taken` says which names of
 * variables the module has already.
 */
export function keepOut(file: TerraformFile, named: NamedValue, taken: (variable: string) => boolean): Fix | undefined {
  const { block, replaceable } = named;
  if (!block || !replaceable || block.broken) return undefined;
  if (block.type === "variable") return dropDefault(file, block, named);
  return ["resource", "module", "provider", "locals"].includes(block.type)
    ? extract(
        file,
        block,
        variableNames(block, named).find((name) => !taken(name)),
        named,
      )
    : undefined;
}

function extract(file: TerraformFile, block: Block, name: string | undefined, named: NamedValue): Fix | undefined {
  if (name === undefined) return undefined;
  const newline = lineEnd(file.text);
  const variable = ["", "", `variable "${name}" {`, "  type      = string", "  sensitive = true", "}"].join(newline);
  return suggest(
    `Take it from a sensitive variable "${name}"`,
    replace(named.span, `var.${name}`),
    insertAfter(block, variable),
  );
}

/** For `password` of `aws_db_instance.db`: "db_password", then "aws_db_instance_db_password"; for a local its own name. */
function variableNames({ type, labels }: Block, { name }: NamedValue): readonly string[] {
  const owners =
    type === "locals" ? [""] : [labels.slice(-1), labels].map((some) => some.map(({ text }) => `${text}_`).join(""));
  return owners.map((owner) => {
    const whole = name.toLowerCase().startsWith(owner.toLowerCase()) ? name : owner + name;
    return whole
      .toLowerCase()
      .replace(/[^a-z0-9_]+/g, "_")
      .replace(/^(?=\d)/, "_");
  });
}

function dropDefault(file: TerraformFile, block: Block, { span }: NamedValue): Fix | undefined {
  const preset = attributeOf(block, "default");
  if (!preset || preset.value.span.start !== span.start || preset.value.span.end !== span.end) return undefined;
  const sensitive = attributeOf(block, "sensitive") !== undefined;
  const edit = sensitive ? removeLines(file, preset.span) : replace(preset, "sensitive = true");
  return edit && suggest("Let whoever runs it hand the value over", edit);
}

/** Takes out whole lines; nothing where something else stands on them. */
function removeLines(
  { text }: TerraformFile,
  { start, end }: { readonly start: number; readonly end: number },
): Edit | undefined {
  const from = lineSpan(text, start).start;
  const to = lineSpan(text, end).end;
  if (text.slice(from, start).trim() !== "" || text.slice(end, to).trim() !== "") return undefined;
  return remove({ start: from, end: text.startsWith("\r\n", to) ? to + 2 : Math.min(to + 1, text.length) });
}
