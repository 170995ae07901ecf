// What a protocol is, as data: phases with steps, output documents and gates, the layout of its tracker, checklists and
// workflows, and how the workspace can show that something is done. Nothing about a particular protocol is in code.

import type { Role } from "../languages/pipeline/model.js";
import type { Guidance } from "./guidance.js";

/** One protocol document. What it says beside its phases and checklists is in {@link Guidance}. */
export interface Protocol extends Guidance {
  /** Lower-case and short: it starts every step's id ("dop/1/2"). */
  readonly id: string;
  readonly title: string;
  readonly purpose: string;
  /** When the document was made, as ISO date. */
  readonly dated?: string;
  /** Whose practices it builds on. */
  readonly inspiredBy?: readonly string[];
  /** Empty exactly when there are no phases. */
  readonly gateAnswers: readonly GateAnswerWord[];
  /** Empty in a document that only brings checklists, workflows and the like. */
  readonly phases: readonly Phase[];
  /** There exactly when there are phases. */
  readonly tracker?: TrackerLayout;
  readonly checklists: readonly Checklist[];
}

/** A protocol whose phases a tracker can record. */
export interface TrackedProtocol extends Protocol {
  readonly tracker: TrackerLayout;
}

export const isTracked = (protocol: Protocol): protocol is TrackedProtocol => protocol.tracker !== undefined;

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
  /** The sub-points that the document lists under the step. */
  readonly points?: readonly string[];
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
  /** The document has no gate here: the data adds one, so that its phases are closed like those of others. */
  readonly added?: boolean;
}

/** One row of a phase's table of pipeline stages. */
export interface PipelineStage {
  readonly name: string;
  readonly implementation: string;
  readonly qualityGates: string;
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

export const checklistKinds = ["checklist", "workflow", "scenario"] as const;

/** A titled list of things to do: a checklist to tick, a workflow to follow, or the response to a scenario. */
export interface Checklist {
  /** Unique in its protocol, lower-case with hyphens. */
  readonly id: string;
  readonly kind: (typeof checklistKinds)[number];
  readonly title: string;
  /** The heading of the document it stands under. */
  readonly section: string;
  /** What calls for it; for a scenario, its situation. */
  readonly trigger?: string;
  readonly steps: readonly ChecklistStep[];
  /** What there is in the end. */
  readonly output?: readonly string[];
  /** The document that carries the list, where it has one. */
  readonly file?: string;
}

/** A step without items is a box of its own, which is what a plain checklist consists of. */
export interface ChecklistStep {
  readonly title: string;
  /** From the start of the run; its words may already be part of the title. */
  readonly within?: TimeLimit;
  /** How long the step takes at least. */
  readonly lasts?: TimeLimit;
  /** Who has to act, where it is not the one who runs the list. */
  readonly owner?: string;
  readonly items: readonly ChecklistItem[];
  readonly evidence: readonly Evidence[];
}

export interface ChecklistItem {
  readonly title: string;
  readonly within?: TimeLimit;
  readonly owner?: string;
  readonly evidence: readonly Evidence[];
}

export interface TimeLimit {
  /** As the document words it. */
  readonly text: string;
  /** 0 for "immediate". */
  readonly minutes: number;
  /** The case it holds for, such as a severity; absent when it always holds. */
  readonly when?: string;
}

const roles: Readonly<Record<Role, true>> = {
  lint: true,
  test: true,
  security: true,
  build: true,
  publish: true,
  plan: true,
  deploy: true,
  integration: true,
  smoke: true,
  health: true,
  approval: true,
  rollback: true,
  notify: true,
};

const isRole = (word: string): word is Role => Object.hasOwn(roles, word);

/** Every role that a pipeline's job can have. */
export const pipelineRoles: readonly Role[] = Object.keys(roles).filter(isRole);

/**
 * How the workspace can show that something is done. It stands beside a human's tick and never replaces it. In a list
 * one that is found is enough; `all` needs each of its own.
 */
export type Evidence =
  | {
      readonly kind: "document";
      readonly file: string;
      readonly section?: string;
      /** Every box of the section has to be ticked. */
      readonly ticked?: boolean;
    }
  | {
      readonly kind: "terraform";
      /** Resource types, `*` for any ending. */
      readonly resources?: readonly string[];
      readonly backend?: boolean;
      readonly module?: boolean;
    }
  | { readonly kind: "kubernetes"; readonly objects: readonly string[] }
  /** Jobs of every one of the roles; `gate`: an approval before every deployment to production. */
  | { readonly kind: "pipeline"; readonly roles?: readonly Role[]; readonly gate?: boolean }
  | { readonly kind: "alert"; readonly runbook?: boolean }
  | { readonly kind: "dashboard" }
  | { readonly kind: "requirement"; readonly status?: string }
  | { readonly kind: "rules-clean"; readonly rules: readonly string[]; readonly severity: RuleSeverity }
  | { readonly kind: "all"; readonly of: readonly Evidence[] };

export const ruleSeverities = ["error", "warning", "information"] as const;
type RuleSeverity = (typeof ruleSeverities)[number];

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

/** "role-definition/deploy-application": names a checklist across all protocols. */
export const checklistId = (protocol: Protocol, checklist: Checklist): string => `${protocol.id}/${checklist.id}`;

/** A status as the tracker's table writes it. */
export const statusText = ({ emoji, label }: Status): string => (emoji ? `${emoji} ${label}` : label);
