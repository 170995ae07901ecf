// Keys and secrets are renewed without anybody having to think of it.

import { demandOf, hasToBe, unmetBy } from "../../languages/terraform/demands.js";
import { isExample } from "../../languages/terraform/module.js";
import { rotates, rotation } from "../../languages/terraform/rotation.js";
import { type Resource, resourcesOf, settingsOf } from "../../languages/terraform/settings.js";
import { option, rule } from "../../rule.js";
import { secretWords, wordsOf } from "../../secret-names.js";
import { lonely } from "./_companions.js";
import { extended, findingOf, isExempt } from "./_demands.js";

const secrets = [
  {
    type: "aws_secretsmanager_secret",
    by: "aws_secretsmanager_secret_rotation",
    // Inline until version 4 of the provider.
    unless: ["rotation_lambda_arn", "rotation_rules"],
    so: "is never rotated",
  },
];

export default rule({
  on: "terraform",
  title: "Rotate credentials and keys automatically",
  why: "Every copy of a password or a key that ever leaked works until it is renewed. What has to be renewed by hand is renewed after the incident; a rotation that runs by itself makes old copies worthless and is known to work.",
  severity: "information",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, Infrastructure Security",
  alsoKnownAs: [
    "checkov CKV2_AWS_57",
    "checkov CKV_AWS_7",
    "checkov CKV_AZURE_41",
    "trivy AWS-0065",
    "trivy AZU-0017",
    "sonar S6401",
  ],
  options: {
    settings: option.strings(
      [],
      'Further arguments that have to be set, as "type.argument"; "type.argument = value" asks for that value',
    ),
    except: option.strings([], "Resources that nothing can rotate, by address or type"),
  },

  *check(file, { settings, except }, workspace) {
    if (isExample(workspace, file.folder)) return;
    const more = settings.flatMap((text) => demandOf(text, "nothing renews it", hasToBe.set));
    const demands = extended(rotation, more);
    for (const resource of resourcesOf(file, workspace))
      if (!isExempt(resource, except) && mayRotate(resource))
        for (const unmet of unmetBy(resource, demands.get(resource.type) ?? [])) yield findingOf(resource, unmet);
    yield* lonely(file, workspace, secrets, (resource) => !isExempt(resource, except) && isCredential(resource));
  },
});

/** What a secret manager holds can be an address or a setting as well: "webhook_url", "notify_templates". */
function isCredential({ block }: Resource): boolean {
  const last = wordsOf(block.labels[1]?.text ?? "").at(-1) ?? "";
  return (
    !secretWords.harmlessBehind.includes(last) &&
    !/^(?:emails|urls|templates?|config(?:uration)?|settings?)$/.test(last)
  );
}

/** Whether the service can renew a key of this kind; one that cannot be told may be of another kind. */
function mayRotate(resource: Resource): boolean {
  const kinds = Object.hasOwn(rotates, resource.type) ? Object.entries(rotates[resource.type] ?? {}) : [];
  return kinds.every(([path, values]) =>
    settingsOf(resource, path).every(
      (setting) =>
        setting.state === "absent" || (setting.state === "known" && values.includes(String(setting.known.value))),
    ),
  );
}
