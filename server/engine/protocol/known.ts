// Which protocols there are and which of them hold for a file: those that come with the product, and a team's own from
// `.dakota/protocols`.

import type { Protocol } from "./model.js";
import { readProtocol } from "./read.js";

export interface KnownProtocols {
  /** Every protocol that may be in force somewhere; the same array as long as nothing changes. */
  all(): readonly Protocol[];
  /**
   * The protocols that hold for the file at a path: a team's own in the folders above it, the nearest first, then those of
   * the product. Of several with one id the first holds, so a team replaces a protocol by taking its id.
   * @param chosen ids by the configuration: only these hold, in this order
   */
  inForce(path: string, chosen?: readonly string[]): readonly Protocol[];
  /** Takes a file of the workspace as it is now, undefined where it is gone; files that are no protocols are passed over. */
  take(path: string, text: string | undefined): void;
  /** Calls back whenever a team's protocols have changed. */
  onChange(listener: () => void): void;
}

/** Whether the file at a path is a team's own protocol: it holds for the folder that `.dakota` is in. */
export const isProtocolFile = (path: string): boolean => /\/\.dakota\/protocols\/[^/]+\.ya?ml$/i.test(path);

interface TeamFile {
  readonly path: string;
  /** The folder it holds for, with "/" at its end. */
  readonly home: string;
  readonly text: string;
  /** Absent where the file cannot be read as one. */
  readonly protocol?: Protocol;
}

/** @param builtIn those that come with the product */
export function createKnownProtocols(builtIn: readonly Protocol[]): KnownProtocols {
  const files = new Map<string, TeamFile>();
  const listeners: (() => void)[] = [];
  let team: readonly TeamFile[] = [];
  let all = builtIn;

  const changed = (): void => {
    // The innermost folder comes first; in one folder the order of names counts.
    team = [...files.values()].sort((a, b) => b.home.length - a.home.length || (a.path < b.path ? -1 : 1));
    all = [...team.flatMap(({ protocol }) => protocol ?? []), ...builtIn];
    for (const listener of listeners) listener();
  };

  return {
    all: () => all,
    inForce(path, chosen) {
      const own = team.filter(({ home }) => path.startsWith(home)).flatMap(({ protocol }) => protocol ?? []);
      const byId = new Map<string, Protocol>();
      for (const protocol of [...own, ...builtIn]) if (!byId.has(protocol.id)) byId.set(protocol.id, protocol);
      return chosen ? [...new Set(chosen)].flatMap((id) => byId.get(id) ?? []) : [...byId.values()];
    },
    take(path, text) {
      if (!isProtocolFile(path) || files.get(path)?.text === text) return;
      if (text === undefined) files.delete(path);
      else {
        const { protocol } = readProtocol(text);
        const home = path.slice(0, path.lastIndexOf("/.dakota/") + 1);
        files.set(path, { path, home, text, ...(protocol && { protocol }) });
      }
      changed();
    },
    onChange(listener) {
      listeners.push(listener);
    },
  };
}
