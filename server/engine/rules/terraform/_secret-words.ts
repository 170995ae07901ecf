// The words of secrets as Terraform uses them, and the values under such names that are none.

import { list, type SecretWords, secretWordIn, secretWords } from "../../secret-names.js";
import { isHarmlessValue, isKeptElsewhere, isNameLike, isPlaceholder } from "../../secrets.js";

/**
 * The common words, with what the arguments of the large providers need beside them ("http_tokens", "api_key_source").
 * A "key" alone is mostly none: "hash_key", "routing_key", "kms_key". Source: arguments of type string with a secret word
 * in hashicorp/aws 6.25, azurerm 4.55 and google 6.50.
 */
export const terraformWords: SecretWords = {
  secret: [...secretWords.secret, "secret key", "secret keys", "token key", "preshared key", "shared key", "raw key"],
  secretLast: list("pass, pwd"),
  harmless: [
    ...secretWords.harmless,
    ...list("http tokens, creation token, creation tokens, client token, update token, source token, site keys"),
  ],
  harmlessBehind: [
    ...secretWords.harmlessBehind,
    ...list(
      `strategy, source, sources, expression, permissions, spec, action, actions, methods, domains, interval, param,
      parameter, parameters, generation, aud, thumbprint, update, change, query, env, units, validity, reference, references,
      refs, arns, description, message, pattern, regex, attribute, attributes, recovery, window, rule, rules, group, role,
      status, state, sid, resource, resources, arguments, special, lower, upper, numeric, management, prompt, to, key`,
    ),
  ],
};

/** Under these a plain word is the secret itself; under the others it is rather the name of one that is kept elsewhere. */
const strong = /^(?:pass|pwd|pword|sshpass)/;

/** Whether `name = "value"` gives a secret away. */
export function isSecret(name: string, value: string, words: SecretWords): boolean {
  const entry = secretWordIn(name, words);
  if (entry === undefined || isHarmlessValue(value) || isPlaceholder(value)) return false;
  if (isKeptElsewhere(value) || isReference(value)) return false;
  // JSON is judged member by member.
  if (/^\s*[[{]/.test(value)) return false;
  if (/placeholder|dummy|replace.?me|to.?be.?replaced/i.test(value)) return false;
  if (entry === "private key") return value.length > 40;
  // A connection string is a secret for the password in it.
  if (entry === "connection string") return /(?:password|pwd|key|secret|token)\s*=\s*[^;\s]/i.test(value);
  return strong.test(entry) || !isNameLike(value);
}

/** The text of a reference, which a template or a tool puts into its place later. */
const isReference = (value: string): boolean =>
  /^(?:var|local|data|module|each|self|random_\w+)\.[\w.[\]"*-]+$/.test(value);
