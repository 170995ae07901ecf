// Nothing starts with a password that everybody tries first.

import type { Attribute, TerraformFile } from "../../languages/terraform/model.js";
import { attributeOf } from "../../languages/terraform/model.js";
import { partsOf, resolve, resourcesOf } from "../../languages/terraform/settings.js";
import { at, option, rule, type Workspace } from "../../rule.js";
import { wordsOf } from "../../secret-names.js";
import { isDefaultCredential } from "../../secrets.js";

export default rule({
  on: "terraform",
  title: "Do not use default credentials",
  why: "Lists of default passwords are the first thing that is tried on every port that answers. A generated password, or one that the cloud manages, costs one line.",
  severity: "error",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, Infrastructure Security",
  alsoKnownAs: ["kics 487f4be7"],
  options: { passwords: option.strings([], "Further passwords that everybody knows") },

  *check(file, { passwords }, workspace) {
    for (const { attribute, owner } of passwordsIn(file, workspace)) {
      const known = resolve({ file, workspace }, attribute.value);
      if (typeof known?.value !== "string" || !isDefaultCredential(known.value, passwords)) continue;
      const origin = known.origin === undefined ? "" : ` (${known.origin})`;
      yield at(attribute.value, `${owner} is a default credential: "${known.value}"${origin}`);
    }
  },
});

interface Password {
  readonly attribute: Attribute;
  readonly owner: string;
}

/** Arguments with the names of passwords, in resources and one block deep, and defaults of such variables. */
function* passwordsIn(file: TerraformFile, workspace: Workspace): Iterable<Password> {
  for (const { block, address } of resourcesOf(file, workspace)) {
    const types = new Set([
      ...block.blocks.map(({ type, labels }) => (type === "dynamic" ? (labels[0]?.text ?? "") : type)),
      ...(block.loose ? block.attributes.map(({ name }) => name) : []),
    ]);
    const inner = [...types].flatMap((type) => partsOf(block, type).parts.map((part) => part.block));
    for (const attribute of [block, ...inner].flatMap(({ attributes }) => attributes))
      if (isPassword(attribute.name)) yield { attribute, owner: `"${attribute.name}" of "${address}"` };
  }
  for (const block of file.blocks) {
    const name = block.labels[0]?.text;
    const fallback = attributeOf(block, "default");
    if (block.type !== "variable" || name === undefined || !fallback || !isPassword(name)) continue;
    yield { attribute: fallback, owner: `the default of variable "${name}"` };
  }
}

/** `password`, `master_password`, `admin_password_wo`; not `password_length`. */
const isPassword = (name: string): boolean =>
  /^(?:password|passwd|passphrase)$/i.test(wordsOf(name.replace(/_wo$/, "")).at(-1) ?? "");
