// What the server last said about the trackers. Tree, status bar and commands all read it from here, so they cannot differ.
import * as vscode from "vscode";
import { type PhaseProgress, progressRequest, type TrackerProgress } from "../server/messages.js";
import { createFeed, type Feed } from "./feed.js";
import type { Server } from "./languageClient.js";

export type ProgressFeed = Feed<readonly TrackerProgress[]>;

export function createProgressFeed(server: Server): ProgressFeed {
  const feed = createFeed(server, progressRequest, [], (trackers) => tellWelcomeViews(server, trackers));
  const states = server.onState((state) => state === "stopped" && tellWelcomeViews(server, feed.last()));
  return { ...feed, dispose: () => vscode.Disposable.from(feed, states).dispose() };
}

/** The context key `dakota.tracker` chooses the welcome view and shows commands: stopped, none, unreadable or ready. */
function tellWelcomeViews(server: Server, trackers: readonly TrackerProgress[] | undefined): void {
  const value = server.state() === "stopped" ? "stopped" : trackers && kindOf(trackers);
  vscode.commands.executeCommand("setContext", "dakota.tracker", value);
}

function kindOf(trackers: readonly TrackerProgress[]): "none" | "unreadable" | "ready" {
  if (trackers.length === 0) return "none";
  return trackers.every(isUnreadable) ? "unreadable" : "ready";
}

/** Whether nothing of a tracker can be shown: it lacks its table, or the file is none. */
export const isUnreadable = ({ problem }: TrackerProgress): boolean => problem !== undefined;

/** The first phase that is not passed; undefined when all are, or none can be read. */
export function currentPhase({ phases, currentPhase: current }: TrackerProgress): PhaseProgress | undefined {
  return phases.find(({ number }) => number === current);
}

/**
 * The tracker nearest to what the user looks at: the active editor's own, else the one that shares most folders with it;
 * of several the first.
 */
export function nearestTracker(trackers: readonly TrackerProgress[]): TrackerProgress | undefined {
  const readable = trackers.filter((tracker) => !isUnreadable(tracker));
  const active = vscode.window.activeTextEditor?.document.uri;
  if (!active) return readable[0];
  const [nearest] = readable
    .map((tracker) => ({ tracker, shared: foldersShared(tracker.uri, active.toString()) }))
    .sort((a, b) => b.shared - a.shared);
  return nearest?.tracker;
}

/** How many parts of two addresses are the same from the start; the file itself counts more than any folder. */
function foldersShared(tracker: string, active: string): number {
  if (tracker === active) return Number.POSITIVE_INFINITY;
  const [first, second] = [tracker.split("/"), active.split("/")];
  const at = first.findIndex((part, i) => part !== second[i]);
  return at < 0 ? first.length : at;
}

/** What a command about a phase works on: a row of the tree, or what `currentTarget` finds. */
export interface PhaseTarget {
  readonly tracker: TrackerProgress;
  readonly phase: PhaseProgress;
}

/** A command about a phase: it runs with a row of the tree as argument, or on the current phase of the nearest tracker. */
export const onPhase =
  (feed: ProgressFeed, act: (target: PhaseTarget) => Promise<void>, none: string) =>
  async (node?: PhaseTarget): Promise<void> => {
    const target = node ?? (await currentTarget(feed));
    if (target) return act(target);
    vscode.window.showInformationMessage(none);
  };

/** The current phase of the nearest tracker; undefined where there is none. */
export async function currentTarget(feed: ProgressFeed): Promise<PhaseTarget | undefined> {
  const tracker = nearestTracker(await feed.read());
  const phase = tracker && currentPhase(tracker);
  return phase && { tracker, phase };
}
