// Tracker, output documents and evidence -> progress: how far each phase is, and which one is current.

import type { Span } from "../text.js";
import type { PhaseFindings } from "./evidence/findings.js";
import type { EvidenceResult } from "./evidence/result.js";
import { type Evidence, type OutputDocument, type Phase, type Protocol, stepId } from "./model.js";
import { boxless, fallenSince, openBefore, openItems, unsaidIn } from "./open.js";
import type { OutputFile, Outputs } from "./outputs.js";
import type { EvidenceState, PhaseState, StepState } from "./states.js";
import type { GateAnswer, TrackedPhase, Tracker } from "./tracker.js";
import { sameTitle } from "./words.js";

export type { PhaseFindings } from "./evidence/findings.js";
export type { EvidenceResult } from "./evidence/result.js";
export { evidenceText } from "./open.js";

/** What progress rests on beside the tracker's own text. */
export interface Basis {
  readonly outputs: Outputs;
  /** One result for each of the list. */
  readonly evidence: (list: readonly Evidence[]) => readonly EvidenceResult[];
  /** Of the phase with this number; undefined where it names no rules, and as long as not every file has been judged. */
  readonly findings: (phase: number) => PhaseFindings | undefined;
}

/** What one tracker says, read against its protocol. Places are spans in the tracker's text. */
export interface Progress {
  readonly protocol: { readonly id: string; readonly title: string };
  readonly phases: readonly PhaseProgress[];
  /** Number of the first phase that is not passed; absent when all are. */
  readonly currentPhase?: number;
  /** Why the tracker cannot be read, in one sentence. */
  readonly problem?: string;
}

export interface PhaseProgress {
  readonly number: number;
  readonly title: string;
  readonly objective: string;
  readonly state: PhaseState;
  readonly done: number;
  readonly total: number;
  /** The heading of the phase's boxes or, without one, its table row. */
  readonly span?: Span;
  readonly steps: readonly StepProgress[];
  readonly output?: OutputProgress;
  readonly gate?: GateProgress;
  /** What the workspace shows of the phase as a whole. */
  readonly evidence: readonly EvidenceResult[];
  readonly findings?: PhaseFindings;
  /**
   * What stands against a Yes: earlier gates that are not passed, checkpoints without a tick, output sections without
   * content, findings of its rules.
   */
  readonly open: readonly string[];
  /** Why a passed gate is stale, a sentence each without full stop; empty in every other state. */
  readonly fallen: readonly string[];
  /** Findings that stand against a Yes, and of which the row of a passed gate does not say whether they were known. */
  readonly unsaid: readonly string[];
  /** Whoever the notes of its row name with an "@". */
  readonly owner?: string;
}

export interface StepProgress {
  readonly id: string;
  readonly title: string;
  readonly activities: string;
  readonly checkpoint: string;
  readonly state: StepState;
  /** Whether the workspace shows that it is done; unknown where nothing in files could. */
  readonly shown: EvidenceState;
  /** Alternatives: one that is found is enough. */
  readonly evidence: readonly EvidenceResult[];
  /** The character in its box; absent while the tracker has no box for it. */
  readonly span?: Span;
  /** Whoever the box names with an "@". */
  readonly owner?: string;
}

export interface OutputProgress {
  readonly file: string;
  readonly exists: boolean;
  readonly sections: readonly string[];
  /** Required sections that the existing file lacks. */
  readonly missing: readonly string[];
  /** Required sections that are there and hold no more than a placeholder. */
  readonly empty: readonly string[];
}

export interface GateProgress {
  readonly title: string;
  readonly answers: readonly string[];
  /** The newest answer in the log, as the protocol words it. */
  readonly answer?: string;
  readonly date?: string;
  readonly by?: string;
  readonly span?: Span;
  /** All answers, the newest last. */
  readonly log: readonly LoggedAnswer[];
}

export interface LoggedAnswer {
  readonly date: string;
  readonly answer: string;
  readonly by: string;
  readonly evidence: string;
}

/** Reads the progress of a protocol from its tracker. */
export function readProgress(protocol: Protocol, tracker: Tracker, basis: Basis): Progress {
  const each = tracker.phases.map((tracked) => phaseProgress(protocol, tracked, basis));
  const phases = each.map((phase) =>
    phase.gate ? { ...phase, open: [...openBefore(each, phase), ...phase.open] } : phase,
  );
  const current = phases.find((phase) => !isClosed(phase));
  return {
    protocol: { id: protocol.id, title: protocol.title },
    phases,
    ...(current && { currentPhase: current.number }),
    ...(tracker.problem !== undefined && { problem: tracker.problem }),
  };
}

/** A phase without a gate is closed when it is done. */
const isClosed = ({ state, gate }: PhaseProgress): boolean => state === "passed" || (state === "done" && !gate);

