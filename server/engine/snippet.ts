// Snippet text (`${1:name}`, `$0`, `\$`) as plain text, for editors and command lines without tab stops.

const placeholder = /\\([\\$}])|\$\{\d+(?::((?:[^{}\\]|\\.)*))?\}|\$\d+/g;

/** The text with every placeholder replaced by its proposed value, or by nothing where it proposes none. */
export const plainSnippet = (text: string): string =>
  text.replace(placeholder, (_match, escaped: string | undefined, proposed: string | undefined) =>
    escaped !== undefined ? escaped : (proposed ?? "").replace(/\\([\\$}])/g, "$1"),
  );

/** Text of a file made safe to stand in a snippet. */
export const escapeSnippet = (text: string): string => text.replace(/[\\$}]/g, "\\$&");
