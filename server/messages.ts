// Our own requests and notifications beside the Language Server Protocol: all that client and server share.
// Addresses are URIs as text, lines are zero-based; everything is plain JSON.

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

/** What one tracker file says, read against its protocol. */
export interface TrackerProgress {
  readonly uri: string;
  readonly protocol: { readonly id: string; readonly title: string };
  readonly phases: readonly PhaseProgress[];
  /** Number of the first phase that is not passed; absent when all are. */
  readonly currentPhase?: number;
  /** Why the tracker cannot be read, in one sentence. */
  readonly problem?: string;
}

export type PhaseState = "not-started" | "in-progress" | "done" | "passed" | "stale";

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
}

export interface StepProgress {
  /** Stable over edits: protocol, phase and step ("dop/1/2"). */
  readonly id: string;
  readonly title: string;
  readonly activities: string;
  readonly checkpoint: string;
  readonly state: "open" | "in-progress" | "done";
  /** Line of its box; absent while the tracker has no box for it. */
  readonly line?: number;
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

/** Client asks for the text of a new tracker: {@link NewTrackerParams} → {@link NewDocument}. */
export const newTrackerRequest = "dakota/newTracker";

export interface NewTrackerParams {
  readonly folder: string;
  /** Id of the protocol; the one in force for the folder when absent. */
  readonly protocol?: string;
}

/** Client asks for a phase's output document with its required sections: {@link NewOutputParams} → {@link NewDocument}. */
export const newOutputRequest = "dakota/newOutput";

export interface NewOutputParams {
  readonly tracker: string;
  readonly phase: number;
}

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

/** Commands that a code action of the server runs in the client. */
export const clientCommands = {
  /** Opens the page of a rule: arguments `[ruleId]`. */
  openRulePage: "dakota.openRulePage",
} as const;
