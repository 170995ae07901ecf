// Variables and outputs that carry secrets are marked, so that plans and logs do not show them.

import {
  addressOf,
  attributeOf,
  type Block,
  type Expression,
  type TerraformFile,
} from "../../languages/terraform/model.js";
import { overridden, overridesFor } from "../../languages/terraform/override.js";
import { at, type Fix, option, replace, rule, suggest } from "../../rule.js";
import { secretWordIn } from "../../secret-names.js";
import { addArgument } from "./_edits.js";
import { terraformWords } from "./_secret-words.js";

export default rule({
  on: "terraform",
  title: "Mark secrets as sensitive",
  why: "Terraform prints the values of variables and outputs in plans and at the end of an apply, and pipelines keep those logs for years. Marked as sensitive, a value is shown as such and not as itself, wherever it ends up.",
  severity: "information",
  profile: "recommended",
  phase: 2,
  standard: "Role Definition, Rule 2: No Secrets in Code",
  options: {
    words: option.strings(terraformWords.secret, "Words that make a name a secret's name"),
    names: option.strings([], "Names that hold no secret, whatever their words"),
  },

  *check(file, { words, names }, workspace) {
    if (file.override) return;
    const overrides = overridesFor(file, workspace);
    for (const own of file.blocks) {
      const block = overridden(own, overrides);
      const name = block.labels[0]?.text ?? "";
      if ((block.type !== "variable" && block.type !== "output") || block.broken || names.includes(name)) continue;
      if (secretWordIn(name, { ...terraformWords, secret: words }) === undefined || isHarmless(file, block)) continue;
      const marked = attributeOf(block, "sensitive");
      if (marked && !isFalse(marked.value)) continue;
      const mend = marked?.origin === undefined ? marking(file, own) : undefined;
      const said = marked ? "is marked as not sensitive" : "is not marked as sensitive";
      yield at(marked?.value ?? block.labels[0] ?? block, `${block.type} "${name}" ${said}`, ...(mend ? [mend] : []));
    }
  },
});

const isFalse = (value: Expression): boolean => value.kind === "literal" && value.value === false;

/** What shows that the name speaks of something else than one secret, or that it is kept out of logs in another way. */
function isHarmless(file: TerraformFile, block: Block): boolean {
  const ephemeral = attributeOf(block, "ephemeral")?.value;
  if (ephemeral && !isFalse(ephemeral)) return true;
  const read = (attribute: string): string => {
    const value = attributeOf(block, attribute)?.value;
    const written = value ? file.text.slice(value.span.start, value.span.end) : "";
    return written.replace(/^"\$\{(.*)\}"$/s, "$1"); // as expressions are written in JSON
  };
  if (tellsPlace.test(read("description"))) return true;
  if (block.type === "output") {
    const value = read("value");
    return value === "" || shown.test(value) || namesPlace.test(value) || isPlain(block) || isPlural(block);
  }
  // Maps and lists hold names as often as values.
  return !/^(?:"?string"?|any|)$/.test(read("type")) || isPlain(block);
}

const namesPlace =
  /[._](?:arns?|ids?|names?|urls?|uri|versions?|version_id|paths?|enabled|prefix|self_link|key_version|kms_key\w*)\b|"[^"]*(?:secrets?|name|arn|id)"\]/i;
const tellsPlace =
  /\b(?:arn|path|names? of|ids? of|name for|key (?:name|id)|whether|url|kms|self.?link|pgp|encrypted)\b|^"(?:the )?(?:name|id)\b/i;

/** Laid open on purpose, or made into something that gives nothing away. */
const shown = /^(?:nonsensitive|length|sha\d+|md5|bcrypt)\(/;

/** `secrets` of a module are mostly the resources that hold them. */
const isPlural = ({ labels }: Block): boolean => /(?:secrets|credentials|tokens|keys)$/i.test(labels[0]?.text ?? "");

/** A default or a value that is no string, or one that is `true` in quotes. */
function isPlain(block: Block): boolean {
  const value = attributeOf(block, block.type === "output" ? "value" : "default")?.value;
  if (!value || (value.kind === "literal" && value.value === null)) return false;
  if (value.kind !== "literal") return value.kind === "list" || value.kind === "map";
  return typeof value.value !== "string" || /^(?:true|false|\d+)$/.test(value.value);
}

/** Whoever uses it in an output has to mark that as well: Terraform says so. */
function marking(file: TerraformFile, block: Block): Fix | undefined {
  const title = `Mark "${addressOf(block)}" as sensitive`;
  const present = attributeOf(block, "sensitive");
  if (present) return suggest(title, replace(present.value, "true"));
  const edits = addArgument(file, block, "sensitive", "true");
  return edits && suggest(title, ...edits);
}
