// The gate log of a tracker: which answers a gate has had, and which one is the newest.

import type { Table, TableRow } from "../languages/markdown/model.js";
import type { Span } from "../text.js";
import type { GateAnswerWord, Phase } from "./model.js";
import { type Columns, cellAt } from "./tables.js";
import { normalise, phaseNumber } from "./words.js";

export interface GateLog extends Table {
  readonly columns: Columns<"date" | "phase" | "answer" | "by" | "evidence">;
}

export interface GateAnswer {
  readonly span: Span;
  /** Its cell or, where a choice of answers was left as it is, all cells that it takes. */
  readonly place: Span;
  readonly date: string;
  readonly by: string;
  readonly evidence: string;
  /** As written. */
  readonly text: string;
  /** Absent when the text is none of the protocol's answers. */
  readonly answer?: GateAnswerWord;
}

/**
 * The answers of one phase, the newest last. Rows are only ever added, so the last row is the newest, unless all rows carry
 * ISO dates: then the date decides, because merged branches may leave rows in another order.
 */
export function answersOf(
  logs: readonly GateLog[],
  phase: Phase,
  words: readonly GateAnswerWord[],
): readonly GateAnswer[] {
  const isAbout = (row: TableRow, log: GateLog) =>
    phaseNumber(cellAt(row, log.columns.phase)?.text ?? "") === phase.number && !isAwaited(row, log);
  const answers = logs.flatMap((log) =>
    log.rows.filter((row) => isAbout(row, log)).map((row) => toAnswer(row, log, words)),
  );
  const day = (answer: GateAnswer) => /^\d{4}-\d{2}-\d{2}(?![\d-])/.exec(answer.date)?.[0];
  if (answers.some((answer) => !day(answer))) return answers;
  return answers.toSorted((a, b) => (day(a) ?? "").localeCompare(day(b) ?? ""));
}

/** A row that waits for its answer: all but its phase is empty. */
export const isAwaited = (row: TableRow, log: GateLog): boolean =>
  row.cells.every(({ text }, position) => text === "" || position === log.columns.phase);

function toAnswer(row: TableRow, { columns }: GateLog, words: readonly GateAnswerWord[]): GateAnswer {
  const textIn = (column: number | undefined) => cellAt(row, column)?.text ?? "";
  const cell = cellAt(row, columns.answer);
  const choice = openChoice(row, columns.answer ?? 0, words);
  const text = choice ? words.map(({ word }) => word).join(" | ") : (cell?.text ?? "");
  const answer = words.find(({ word }) => normalise(word) === normalise(text));
  return {
    span: row.span,
    place: choice ?? (text === "" ? row.span : (cell?.span ?? row.span)),
    date: textIn(columns.date),
    by: choice ? "" : textIn(columns.by),
    evidence: choice ? "" : textIn(columns.evidence),
    text,
    ...(answer && { answer }),
  };
}

/** "Yes | No | Clarify" as a template has it: in a table its pipes part cells, and the first word is no answer. */
function openChoice({ cells }: TableRow, column: number, words: readonly GateAnswerWord[]): Span | undefined {
  const taken = cells.slice(column, column + words.length);
  const first = taken[0];
  const last = taken.at(-1);
  const isChoice =
    words.length > 1 && words.every(({ word }, i) => normalise(taken[i]?.text ?? "") === normalise(word));
  return isChoice && first && last ? { start: first.span.start, end: last.span.end } : undefined;
}
