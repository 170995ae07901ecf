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
import { answersOf, type GateAnswer, type GateLog } from "./answers.js";
import type { Phase, Status, Step, TrackedProtocol } from "./model.js";
import { type Columns, cellAt, firstWith } from "./tables.js";
import { createStatusReader, normalise, phaseNumber, sameTitle } from "./words.js";

export type { GateAnswer, GateLog } from "./answers.js";

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

export interface TrackedPhase {
  readonly phase: Phase;
  readonly row?: PhaseRow;
  /** Further rows of the same phase: they do not count. */
  readonly repeated: readonly TableRow[];
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
  /** As written; empty where the table or the row has no such cell. */
  readonly notes: string;
}

/** Finds the tracker of a protocol; undefined when no heading of the file is that of the tracker. */
export const findTracker = (file: MarkdownFile, protocol: TrackedProtocol): Tracker | undefined =>
  findTrackers(file, protocol)[0];

/**
 * All trackers of a protocol in a file, the one that counts first. Without a table a heading is one only where no other
 * has one: it may speak about the tracker.
 */
export function findTrackers(file: MarkdownFile, protocol: TrackedProtocol): readonly Tracker[] {
  const wanted = normalise(plainText(protocol.tracker.heading));
  const candidates = file.sections.filter(({ heading }) => normalise(heading.text) === wanted);
  const trackers = candidates.map((section) => readTracker(file, protocol, section));
  const tables = new Map(
    trackers.flatMap((tracker) => (tracker.table ? [[tracker.table.span.start, tracker] as const] : [])),
  );
  return tables.size > 0 ? [...tables.values()] : trackers.slice(0, 1);
}

function readTracker(file: MarkdownFile, protocol: TrackedProtocol, section: Section): Tracker {
  const { heading } = section;
  const scope = scopeOf(file, protocol, section);
  const tables = within(file.tables, scope);
  const table = firstWith(tables, protocol.tracker.columns, ["phase", "status"]);
  // A merge may have left two logs: new answers go to the first one, but all of them count.
  const logs = tables.flatMap(
    (one) => firstWith([one], protocol.tracker.log.columns, ["date", "phase", "answer"]) ?? [],
  );
  const [log] = logs;
  const rows = table ? rowsOf(table, protocol) : new Map<Phase, readonly TableRow[]>();
  const readStatus = createStatusReader(protocol.tracker.statuses);
  const sections = within(file.sections, scope).filter((found) => found.heading !== heading);
  const phases = protocol.phases.map((phase): TrackedPhase => {
    const [first, ...repeated] = rows.get(phase) ?? [];
    const row = first && toPhaseRow(first, table?.columns ?? {}, readStatus);
    const own = sections.find((found) => isPhaseHeading(found.heading, phase));
    const boxes = matchBoxes(
      phase.steps.map(namesOf),
      own ? within(file.tasks, ownPart(own, phase, sections, protocol)) : [],
    );
    const answers = answersOf(logs, phase, protocol.gateAnswers);
    return { phase, ...(row && { row }), repeated, ...(own && { section: own }), boxes, answers };
  });
  const { phase, status } = protocol.tracker.columns;
  const problem = `Under "${heading.text}" stands no table with the columns "${phase}" and "${status}"`;
  return { file, heading, scope, phases, ...(table ? { table } : { problem }), ...(log && { log }) };
}

/**
 * The section of the heading, up to the tracker of another protocol, should one be nested in it. Sections that follow at the
 * same level belong to it as long as they are phases or the gate log: not everybody nests them.
 */
function scopeOf(file: MarkdownFile, protocol: TrackedProtocol, section: Section): Span {
  let { end } = section.span;
  for (const { heading, span } of file.sections) {
    if (span.start !== end || heading.level !== section.heading.level) continue;
    if (!isLogHeading(heading, protocol) && !protocol.phases.some((phase) => isPhaseHeading(heading, phase))) break;
    end = span.end;
  }
  const scope = { start: section.span.start, end };
  return { ...scope, end: nestedTracker(file, protocol, section.heading, scope)?.span.start ?? end };
}

