// Markdown -> tracker: where a file records the phases of a protocol (table, boxes, gate log), and what stands there.

import {
  type Heading,
  type MarkdownFile,
  plainText,
  type Section,
  type Table,
  type TableCell,
  type TableRow,
  type Task,
  within,
} from "../languages/markdown/model.js";
import { contains, type Span } from "../text.js";
import type { GateAnswerWord, Phase, Protocol, Status } from "./model.js";
import { createStatusReader, normalise, phaseNumber, sameTitle } from "./words.js";

export interface Tracker {
  readonly file: MarkdownFile;
  readonly heading: Heading;
  /** From the heading to the end of the last part that belongs to the tracker. */
  readonly scope: Span;
  readonly table?: PhaseTable;
  /** One for each phase of the protocol, in its order. */
  readonly phases: readonly TrackedPhase[];
  readonly log?: GateLog;
  /** Why the tracker cannot be read, in one sentence. */
  readonly problem?: string;
}

export interface PhaseTable extends Table {
  readonly columns: Columns<"phase" | "title" | "status" | "notes">;
}

export interface GateLog extends Table {
  readonly columns: Columns<"date" | "phase" | "answer" | "by" | "evidence">;
}

/** The position of each column; absent where the table lacks it. */
export type Columns<Name extends string> = { readonly [N in Name]?: number };

export interface TrackedPhase {
  readonly phase: Phase;
  readonly row?: PhaseRow;
  /** The sub-heading of its boxes, with what stands below. */
  readonly section?: Section;
  /** The box of each step, in the order of the steps; undefined where a step has none. */
  readonly boxes: readonly (Task | undefined)[];
  /** Its answers in the log, the newest last. */
  readonly answers: readonly GateAnswer[];
}

export interface PhaseRow {
  readonly span: Span;
  /** Absent when the row ends before it. */
  readonly cell?: TableCell;
  /** Absent when the cell says nothing that is known. */
  readonly status?: Status;
}

export interface GateAnswer {
  readonly span: Span;
  readonly date: string;
  readonly by: string;
  readonly evidence: string;
  /** As written. */
  readonly text: string;
  /** Absent when the text is none of the protocol's answers. */
  readonly answer?: GateAnswerWord;
}

/** Finds the tracker of a protocol; undefined when no heading of the file is that of the tracker. */
export function findTracker(file: MarkdownFile, protocol: Protocol): Tracker | undefined {
  const wanted = normalise(plainText(protocol.tracker.heading));
  const candidates = file.sections.filter(({ heading }) => normalise(heading.text) === wanted);
  const trackers = candidates.map((section) => readTracker(file, protocol, section));
  return trackers.find(({ table }) => table) ?? trackers[0];
}

function readTracker(file: MarkdownFile, protocol: Protocol, section: Section): Tracker {
  const { heading } = section;
  const scope = scopeOf(file, protocol, section);
  const tables = within(file.tables, scope);
  const table = firstWith(tables, protocol.tracker.columns, ["phase", "status"]);
  const log = firstWith(tables, protocol.tracker.log.columns, ["date", "phase", "answer"]);
  const rows = table ? rowsOf(table, protocol) : new Map<Phase, PhaseRow>();
  const sections = within(file.sections, scope).filter((found) => found.heading !== heading);
  const phases = protocol.phases.map((phase): TrackedPhase => {
    const row = rows.get(phase);
    const own = sections.find((found) => isPhaseHeading(found.heading, phase));
    const boxes = matchBoxes(phase, own ? within(file.tasks, ownPart(own, phase, sections, protocol)) : []);
    const answers = log ? answersOf(log, phase, protocol.gateAnswers) : [];
    return { phase, ...(row && { row }), ...(own && { section: own }), boxes, answers };
  });
  const { phase, status } = protocol.tracker.columns;
  const problem = `Under "${heading.text}" stands no table with the columns "${phase}" and "${status}"`;
  return { file, heading, scope, phases, ...(table ? { table } : { problem }), ...(log && { log }) };
}

/**
 * The section of the heading. Sections that follow at the same level belong to it as long as they are phases or the gate
 * log: not everybody nests them.
 */
function scopeOf(file: MarkdownFile, protocol: Protocol, section: Section): Span {
  let { end } = section.span;
  for (const { heading, span } of file.sections) {
    if (span.start !== end || heading.level !== section.heading.level) continue;
    if (!isLogHeading(heading, protocol) && !protocol.phases.some((phase) => isPhaseHeading(heading, phase))) break;
    end = span.end;
  }
  return { start: section.span.start, end };
}

export const isLogHeading = ({ text }: Heading, protocol: Protocol): boolean =>
  normalise(text) === normalise(protocol.tracker.log.heading);

/** A phase's section up to the heading of another phase, should one be nested in it. */
function ownPart({ span }: Section, phase: Phase, sections: readonly Section[], protocol: Protocol): Span {
  const others = protocol.phases.filter((one) => one !== phase);
  const next = within(sections, span).find(({ heading }) => others.some((one) => isPhaseHeading(heading, one)));
  return next ? { start: span.start, end: next.span.start } : span;
}

