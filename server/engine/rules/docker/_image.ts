// How messages call an image that a file pulls, and where its tag stands.

import type { PulledImage } from "../../image.js";
import { type Place, type Resolved, resolved } from "../../rule.js";

/** The image in quotes, and where its text comes from if it is not what is written. */
export function origin({ image, written, used }: PulledImage): string {
  if (image.text === written) return `"${image.text}"`;
  const names = [...new Set(used)].map((name) => `"${name}"`).join(", ");
  return names === "" ? `"${written}", that is "${image.text}",` : `"${image.text}" (by default of ${names})`;
}

/** What the image is read as where its text is another one. */
export const reading = ({ image, written }: PulledImage): readonly Resolved[] =>
  image.text === written ? [] : [resolved(`${written} is ${image.text}`)];

/** The tag itself where it is written out, else the words that bring it in. */
export function tagOf({ image, span }: PulledImage, text: string): Place {
  const { tag } = image;
  if (!tag || text.slice(span.start, span.end) !== image.text) return span;
  return { start: span.start + tag.span.start, end: span.start + tag.span.end };
}
