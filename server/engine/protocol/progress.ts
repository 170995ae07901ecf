// Tracker and output documents -> progress: how far each phase is, and which one is current.

import type { MarkdownFile } from "../languages/markdown/model.js";
import type { Span } from "../text.js";
import { type OutputDocument, type Phase, type Protocol, stepId } from "./model.js";
import type { GateAnswer, TrackedPhase, Tracker } from "./tracker.js";
import { normalise, sameTitle } from "./words.js";

/** What the protocol's output documents say, by the file name that the protocol gives; one that is not there is missing. */
export type Outputs = ReadonlyMap<string, MarkdownFile>;

/** What one tracker says, read against its protocol. Places are spans in the tracker's text. */
export interface Progress {
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
  readonly objective: string;
  readonly state: PhaseState;
  readonly done: number;
  readonly total: number;
  /** The heading of the phase's boxes or, without one, its table row. */
  readonly span?: Span;
  readonly steps: readonly StepProgress[];
  readonly output?: OutputProgress;
  readonly gate?: GateProgress;
  /** What stands against a Yes: checkpoints without a tick, output sections without content. */
  readonly open: readonly string[];
}

export interface StepProgress {
  readonly id: string;
  readonly title: string;
  readonly activities: string;
  readonly checkpoint: string;
  readonly state: "open" | "in-progress" | "done";
  /** The character in its box; absent while the tracker has no box for it. */
  readonly span?: Span;
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
}

/** Reads the progress of a protocol from its tracker. */
export function readProgress(protocol: Protocol, tracker: Tracker, outputs: Outputs): Progress {
  const phases = tracker.phases.map((tracked) => phaseProgress(protocol, tracked, outputs));
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

function phaseProgress(protocol: Protocol, tracked: TrackedPhase, outputs: Outputs): PhaseProgress {
  const { phase, row, section } = tracked;
  const steps = stepsOf(protocol, tracked);
  const output = phase.output && checkOutput(phase.output, outputs.get(phase.output.file));
  const gate = phase.gate && gateProgress(protocol, tracked, phase.gate.title);
  const open = openItems(steps, output);
  const place = section?.heading.span ?? row?.span;
  return {
    number: phase.number,
    title: phase.title,
    objective: phase.objective,
    state: stateOf(tracked, steps, output),
    done: steps.filter(({ state }) => state === "done").length,
    total: steps.length,
    ...(place && { span: place }),
    steps,
    ...(output && { output }),
    ...(gate && { gate }),
    open,
  };
}

/** Whether the table alone speaks for the phase: it has no section of boxes and its row says that it is complete. */
export const isCompleteByTable = ({ phase, row, boxes }: TrackedPhase): boolean =>
  row?.status?.meaning === "complete" && phase.steps.every((_, i) => boxes[i] === undefined);

function stepsOf(protocol: Protocol, tracked: TrackedPhase): readonly StepProgress[] {
  const withoutBox = isCompleteByTable(tracked) ? "done" : "open";
  return tracked.phase.steps.map(({ title, activities = "", checkpoint }, i): StepProgress => {
    const box = tracked.boxes[i];
    const state = box?.state ?? withoutBox;
    return {
      id: stepId(protocol, tracked.phase, i),
      title,
      activities,
      checkpoint,
      state,
      ...(box && { span: box.box }),
    };
  });
}

function stateOf(
  tracked: TrackedPhase,
  steps: readonly StepProgress[],
  output: OutputProgress | undefined,
): PhaseState {
  const newest = tracked.answers.at(-1);
  if (tracked.phase.gate && newest?.answer?.passes) {
    // A step that never had a box cannot have fallen back.
    const boxed = steps.filter(({ span }) => span);
    const known = knownAsOpen(newest);
    return openItems(boxed, output).every((item) => known.has(normalise(item))) ? "passed" : "stale";
  }
  if (steps.every(({ state }) => state === "done")) return "done";
  const started = (tracked.row?.status?.meaning ?? "not-started") !== "not-started";
  return started || newest || steps.some(({ state }) => state !== "open") ? "in-progress" : "not-started";
}

function gateProgress(protocol: Protocol, { answers }: TrackedPhase, title: string): GateProgress {
  const newest = answers.at(-1);
  return {
    title,
    answers: protocol.gateAnswers.map(({ word }) => word),
    ...(newest && { answer: newest.answer?.word ?? newest.text, date: newest.date, by: newest.by, span: newest.span }),
  };
}

/**
 * Compares an output document with what its phase requires.
 * @param file the document; undefined when it does not exist
 */
export function checkOutput({ file: name, sections }: OutputDocument, file: MarkdownFile | undefined): OutputProgress {
  const states = sections.map(({ title, aliases = [] }) => {
    const found = file?.sections.filter(({ heading }) => sameTitle(heading.text, [title, ...aliases])) ?? [];
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

function openItems(steps: readonly StepProgress[], output: OutputProgress | undefined): readonly string[] {
  const unticked = steps.filter(({ state }) => state !== "done").map(({ checkpoint }) => checkpoint);
  if (!output) return unticked;
  if (!output.exists) return [...unticked, output.file];
  return [...unticked, ...[...output.missing, ...output.empty].map((section) => `${output.file}: ${section}`)];
}

/** What a log row says a Yes rests on. What is named as open there does not make the gate stale later. */
export function evidenceText({ done, total, open }: PhaseProgress): string {
  const ticked = `${done} of ${total} checkpoints`;
  return open.length === 0 ? ticked : `${ticked}; open: ${open.join("; ")}`;
}

function knownAsOpen({ evidence }: GateAnswer): ReadonlySet<string> {
  const list = /\bopen:(.*)$/i.exec(evidence)?.[1] ?? "";
  return new Set(list.split(";").map(normalise));
}

/** The phase of a protocol with this number. */
export const phaseByNumber = (protocol: Protocol, number: number): Phase | undefined =>
  protocol.phases.find((phase) => phase.number === number);
