// The language server as the rest of the extension sees it: started when first needed, asked with typed requests.
// It alone knows the language client. Nothing here may notify: what goes wrong is in the log and on the status items.
import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  State,
  TransportKind,
} from "vscode-languageclient/node";
import {
  type AnswerGateParams,
  type answerGateRequest,
  clientCommands,
  type completeTrackerRequest,
  type FileStatus,
  fileStatusChanged,
  type fileStatusRequest,
  type GatePage,
  type gatePageRequest,
  type Handbook,
  handbooksRequest,
  type ListProgress,
  type listsRequest,
  type NewDocument,
  type NewOutputParams,
  type NewRunParams,
  type NewTrackerParams,
  type newOutputRequest,
  type newRunRequest,
  type newTrackerRequest,
  type PhaseFinding,
  type PhaseParams,
  type PipelinePicture,
  type ProtocolName,
  type phaseFindingsRequest,
  type pipelineRequest,
  progressChanged,
  type progressRequest,
  type protocolsRequest,
  type reportRequest,
  type SetPointParams,
  type SetStepParams,
  type setPointRequest,
  type setStepRequest,
  type TextChange,
  type TickShownParams,
  type TrackerParams,
  type TrackerProgress,
  type tickShownRequest,
} from "../server/messages.js";
import { documentSelector, fileWatchers } from "./selector.js";

/** Parameters and result of each of our own requests. */
export interface Requests {
  readonly [fileStatusRequest]: { readonly params: { readonly uri: string }; readonly result: FileStatus };
  readonly [progressRequest]: { readonly params: undefined; readonly result: readonly TrackerProgress[] };
  readonly [setStepRequest]: { readonly params: SetStepParams; readonly result: TextChange };
  readonly [tickShownRequest]: { readonly params: TickShownParams; readonly result: TextChange };
  readonly [completeTrackerRequest]: { readonly params: TrackerParams; readonly result: TextChange };
  readonly [phaseFindingsRequest]: { readonly params: PhaseParams; readonly result: readonly PhaseFinding[] };
  readonly [gatePageRequest]: { readonly params: PhaseParams; readonly result: GatePage };
  readonly [answerGateRequest]: { readonly params: AnswerGateParams; readonly result: TextChange };
  readonly [listsRequest]: { readonly params: undefined; readonly result: readonly ListProgress[] };
  readonly [newRunRequest]: { readonly params: NewRunParams; readonly result: NewDocument };
  readonly [setPointRequest]: { readonly params: SetPointParams; readonly result: TextChange };
  readonly [protocolsRequest]: {
    readonly params: { readonly folder: string };
    readonly result: readonly ProtocolName[];
  };
  readonly [handbooksRequest]: { readonly params: undefined; readonly result: readonly Handbook[] };
  readonly [reportRequest]: { readonly params: { readonly nonce: string }; readonly result: string };
  readonly [newTrackerRequest]: { readonly params: NewTrackerParams; readonly result: NewDocument };
  readonly [newOutputRequest]: { readonly params: NewOutputParams; readonly result: NewDocument };
  readonly [pipelineRequest]: { readonly params: { readonly uri: string }; readonly result: PipelinePicture };
}

/** `idle` until something needs the server; `stopped` when it has failed and is not tried again by itself. */
export type ServerState = "idle" | "starting" | "running" | "stopped";

export interface Server extends vscode.Disposable {
  readonly log: vscode.LogOutputChannel;
  state(): ServerState;
  /** Starts the server unless it runs or is about to. Returns at once. */
  start(): void;
  /**
   * Asks the server, starting it first where need be.
   * @throws Error when it does not run or refuses
   */
  ask<M extends keyof Requests>(method: M, params: Requests[M]["params"]): Promise<Requests[M]["result"]>;
  readonly onState: vscode.Event<ServerState>;
  readonly onFileStatus: vscode.Event<FileStatus>;
  readonly onProgress: vscode.Event<void>;
}

/** @param extension folder of the extension, which holds the server's bundle */
export function createServer(extension: vscode.Uri): Server {
  const log = vscode.window.createOutputChannel("Dakota", { log: true });
  const watchers = fileWatchers();
  const client = createClient(extension, log, watchers);
  const states = new vscode.EventEmitter<ServerState>();
  const statuses = new vscode.EventEmitter<FileStatus>();
  const progress = new vscode.EventEmitter<void>();
  let wanted = false;
  const state = (): ServerState => (wanted ? stateOf(client.state) : "idle");
  const start = (): Promise<void> => {
    wanted = true;
    return client.start();
  };
  const subscriptions = [
    client.onDidChangeState(() => states.fire(state())),
    client.onNotification(fileStatusChanged, (status: FileStatus) => statuses.fire(status)),
    client.onNotification(progressChanged, () => progress.fire()),
  ];

  return {
    log,
    state,
    start: () => void start().catch((error) => log.error(`The language server did not start: ${error}`)),
    ask: async (method, params) => {
      await start();
      return params === undefined ? client.sendRequest(method) : client.sendRequest(method, params);
    },
    onState: states.event,
    onFileStatus: statuses.event,
    onProgress: progress.event,
    dispose: () => {
      // Not awaited: VS Code ends the server's process together with the extension host anyway.
      client.dispose().catch((error) => log.debug(`Stopping the language server: ${error}`));
      vscode.Disposable.from(...subscriptions, ...watchers, states, statuses, progress, log).dispose();
    },
  };
}

function createClient(
  extension: vscode.Uri,
  log: vscode.LogOutputChannel,
  watchers: vscode.FileSystemWatcher[],
): LanguageClient {
  const module = vscode.Uri.joinPath(extension, "dist", "server.js").fsPath;
  const serverOptions = { module, transport: TransportKind.ipc };
  return new LanguageClient("dakota", "Dakota", serverOptions, clientOptions(log, watchers));
}

function clientOptions(log: vscode.LogOutputChannel, watchers: vscode.FileSystemWatcher[]): LanguageClientOptions {
  return {
    documentSelector: documentSelector(),
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    diagnosticPullOptions: { onChange: true, onSave: true, onTabs: true },
    synchronize: { configurationSection: "dakota", fileEvents: watchers },
    errorHandler: quietErrors(),
    initializationFailedHandler: (error) => {
      log.error(`The language server did not start: ${error}`);
      return false;
    },
    markdown: { isTrusted: { enabledCommands: [clientCommands.openRulePage] }, supportThemeIcons: true },
  };
}

const crashesAllowed = 4;
const crashWindow = 3 * 60 * 1000;

/** Restarts after a crash, but not for ever; `handled` keeps the language client from showing a notification. */
function quietErrors(): ErrorHandler {
  let crashes: number[] = [];
  return {
    error: (_error, _message, count = 0) => ({
      action: count <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown,
      handled: true,
    }),
    closed: () => {
      const now = Date.now();
      crashes = [...crashes.filter((crash) => now - crash < crashWindow), now];
      const action = crashes.length <= crashesAllowed ? CloseAction.Restart : CloseAction.DoNotRestart;
      return { action, handled: true };
    },
  };
}

function stateOf(state: State): ServerState {
  if (state === State.Running) return "running";
  return state === State.Starting ? "starting" : "stopped";
}
