// Our own requests and notifications beside the Language Server Protocol: all that client and server share.
// Addresses are URIs as text, lines are zero-based; everything is plain JSON.

import type { EvidenceState, PhaseState, StepState } from "./engine/protocol/states.js";

export type { EvidenceState, PhaseState, StepState } from "./engine/protocol/states.js";
export { findingsWord, gateWord, outputWord, stateWord, stepWord } from "./engine/report/words.js";

/** Client asks what the server makes of one open document: `{ uri }` → {@link FileStatus}. */
export const fileStatusRequest = "dakota/fileStatus";
/** Server says that the status of a document has changed: {@link FileStatus}. */
export const fileStatusChanged = "dakota/fileStatusChanged";

export interface FileStatus {
  readonly uri: string;
  /** What the file is taken for ("Kubernetes", "GitHub Actions workflow", ...); absent where it is nothing Dakota judges. */
  readonly kind?: string;
  /** How many rules ran on it. */
  readonly rules: number;
  readonly findings: number;
  /** Findings held back by `dakota-ignore` comments. */
  readonly ignored: number;
  /** Why nothing, or not everything, is shown; one sentence. */
  readonly reason?: string;
  /** Of a kind that Dakota judges, and still could not be judged (too large, unreadable, a template); not set where a setting turned it off. */
  readonly skipped?: boolean;
  /** The `.dakota.yaml` that holds for the file, as URI. */
  readonly config?: string;
  readonly profile: string;
}

/** Client asks for the progress of every tracker: no parameters → {@link TrackerProgress}[]. */
export const progressRequest = "dakota/progress";
/** Server says that progress has changed and is worth asking for again. */
export const progressChanged = "dakota/progressChanged";

/** What one tracker file says, read against its protocol, and what the workspace shows of it. */
export interface TrackerProgress {
  readonly uri: string;
  readonly protocol: { readonly id: string; readonly title: string };
  readonly phases: readonly PhaseProgress[];
  /** The tracker lacks boxes, rows or the gate log, which can be put in. */
  readonly bare?: boolean;
  /** Number of the first phase that is not passed; absent when all are. */
  readonly currentPhase?: number;
  /** Why the tracker cannot be read, in one sentence. */
  readonly problem?: string;
}

export interface PhaseProgress {
  readonly number: number;
  readonly title: string;
  /** As the tracker's table has it, for narrow places; the title when absent. */
  readonly shortTitle?: string;
  readonly objective: string;
  readonly state: PhaseState;
  readonly done: number;
  readonly total: number;
  /** Line of the phase's task list or, without one, of its table row. */
  readonly line?: number;
  readonly steps: readonly StepProgress[];
  /** Absent where the protocol asks for no document. */
  readonly output?: OutputProgress;
  /** Absent where the protocol has no gate after the phase. */
  readonly gate?: GateProgress;
  /** What stands against a Yes, each in a few words. */
  readonly open: readonly string[];
  /** Why a passed gate is stale, a sentence each; empty in every other state. */
  readonly fallen: readonly string[];
  /** Absent where the protocol names no rules for the phase, and until every file has been judged. */
  readonly findings?: FindingCounts;
}

export interface FindingCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly information: number;
  readonly hints: number;
}

export interface StepProgress {
  /** Stable over edits: protocol, phase and step ("dop/1/2"). */
  readonly id: string;
  readonly title: string;
  readonly activities: string;
  readonly checkpoint: string;
  readonly state: StepState;
  /** Line of its box; absent while the tracker has no box for it. */
  readonly line?: number;
  /** Whether the workspace shows that it is done; unknown where nothing in files could. */
  readonly shown: EvidenceState;
  readonly evidence: readonly EvidenceShown[];
}

/** One kind of evidence: what was looked for or found, in words, and the places it rests on. */
export interface EvidenceShown {
  readonly state: EvidenceState;
  readonly text: string;
  readonly places: readonly { readonly uri: string; readonly line: number; readonly what: string }[];
}

export interface OutputProgress {
  readonly file: string;
  /** Where it is, or where it belongs when it does not exist. */
  readonly uri: string;
  readonly exists: boolean;
  readonly sections: readonly string[];
  /** Required sections that the existing file lacks. */
  readonly missing: readonly string[];
}

export interface GateProgress {
  readonly title: string;
  readonly answers: readonly string[];
  /** The newest answer in the log. */
  readonly answer?: string;
  readonly date?: string;
  readonly by?: string;
  readonly line?: number;
}

/** Client asks for the findings of a phase's rules: {@link PhaseParams} → {@link PhaseFinding}[]. */
export const phaseFindingsRequest = "dakota/phaseFindings";

export interface PhaseParams {
  readonly tracker: string;
  readonly protocol: string;
  readonly phase: number;
}

export interface PhaseFinding {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
  readonly rule: string;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly message: string;
}

/** Client asks for what a gate rests on: {@link PhaseParams} → {@link GatePage}. */
export const gatePageRequest = "dakota/gatePage";

export interface GatePage {
  readonly title: string;
  /** Safe to put into a page: no script, no style, nothing loaded. Links lead to `#` and carry `data-uri` and `data-line`. */
  readonly html: string;
  /** The answers the protocol knows, and whether each one opens the way. */
  readonly answers: readonly { readonly word: string; readonly passes: boolean }[];
  /** What stands against a Yes. */
  readonly open: readonly string[];
  /** Who is proposed as the one who answers: the name that git knows. */
  readonly by?: string;
  /** Why no answer can be written, as a sentence. */
  readonly problem?: string;
}

/** Client asks for the edit that writes a human's answer: {@link AnswerGateParams} → {@link TextChange}. */
export const answerGateRequest = "dakota/answerGate";

