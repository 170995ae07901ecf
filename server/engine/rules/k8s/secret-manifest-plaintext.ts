// Secrets whose values stand in the manifest, in plain text or in base64.

import { type DataEntry, dataOf, isEncrypted, isFilledByCluster, isSecret } from "../../languages/kubernetes/secret.js";
import { at, rule, type Severity } from "../../rule.js";
import { wordsOf } from "../../secret-names.js";
import { secretOptions } from "../../secret-options.js";
import { isNameLike } from "../../secrets.js";
import {
  isCertificate,
  isOpen,
  isSecretPair,
  isStructured,
  type Judge,
  judgeOf,
  leaksIn,
  shapesIn,
} from "./_secret-words.js";

export default rule({
  on: "kubernetes",
  title: "Keep the values of Secrets out of manifests",
  why: "Base64 is no encryption: whoever can read the repository has the secret, now and in its whole history, and it has to be replaced. Keep the value in a secret manager and let an ExternalSecret fetch it, or commit it encrypted (SealedSecret, SOPS).",
  severity: "error",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Kubernetes Best Practices",
  alsoKnownAs: ["kics b9c83569", "sonar S2068", "sonar S6418", "checkov CKV_SECRET_6"],
  options: secretOptions(),

  *check({ objects, kustomization }, options) {
    const judge = judgeOf(options);
    for (const object of objects) {
      if (!isSecret(object) || isEncrypted(object) || isFilledByCluster(object)) continue;
      for (const entry of dataOf(object)) {
        if (options.names.includes(entry.key)) continue;
        const severity = severityOf(entry, judge, options.harmlessEndings);
        const form = entry.encoded ? "in base64, which hides nothing" : "in plain text";
        if (severity)
          yield at(entry.place, `the value of "${entry.key}" in ${object.called} stands here ${form}`, ...severity);
      }
    }
    for (const { name, key, value, span } of kustomization?.secretLiterals ?? [])
      if (!options.names.includes(key) && (isSecretPair(key, value, judge) || shapesIn(value).length > 0))
        yield at(span, `the value of "${key}" in the generator of Secret "${name}" stands here in plain text`);
  },
});

/**
 * How sure it is that an entry gives a secret away; undefined where nothing shows it. That it stands in a Secret makes it
 * one by its author's word, unless its name or its value says otherwise: people put whole configurations there.
 */
function severityOf(
  { key, value }: DataEntry,
  judge: Judge,
  harmless: readonly string[],
): readonly Severity[] | undefined {
  if (value === undefined) return judge(key) ? [] : undefined;
  if (shapesIn(value).length > 0) return [];
  if (isStructured(value)) return leaksIn(value, judge).length > 0 ? [] : undefined;
  if (isCertificate(value)) return undefined;
  if (isSecretPair(key, value, judge)) return [];
  if (judge(key) !== undefined || !isOpen(value) || harmless.includes(wordsOf(key).at(-1) ?? "")) return undefined;
  if (looksRandom(value)) return [];
  return isOrdinary(value) ? undefined : ["warning"];
}

/** Names, numbers, hosts with ports, e-mail addresses, lists of them, schedules. */
const isOrdinary = (value: string): boolean =>
  isNameLike(value) || /^[\w.@*/+-]+(?::\d+)?(?:[,;= ]\s*[\w.@*/+-]+(?::\d+)?)*$/.test(value);

const looksRandom = (value: string): boolean =>
  /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])\S{12,}$/.test(value) || /^[0-9a-f]{32,}$/.test(value);
