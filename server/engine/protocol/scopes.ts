// Which part of a workspace a tracker speaks for, and which of several files of one name is its own.

/** Whether something speaks for the file at a path. */
export type Scope = (path: string) => boolean;

/**
 * The part of the workspace that a tracker speaks for. Trackers of one protocol divide the workspace by the folders they
 * belong to: a file is spoken for by the innermost of these folders; what lies in none is common to all that lie in no other.
 * @param tracker engine path of the tracker
 * @param trackers engine paths of all trackers of its protocol: others have nothing to do with it
 * @param folders the folders of the workspace, without "/" at the end
 */
export function scopeOf(tracker: string, trackers: readonly string[], folders: readonly string[] = []): Scope {
  const home = homeOf(tracker, folders);
  const others = [...new Set(trackers.map((one) => homeOf(one, folders)))].filter((other) => other !== home);
  if (others.length === 0) return () => true;
  const inner = others.filter((other) => isIn(other, home));
  const isOutermost = !others.some((other) => isIn(home, other));
  return (path) => {
    if (isIn(path, home)) return !inner.some((other) => isIn(path, other));
    return isOutermost && !others.some((other) => isIn(path, other));
  };
}

/**
 * The part of the workspace that a document other than a tracker is about: what the tracker around it speaks for, one of its
 * own protocol before others; all of it without one.
 */
export function scopeAround(
  path: string,
  protocol: string,
  trackers: readonly { readonly path: string; readonly protocol: string }[],
  folders: readonly string[],
): Scope {
  const around = trackers
    .filter((one) => isIn(path, homeOf(one.path, folders)))
    .sort((a, b) => Number(b.protocol === protocol) - Number(a.protocol === protocol) || nearer(path)(a, b));
  const [found] = around;
  if (!found) return () => true;
  const same = trackers.filter((one) => one.protocol === found.protocol).map((one) => one.path);
  return scopeOf(found.path, same, folders);
}

/** Of several files of one name, the one nearest to a tracker. */
export const nearestTo = <F extends { readonly path: string }>(tracker: string, files: readonly F[]): F | undefined =>
  files.toSorted(nearer(tracker))[0];

/**
 * The folder that a document belongs to: documents have a folder of their own, so "/repo/pay/docs/dop-phase-tracker.md" is
 * there for "/repo/pay". Only folders of the workspace are asked, whatever those above it are called.
 */
export function homeOf(path: string, folders: readonly string[]): string {
  const root = folders.filter((one) => isIn(path, one)).sort((a, b) => a.length - b.length)[0] ?? "";
  const inside = path.slice(root.length, path.lastIndexOf("/"));
  const docs = /^(.*)\/(?:docs?|documentation)(?:\/|$)/i.exec(inside)?.[1];
  return root + (docs ?? inside);
}

/** Whether a path lies in a folder. */
export const isIn = (path: string, folder: string): boolean => path.startsWith(`${folder}/`);

interface Placed {
  readonly path: string;
}

const nearer =
  (to: string) =>
  (a: Placed, b: Placed): number =>
    shared(b.path, to) - shared(a.path, to) || (a.path < b.path ? -1 : 1);

/** How many folders two paths share. */
function shared(a: string, b: string): number {
  const [first, second] = [a.split("/"), b.split("/")];
  let count = 0;
  while (count < first.length - 1 && first[count] === second[count]) count++;
  return count;
}
