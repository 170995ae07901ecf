// By which words a name is known as that of a secret, in all languages.

/**
 * The words that decide on a name. An entry of several words ("api key") is met by the words in a row and by the words in
 * one ("apikey").
 */
export interface SecretWords {
  /** Make a name a secret's name wherever they stand. */
  readonly secret: readonly string[];
  /** Make it one only as its last word: elsewhere they say too little (KEY_SIZE, AUTH_TYPE). */
  readonly secretLast: readonly string[];
  /** Make it harmless wherever they stand (PUBLIC_KEY, MAX_TOKENS). */
  readonly harmless: readonly string[];
  /** Make it harmless behind the secret word: the name then is of something about the secret (TOKEN_FILE). */
  readonly harmlessBehind: readonly string[];
}

/** The entries of a list that is written as one text. */
export const list = (words: string): readonly string[] => words.trim().split(/\s*,\s*/);

/** The words that hold where the configuration names no others. */
export const secretWords: SecretWords = {
  secret: list(
    `password, passwords, passwd, passphrase, pword, secret, secrets, token, tokens, credential, credentials, creds,
    api key, api keys, access key, private key, encryption key, signing key, master key, sshpass, root pass, user pass,
    admin pass, db pass`,
  ),
  secretLast: list("key, keys, auth, pass, pwd"),
  harmless: list(
    `public, pub, allow, enable, disable, no, use, with, without, skip, require, max, min, num, has, is, gpg key, gpg keys,
    pgp key, pgp keys, apt key, rpm key, repo key, release key, release keys, yum key, cache key, primary key, foreign key,
    partition key, sort key, host key, hot key, map key, json key, tag key, label key, route key, idempotency key,
    label keys, tag keys, map keys, next token, bos token, eos token, pad token, unk token, mask token, service token`,
  ),
  harmlessBehind: list(
    `file, files, filename, path, paths, dir, directory, folder, location, mount, volume, name, names, id, ids, arn, ref,
    alias, label, url, uri, host, hostname, port, server, service, address, endpoint, region, namespace, bucket, version,
    size, length, len, count, limit, bits, expire, expires, expiry, expiration, ttl, lifetime, timeout, duration, age, days,
    hours, minutes, seconds, owner, user, username, email, type, kind, class, format, mode, method, policy, algorithm,
    algo, hasher, enabled, disabled, required, header, field, column, prefix, suffix, separator, provider, backend, store,
    manager, vault, engine, issuer, audience, scope, scopes, rotation, fingerprint, command, cmd, script, helper, contract,
    symbol, decimals, limiter, parallelism, dummy, pattern, regex, mtime`,
  ),
};

/** The words of a name in lower case, split at "_", "-", ".", "/", blanks and humps: `dbPassword` is "db", "password". */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

/**
 * The entry of `lists` that makes `name` the name of a secret ("password", "api key"); `undefined` if it is none. It
 * judges the name alone: see `isHarmlessValue` for what may stand under it.
 */
export function secretWordIn(name: string, lists: SecretWords = secretWords): string | undefined {
  const strong = searchFor(lists.secret);
  if (!strong.any.test(name) && !searchFor(lists.secretLast).any.test(name)) return undefined;
  const words = wordsOf(name).map((word) => word.replace(/(?<=[a-z])\d+$/, "")); // DB_PASSWORD2
  const found = longestMatch(words, strong.entries) ?? lastWord(words, lists.secretLast);
  if (!found) return undefined;
  const harmless = searchFor(lists.harmless).entries;
  if (harmless.some((entry) => words.some((_, i) => matchAt(words, i, entry) > 0))) return undefined;
  if (words.slice(found.end).some((word) => lists.harmlessBehind.includes(word))) return undefined;
  return found.entry;
}

interface Entry {
  readonly text: string;
  readonly parts: readonly string[];
  readonly joined: string;
}

/** A list as it is searched; made once, for the same lists are asked about every name. */
interface Search {
  readonly entries: readonly Entry[];
  /** Finds whether any entry can be in a name at all: most names hold none. */
  readonly any: RegExp;
}

const searches = new WeakMap<readonly string[], Search>();

function searchFor(words: readonly string[]): Search {
  const known = searches.get(words);
  if (known) return known;
  const entries = words.map((word) => {
    const parts = wordsOf(word);
    return { text: word, parts, joined: parts.join("") };
  });
  const search = {
    entries,
    any: new RegExp(entries.map(({ parts }) => parts.join("[^a-z0-9]*")).join("|") || "$^", "i"),
  };
  searches.set(words, search);
  return search;
}

interface Match {
  readonly entry: string;
  readonly end: number;
}

/** The match that reaches furthest back, so that only what really stands behind the last secret word excuses the name. */
function longestMatch(words: readonly string[], entries: readonly Entry[]): Match | undefined {
  let best: Match | undefined;
  for (let i = 0; i < words.length; i++)
    for (const entry of entries) {
      const end = i + matchAt(words, i, entry, true);
      if (end > i && (!best || end > best.end)) best = { entry: entry.text, end };
    }
  return best;
}

/** Weak words that are no secret as the whole name: `ENV key=value`, and PWD is the working directory. */
const tooShort = new Set(["key", "keys", "pwd"]);

function lastWord(words: readonly string[], entries: readonly string[]): Match | undefined {
  const last = words.at(-1);
  if (/^\d+$/.test(words.at(-2) ?? "")) return undefined; // FILTERS__0__KEY: a field of a list
  if (last === undefined || !entries.includes(last)) return undefined;
  return words.length > 1 || !tooShort.has(last) ? { entry: last, end: words.length } : undefined;
}

/**
 * How many words from `i` on meet the entry; 0 if they do not. With `glued`, a word may also end in an entry of five
 * letters or more (PGPASSWORD, githubtoken).
 */
function matchAt(words: readonly string[], i: number, { parts, joined }: Entry, glued = false): number {
  if (parts.length > 0 && parts.every((part, k) => words[i + k] === part)) return parts.length;
  const word = words[i] ?? "";
  return word === joined || (glued && joined.length > 4 && word.endsWith(joined)) ? 1 : 0;
}
