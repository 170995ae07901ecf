// When two texts mean the same heading, checkpoint or status, although people and tools have written them differently.

import type { Status } from "./model.js";

/** A text's letters and digits in lower case, one space between words; marks, emoji and punctuation count for nothing. */
export const normalise = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/['\u2019]/g, "")
    .replace(/&/g, " and ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** A text sign by sign; only case, white space and the ways of writing one sign count for nothing. */
export const exactly = (text: string): string => bare(text.normalize("NFKC")).toLowerCase().replace(/\s+/g, " ").trim();

/** What names are compared by: their letters and digits or, where they have none, what they do consist of. */
export const comparable = (text: string): string => normalise(text) || exactly(text);

/**
 * Makes a reader that tells which of several words a text is: sign by sign first, then by letters and digits where those
 * are enough to tell them apart ("Go!" and "Go?" are two words, and "Go" is neither).
 */
export function createWordReader<T>(
  words: readonly { readonly word: string; readonly value: T }[],
): (text: string) => T | undefined {
  const all = words.map(({ word, value }) => ({ exact: exactly(word), letters: normalise(word), value }));
  return (text) => {
    const exact = all.find((one) => one.exact === exactly(text));
    const letters = normalise(text);
    if (exact || letters === "") return exact?.value;
    const values = new Set(all.filter((one) => one.letters === letters).map(({ value }) => value));
    return values.size === 1 ? [...values][0] : undefined;
  };
}

/**
 * Whether a heading is the one that is looked for; a number before it, a remark in brackets and an anchor behind it do not
 * matter.
 */
export function sameTitle(heading: string, titles: readonly string[]): boolean {
  const unanchored = heading.replace(/<a\b[^<>]*>|<\/a>|\{[^{}]*\}\s*$/g, "").trim();
  const unnumbered = unanchored.replace(/^\s*(?:\d+[.)])*\d*[.):]?\s+(?=\S)/, "");
  const unremarked = unnumbered.replace(/\s*[([][^()[\]]*[)\]]\s*$/, "");
  const forms = [heading, unanchored, unnumbered, unremarked].map(comparable);
  return titles.some((title) => forms.includes(comparable(title)));
}

/** The number that a table cell names a phase by: "2", "2.", "Phase 2", "#2". */
export function phaseNumber(text: string): number | undefined {
  const found = /^(?:phase )?(\d{1,3})$/.exec(normalise(text));
  return found ? Number(found[1]) : undefined;
}

/** The phase that a cell names: by its number alone, by its number with words behind ("2: Code"), or by its title. */
export function phaseNamed<
  P extends { readonly number: number; readonly title: string; readonly trackerTitle: string },
>(text: string, phases: readonly P[]): P | undefined {
  const behind = /^\W*(?:phase\s+)?#?(\d{1,3})\s*[:.)\u2013\u2014-]\s*(?=\p{L})/iu.exec(text)?.[1];
  const number = phaseNumber(text) ?? (behind === undefined ? undefined : Number(behind));
  if (number !== undefined) return phases.find((phase) => phase.number === number);
  const titled = phases.filter(({ title, trackerTitle }) => sameTitle(text, [title, trackerTitle]));
  return titled.length === 1 ? titled[0] : undefined;
}

/**
 * Makes a reader for the cells of a status column: with or without emoji, in any case, with variation selectors, and with
 * emoji whose UTF-8 was taken for Windows-1252 or Latin-1. Undefined for other words, and where emoji and word disagree.
 */
export function createStatusReader(statuses: readonly Status[]): (cell: string) => Status | undefined {
  const known = statuses.map((status) => {
    const names = [status.label, ...(status.aliases ?? [])];
    const signs = [...(status.emoji ? [status.emoji] : []), ...names.filter((name) => normalise(name) === "")];
    return {
      status,
      signs: signs
        .flatMap((sign) => [bare(sign), ...[sign, `${bare(sign)}\uFE0F`, bare(sign)].flatMap(garbled)])
        .filter((sign) => sign !== ""),
    };
  });
  const worded = createWordReader(
    statuses.flatMap((status) =>
      [status.label, ...(status.aliases ?? [])].flatMap((word) =>
        normalise(word) === "" ? [] : [{ word, value: status }],
      ),
    ),
  );
  const allSigns = known.flatMap(({ status, signs }) => signs.map((sign) => ({ sign, status })));
  allSigns.sort((a, b) => b.sign.length - a.sign.length);

  return (cell) => {
    let rest = bare(cell);
    const signed = new Set<Status>();
    for (const { sign, status } of allSigns) {
      if (!rest.includes(sign)) continue;
      rest = rest.replaceAll(sign, " ");
      signed.add(status);
    }
    const word = worded(rest);
    if (signed.size > 1 || (normalise(rest) !== "" && !word)) return undefined;
    const [sign] = signed;
    return word && sign && word !== sign ? undefined : (word ?? sign);
  };
}

const bare = (text: string): string => text.replace(/\uFE0E|\uFE0F|\u200D/g, "");

// Windows-1252 at 0x80 to 0x9F; a space stands where it has no character.
const windows1252 = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/**
 * What becomes of a sign when its UTF-8 is read as Windows-1252 or as Latin-1. Bytes that stand for no visible character
 * stay as control characters, turn into U+FFFD, or are lost, depending on the tool.
 */
function garbled(sign: string): readonly string[] {
  if (/\p{Cs}/u.test(sign)) return []; // half a surrogate pair has no UTF-8
  const bytes = Array.from(encodeURIComponent(sign).matchAll(/%([0-9A-F]{2})|[^%]/g), ([char, hex]) =>
    hex ? Number.parseInt(hex, 16) : char.charCodeAt(0),
  );
  if (bytes.every((byte) => byte < 0x80)) return [];
  const decode = (control: (byte: number) => string, latin1: boolean): string =>
    bytes
      .map((byte) => {
        if (byte < 0x80 || byte > 0x9f) return String.fromCharCode(byte);
        const char = latin1 ? " " : (windows1252[byte - 0x80] ?? " ");
        return char === " " ? control(byte) : char;
      })
      .join("");
  const forms = [String.fromCharCode, () => "\uFFFD", () => ""].flatMap((control) => [
    decode(control, false),
    decode(control, true),
  ]);
  // A form that has shrunk to less than two characters could be somebody's own word.
  return [...new Set(forms)].map(bare).filter((form) => form.length > 1);
}
