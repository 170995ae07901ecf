// Secrets do not stand in the text of a configuration: not as arguments, not as defaults, not in scripts.

import { type Expression, ignoredChanges, type TerraformFile } from "../../languages/terraform/model.js";
import { at, rule, type Span } from "../../rule.js";
import { secretOptions, wordsOf } from "../../secret-options.js";
import { secretValuesIn } from "../../secrets.js";
import { contains } from "../../text.js";
import { keepOut } from "./_secret-fixes.js";
import { isSecret, terraformWords } from "./_secret-words.js";
import { type NamedValue, namedValues } from "./_secrets.js";
import { variablesOf } from "./_variables.js";

export default rule({
  on: "terraform",
  title: "Keep secrets out of Terraform files",
  why: "What stands in a file stands in Git for ever, in every clone and in every plan that a pipeline prints. A secret that was committed once has to be replaced. A secret manager or a sensitive variable hands the value over when it is needed.",
  severity: "error",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, Infrastructure as Code Standards",
  alsoKnownAs: [
    "checkov CKV_AWS_41",
    "checkov CKV_AWS_45",
    "checkov CKV_AWS_46",
    "checkov CKV_SECRET_2",
    "checkov CKV_SECRET_6",
    "trivy AWS-0029",
    "trivy AWS-0036",
    "trivy AZU-0037",
    "kics 487f4be7",
  ],
  options: secretOptions(terraformWords, ["credentials_secret"]),

  *check(file, options, workspace) {
    const { names } = options;
    const lists = wordsOf(options);
    const told: NamedValue[] = [];
    const taken = variablesOf(file, workspace);
    for (const named of namedValues(file)) {
      if (names.includes(named.name) || !isSecret(named.name, named.value, lists) || isSeed(named)) continue;
      told.push(named);
      if (file.kind === "values") continue; // terraform/tfvars-secret tells
      const fix = keepOut(file, named, taken);
      yield at(named.span, messageOf(named), ...(fix ? [fix] : []));
    }
    for (const { what, span } of secretValuesIn(file.text)) {
      if (told.some((named) => contains(named.span, span)) || !isMeant(file, what, span)) continue;
      yield at(span, `${/^[AEIOU]/.test(what) ? "an" : "a"} ${what} is written out here`);
    }
  },
});

function messageOf({ name, under, owner, block }: NamedValue): string {
  const shown = under ?? name;
  if (!block) return `"${shown}" is written out here`;
  if (owner === `var.${name}`) return `the default of variable "${name}" is written out here`;
  if (owner === `output.${name}`) return `the value of output "${name}" is written out here`;
  return `"${shown}" of ${block.type === "locals" ? owner : `"${owner}"`} is written out here`;
}

/** `changeme` where Terraform only makes the place and leaves the value to others. */
function isSeed({ value, span, block }: NamedValue): boolean {
  if (!block || !/^(?:change|replace|set|update).?(?:me|it|later|this)/i.test(value)) return false;
  const left = ignoredChanges(block);
  // terraform-aws-modules/secrets-manager and others of its kind pass it on under such a name.
  if (block.attributes.some(({ name, value: on }) => /^ignore_(?:\w+_)?changes$/.test(name) && isTrue(on))) return true;
  return block.attributes.some(
    (attribute) => contains(attribute.span, span) && (left.includes("all") || left.includes(attribute.name)),
  );
}

const isTrue = (value: Expression): boolean => value.kind === "literal" && value.value === true;

/** Comments explain formats; the head line of a private key is none without the key. */
function isMeant({ text, comments }: TerraformFile, what: string, span: Span): boolean {
  if (comments.some((comment) => contains(comment.span, span))) return false;
  return what !== "private key" || /^(?:\s|\\+n)*[A-Za-z0-9+/=]{20}/.test(text.slice(span.end, span.end + 80));
}
