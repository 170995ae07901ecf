// Answers the client's questions about phases: progress read from the trackers, changes to them as edits for the client
// to apply.

import { basename } from "node:path";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type Change, completeTracker, setStep } from "../engine/protocol/edits.js";
import { isTracked } from "../engine/protocol/model.js";
import { tickShown } from "../engine/protocol/shown.js";
import { outputText, trackerText } from "../engine/protocol/template.js";
import { settingsAt } from "../host/settings.js";
import { createStandings, isFound, type Standings } from "../host/standings.js";
import type { Survey } from "../host/survey.js";
import { createTrackers, type TrackerParts, type Trackers } from "../host/trackers.js";
import {
  completeTrackerRequest,
  type NewDocument,
  type NewTrackerParams,
  newOutputRequest,
  newTrackerRequest,
  type PhaseFinding,
  type PhaseParams,
  type ProtocolName,
  phaseFindingsRequest,
  progressRequest,
  protocolsRequest,
  type SetStepParams,
  setStepRequest,
  type TextChange,
  type TickShownParams,
  type TrackerParams,
  type TrackerProgress,
  tickShownRequest,
} from "../messages.js";
import { toFolder, toPath, toTextEdit, toUri } from "./convert.js";
import { serveGates } from "./gates.js";
import { serveHandbooks } from "./handbooks.js";
import { serveReport } from "./report.js";
import { serveRuns } from "./runs.js";
import type { Session } from "./session.js";
import { folderOf, toMissing, toTrackerProgress } from "./standing.js";
import { createWorkspaceSurvey } from "./surveying.js";

/** What the requests about protocols share. */
export interface ProtocolParts extends TrackerParts {
  readonly session: Session;
  readonly trackers: Trackers;
  readonly standings: Standings;
  readonly survey: Pick<Survey, "findings">;
}

/** Serves the requests about phases, gates and checklists. */
export function serveProtocol(session: Session): void {
  const { connection, documents, engine, project, indexed } = session;
  const files: TrackerParts = {
    engine,
    files: project,
    settings: (path) => settingsAt({ engine, configs: project.configs }, path),
    protocols: () => engine.protocols.all(),
    folders: () => session.client.folders.map(toFolder),
    open: () => documents.all().map(({ uri }) => toPath(uri)),
  };
  const trackers = createTrackers(files);
  const survey = createWorkspaceSurvey(session);
  const standings = createStandings(files, trackers, survey);
  const parts: ProtocolParts = { ...files, session, trackers, standings, survey };

  connection.onRequest(progressRequest, async (): Promise<readonly TrackerProgress[]> => {
    // Before all files are known, "no tracker" would be a guess.
    await indexed.settled;
    const all = await parts.standings.all();
    if (all.some(isFound)) survey.wanted();
    return all.map((one) => (isFound(one) ? toTrackerProgress(one) : toMissing(one)));
  });
  connection.onRequest(setStepRequest, (params: SetStepParams) => {
    const [protocol = ""] = params.step.split("/");
    return changeTracker(parts, { ...params, protocol }, (found) =>
      setStep(found.tracker, found.protocol, params.step, params.done),
    );
  });
  connection.onRequest(completeTrackerRequest, (params: TrackerParams) =>
    changeTracker(parts, params, ({ tracker, protocol }) => completeTracker(tracker, protocol)),
  );
  connection.onRequest(tickShownRequest, (params: TickShownParams) => tick(parts, params));
  connection.onRequest(phaseFindingsRequest, (params: PhaseParams) => phaseFindings(parts, params));
  connection.onRequest(protocolsRequest, ({ folder }: { readonly folder: string }) => protocolNames(parts, folder));
  connection.onRequest(newTrackerRequest, (params: NewTrackerParams) => newTracker(parts, params));
  connection.onRequest(newOutputRequest, (params: PhaseParams) => newOutput(parts, params));
  serveGates(parts);
  serveHandbooks(parts);
  serveRuns(parts);
  serveReport(parts);
}