export interface AnswerGateParams extends PhaseParams {
  readonly answer: string;
  readonly by: string;
  readonly remark: string;
  /** What stood against a Yes when the one who answers looked at it: with anything else in its place, nothing is written. */
  readonly known: readonly string[];
}

/** Client asks for the edit that ticks steps whose evidence is found: {@link TickShownParams} → {@link TextChange}. */
export const tickShownRequest = "dakota/tickShown";

export interface TickShownParams {
  readonly tracker: string;
  readonly protocol: string;
  /** Ids of the steps, as the user has seen them listed. */
  readonly steps: readonly string[];
}

/** Client asks for the edit that puts in what a tracker lacks: {@link TrackerParams} → {@link TextChange}. */
export const completeTrackerRequest = "dakota/completeTracker";

export interface TrackerParams {
  readonly tracker: string;
  readonly protocol: string;
}

/** Client asks for every checklist and workflow with its runs: no parameters → {@link ListProgress}[]. */
export const listsRequest = "dakota/lists";

/** One checklist, workflow or scenario, and the documents in which it is in use. */
export interface ListProgress {
  /** Names it across all protocols ("role-definition/deploy-application"). */
  readonly id: string;
  readonly kind: "checklist" | "workflow" | "scenario";
  readonly title: string;
  readonly protocol: string;
  /** What calls for it. */
  readonly trigger?: string;
  /** Everything in it that is ticked off, as the protocol has it. */
  readonly points: readonly ListPoint[];
  readonly runs: readonly RunProgress[];
}

export interface ListPoint {
  /** "2" for the second step, "2.1" for its first item. */
  readonly id: string;
  readonly title: string;
  /** The step it belongs to, where steps have items. */
  readonly step?: string;
  /** The time limit as the protocol words it ("within 5 minutes"), with the case it holds for. */
  readonly limit?: string;
  /** Who has to act, where it is not the one who runs the list. */
  readonly owner?: string;
}

export interface RunProgress {
  readonly uri: string;
  /** Line of its heading. */
  readonly line: number;
  /** When it was started, as ISO instant; absent where its document does not say so. */
  readonly started?: string;
  readonly by?: string;
  readonly done: number;
  readonly total: number;
  readonly points: readonly PointProgress[];
}

export interface PointProgress extends ListPoint {
  readonly state: StepState;
  readonly line?: number;
  /** When its limit ends, as ISO instant; absent where it has none that a clock can tell. */
  readonly due?: string;
  /** What the workspace shows of it; empty where nothing in files could. */
  readonly evidence: readonly EvidenceShown[];
}

/** Client asks for the document of a new run: {@link NewRunParams} → {@link NewDocument}. */
export const newRunRequest = "dakota/newRun";

export interface NewRunParams {
  readonly folder: string;
  readonly list: string;
}

/** Client asks for the edit that ticks or opens a point of a run: {@link SetPointParams} → {@link TextChange}. */
export const setPointRequest = "dakota/setPoint";

export interface SetPointParams {
  readonly uri: string;
  readonly list: string;
  /** Line of the run's heading, as the client knows it: one file may hold several runs of a list. */
  readonly line: number;
  readonly point: string;
  readonly done: boolean;
}

/** Client asks for the edit that ticks or opens a step: {@link SetStepParams} → {@link TextChange}. */
export const setStepRequest = "dakota/setStep";

export interface SetStepParams {
  readonly tracker: string;
  readonly step: string;
  readonly done: boolean;
}

/** Changes to one document; ranges count UTF-16 columns. Empty edits with a `problem` say why nothing can be changed. */
export interface TextChange {
  readonly uri: string;
  readonly edits: readonly {
    readonly range: { readonly start: Position; readonly end: Position };
    readonly newText: string;
  }[];
  readonly problem?: string;
  /** What is put in beyond what was asked for ("The list of phase 2"), as a sentence. */
  readonly inserted?: string;
}

interface Position {
  readonly line: number;
  readonly character: number;
}

/** Client asks which protocols with phases are in force in a folder: `{ folder }` → {@link ProtocolName}[]. */
export const protocolsRequest = "dakota/protocols";

export interface ProtocolName {
  readonly id: string;
  readonly title: string;
  readonly phases: number;
}

/** Client asks for the protocols in force as documents to read: no parameters → {@link Handbook}[]. */
export const handbooksRequest = "dakota/handbooks";

export interface Handbook {
  readonly id: string;
  readonly title: string;
  /** Markdown. */
  readonly text: string;
}

/** Client asks for the text of a new tracker: {@link NewTrackerParams} → {@link NewDocument}. */
export const newTrackerRequest = "dakota/newTracker";

export interface NewTrackerParams {
  readonly folder: string;
  /** Id of the protocol; the one in force for the folder when absent. */
  readonly protocol?: string;
}

/** Client asks for a phase's output document with its required sections: {@link NewOutputParams} → {@link NewDocument}. */
export const newOutputRequest = "dakota/newOutput";

export type NewOutputParams = PhaseParams;

export interface NewDocument {
  readonly uri: string;
  readonly text: string;
}

/** Client asks for the picture of a pipeline: `{ uri }` → {@link PipelinePicture}. */
export const pipelineRequest = "dakota/pipeline";

/** The stages as SVG (safe to put into a page) and as text; or why there are none to show, as the end of a sentence. */
export type PipelinePicture =
  | { readonly title: string; readonly svg: string; readonly text: string }
  | { readonly reason: string };

/** Client asks for the report on all protocols: `{ nonce }` → a whole page as HTML, whose style carries the nonce. */
export const reportRequest = "dakota/report";

/** Commands that a code action of the server runs in the client. */
export const clientCommands = {
  /** Opens the page of a rule: arguments `[ruleId]`. */
  openRulePage: "dakota.openRulePage",
} as const;
