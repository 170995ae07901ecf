// Changes to a tracker as data: ticking, statuses, gate answers, and the parts that a bare table lacks. Every other byte of
// the file stays as it is.

import type { Table, TableCell, TableRow } from "../languages/markdown/model.js";
import { parseMarkdown } from "../languages/markdown/parse.js";
import { applyEdits, type Edit } from "../text.js";
import { dayOf, type GateLog, isAwaited, phaseOf } from "./answers.js";
import {
  type Block,
  contentEnd,
  endOfLine,
  insertBlock,
  insertBlocks,
  insertBoxAt,
  insertRow,
  neighbourOf,
  rowBefore,
  sectionLevel,
  sectionOffset,
} from "./insert.js";
import { boxLine, cellText, gateLogSection, phaseRow, phaseSection, rowLine, statusOf } from "./lines.js";
import { findStep, type Phase, type Status, type StatusMeaning, statusText, type TrackedProtocol } from "./model.js";
import { isCompleteByTable } from "./progress.js";
import { findTracker, type PhaseTable, type TrackedPhase, type Tracker } from "./tracker.js";
import { normalise } from "./words.js";

export interface Change {
  readonly edits: readonly Edit[];
  /** What was put in beyond the change that was asked for, in one sentence. */
  readonly inserted?: string;
  /** Why nothing can be changed, in one sentence; `edits` is empty then. */
  readonly problem?: string;
}

const refuse = (problem: string): Change => ({ edits: [], problem });
const nothing: Change = { edits: [] };

/**
 * Ticks or opens a step: one character, where it has a box. A step without one gets its box, or its phase the whole list.
 * @param id the step's id ("dop/1/2")
 */
export function setStep(tracker: Tracker, protocol: TrackedProtocol, id: string, done: boolean): Change {
  const found = findStep(protocol, id);
  const tracked = found && tracker.phases.find(({ phase }) => phase === found.phase);
  if (!found || !tracked) return refuse(`"${id}" is no step of ${protocol.title}`);
  const box = tracked.boxes[found.step];
  if (box) {
    if ((box.state === "done") === done && box.state !== "in-progress") return nothing;
    return { edits: [{ span: box.box, text: done ? "x" : " " }] };
  }
  if (isCompleteByTable(tracked) === done) return nothing;
  const change = unsafe(tracker) ?? insertStep(tracker, protocol, tracked, found.step, done);
  return readBack(tracker, protocol, change, ({ phases }) =>
    phases.some(({ phase, boxes }) => phase === found.phase && (boxes[found.step]?.state === "done") === done),
  );
}

/** Why lines cannot be inserted, if so. */
function unsafe({ file, problem }: Tracker): Change | undefined {
  if (problem) return refuse(problem);
  return file.partial ? refuse("The file is too large to be read whole, so nothing can be inserted safely") : undefined;
}

/**
 * Refuses a change whose lines would not be read as what they are meant to be: behind an unclosed fence or comment, for
 * one, they would be swallowed.
 */
function readBack(
  tracker: Tracker,
  protocol: TrackedProtocol,
  change: Change,
  holds: (after: Tracker) => boolean,
): Change {
  if (change.edits.length === 0) return change;
  const { path, text } = tracker.file;
  const after = findTracker(parseMarkdown(path, applyEdits(text, change.edits)), protocol);
  return after && holds(after) ? change : refuse("What stands around the tracker would swallow the new lines");
}

function insertStep(
  tracker: Tracker,
  protocol: TrackedProtocol,
  tracked: TrackedPhase,
  step: number,
  done: boolean,
): Change {
  const { phase } = tracked;
  const { text } = tracker.file;
  const neighbour = neighbourOf(tracked, step);
  const checkpoint = phase.steps[step]?.checkpoint ?? "";
  if (neighbour) {
    const edit = insertBoxAt(text, neighbour.task, neighbour.where, boxLine("", done, checkpoint).trimStart());
    return { edits: [edit], inserted: `The tracker had no box for "${checkpoint}": it was added` };
  }
  const ticked = (i: number) => (i === step ? done : isCompleteByTable(tracked));
  return {
    edits: [insertPhase(tracker, protocol, tracked, ticked)],
    inserted: `The tracker had no boxes for phase ${phase.number}: they were added`,
  };
}

/** Inserts all boxes of a phase that has none: below its heading, or with a heading of their own. */
function insertPhase(
  tracker: Tracker,
  protocol: TrackedProtocol,
  { phase, section }: TrackedPhase,
  ticked: (step: number) => boolean,
): Edit {
  const { text } = tracker.file;
  const lines = phaseSection(phase, sectionLevel(tracker), ticked);
  if (section) return insertBlock(text, endOfLine(text, section.own.end), lines.slice(2));
  return insertBlock(text, sectionOffset(tracker, protocol, phase), lines);
}

