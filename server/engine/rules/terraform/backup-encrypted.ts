// Backups are encrypted by a key that their owner holds.

import { backupKeys } from "../../languages/terraform/backup.js";
import { demandOf, hasToBe } from "../../languages/terraform/demands.js";
import { isExample } from "../../languages/terraform/module.js";
import { option, rule } from "../../rule.js";
import { extended, unmetDemands } from "./_demands.js";

export default rule({
  on: "terraform",
  title: "Encrypt backups with a key of your own",
  why: "A backup holds everything that the database holds, and is copied and shared more easily. With a key of your own you decide who can restore it, see each use, and make all copies worthless at once if one gets away.",
  severity: "information",
  profile: "strict",
  phase: 2,
  standard: "Role Definition, Workflow 6: Backup and Disaster Recovery",
  alsoKnownAs: ["checkov CKV_AWS_166", "checkov CKV_AWS_245"],
  options: {
    settings: option.strings(
      [],
      'Further arguments that have to be set, as "type.argument"; "type.argument = value" asks for that value',
    ),
  },

  *check(file, { settings }, workspace) {
    if (isExample(workspace, file.folder)) return;
    const more = settings.flatMap((text) => demandOf(text, "its backups need not be encrypted", hasToBe.set));
    yield* unmetDemands(file, workspace, extended(backupKeys, more));
  },
});
