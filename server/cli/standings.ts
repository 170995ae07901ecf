// What the commands about protocols read: a workspace as it is on disk, judged as a whole where findings are asked for.

import { basename, relative, resolve } from "node:path";
import { isCandidate } from "../engine/detect.js";
import { homeOf, isIn } from "../engine/protocol/scopes.js";
import type { StatusReport } from "../engine/report/standing.js";
import { withPaths } from "../engine/report/standing.js";
import { createConfigs } from "../host/configs.js";
import { isFolder, readText, repositoryRoot, toEnginePath, toSystemPath } from "../host/files.js";
import { createNodeEngine, indexFolders } from "../host/node.js";
import { createRuns, type ListInUse } from "../host/runs.js";
import { settingsAt } from "../host/settings.js";
import { createStandings, isFound } from "../host/standings.js";
import { createSurvey } from "../host/survey.js";
import { createTrackers, type TrackerParts } from "../host/trackers.js";
import { UsageError } from "./usage.js";

export interface ProtocolWorkspace {
  /** Name of the folder whose files count. */
  readonly name: string;
  /** Paths are relative to the working directory. */
  readonly status: StatusReport;
  readonly lists: readonly ListInUse[];
  /** An engine path as it is to be shown. */
  readonly shown: (path: string) => string;
}

/**
 * @param given a folder; without one, the repository around the working directory, or the directory itself
 * @throws UsageError where there is no such folder
 */
export async function readProtocolWorkspace(given: string | undefined): Promise<ProtocolWorkspace> {
  const here = resolve(given ?? ".");
  if (!(await isFolder(here))) throw new UsageError(`"${given}" is no folder`);
  const root = await workspaceAround(here, given === undefined);
  const engine = await createNodeEngine(__dirname);
  const files = new Set<string>();
  const read = async (path: string) => (await readText(toSystemPath(path))).text;
  const configs = createConfigs(read);
  await indexFolders(engine, [root], { configs, proceed: (path) => Boolean(files.add(path)) });
  engine.complete((path) => isIn(path, asFolder(root)));
  const settings = (path: string) => settingsAt({ engine, configs }, path);
  const survey = createSurvey({
    async judge(path) {
      const text = await read(path);
      return text === undefined ? undefined : { text, judgement: engine.check(path, text, await settings(path)) };
    },
  });
  survey.touch([...files].filter(isCandidate));
  await survey.run();
  const parts: TrackerParts = {
    engine,
    files: { configs, files, readText: read },
    settings,
    protocols: engine.protocols.all,
    folders: () => [asFolder(root)],
  };
  const isAsked = (path: string): boolean => given === undefined || isIn(path, asFolder(here));
  const all = (await createStandings(parts, createTrackers(parts), survey).all()).filter(({ path }) => isAsked(path));
  const shown = (path: string): string => relative(process.cwd(), toSystemPath(path)).replaceAll("\\", "/") || ".";
  return {
    name: basename(root),
    status: {
      standings: all.filter(isFound).map(({ path, protocol, progress }) => ({
        path: shown(path),
        protocol,
        progress: withPaths(progress, shown),
      })),
      unreadable: all.flatMap((one) => (isFound(one) ? [] : [{ path: shown(one.path), problem: one.problem }])),
    },
    lists: (await createRuns(parts, survey).all()).map((list) => ({
      ...list,
      runs: list.runs.filter(({ file }) => isAsked(file.path)),
    })),
    shown,
  };
}

/** The folder whose files count: that which is given or, of a folder of documents, the one that they are about. */
async function workspaceAround(here: string, anywhere: boolean): Promise<string> {
  const repository = await repositoryRoot(here);
  if (repository === undefined) return here;
  if (anywhere || here === repository) return repository;
  return toSystemPath(homeOf(`${asFolder(here)}/any`, [asFolder(repository)])) || repository;
}

const asFolder = (path: string): string => toEnginePath(path).replace(/\/$/, "");

/** The tracker that is meant by the options `--tracker FILE` and `--protocol ID`; a sentence where it is none or several. */
export function chooseStanding(
  { status }: ProtocolWorkspace,
  { tracker, protocol }: { readonly tracker?: string | undefined; readonly protocol?: string | undefined },
) {
  const path = tracker === undefined ? undefined : relative(process.cwd(), resolve(tracker)).replaceAll("\\", "/");
  const fitting = status.standings.filter(
    (one) => (path === undefined || one.path === path) && (protocol === undefined || one.protocol.id === protocol),
  );
  const [found, ...others] = fitting;
  if (found && others.length === 0) return found;
  const names = (found ? fitting : status.standings).map((one) => `${one.path} (${one.protocol.id})`).join(", ");
  if (found) return `there are several trackers, choose by --tracker or --protocol: ${names}`;
  if (names !== "") return `no such tracker; there are: ${names}`;
  const [unread] = status.unreadable;
  return unread ? `${unread.path}: ${unread.problem}` : "no tracker was found";
}

/** Of a command that shows every tracker: 2 where there is none, or where one cannot be read. */
export function exitCodeOf({ standings, unreadable }: StatusReport): 0 | 2 {
  const broken = unreadable.length > 0 || standings.some(({ progress }) => progress.problem !== undefined);
  return broken || standings.length === 0 ? 2 : 0;
}