/** Writes a status into a phase's cell and touches nothing else; an aligned column stays aligned where the text fits. */
export function setStatus(tracker: Tracker, protocol: TrackedProtocol, number: number, meaning: StatusMeaning): Change {
  const tracked = tracker.phases.find(({ phase }) => phase.number === number);
  const status = statusOf(protocol, meaning);
  if (!tracked || !status) return refuse(`${protocol.title} has no phase ${number}`);
  const { row } = tracked;
  if (!tracker.table || !row) return refuse(tracker.problem ?? `The table has no row for phase ${number}`);
  if (!row.cell) return refuse(`The row of phase ${number} ends before its status`);
  if (row.status === status) return nothing;
  const text = isBare(row.cell.text, row.status) ? status.label : statusText(status);
  return { edits: [cellEdit(tracker.file.text, tracker.table, row.cell, text)] };
}

/** A cell with a status in mere words shows that its author does without emoji. */
function isBare(text: string, status: Status | undefined): boolean {
  const names = status ? [status.label, ...(status.aliases ?? [])].map(normalise) : [];
  return /^[\p{L}\p{N}\p{P}\s]+$/u.test(text) && names.includes(normalise(text));
}

function cellEdit(source: string, table: PhaseTable, { span, whole }: TableCell, text: string): Edit {
  const width = whole.end - whole.start;
  const before = source.slice(whole.start, span.start);
  const after = source.slice(span.end, whole.end);
  if (span.start === span.end) return { span: whole, text: `${before || " "}${text}${after || " "}` };
  if (!isAligned(table, width)) return { span, text };
  const room = width - before.length - text.length;
  const tail = " ".repeat(Math.max(room, Math.min(1, after.length)));
  return tail === after ? { span, text } : { span: { start: span.start, end: whole.end }, text: text + tail };
}

/** Whether all cells of the status column are as wide as this one. */
const isAligned = ({ header, rows, columns: { status } }: PhaseTable, width: number): boolean =>
  status !== undefined &&
  [header, ...rows].every(({ cells }) => {
    const whole = cells[status]?.whole;
    return whole === undefined || whole.end - whole.start === width;
  });

export interface GateEntry {
  /** Number of the phase. */
  readonly phase: number;
  /** ISO date; the engine has no clock. */
  readonly date: string;
  /** One of the protocol's answers. */
  readonly answer: string;
  readonly by: string;
  /** What it rests on; `evidenceText` words it. */
  readonly evidence: string;
}

/** A human's answer to a gate: one row of the log, and the phase's status where it changes by it. */
export function answerGate(tracker: Tracker, protocol: TrackedProtocol, entry: GateEntry): Change {
  const phase = protocol.phases.find(({ number }) => number === entry.phase);
  const answer = protocol.gateAnswers.find(({ word }) => word === entry.answer);
  if (!phase?.gate) return refuse(`Phase ${entry.phase} of ${protocol.title} has no gate`);
  if (!answer) return refuse(`"${entry.answer}" is no answer to a gate`);
  const stop = unsafe(tracker);
  if (stop) return stop;
  const status = setStatus(tracker, protocol, entry.phase, answer.passes ? "complete" : "in-progress");
  const { text } = tracker.file;
  const answersOf = ({ phases }: Tracker) => phases.find((tracked) => tracked.phase === phase)?.answers ?? [];
  const before = answersOf(tracker);
  const later = before.findLast(({ date }) => (dayOf(date) ?? "") > entry.date);
  if (later) {
    const why = `The log holds an answer of ${later.date}: one of ${entry.date} would not be the newest`;
    return refuse(`${why}. Put that date right, or wait for that day`);
  }
  const counts = (after: Tracker): boolean => {
    const answers = answersOf(after);
    const newest = answers.at(-1);
    return answers.length === before.length + 1 && newest?.answer === answer && newest.date === entry.date;
  };
  const { date, by, evidence } = entry;
  if (tracker.log) {
    const edit = logEdit(tracker, tracker.log, protocol.phases, entry);
    return readBack(tracker, protocol, { edits: [...status.edits, edit] }, counts);
  }
  const row = rowLine([date, String(entry.phase), answer.word, by, evidence]);
  const lines = gateLogSection(protocol, sectionLevel(tracker), new Map([[entry.phase, row]]));
  const edit = insertBlock(text, endOfScope(tracker), lines);
  const inserted = "The tracker had no gate log: it was added";
  return readBack(tracker, protocol, { edits: [...status.edits, edit], inserted }, counts);
}

/**
 * Fills the row that waits for the answer, unless answers of the phase stand below it already. Otherwise a new row goes
 * behind the last one of the same phase or, without one, of an earlier phase: answers of different phases land apart, and
 * those of one phase in the order in which they were given.
 */
