// The gate log of a tracker: which answers a gate has had, and which one is the newest.

import { plainText, type Table, type TableRow } from "../languages/markdown/model.js";
import type { Span } from "../text.js";
import type { GateAnswerWord, Phase } from "./model.js";
import { type Columns, cellAt } from "./tables.js";
import { createWordReader, phaseNamed } from "./words.js";

export interface GateLog extends Table {
  readonly columns: Columns<"date" | "phase" | "answer" | "by" | "evidence">;
}

export interface GateAnswer {
  readonly span: Span;
  /** Its cell or, where a choice of answers was left as it is, all cells that it takes. */
  readonly place: Span;
  readonly date: string;
  /** The cell of the date; absent where the row has none. */
  readonly day?: Span;
  readonly by: string;
  readonly evidence: string;
  /** As written. */
  readonly text: string;
  /** Absent when the text is none of the protocol's answers. */
  readonly answer?: GateAnswerWord;
}

/**
 * The answers of one phase, the newest last: by their days and, on one day, in the order of the rows, because merged
 * branches may leave rows in another order than that of the answers. A row without a readable day (YYYY-MM-DD) was written
 * behind the row above it, so it counts with that one.
 */
export function answersOf(
  logs: readonly GateLog[],
  phase: Phase,
  phases: readonly Phase[],
  words: readonly GateAnswerWord[],
): readonly GateAnswer[] {
  const readAnswer = createWordReader(words.map((value) => ({ word: plainText(value.word), value })));
  let day = "";
  const isAbout = (row: TableRow, log: GateLog) => phaseOf(row, log, phases) === phase && !isAwaited(row, log);
  const dated = logs.flatMap((log) =>
    log.rows
      .filter((row) => isAbout(row, log))
      .map((row) => {
        const answer = toAnswer(row, log, words, readAnswer);
        day = dayOf(answer.date) ?? day;
        return { answer, day };
      }),
  );
  return dated.toSorted((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day))).map(({ answer }) => answer);
}

/** The phase that a row of the log is about; undefined where it names none of the protocol. */
export const phaseOf = (row: TableRow, { columns }: GateLog, phases: readonly Phase[]): Phase | undefined =>
  phaseNamed(cellAt(row, columns.phase)?.text ?? "", phases);

/** The day that a date starts with (YYYY-MM-DD); undefined for any other text, and for days that no calendar has. */
export function dayOf(date: string): string | undefined {
  const day = /^\d{4}-\d{2}-\d{2}(?![\d-])/.exec(date)?.[0];
  const time = day === undefined ? Number.NaN : Date.parse(day);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day ?? "") ? day : undefined;
}

/** A row that waits for its answer: all but its phase is empty. */
export const isAwaited = (row: TableRow, log: GateLog): boolean =>
  row.cells.every(({ text }, position) => text === "" || position === log.columns.phase);

function toAnswer(
  row: TableRow,
  { columns }: GateLog,
  words: readonly GateAnswerWord[],
  readAnswer: (text: string) => GateAnswerWord | undefined,
): GateAnswer {
  const textIn = (column: number | undefined) => cellAt(row, column)?.text ?? "";
  const cell = cellAt(row, columns.answer);
  const dateCell = cellAt(row, columns.date);
  const choice = openChoice(row, columns.answer ?? 0, words, readAnswer);
  const text = choice ? words.map(({ word }) => word).join(" | ") : (cell?.text ?? "");
  const answer = choice ? undefined : readAnswer(text);
  return {
    span: row.span,
    place: choice ?? (text === "" ? row.span : (cell?.span ?? row.span)),
    date: textIn(columns.date),
    ...(dateCell && { day: dateCell.span }),
    by: choice ? "" : textIn(columns.by),
    evidence: choice ? "" : textIn(columns.evidence),
    text,
    ...(answer && { answer }),
  };
}

/** "Yes | No | Clarify" as a template has it: in a table its pipes part cells, and the first word is no answer. */
function openChoice(
  { cells }: TableRow,
  column: number,
  words: readonly GateAnswerWord[],
  readAnswer: (text: string) => GateAnswerWord | undefined,
): Span | undefined {
  const taken = cells.slice(column, column + words.length);
  const first = taken[0];
  const last = taken.at(-1);
  const isChoice = words.length > 1 && words.every((word, i) => readAnswer(taken[i]?.text ?? "") === word);
  return isChoice && first && last ? { start: first.span.start, end: last.span.end } : undefined;
}