/** "Phase 2", "Phase 2: …", or the phase's title alone. */
function isPhaseHeading({ text }: Heading, phase: Phase): boolean {
  const numbered = /^phase (\d{1,3})\b/.exec(normalise(text));
  return numbered ? Number(numbered[1]) === phase.number : sameTitle(text, [phase.title, phase.trackerTitle]);
}

/** The first table with all needed columns; where it has the others as well, their positions are known too. */
function firstWith<Name extends string>(
  tables: readonly Table[],
  headers: Readonly<Record<Name, string>>,
  needed: readonly Name[],
): (Table & { readonly columns: Columns<Name> }) | undefined {
  for (const table of tables) {
    const titles = table.header.cells.map(({ text }) => normalise(text));
    const columns: { [N in Name]?: number } = {};
    for (const name of Object.keys(headers) as Name[]) {
      const position = titles.indexOf(normalise(headers[name]));
      if (position >= 0) columns[name] = position;
    }
    if (needed.every((name) => columns[name] !== undefined)) return { ...table, columns };
  }
  return undefined;
}

/** The cell of a row in a column; undefined where the table lacks the column or the row ends before it. */
export const cellAt = (row: TableRow, column: number | undefined): TableCell | undefined =>
  column === undefined ? undefined : row.cells[column];

/** Rows by phase: by number first, by title where the number cell holds none. The first row of a phase counts. */
function rowsOf(table: PhaseTable, protocol: Protocol): ReadonlyMap<Phase, PhaseRow> {
  const readStatus = createStatusReader(protocol.tracker.statuses);
  const rows = new Map<Phase, PhaseRow>();
  for (const row of table.rows) {
    const number = phaseNumber(cellAt(row, table.columns.phase)?.text ?? "");
    const title = cellAt(row, table.columns.title)?.text ?? "";
    const phase = protocol.phases.find((one) =>
      number === undefined ? sameTitle(title, [one.title, one.trackerTitle]) : one.number === number,
    );
    if (!phase || rows.has(phase)) continue;
    const cell = cellAt(row, table.columns.status);
    const status = cell && readStatus(cell.text);
    rows.set(phase, { span: row.span, ...(cell && { cell }), ...(status && { status }) });
  }
  return rows;
}

/**
 * The answers of one phase, the newest last. Rows are only ever added, so the last row is the newest, unless all rows carry
 * ISO dates: then the date decides, because merged branches may leave rows in another order.
 */
function answersOf(log: GateLog, phase: Phase, words: readonly GateAnswerWord[]): readonly GateAnswer[] {
  const answers = log.rows.flatMap((row): readonly GateAnswer[] => {
    if (phaseNumber(cellAt(row, log.columns.phase)?.text ?? "") !== phase.number) return [];
    const textIn = (column: number | undefined) => cellAt(row, column)?.text ?? "";
    const { date, by, evidence, answer: column } = log.columns;
    const text = textIn(column);
    const answer = words.find(({ word }) => normalise(word) === normalise(text));
    return [
      {
        span: row.span,
        date: textIn(date),
        by: textIn(by),
        evidence: textIn(evidence),
        text,
        ...(answer && { answer }),
      },
    ];
  });
  const day = (answer: GateAnswer) => /^\d{4}-\d{2}-\d{2}(?![\d-])/.exec(answer.date)?.[0];
  if (answers.some((answer) => !day(answer))) return answers;
  return answers.toSorted((a, b) => (day(a) ?? "").localeCompare(day(b) ?? ""));
}

/**
 * The box of each step. A box that carries the checkpoint's words belongs to it wherever it stands; boxes with other words
 * are taken in order, but only between the same neighbours and only where there are as many of them as steps without a
 * box: otherwise nobody can tell which is which.
 */
function matchBoxes(phase: Phase, tasks: readonly Task[]): readonly (Task | undefined)[] {
  const boxes: (Task | undefined)[] = phase.steps.map(() => undefined);
  const free = new Set(tasks);
  for (const fits of [isExactly, startsWith]) {
    phase.steps.forEach((step, i) => {
      if (boxes[i]) return;
      const names = [step.checkpoint, ...(step.aliases ?? []), `${step.title} ${step.checkpoint}`, step.title];
      const found = [...free].find((task) => names.some((name) => fits(normalise(task.text), normalise(name))));
      if (!found) return;
      boxes[i] = found;
      free.delete(found);
    });
  }
  const outer = tasks.filter((task) => !tasks.some((other) => other !== task && contains(other.span, task.span)));
  for (let from = 0; from < boxes.length; from++) {
    if (boxes[from]) continue;
    let to = from;
    while (to < boxes.length && !boxes[to]) to++;
    const after = boxes[from - 1]?.span.end ?? Number.NEGATIVE_INFINITY;
    const before = boxes[to]?.span.start ?? Number.POSITIVE_INFINITY;
    const between = outer.filter((task) => free.has(task) && task.span.start >= after && task.span.end <= before);
    if (between.length === to - from) boxes.splice(from, between.length, ...between);
    from = to;
  }
  return boxes;
}

const isExactly = (text: string, name: string): boolean => text === name;
const startsWith = (text: string, name: string): boolean => text.startsWith(`${name} `);
