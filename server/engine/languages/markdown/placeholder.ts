// Tells text that somebody has written from text that only holds the place for it.

const words =
  /^(?:(?:todo|tbd|tba|tbc|fixme|wip)(?![\p{L}\p{N}]).*|to be (?:\p{L}+)(?: \p{L}+)?|coming soon|placeholder.*)$/iu;
const shapes = /^(?:[.\u2026_\-\u2013\u2014?*]+|\[[^[\]]*\]|<[^<>]*>|\{\{.*\}\}|\[?\.{2,}\]?)$/u;

/** Whether a line, without its Markdown marks, says nothing yet: "TBD", "TODO: …", "[your text]", "...". */
export function isPlaceholder(line: string): boolean {
  const text = line.trim();
  const bare = text.replace(/^[\s([{_*]+|[\s)\]}_*.:!\u2026]+$/gu, "");
  return text === "" || bare === "" || shapes.test(text) || words.test(bare);
}
