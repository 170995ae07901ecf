// Files of values are committed like any other: a secret in one is out.

import { isVersioned } from "../../gitignore.js";
import { at, option, rule } from "../../rule.js";
import { isSecret, terraformWords } from "./_secret-words.js";
import { namedValues } from "./_secrets.js";

export default rule({
  on: "terraform",
  title: "Keep secrets out of files of values",
  why: "A tfvars file that Git knows hands its secrets to everyone who can read the repository, now and in all its history. Environment variables (TF_VAR_…) or a secret manager bring the value in when Terraform runs, and leave nothing behind.",
  severity: "error",
  profile: "recommended",
  phase: 2,
  standard: "Role Definition, Rule 2: No Secrets in Code",
  alsoKnownAs: ["checkov CKV_SECRET_2", "checkov CKV_SECRET_6"],
  options: {
    words: option.strings(terraformWords.secret, "Words that make a name a secret's name"),
    names: option.strings([], "Names that hold no secret, whatever their words"),
  },

  *check(file, { words, names }, workspace) {
    if (file.kind !== "values") return;
    for (const { name, value, span } of namedValues(file)) {
      if (names.includes(name) || !isSecret(name, value, { ...terraformWords, secret: words })) continue;
      // A file that is open is in the index even where .gitignore keeps it out.
      if (!isVersioned(workspace, file.path)) return;
      yield at(span, `the value of "${name}" is written out in a file that no .gitignore keeps out of Git`);
    }
  },
});
