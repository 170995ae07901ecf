// What the rules about secrets share: whether a named value gives one away.

import { secretWordIn } from "../../secret-names.js";
import { type SecretOptionValues, wordsOf } from "../../secret-options.js";
import {
  isDefaultCredential,
  isHarmlessValue,
  isKeptElsewhere,
  isNameLike,
  isPlaceholder,
  secretValuesIn,
} from "../../secrets.js";

/** The secret word of a name, if it has one. */
export type Judge = (name: string) => string | undefined;

/** How names are judged under a rule's options. */
export function judgeOf(options: SecretOptionValues): Judge {
  const words = wordsOf(options);
  return (name) => (options.names.includes(name) ? undefined : secretWordIn(name, words));
}

/** Whether a value can be a secret itself: no switch, path or address, not left to be filled in, not kept elsewhere. */
export const isOpen = (value: string): boolean =>
  !isHarmlessValue(value) &&
  !isPlaceholder(value) &&
  !isKeptElsewhere(value) &&
  !/^[A-Z]+(?:_[A-Z]+)+$/.test(value) && // GOOGLE_API_KEY_VAL: what a script puts a value in place of
  !/placeholder|dummy|replace.?me|to.?be.?(?:replaced|filled|set)|^\.{3}|\.{3}$|^\s*<[^<>]*>/i.test(value);

/** Text with a structure of its own, which is judged piece by piece. */
export const isStructured = (value: string): boolean => /[\r\n]/.test(value.trim()) || /^\s*[[{]/.test(value);

/** Whether `name: value` gives a secret away. */
export function isSecretPair(name: string, value: string, judge: Judge): boolean {
  const word = judge(name);
  if (word === undefined || !isOpen(value) || isStructured(value)) return false;
  if (isDefaultCredential(value)) return true;
  if (/^(?:key|keys|auth)$/.test(word)) return !isNameLike(value) && value.length > 7;
  if (/key$/.test(word)) return !isCertificate(value);
  return !(/^(?:secrets?|credentials?|creds)$/.test(word) && isResourceName(value));
}

/** `DB_SECRET: db-credentials` rather names an object than holds its content. */
const isResourceName = (value: string): boolean =>
  /^[a-z0-9]+(?:[-.][a-z0-9]+)*[-.](?:secrets?|tls|certs?|creds?|credentials?|keys?|tokens?|auth|passwords?|config)$/.test(
    value,
  );

/** What is meant to be shown: certificates and public keys. */
export const isCertificate = (value: string): boolean =>
  /^(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-\S+) AAAA|^age1[a-z0-9]+$/.test(value.trim()) ||
  (/^\s*-----BEGIN [A-Z ]*(?:CERTIFICATE|PUBLIC KEY|DH PARAMETERS|X509 CRL)/.test(value) &&
    !value.includes("PRIVATE KEY-----"));

export interface Leak {
  /** What it is, with its article: `a private key`, `the value of "db.password"`. */
  readonly what: string;
  readonly start: number;
  readonly end: number;
}

/** Secrets that stand in a text by their shape: a key's head line is none without its key. */
export const shapesIn = (text: string): readonly Leak[] =>
  secretValuesIn(text)
    .filter(({ what, span }) => what !== "private key" || keyMaterial.test(text.slice(span.end, span.end + 200)))
    .map(({ what, span }) => ({ what: `${/^[AEIOU]/.test(what) ? "an" : "a"} ${what}`, ...span }));

const keyMaterial = /^(?:\s|\\n)*(?:[\w-]+: .*\s+){0,3}[A-Za-z0-9+/=]{20}/;

// Assignments of properties, shell, INI and YAML files; members of JSON objects. White space is bounded: linear time.
const assignment =
  /^[ \t]{0,200}(?:export[ \t]{1,9}|-[ \t]{1,9})?["']?([A-Za-z][\w.-]{0,99})["']?[ \t]{0,40}[:=][ \t]{0,40}(?:"([^"\r\n]{1,500})"|'([^'\r\n]{1,500})'|([^\s"'(){}[\]<>`]{1,500}?))[ \t]{0,40}[,;]?[ \t]{0,40}(?:#.*)?\r?$/gm;
const member = /"([A-Za-z][\w.-]{0,99})"[ \t]{0,20}:[ \t]{0,20}"([^"\\\r\n]{1,500})"/g;

/**
 * The secrets in a text with lines of its own (a configuration file, a script, JSON), by their shape or by their names.
 * What only reads like a word is none: such texts also describe what others fill in (`password: string`).
 */
export function leaksIn(text: string, judge: Judge): readonly Leak[] {
  const found = new Map(shapesIn(text).map((leak) => [leak.end, leak]));
  for (const pattern of [assignment, member])
    for (const match of text.matchAll(pattern)) {
      const [, name = "", ...values] = match;
      const value = values.find((one) => one !== undefined) ?? "";
      const word = judge(name);
      if (word === undefined || /^(?:key|keys|auth)$/.test(word) || /\s/.test(value) || !isOpen(value)) continue;
      if (!isDefaultCredential(value) && (isNameLike(value) || value.length < 6)) continue;
      if (!isSecretPair(name, value, judge) || /[$%*\\]/.test(value.charAt(0))) continue;
      const start = match.index + match[0].lastIndexOf(value);
      const leak = { what: `the value of "${name}"`, start, end: start + value.length };
      if (!found.has(leak.end)) found.set(leak.end, leak);
    }
  return [...found.values()].sort((a, b) => a.start - b.start);
}
