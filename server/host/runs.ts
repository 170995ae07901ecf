// Every checklist and workflow of the protocols in force, and the documents in which they are in use.

import { parseMarkdown } from "../engine/languages/markdown/parse.js";
import { type Checklist, checklistId, type Protocol } from "../engine/protocol/model.js";
import { findRuns, listOf, type Run } from "../engine/protocol/runs.js";
import type { TrackerParts } from "./trackers.js";

/** A list with its runs, the newest first. */
export interface ListInUse {
  readonly id: string;
  readonly protocol: Protocol;
  readonly checklist: Checklist;
  readonly runs: readonly Run[];
}

export interface Runs {
  all(): Promise<readonly ListInUse[]>;
  /** The runs in a file, as it is now. */
  at(path: string): Promise<readonly Run[]>;
}

export function createRuns({ engine, files, settings, protocols, folders }: TrackerParts): Runs {
  const inForce = async (path: string): Promise<readonly Protocol[]> => (await settings(path)).protocols ?? protocols();
  const at: Runs["at"] = async (path) => {
    const text = await files.readText(path);
    return text === undefined ? [] : findRuns(parseMarkdown(path, text), await inForce(path));
  };
  // Of two protocols with one id, the first folder's counts.
  const offered = async (): Promise<readonly Protocol[]> => {
    const all = (await Promise.all(folders().map((folder) => inForce(`${folder}/docs/run.md`)))).flat();
    return all.filter(({ id }, at) => all.findIndex((one) => one.id === id) === at);
  };
  return {
    at,
    async all() {
      const { lookup } = engine.evidence;
      const known = lookup.keys("markdown.run").flatMap((id) => lookup.facts("markdown.run", id));
      const runs = (await Promise.all([...new Set(known.map(({ path }) => path))].sort().map(at))).flat();
      return (await offered()).flatMap((protocol) =>
        protocol.checklists.map((checklist) => {
          const id = checklistId(protocol, checklist);
          return { id, protocol, checklist, runs: runs.filter((run) => listOf(run) === id).sort(newestFirst) };
        }),
      );
    },
  };
}

const newestFirst = (a: Run, b: Run): number => (b.started ?? "").localeCompare(a.started ?? "");
