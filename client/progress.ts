// What the server last said about the trackers. Tree, status bar and commands all read it from here, so they cannot differ.
import * as vscode from "vscode";
import { type PhaseProgress, progressRequest, type TrackerProgress } from "../server/messages.js";
import type { Server } from "./languageClient.js";

export interface ProgressFeed extends vscode.Disposable {
  /** The last answer; undefined before the first one. */
  trackers(): readonly TrackerProgress[] | undefined;
  /** The last answer, or the first one, for which the server is asked. */
  read(): Promise<readonly TrackerProgress[]>;
  /** Asks the server again, starting it where need be, and has everything drawn anew. Without an answer the last one stays. */
  refresh(): Promise<void>;
  readonly onChange: vscode.Event<void>;
}

export function createProgressFeed(server: Server): ProgressFeed {
  const changes = new vscode.EventEmitter<void>();
  let trackers: readonly TrackerProgress[] | undefined;
  let shown = "";
  let running: Promise<void> | undefined;
  let again = false;
  let anyway = false;

  async function load(): Promise<void> {
    try {
      do {
        again = false;
        trackers = await server.ask(progressRequest, undefined);
      } while (again);
    } catch (error) {
      server.log.error(`No progress could be read: ${error}`);
    } finally {
      running = undefined;
    }
    tellWelcomeViews(server, trackers);
    // Rows that are drawn anew take no click meanwhile, so nothing is drawn that has not changed.
    const now = JSON.stringify(trackers) ?? "";
    if (now === shown && !anyway) return;
    shown = now;
    anyway = false;
    changes.fire();
  }

  function update(): Promise<void> {
    again = true;
    running ??= load();
    return running;
  }

  function refresh(): Promise<void> {
    anyway = true;
    return update();
  }

  const subscriptions = [
    server.onProgress(() => update()),
    server.onState((state) => {
      if (state === "running") update();
      if (state === "stopped") tellWelcomeViews(server, trackers);
    }),
    changes,
  ];
  return {
    trackers: () => trackers,
    read: async () => {
      if (!trackers) await update();
      return trackers ?? [];
    },
    refresh,
    onChange: changes.event,
    dispose: () => vscode.Disposable.from(...subscriptions).dispose(),
  };
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

/** Whether nothing of a tracker can be shown. */
export function isUnreadable({ problem, phases }: TrackerProgress): boolean {
  return problem !== undefined && phases.length === 0;
}

/** The first phase that is not passed; undefined when all are, or none can be read. */
export function currentPhase({ phases, currentPhase: current }: TrackerProgress): PhaseProgress | undefined {
  return phases.find(({ number }) => number === current);
}

/** The tracker nearest to what the user looks at: in the folder of the active editor, otherwise the first. */
export function nearestTracker(trackers: readonly TrackerProgress[]): TrackerProgress | undefined {
  const readable = trackers.filter((tracker) => !isUnreadable(tracker));
  const active = vscode.window.activeTextEditor?.document.uri;
  if (!active) return readable[0];
  const folderOf = (uri: vscode.Uri) => vscode.workspace.getWorkspaceFolder(uri)?.uri.toString();
  const ofUri = readable.find(({ uri }) => uri === active.toString());
  const folder = folderOf(active);
  const inFolder = readable.find(({ uri }) => folder !== undefined && folderOf(vscode.Uri.parse(uri)) === folder);
  return ofUri ?? inFolder ?? readable[0];
}
