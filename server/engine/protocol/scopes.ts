// Which part of a workspace a tracker speaks for, and which of several files of one name is its own.

/**
 * The file that a tracker means by a name: of those in the part of the workspace it speaks for, the nearest one.
 * @param tracker engine path of the tracker
 * @param trackers engine paths of all trackers of its protocol
 * @param files those with the name
 */
export function ownFile<F extends { readonly path: string }>(
  tracker: string,
  trackers: readonly string[],
  files: readonly F[],
): F | undefined {
  const speaksFor = scopesOf([...trackers, tracker])(tracker);
  const nearest = files
    .filter(({ path }) => speaksFor(path))
    .sort((a, b) => shared(b.path, tracker) - shared(a.path, tracker) || (a.path < b.path ? -1 : 1));
  return nearest[0];
}

/**
 * For each tracker, whether it speaks for the file at a path: all of the workspace where it is the only one, else the
 * folder it belongs to. Trackers of one folder share it; a file belongs to the innermost folder that has a tracker.
 * @param trackers engine paths of the trackers
 */
export function scopesOf(trackers: readonly string[]): (tracker: string) => (path: string) => boolean {
  const folders = [...new Set(trackers.map(homeOf))].sort((a, b) => b.length - a.length);
  if (folders.length <= 1) return () => () => true;
  const ownerOf = (path: string): string | undefined => folders.find((folder) => path.startsWith(`${folder}/`));
  return (tracker) => {
    const home = homeOf(tracker);
    return (path) => ownerOf(path) === home;
  };
}

/** "/repo/pay/docs/dop-phase-tracker.md" is there for "/repo/pay": documents have a folder of their own. */
function homeOf(path: string): string {
  const folder = path.slice(0, path.lastIndexOf("/"));
  const docs = /^(.*?)\/(?:docs?|documentation)(?:\/|$)/i.exec(folder)?.[1];
  return docs ?? folder;
}

/** How many folders two paths share. */
function shared(a: string, b: string): number {
  const [first, second] = [a.split("/"), b.split("/")];
  let count = 0;
  while (count < first.length - 1 && first[count] === second[count]) count++;
  return count;
}
