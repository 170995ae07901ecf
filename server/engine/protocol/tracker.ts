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
import { contradicting, matchBoxes, namesOf } from "./boxes.js";
import type { Phase, Status, TrackedProtocol } from "./model.js";
import { type Columns, cellAt, firstWith } from "./tables.js";
import { createStatusReader, normalise, phaseNamed, phaseNumber, sameTitle } from "./words.js";

export type { GateAnswer, GateLog } from "./answers.js";

export interface Tracker {
  readonly file: MarkdownFile;
  readonly heading: Heading;
  /** From the heading to the end of the last part that belongs to the tracker. */
  readonly scope: Span;
  readonly table?: PhaseTable;
  /** One for each phase of the protocol, in its order. */
  readonly phases: readonly TrackedPhase[];
  /** The log that is completed and written to: the first. */
  readonly log?: GateLog;
  /** Every log, in the order of the text: a merge may have left two, and the answers of all of them count. */
  readonly logs: readonly GateLog[];
  /** Rows of the table that name no phase of the protocol. */
  readonly strangers: readonly TableRow[];
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
  /** Further boxes of steps that have one, which say something else: they do not count. */
  readonly contradicting: readonly Task[];
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
  const wanted = plainText(protocol.tracker.heading);
  const candidates = file.sections.filter(({ heading }) => sameTitle(heading.text, [wanted]));
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
  const table = phaseTable(tables, section, protocol);
  const logs = tables.flatMap(
    (one) => firstWith([one], protocol.tracker.log.columns, ["date", "phase", "answer"]) ?? [],
  );
  const [log] = logs;
  const rows = table ? rowsOf(table, protocol) : new Map<Phase | undefined, readonly TableRow[]>();
  const readStatus = createStatusReader(protocol.tracker.statuses);
  const sections = within(file.sections, scope).filter((found) => found.heading !== heading);
  const phases = protocol.phases.map((phase): TrackedPhase => {
    const [first, ...repeated] = rows.get(phase) ?? [];
    const row = first && toPhaseRow(first, table?.columns ?? {}, readStatus);
    const own = phaseSection(file, phase, sections);
    const tasks = own ? within(file.tasks, ownPart(own, phase, sections, protocol)) : [];
    const names = phase.steps.map(namesOf);
    const boxes = matchBoxes(names, tasks);
    const answers = answersOf(logs, phase, protocol.phases, protocol.gateAnswers);
    return {
      phase,
      ...(row && { row }),
      repeated,
      ...(own && { section: own }),
      boxes,
      contradicting: contradicting(names, tasks, boxes),
      answers,
    };
  });
  const { phase, status } = protocol.tracker.columns;
  const problem = `Under "${heading.text}" stands no table with the columns "${phase}" and "${status}"`;
  const strangers = (rows.get(undefined) ?? []).filter(({ cells }) => cells.some(({ text }) => text !== ""));
  return { file, heading, scope, phases, logs, strangers, ...(table ? { table } : { problem }), ...(log && { log }) };
}

/**
 * The table of phases: the first one with the columns, but a legend or a summary right under the heading is passed over
 * where another one there names phases or has more of the columns.
 */
function phaseTable(tables: readonly Table[], { own }: Section, protocol: TrackedProtocol): PhaseTable | undefined {
  const { columns } = protocol.tracker;
  const found = tables.flatMap((table) => firstWith([table], columns, ["phase", "status"]) ?? []);
  const rank = (table: PhaseTable): number =>
    (protocol.phases.some((phase) => rowsOf(table, protocol).has(phase)) ? 2 : 0) +
    (allColumns.every((name) => table.columns[name] !== undefined) ? 1 : 0);
  const [best] = within(found, own).toSorted((a, b) => rank(b) - rank(a));
  return best ?? found[0];
}

/**
 * The section of a phase: that which is called like it, before one that only begins with its number. "Phase 1
 * retrospective" is one only where it holds a box of the phase.
 */
function phaseSection(file: MarkdownFile, phase: Phase, sections: readonly Section[]): Section | undefined {
  const points = phase.steps.map(namesOf);
  const holdsBox = ({ span }: Section) =>
    within(file.tasks, span).some((task) => points.some((names) => sameTitle(task.text, names)));
  const called = (how: HeadingKind) => sections.filter(({ heading }) => headingKind(heading, phase) === how);
  return called("named")[0] ?? called("numbered")[0] ?? called("begun").find(holdsBox);
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
  sameTitle(text, [plainText(protocol.tracker.log.heading)]);

/** A phase's section up to the heading of another phase, should one be nested in it. */
function ownPart({ span }: Section, phase: Phase, sections: readonly Section[], protocol: TrackedProtocol): Span {
  const others = protocol.phases.filter((one) => one !== phase);
  const next = within(sections, span).find(({ heading }) => others.some((one) => isPhaseHeading(heading, one)));
  return next ? { start: span.start, end: next.span.start } : span;
}

/** "Phase 2", "Phase 2: …", or the phase's title alone. */
const isPhaseHeading = (heading: Heading, phase: Phase): boolean => headingKind(heading, phase) !== undefined;

/** `named`: by its number alone or by its title; `numbered`: "Phase 2: …"; `begun`: "Phase 2 …". */
type HeadingKind = "named" | "numbered" | "begun";

function headingKind({ text }: Heading, { number, title, trackerTitle }: Phase): HeadingKind | undefined {
  const [, digits, mark = "", rest = ""] =
    /^[^\p{L}\p{N}]*phase[\s_-]*(\d{1,3})(?![\p{L}\p{N}])(\W*)(.*)$/iu.exec(text) ?? [];
  if (digits === undefined) return sameTitle(text, [title, trackerTitle]) ? "named" : undefined;
  if (Number(digits) !== number) return undefined;
  if (rest === "" || sameTitle(rest, [title, trackerTitle])) return "named";
  return mark.trim() === "" ? "begun" : "numbered";
}

/** Rows by phase, undefined for none: by number first, by title where the number cell holds none. A phase's first counts. */
function rowsOf(table: PhaseTable, { phases }: TrackedProtocol): ReadonlyMap<Phase | undefined, readonly TableRow[]> {
  const rows = new Map<Phase | undefined, readonly TableRow[]>();
  for (const row of table.rows) {
    const cell = cellAt(row, table.columns.phase)?.text ?? "";
    const title = cellAt(row, table.columns.title)?.text ?? "";
    const named = phaseNamed(cell, phases);
    const phase = named ?? (phaseNumber(cell) === undefined ? phaseNamed(title, phases) : undefined);
    rows.set(phase, [...(rows.get(phase) ?? []), row]);
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