/** The edits of a change to a tracker as it is now. */
export async function changeTracker(
  { trackers }: ProtocolParts,
  { tracker: uri, protocol }: TrackerParams,
  change: (found: NonNullable<Awaited<ReturnType<Trackers["at"]>>>) => Change,
): Promise<TextChange> {
  const found = await trackers.at(toPath(uri), protocol);
  if (!found) return { uri, edits: [], problem: `${basename(toPath(uri))} holds no tracker any more` };
  return toTextChange(uri, found.text, change(found));
}

export function toTextChange(uri: string, text: string, { edits, problem, inserted }: Change): TextChange {
  const document = TextDocument.create(uri, "markdown", 0, text);
  return {
    uri,
    edits: edits.map((edit) => toTextEdit(document, edit)),
    ...(problem !== undefined && { problem }),
    ...(inserted !== undefined && { inserted }),
  };
}

async function tick(parts: ProtocolParts, { tracker: uri, protocol, steps }: TickShownParams): Promise<TextChange> {
  const found = await parts.standings.of(toPath(uri), protocol);
  if (!found) return { uri, edits: [], problem: `${basename(toPath(uri))} holds no tracker any more` };
  return toTextChange(uri, found.text, tickShown(found.tracker, found.protocol, found.progress, steps));
}

async function phaseFindings(
  { standings }: ProtocolParts,
  { tracker, protocol, phase: number }: PhaseParams,
): Promise<readonly PhaseFinding[]> {
  const found = await standings.of(toPath(tracker), protocol);
  const phase = found?.progress.phases.find((one) => one.number === number);
  const rules = new Set(phase?.findings?.byRule.map(({ rule }) => rule));
  const order = ["error", "warning", "information", "hint"];
  return (found?.findings ?? [])
    .filter(({ rule }) => rules.has(rule))
    .toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
    .map(({ path, ...finding }) => ({ uri: toUri(path), ...finding }));
}

async function protocolNames({ settings, protocols }: ProtocolParts, folder: string): Promise<readonly ProtocolName[]> {
  const { protocols: inForce = protocols() } = await settings(`${toPath(folder)}/docs/tracker.md`);
  return inForce.filter(isTracked).map(({ id, title, phases }) => ({ id, title, phases: phases.length }));
}

/** @throws when there is no such protocol with phases: a mistake of the client, or of the configuration */
async function newTracker(
  { settings, protocols }: ProtocolParts,
  { folder, protocol: id }: NewTrackerParams,
): Promise<NewDocument> {
  const docs = `${folder.replace(/\/$/, "")}/docs`;
  const { protocols: inForce = protocols() } = await settings(`${toPath(docs)}/tracker.md`);
  const tracked = inForce.filter(isTracked);
  const protocol = id === undefined ? tracked[0] : tracked.find((one) => one.id === id);
  if (!protocol) throw new Error(`no protocol with phases ${id === undefined ? "" : `"${id}" `}is in force here`);
  return { uri: `${docs}/${protocol.id}-phase-tracker.md`, text: trackerText(protocol) };
}

/** @throws when the tracker or the phase is gone, or the phase asks for no document */
async function newOutput(
  { trackers }: ProtocolParts,
  { tracker, protocol, phase: number }: PhaseParams,
): Promise<NewDocument> {
  const found = await trackers.at(toPath(tracker), protocol);
  const phase = found?.protocol.phases.find((one) => one.number === number);
  const text = found && phase && outputText(found.protocol, phase);
  if (!phase?.output || text === undefined) throw new Error(`phase ${number} asks for no document`);
  return { uri: toUri(`${folderOf(toPath(tracker))}/${phase.output.file}`), text };
}

/** A path relative to the innermost open folder, with the name of that where several are open. */
export function shownPath({ client }: Session): (path: string) => string {
  const folders = client.folders.map(toFolder).sort((a, b) => b.length - a.length);
  return (path) => {
    const folder = folders.find((one) => path.startsWith(`${one}/`));
    if (folder === undefined) return path;
    return path.slice((folders.length > 1 ? folder.lastIndexOf("/") : folder.length) + 1);
  };
}