function phaseProgress(protocol: Protocol, tracked: TrackedPhase, basis: Basis): PhaseProgress {
  const { phase, row, section } = tracked;
  const steps = stepsOf(protocol, tracked, basis);
  const output = phase.output && checkOutput(phase.output, basis.outputs.get(phase.output.file));
  const gate = phase.gate && gateProgress(protocol, tracked, phase.gate.title);
  const evidence = basis.evidence(phase.evidence.flatMap(leaves));
  const findings = basis.findings(phase.number);
  const openIn = (those: readonly StepProgress[]) => openItems(those, output, evidence, findings);
  const passed = passedBy(tracked);
  const sinceThen = [...openIn(steps.filter(({ span }) => span)), ...boxless(steps)];
  const fallen = passed && fallenSince(passed, sinceThen);
  const place = section?.heading.span ?? row?.span;
  const owner = mentionIn(row?.notes);
  return {
    number: phase.number,
    title: phase.title,
    objective: phase.objective,
    state: stateOf(tracked, steps, fallen),
    done: steps.filter(({ state }) => state === "done").length,
    total: steps.length,
    ...(place && { span: place }),
    steps,
    ...(output && { output }),
    ...(gate && { gate }),
    evidence,
    ...(findings && { findings }),
    open: openIn(steps).map(({ text }) => text),
    fallen: fallen ?? [],
    unsaid: passed ? unsaidIn(passed, sinceThen) : [],
    ...(owner !== undefined && { owner }),
  };
}

/** "@anna, @platform-team": who is named in a text. */
function mentionIn(text = ""): string | undefined {
  const named = text.match(/(?<![\w@])@[\w-]+(?:\/[\w-]+)?/g);
  return named ? [...new Set(named)].join(", ") : undefined;
}

const leaves = (evidence: Evidence): readonly Evidence[] =>
  evidence.kind === "all" ? evidence.of.flatMap(leaves) : [evidence];

/** Whether the table alone speaks for the phase: it has no section of boxes and its row says that it is complete. */
export const isCompleteByTable = ({ phase, row, boxes }: TrackedPhase): boolean =>
  row?.status?.meaning === "complete" && phase.steps.every((_, i) => boxes[i] === undefined);

function stepsOf(protocol: Protocol, tracked: TrackedPhase, basis: Basis): readonly StepProgress[] {
  const withoutBox = isCompleteByTable(tracked) ? "done" : "open";
  return tracked.phase.steps.map(
    ({ title, points = [], activities = points.join(" "), checkpoint, ...step }, i): StepProgress => {
      const box = tracked.boxes[i];
      const state = box?.state ?? withoutBox;
      const evidence = basis.evidence(step.evidence);
      const owner = mentionIn(box?.text);
      return {
        id: stepId(protocol, tracked.phase, i),
        title,
        activities,
        checkpoint,
        state,
        shown: shownBy(evidence),
        evidence,
        ...(box && { span: box.box }),
        ...(owner !== undefined && { owner }),
      };
    },
  );
}

function shownBy(evidence: readonly EvidenceResult[]): EvidenceState {
  if (evidence.some(({ state }) => state === "found")) return "found";
  return evidence.length === 0 || evidence.some(({ state }) => state === "unknown") ? "unknown" : "missing";
}

/** The newest answer to the gate, if it opens the way. */
function passedBy({ phase, answers }: TrackedPhase): GateAnswer | undefined {
  const newest = answers.at(-1);
  return phase.gate && newest?.answer?.passes ? newest : undefined;
}

function stateOf(
  { row, answers }: TrackedPhase,
  steps: readonly StepProgress[],
  fallen: readonly string[] | undefined,
): PhaseState {
  if (fallen) return fallen.length === 0 ? "passed" : "stale";
  if (steps.every(({ state }) => state === "done")) return "done";
  const started = (row?.status?.meaning ?? "not-started") !== "not-started";
  return started || answers.length > 0 || steps.some(({ state }) => state !== "open") ? "in-progress" : "not-started";
}

function gateProgress(protocol: Protocol, { answers }: TrackedPhase, title: string): GateProgress {
  const newest = answers.at(-1);
  return {
    title,
    answers: protocol.gateAnswers.map(({ word }) => word),
    log: answers.map(({ date, by, evidence, text, answer }) => ({ date, answer: answer?.word ?? text, by, evidence })),
    ...(newest && { answer: newest.answer?.word ?? newest.text, date: newest.date, by: newest.by, span: newest.span }),
  };
}

/**
 * Compares an output document with what its phase requires.
 * @param file the document; undefined when it does not exist
 */
export function checkOutput({ file: name, sections }: OutputDocument, file: OutputFile | undefined): OutputProgress {
  const states = sections.map(({ title, aliases = [] }) => {
    const found = file?.sections.filter((section) => sameTitle(section.title, [title, ...aliases])) ?? [];
    return { title, there: found.length > 0, filled: found.some(({ filled }) => filled) };
  });
  // Of a document that was read in part, only what has been found is known.
  const judged = file && !file.partial ? states : [];
  return {
    file: name,
    exists: file !== undefined,
    sections: sections.map(({ title }) => title),
    missing: judged.filter(({ there }) => !there).map(({ title }) => title),
    empty: judged.filter(({ there, filled }) => there && !filled).map(({ title }) => title),
  };
}

/** The phase of a protocol with this number. */
export const phaseByNumber = (protocol: Protocol, number: number): Phase | undefined =>
  protocol.phases.find((phase) => phase.number === number);
