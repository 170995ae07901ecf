// Text put into Markdown.

/**
 * With everything that Markdown or HTML would act upon written so that it is read as it stands. An underscore within a word
 * is one already. Source: CommonMark 0.31, GitHub Flavored Markdown 0.29.
 */
export const escapeMarkdown = (text: string): string =>
  text
    .replace(/&(?=#|\w)/g, "&amp;")
    .replaceAll("\\", "&#92;") // an escape before it would be read together with the next letter
    .replaceAll("<", "&lt;")
    .replace(/[`*[\]~]|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}_])/gu, (found) => found.replace(/./g, "\\$&"));

/** Text as code, whatever backticks are in it. */
export function codeSpan(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `\`${text}\`` : `${fence} ${text} ${fence}`;
}
