// The options that every rule about secrets has: the words by which names of secrets are known.

import { option, type Values } from "./options.js";
import { type SecretWords, secretWords } from "./secret-names.js";

/**
 * The options, to be spread into those of a rule.
 * @param words where the rule's language needs others than the common ones
 * @param names names that hold none in that language
 */
export const secretOptions = (words: SecretWords = secretWords, names: readonly string[] = []) =>
  ({
    words: option.strings(words.secret, "Words that make a name a secret's name; two words may also stand as one"),
    lastWords: option.strings(words.secretLast, "Words that do so only at the end of a name"),
    harmlessWords: option.strings(words.harmless, "Words that make a name harmless wherever they stand"),
    harmlessEndings: option.strings(words.harmlessBehind, "Words that make it harmless behind the secret word"),
    names: option.strings(names, "Names that hold no secret, whatever their words"),
  }) as const;

export type SecretOptionValues = Values<ReturnType<typeof secretOptions>>;

/** The words that hold under a rule's options. */
export const wordsOf = ({ words, lastWords, harmlessWords, harmlessEndings }: SecretOptionValues): SecretWords => ({
  secret: words,
  secretLast: lastWords,
  harmless: harmlessWords,
  harmlessBehind: harmlessEndings,
});
