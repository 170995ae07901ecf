// What a protocol is, as data: phases with steps, output documents and gates, the layout of its tracker, and what it says
// besides. Nothing about a particular protocol is in code.

export interface Protocol {
  /** Lower-case and short: it starts every step's id ("dop/1/2"). */
  readonly id: string;
  readonly title: string;
  readonly purpose: string;
  /** When the document was made, as ISO date. */
  readonly dated?: string;
  /** Whose practices it builds on. */
  readonly inspiredBy?: readonly string[];
  readonly persona?: Persona;
  readonly cycle?: Cycle;
  readonly gateAnswers: readonly GateAnswerWord[];
  readonly phases: readonly Phase[];
  readonly tracker: TrackerLayout;
  readonly prompts: readonly Prompt[];
  readonly guardrails: readonly Guardrail[];
  readonly references?: readonly Reference[];
}

export interface Persona {
  readonly name: string;
  readonly title: string;
  readonly role: string;
  readonly mission: string;
  readonly traits: readonly Trait[];
  readonly preferences: readonly Preference[];
}

export interface Trait {
  readonly name: string;
  readonly meaning: string;
}

/** What is chosen where both are possible. */
export interface Preference {
  readonly prefer: string;
  readonly over: string;
}

export interface Cycle {
  readonly activities: readonly string[];
  /** What ends each phase. */
  readonly gate: string;
  readonly outputs: readonly string[];
}

export interface GateAnswerWord {
  readonly word: string;
  /** Whether the answer opens the way to the next phase. */
  readonly passes: boolean;
}

export interface Phase {
  readonly number: number;
  readonly title: string;
  /** How the tracker's table calls it, where that differs. */
  readonly trackerTitle: string;
  readonly objective: string;
  readonly steps: readonly Step[];
  readonly output?: OutputDocument;
  readonly gate?: Gate;
  readonly stages?: readonly PipelineStage[];
  readonly evidence: readonly Evidence[];
}

export interface Step {
  readonly title: string;
  readonly activities?: string;
  /** What is true when the step is done; the text of its box in the tracker. */
  readonly checkpoint: string;
  /** Other words for the checkpoint that a box may carry. */
  readonly aliases?: readonly string[];
  readonly evidence: readonly Evidence[];
}

export interface OutputDocument {
  /** File name, with "/" between folders. */
  readonly file: string;
  readonly sections: readonly OutputSection[];
}

export interface OutputSection {
  readonly title: string;
  readonly aliases?: readonly string[];
  /** One line that tells the writer what belongs there. */
  readonly prompt: string;
}

export interface Gate {
  readonly title: string;
  readonly activities?: string;
  /** What a passed gate allows. */
  readonly checkpoint?: string;
}

/** One row of a phase's table of pipeline stages. */
export interface PipelineStage {
  readonly name: string;
  readonly implementation: string;
  readonly qualityGates: string;
}

export interface Prompt {
  readonly title: string;
  readonly question: string;
}

export interface Guardrail {
  /** What is not to be done, as the protocol words it. */
  readonly rule: string;
  readonly instead: string;
}

export interface Reference {
  readonly title: string;
  readonly by: string;
  readonly about: string;
}

export interface TrackerLayout {
  readonly heading: string;
  /** Level of the heading in a new tracker; any level is read. */
  readonly level: number;
  readonly columns: { readonly phase: string; readonly title: string; readonly status: string; readonly notes: string };
  readonly statuses: readonly Status[];
  readonly log: {
    readonly heading: string;
    readonly columns: {
      readonly date: string;
      readonly phase: string;
      readonly answer: string;
      readonly by: string;
      readonly evidence: string;
    };
  };
}

export const statusMeanings = ["not-started", "in-progress", "complete"] as const;
export type StatusMeaning = (typeof statusMeanings)[number];

export interface Status {
  readonly meaning: StatusMeaning;
  readonly label: string;
  readonly emoji?: string;
  /** Other words and emoji that are read as this status. */
  readonly aliases?: readonly string[];
}

/** How the workspace can show that something is done. It stands beside a human's tick and never replaces it. */
export type Evidence =
  | { readonly kind: "document"; readonly file: string; readonly section?: string }
  | {
      readonly kind: "terraform";
      /** Resource types, `*` for any ending. */
      readonly resources?: readonly string[];
      readonly backend?: boolean;
      readonly module?: boolean;
    }
  | { readonly kind: "kubernetes"; readonly objects: readonly string[] }
  | { readonly kind: "pipeline"; readonly roles?: readonly string[]; readonly gate?: boolean }
  | { readonly kind: "alert"; readonly runbook?: boolean }
  | { readonly kind: "dashboard" }
  | { readonly kind: "requirement"; readonly status?: string }
  | { readonly kind: "rules-clean"; readonly rules: readonly string[]; readonly severity: string };

/** "dop/1/2": protocol, number of the phase, number of the step from one; stable over edits of the tracker. */
export const stepId = (protocol: Protocol, phase: Phase, step: number): string =>
  `${protocol.id}/${phase.number}/${step + 1}`;

/** The phase and the position of the step that an id names; undefined where the protocol has no such step. */
export function findStep(protocol: Protocol, id: string): { readonly phase: Phase; readonly step: number } | undefined {
  for (const phase of protocol.phases) {
    const step = phase.steps.findIndex((_, i) => stepId(protocol, phase, i) === id);
    if (step >= 0) return { phase, step };
  }
  return undefined;
}

/** A status as the tracker's table writes it. */
export const statusText = ({ emoji, label }: Status): string => (emoji ? `${emoji} ${label}` : label);
