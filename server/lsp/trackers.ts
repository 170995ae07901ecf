// Which Markdown files hold a tracker, and what they say now. Nothing is kept but the paths: the files are the state.

import { trackerByConfig } from "../engine/config.js";
import type { MarkdownFile } from "../engine/languages/markdown/model.js";
import { parseMarkdown } from "../engine/languages/markdown/parse.js";
import type { Protocol } from "../engine/protocol/model.js";
import { findTracker, type Tracker } from "../engine/protocol/tracker.js";
import type { Project } from "./project.js";

export interface FoundTracker {
  readonly path: string;
  readonly text: string;
  readonly protocol: Protocol;
  readonly tracker: Tracker;
}

/** A file that the configuration names and that holds no tracker. */
export interface MissingTracker {
  readonly path: string;
  readonly problem: string;
}

export interface Trackers {
  /** Every tracker of the workspace, in the order of their paths. */
  all(): Promise<readonly (FoundTracker | MissingTracker)[]>;
  at(path: string): Promise<FoundTracker | undefined>;
  /** The output documents of a tracker's protocol: by file name, those nearest to the tracker. */
  outputs(found: FoundTracker): Promise<ReadonlyMap<string, { readonly path: string; readonly file: MarkdownFile }>>;
}

export const isMarkdown = (path: string): boolean => /\.(?:md|markdown)$/i.test(path);

/** `open` names the Markdown documents that are open, which may not be on disk yet. */
export function createTrackers(
  project: Project,
  protocols: readonly Protocol[],
  open: () => readonly string[],
): Trackers {
  const headings = protocols.map(({ tracker }) => tracker.heading.toLowerCase());
  // A heading may carry marks between its words; the words themselves stand in every tracker.
  const mayHold = (text: string): boolean => {
    const lower = text.toLowerCase();
    return headings.some((heading) => heading.split(/\s+/).every((word) => lower.includes(word)));
  };
  const verdicts = new Map<string, boolean>();
  project.onFile((path) => verdicts.delete(path));

  const read = async (path: string): Promise<FoundTracker | undefined> => {
    const text = await project.readText(path);
    const may = text !== undefined && mayHold(text);
    verdicts.set(path, may);
    if (!may) return undefined;
    const file = parseMarkdown(path, text);
    for (const protocol of protocols) {
      const tracker = findTracker(file, protocol);
      if (tracker) return { path, text, protocol, tracker };
    }
    return undefined;
  };

  const readConfigured = async (path: string, opened: boolean): Promise<FoundTracker | MissingTracker | undefined> => {
    const standing = trackerByConfig(await project.configs.nearest(path), path);
    if (standing === "not" || (standing === "free" && !opened && verdicts.get(path) === false)) return undefined;
    const found = await read(path);
    if (found || standing === "free") return found;
    const wanted = protocols.map(({ tracker }) => `"${tracker.heading}"`).join(" or ");
    return { path, problem: `No heading of the file reads ${wanted}` };
  };

  return {
    async all() {
      const opened = new Set(open());
      const paths = [...new Set([...opened, ...[...project.files].filter(isMarkdown)])].sort();
      const found: (FoundTracker | MissingTracker)[] = [];
      for (const path of paths) {
        const tracker = await readConfigured(path, opened.has(path));
        if (tracker) found.push(tracker);
      }
      return found;
    },
    at: read,
    async outputs({ path, protocol }) {
      const outputs = new Map<string, { path: string; file: MarkdownFile }>();
      for (const { output } of protocol.phases) {
        const place = output && nearest(path, output.file, [...project.files, ...open()]);
        const text = place && (await project.readText(place));
        if (output && place && text !== undefined)
          outputs.set(output.file, { path: place, file: parseMarkdown(place, text) });
      }
      return outputs;
    },
  };
}

/** Of the files with a name, the one that shares most of its folders with the tracker. */
function nearest(tracker: string, name: string, files: readonly string[]): string | undefined {
  const shared = (path: string): number => {
    let length = 0;
    while (length < path.length && path[length] === tracker[length]) length++;
    return length;
  };
  const named = files.filter((path) => path.endsWith(`/${name}`));
  return named.sort((a, b) => shared(b) - shared(a) || a.length - b.length || (a < b ? -1 : 1))[0];
}
