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

/** Whether a heading is the one that is looked for; a number before it and a remark in brackets behind it do not matter. */
export function sameTitle(heading: string, titles: readonly string[]): boolean {
  const unnumbered = heading.replace(/^\s*(?:\d+[.)])*\d*[.):]?\s+(?=\S)/, "");
  const forms = [heading, unnumbered, unnumbered.replace(/\s*[([][^()[\]]*[)\]]\s*$/, "")].map(normalise);
  return titles.some((title) => forms.includes(normalise(title)));
}

/** The number that a table cell names a phase by: "2", "2.", "Phase 2", "#2". */
export function phaseNumber(text: string): number | undefined {
  const found = /^(?:phase )?(\d{1,3})$/.exec(normalise(text));
  return found ? Number(found[1]) : undefined;
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
      words: new Set(names.map(normalise).filter((name) => name !== "")),
      signs: signs
        .flatMap((sign) => [bare(sign), ...[sign, `${bare(sign)}\uFE0F`, bare(sign)].flatMap(garbled)])
        .filter((sign) => sign !== ""),
    };
  });
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
    const word = normalise(rest);
    const worded = known.find(({ words }) => words.has(word))?.status;
    if (signed.size > 1 || (word !== "" && !worded)) return undefined;
    const [sign] = signed;
    return worded && sign && worded !== sign ? undefined : (worded ?? sign);
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
