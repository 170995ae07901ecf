// The state holds every secret that Terraform has seen: it is kept encrypted.

import { attributeOf, type Block, literalString, type TerraformFile } from "../../languages/terraform/model.js";
import { at, type Fix, fix, replace, rule } from "../../rule.js";
import { backendsOf, hasAll, isLiteral } from "./_backends.js";
import { addArgument } from "./_edits.js";

export default rule({
  on: "terraform",
  title: "Encrypt the state",
  why: "The state holds passwords, keys and addresses in plain text, whatever is marked as sensitive. With `encrypt = true` Terraform asks S3 to encrypt each version it writes, and does not depend on how somebody else set up the bucket.",
  severity: "information",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, Infrastructure Security",

  *check(file, _options, workspace) {
    for (const backend of backendsOf(file, workspace)) {
      if (backend.labels[0]?.text !== "s3" || !hasAll(backend, ["bucket", "key"])) continue;
      const encrypt = attributeOf(backend, "encrypt");
      if (encrypt && !isLiteral(encrypt.value, false)) continue;
      const bucket = literalString(attributeOf(backend, "bucket")?.value);
      const where = bucket === undefined ? "the bucket" : `bucket "${bucket}"`;
      const mend = encryption(file, backend);
      const said = encrypt ? '"encrypt" is false' : '"encrypt" is not set';
      yield at(
        encrypt?.value ?? backend.labels[0] ?? backend,
        `${said}: the state in ${where} is encrypted only if the bucket does it`,
        ...(mend ? [mend] : []),
      );
    }
  },
});

function encryption(file: TerraformFile, backend: Block): Fix | undefined {
  const present = attributeOf(backend, "encrypt");
  const edits = present ? [replace(present.value, "true")] : addArgument(file, backend, "encrypt", "true");
  return edits && fix("Encrypt the state", ...edits);
}