/** A section that is a tracker as well: it has a whole table, and a name or parts that only trackers have. */
function nestedTracker(file: MarkdownFile, protocol: TrackedProtocol, own: Heading, scope: Span): Section | undefined {
  const { columns } = protocol.tracker;
  const [first, ...others] = within(file.tables, scope).filter((table) => firstWith([table], columns, allColumns));
  if (!first) return undefined;
  const sections = within(file.sections, scope).filter(({ heading }) => heading !== own);
  const isPart = ({ heading }: Section): boolean =>
    isLogHeading(heading, protocol) || protocol.phases.some((phase) => isPhaseHeading(heading, phase));
  return sections.find(
    (section) =>
      !isPart(section) &&
      !contains(section.span, first.span) &&
      within(others, section.span).length > 0 &&
      (/\btracker\b/.test(normalise(section.heading.text)) || within(sections, section.span).some(isPart)),
  );
}

const allColumns = ["phase", "title", "status", "notes"] as const;

export const isLogHeading = ({ text }: Heading, protocol: TrackedProtocol): boolean =>
  normalise(text) === normalise(protocol.tracker.log.heading);

/** A phase's section up to the heading of another phase, should one be nested in it. */
function ownPart({ span }: Section, phase: Phase, sections: readonly Section[], protocol: TrackedProtocol): Span {
  const others = protocol.phases.filter((one) => one !== phase);
  const next = within(sections, span).find(({ heading }) => others.some((one) => isPhaseHeading(heading, one)));
  return next ? { start: span.start, end: next.span.start } : span;
}

/** "Phase 2", "Phase 2: …", or the phase's title alone. */
function isPhaseHeading({ text }: Heading, phase: Phase): boolean {
  const numbered = /^phase (\d{1,3})\b/.exec(normalise(text));
  return numbered ? Number(numbered[1]) === phase.number : sameTitle(text, [phase.title, phase.trackerTitle]);
}

/** Rows by phase: by number first, by title where the number cell holds none. The first row of a phase counts. */
function rowsOf(table: PhaseTable, protocol: TrackedProtocol): ReadonlyMap<Phase, readonly TableRow[]> {
  const rows = new Map<Phase, readonly TableRow[]>();
  for (const row of table.rows) {
    const number = phaseNumber(cellAt(row, table.columns.phase)?.text ?? "");
    const title = cellAt(row, table.columns.title)?.text ?? "";
    const phase = protocol.phases.find((one) =>
      number === undefined ? sameTitle(title, [one.title, one.trackerTitle]) : one.number === number,
    );
    if (phase) rows.set(phase, [...(rows.get(phase) ?? []), row]);
  }
  return rows;
}

function toPhaseRow(
  row: TableRow,
  columns: Columns<"status" | "notes">,
  readStatus: (cell: string) => Status | undefined,
): PhaseRow {
  const cell = cellAt(row, columns.status);
  const status = cell && readStatus(cell.text);
  const notes = cellAt(row, columns.notes)?.text ?? "";
  return { span: row.span, ...(cell && { cell }), ...(status && { status }), notes };
}

/** What the box of a step may be called. */
const namesOf = ({ checkpoint, aliases = [], title }: Step): readonly string[] => [
  checkpoint,
  ...aliases,
  `${title} ${checkpoint}`,
  title,
];

/**
 * The box of each point. A box that carries one of the point's names belongs to it wherever it stands; boxes with other
 * words are taken in order, but only between the same neighbours and only where there are as many of them as points
 * without a box: otherwise nobody can tell which is which.
 * @param points the names of each point, in their order
 */
export function matchBoxes(
  points: readonly (readonly string[])[],
  tasks: readonly Task[],
): readonly (Task | undefined)[] {
  const boxes: (Task | undefined)[] = points.map(() => undefined);
  const free = new Set(tasks);
  for (const fits of [isExactly, startsWith]) {
    points.forEach((names, i) => {
      if (boxes[i]) return;
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
