// Texts of protocol files in their usual forms.

import { list, text } from "../form/shape.js";

/** A text that can stand in a cell of a table. */
export const word = text({ pattern: /^[^|\r\n]+$/, words: "one line without a pipe" });

export const id = text({ pattern: /^[a-z][a-z0-9-]*$/, words: "small letters, digits and hyphens, a letter first," });

export const file = text({
  pattern: /^(?!.*(?:^|\/)\.\.?(?:\/|$))[^/\\:*?"<>|\r\n][^\\:*?"<>|\r\n]*\.md$/,
  words: 'a relative file name that ends in ".md"',
});

export const words = list(word);
export const someWords = list(word, 1);
