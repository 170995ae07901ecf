// Answers the client's questions about phases: progress read from the trackers, changes to them as edits for the client
// to apply. A gate cannot be answered from here.

import { basename, join } from "node:path";
import { TextDocument } from "vscode-languageserver-textdocument";
import { setStep } from "../engine/protocol/edits.js";
import type { Protocol } from "../engine/protocol/model.js";
import { type PhaseProgress as EnginePhase, readProgress } from "../engine/protocol/progress.js";
import { outputText, trackerText } from "../engine/protocol/template.js";
import type { Span } from "../engine/text.js";
import { readProtocols } from "../host/protocols.js";
import {
  type NewDocument,
  type NewOutputParams,
  type NewTrackerParams,
  newOutputRequest,
  newTrackerRequest,
  type PhaseProgress,
  progressChanged,
  progressRequest,
  type SetStepParams,
  setStepRequest,
  type TextChange,
  type TrackerProgress,
} from "../messages.js";
import { toPath, toTextEdit, toUri } from "./convert.js";
import type { Session } from "./session.js";
import { createTrackers, type FoundTracker, isMarkdown, type MissingTracker, type Trackers } from "./trackers.js";

/** How long changes are gathered before the client is told, in milliseconds. */
const gathering = 50;

/** Serves the requests; `assets` is the folder of the built program, beside the folder with the protocols. */
export async function serveProtocol(
  { connection, documents, project, indexed }: Session,
  assets: string,
): Promise<void> {
  const protocols = await readProtocols(join(assets, "..", "protocols"));
  const open = (): readonly string[] =>
    documents
      .all()
      .map(({ uri }) => toPath(uri))
      .filter(isMarkdown);
  const trackers = createTrackers(project, protocols, open);

  connection.onRequest(progressRequest, async (): Promise<readonly TrackerProgress[]> => {
    // Before all files are known, "no tracker" would be a guess.
    await indexed.settled;
    const found = await trackers.all();
    return Promise.all(found.map((one) => ("problem" in one ? missing(protocols, one) : toProgress(trackers, one))));
  });
  connection.onRequest(setStepRequest, (params: SetStepParams) => changeStep(trackers, params));
  connection.onRequest(newTrackerRequest, (params: NewTrackerParams) => newTracker(protocols, params));
  connection.onRequest(newOutputRequest, (params: NewOutputParams) => newOutput(trackers, params));

  let gathered = false;
  const changed = (path: string): void => {
    if (gathered || !isMarkdown(path)) return;
    gathered = true;
    setTimeout(() => {
      gathered = false;
      void connection.sendNotification(progressChanged);
    }, gathering);
  };
  project.onFile(changed);
  documents.onDidChangeContent(({ document }) => changed(toPath(document.uri)));
  documents.onDidClose(({ document }) => changed(toPath(document.uri)));
}

/** A file that is named as a tracker and is none: of which protocol it was to be, nobody can tell. */
const missing = ([first]: readonly Protocol[], { path, problem }: MissingTracker): TrackerProgress => ({
  uri: toUri(path),
  protocol: { id: first?.id ?? "", title: first?.title ?? "" },
  phases: [],
  problem,
});

async function toProgress(trackers: Trackers, found: FoundTracker): Promise<TrackerProgress> {
  const outputs = await trackers.outputs(found);
  const files = new Map([...outputs].map(([name, { file }]) => [name, file]));
  const { protocol, phases, currentPhase, problem } = readProgress(found.protocol, found.tracker, files);
  const document = TextDocument.create("", "markdown", 0, found.text);
  const line = (span: Span | undefined) => (span ? { line: document.positionAt(span.start).line } : {});
  return {
    uri: toUri(found.path),
    protocol,
    phases: phases.map((phase) => toPhase(phase, found, outputs, line)),
    ...(currentPhase !== undefined && { currentPhase }),
    ...(problem !== undefined && { problem }),
  };
}

function toPhase(
  { span, steps, output, gate, number, title, objective, state, done, total }: EnginePhase,
  { path, protocol }: FoundTracker,
  outputs: ReadonlyMap<string, { readonly path: string }>,
  line: (span: Span | undefined) => { readonly line?: number },
): PhaseProgress {
  const place = (file: string): string => outputs.get(file)?.path ?? `${folderOf(path)}/${file}`;
  const { trackerTitle } = protocol.phases.find((phase) => phase.number === number) ?? { trackerTitle: title };
  return {
    number,
    title,
    shortTitle: trackerTitle,
    objective,
    state,
    done,
    total,
    ...line(span),
    steps: steps.map(({ span: box, ...step }) => ({ ...step, ...line(box) })),
    ...(output && {
      output: {
        file: output.file,
        uri: toUri(place(output.file)),
        exists: output.exists,
        sections: output.sections,
        missing: [...output.missing, ...output.empty],
      },
    }),
    ...(gate && { gate: gateOf(gate, line) }),
  };
}

function gateOf(
  { span, ...gate }: NonNullable<EnginePhase["gate"]>,
  line: (span: Span | undefined) => { readonly line?: number },
) {
  return { ...gate, ...line(span) };
}

async function changeStep(trackers: Trackers, { tracker, step, done }: SetStepParams): Promise<TextChange> {
  const found = await trackers.at(toPath(tracker));
  if (!found) return { uri: tracker, edits: [], problem: `${basename(toPath(tracker))} holds no tracker any more` };
  const { edits, problem, inserted } = setStep(found.tracker, found.protocol, step, done);
  const document = TextDocument.create(tracker, "markdown", 0, found.text);
  return {
    uri: tracker,
    edits: edits.map((edit) => toTextEdit(document, edit)),
    ...(problem && { problem }),
    ...(inserted && { inserted }),
  };
}

/** @throws when there is no such protocol: a mistake of the client */
function newTracker(protocols: readonly Protocol[], { folder, protocol: id }: NewTrackerParams): NewDocument {
  const protocol = id === undefined ? protocols[0] : protocols.find((one) => one.id === id);
  if (!protocol) throw new Error(`there is no protocol "${id}"`);
  return { uri: `${folder.replace(/\/$/, "")}/docs/${protocol.id}-phase-tracker.md`, text: trackerText(protocol) };
}

/** @throws when the tracker or the phase is gone, or the phase asks for no document */
async function newOutput(trackers: Trackers, { tracker, phase: number }: NewOutputParams): Promise<NewDocument> {
  const found = await trackers.at(toPath(tracker));
  const phase = found?.protocol.phases.find((one) => one.number === number);
  const text = phase && outputText(phase);
  if (!phase?.output || text === undefined) throw new Error(`phase ${number} asks for no document`);
  return { uri: toUri(`${folderOf(toPath(tracker))}/${phase.output.file}`), text };
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));
