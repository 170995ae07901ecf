// Which word somebody has meant who has written another one.

/** The one of `names` that differs from a word in its case or in at most two letters; undefined where several do, or none. */
export function meantBy(word: string, names: readonly string[]): string | undefined {
  const written = word.toLowerCase();
  const near = names
    .map((name) => ({ name, away: distance(written, name.toLowerCase()) }))
    // Short words are near to everything.
    .filter(({ name, away }) => away <= 2 && away < Math.min(word.length, name.length) / 2)
    .sort((a, b) => a.away - b.away);
  const [first, second] = near;
  return first && first.away < (second?.away ?? Number.POSITIVE_INFINITY) ? first.name : undefined;
}

/** How many letters are put in, taken out or replaced to come from one word to the other (Levenshtein 1966). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
