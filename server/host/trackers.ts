// Which Markdown files hold a tracker, and what they say now. Nothing is kept: the files are the state.

import type { Settings } from "../engine/config.js";
import type { Engine } from "../engine/engine.js";
import type { Protocol, TrackedProtocol } from "../engine/protocol/model.js";
import type { Tracker } from "../engine/protocol/tracker.js";
import type { Configs } from "./configs.js";
import { configsOf, isInFolders } from "./territory.js";

/** The files of a workspace, as a shell knows them. Paths are the engine's. */
export interface WorkspaceFiles {
  readonly configs: Configs;
  /** Every file that was found, judged or not. */
  readonly files: ReadonlySet<string>;
  /** Text of a file as it is now; undefined where it is gone or cannot be read. */
  readText(path: string): Promise<string | undefined>;
}

export interface FoundTracker {
  readonly path: string;
  readonly text: string;
  readonly protocol: TrackedProtocol;
  readonly tracker: Tracker;
}

/** A file that the configuration names and that holds no tracker that is in force, or a configuration that names none. */
export interface MissingTracker {
  readonly path: string;
  readonly problem: string;
}

export interface TrackerParts {
  readonly engine: Engine;
  readonly files: WorkspaceFiles;
  /** What holds for the file at a path. */
  readonly settings: (path: string) => Promise<Settings>;
  /** Every protocol that may be in force somewhere. */
  readonly protocols: () => readonly Protocol[];
  /** The folders that are looked at, without "/" at the end: nothing else counts, and what is in force in one is offered. */
  readonly folders: () => readonly string[];
  /** Markdown documents that are open: they may not be on disk yet. */
  readonly open?: () => readonly string[];
}

export interface Trackers {
  /** Every tracker of the workspace, in the order of paths and protocols. */
  all(): Promise<readonly (FoundTracker | MissingTracker)[]>;
  /** The tracker of a protocol in a file, as it is now. */
  at(path: string, protocol: string): Promise<FoundTracker | undefined>;
}

const nothingInForce = 'No protocol is in force here: "protocols" in the configuration chooses none that there is';

export const isMarkdown = (path: string): boolean => /\.(?:md|markdown)$/i.test(path);

export function createTrackers(parts: TrackerParts): Trackers {
  const { engine, files, settings, protocols, folders, open = () => [] } = parts;
  const readAll = async (path: string): Promise<readonly (FoundTracker | MissingTracker)[]> => {
    const holding = await settings(path);
    if (holding.tracker === "not" || holding.excluded || !isInFolders(path, folders())) return [];
    const text = await files.readText(path);
    if (text === undefined) return [];
    if (holding.protocols?.length === 0) {
      const without = engine.trackers(path, text, { ...holding, protocols: protocols() });
      return without.length > 0 || holding.tracker === "named" ? [{ path, problem: nothingInForce }] : [];
    }
    const found = engine.trackers(path, text, holding).filter(({ repeated }) => !repeated);
    if (found.length > 0 || holding.tracker === "free")
      return found.map(({ protocol, tracker }) => ({ path, text, protocol, tracker }));
    return [{ path, problem: "No heading of the file is that of a tracker of the protocols in force" }];
  };

  /** Files that a configuration names as trackers. Most configurations name none. */
  const named = async (): Promise<readonly string[]> => {
    const paths = [...files.files].filter(isMarkdown);
    const naming = await Promise.all(
      paths.map(async (path) => (await files.configs.nearest(path))?.tracker !== undefined),
    );
    const asked = paths.filter((_, i) => naming[i]);
    const verdicts = await Promise.all(asked.map(async (path) => (await settings(path)).tracker === "named"));
    return asked.filter((_, i) => verdicts[i]);
  };

  /** Configurations that name trackers, of which there are none. */
  const inVain = async (asked: ReadonlySet<string>): Promise<readonly MissingTracker[]> => {
    const naming = (await configsOf(files, folders())).filter(
      ({ path, tracker }) => tracker !== undefined && isInFolders(path, folders()),
    );
    const used = new Set(await Promise.all([...asked].map(async (path) => (await settings(path)).path)));
    return naming.flatMap(({ path, tracker = [] }) =>
      used.has(path)
        ? []
        : [
            {
              path,
              problem: `No file is called ${tracker.map((glob) => `"${glob}"`).join(" or ")}, as "tracker" says`,
            },
          ],
    );
  };

  return {
    async all() {
      const { lookup } = engine.evidence;
      const known = lookup.keys("markdown.tracker").flatMap((id) => lookup.facts("markdown.tracker", id));
      const byName = new Set(await named());
      const paths = new Set([...known.map(({ path }) => path), ...open(), ...byName]);
      const found = await Promise.all([...paths].sort().map(readAll));
      return [...found.flat(), ...(await inVain(byName))];
    },
    async at(path, id) {
      const found = await readAll(path);
      return found.find((one): one is FoundTracker => "tracker" in one && one.protocol.id === id);
    },
  };
}