function logEdit({ file: { text }, logs }: Tracker, first: GateLog, phases: readonly Phase[], entry: GateEntry): Edit {
  const numberOf = (row: TableRow, log: GateLog) => phaseOf(row, log, phases)?.number;
  const isOwn = (row: TableRow, log: GateLog) => numberOf(row, log) === entry.phase;
  const log = logs.findLast((one) => one.rows.some((row) => isOwn(row, one) && !isAwaited(row, one))) ?? first;
  const line = logRow(log, entry);
  const last = log.rows.findLast((row) => isOwn(row, log));
  if (last && isAwaited(last, log)) return { span: last.span, text: line };
  const before = last ?? log.rows.findLast((row) => (numberOf(row, log) ?? Number.POSITIVE_INFINITY) <= entry.phase);
  return insertRow(text, before?.span ?? headOf(text, log), line);
}

const endOfScope = ({ file: { text }, scope }: Tracker): number => endOfLine(text, contentEnd(text, scope));

const logColumns = ["date", "phase", "answer", "by", "evidence"] as const;

/** A row in the order of the log's own columns, each as wide as its header where the text fits. */
function logRow({ header, columns }: GateLog, { date, phase, answer, by, evidence }: GateEntry): string {
  const values = { date, phase: String(phase), answer, by, evidence };
  const cells = header.cells.map(({ whole }, position) => {
    const name = logColumns.find((one) => columns[one] === position);
    return ` ${cellText(name ? values[name] : "")} `.padEnd(whole.end - whole.start);
  });
  return `|${cells.join("|")}|`.replace(/\| {2}(?=\|)/g, "| ");
}

/** Puts in all that the tracker lacks of its full form: table rows, boxes, the gate log. No edits when it is whole. */
export function completeTracker(tracker: Tracker, protocol: TrackedProtocol): Change {
  const stop = unsafe(tracker);
  if (stop) return stop;
  const { text } = tracker.file;
  const added: string[] = [];
  const edits: Edit[] = tracker.phases.flatMap((tracked) =>
    tracked.row ? [] : rowEdit(tracker, protocol, tracked.phase),
  );
  if (edits.length > 0) added.push("table rows");
  const inserts: Block[] = [];
  let boxes = 0;
  for (const tracked of tracker.phases) {
    const { phase } = tracked;
    if (tracked.boxes.every((box) => box === undefined)) {
      const lines = phaseSection(phase, sectionLevel(tracker), () => isCompleteByTable(tracked));
      if (tracked.section) inserts.push({ offset: endOfLine(text, tracked.section.own.end), lines: lines.slice(2) });
      else inserts.push({ offset: sectionOffset(tracker, protocol, phase), lines });
      boxes += phase.steps.length;
    }
    phase.steps.forEach(({ checkpoint }, i) => {
      const neighbour = tracked.boxes[i] ? undefined : neighbourOf(tracked, i);
      if (!neighbour) return;
      edits.push(insertBoxAt(text, neighbour.task, neighbour.where, boxLine("", false, checkpoint).trimStart()));
      boxes++;
    });
  }
  if (boxes > 0) added.push("boxes");
  if (!tracker.log) {
    inserts.push({ offset: endOfScope(tracker), lines: gateLogSection(protocol, sectionLevel(tracker)) });
    added.push("the gate log");
  }
  edits.push(...insertBlocks(text, inserts));
  if (added.length === 0) return nothing;
  const inserted = `Added to the tracker: ${added.join(", ")}`;
  return readBack(tracker, protocol, { edits, inserted }, isComplete);
}

/** Whether a tracker lacks nothing of its full form. */
export const isComplete = ({ phases, log }: Tracker): boolean =>
  log !== undefined && phases.every(({ row, boxes }) => row && boxes.every((box) => box !== undefined));

/** Inserts the row of a phase that the table lacks, at its place in the order. */
export function rowEdit(tracker: Tracker, protocol: TrackedProtocol, phase: Phase): readonly Edit[] {
  const { table } = tracker;
  if (!table) return [];
  const values = phaseRowCells(protocol, phase, table);
  const before = rowBefore(tracker, phase)?.span ?? headOf(tracker.file.text, table);
  return [insertRow(tracker.file.text, before, values)];
}

function phaseRowCells(protocol: TrackedProtocol, phase: Phase, { header, columns }: PhaseTable): string {
  const status = statusOf(protocol, "not-started");
  const cells = header.cells.map((_, position) => {
    if (position === columns.phase) return String(phase.number);
    if (position === columns.title) return phase.trackerTitle;
    return position === columns.status && status ? statusText(status) : "";
  });
  return cells.length === 0 ? phaseRow(protocol, phase, "not-started") : rowLine(cells);
}

/** The header with the line of dashes below it. */
function headOf(text: string, { span, header }: Table): { readonly start: number; readonly end: number } {
  const dashes = /^(?:\r\n|\r|\n)[^\r\n]*/.exec(text.slice(header.span.end, span.end))?.[0] ?? "";
  return { start: span.start, end: header.span.end + dashes.length };
}
