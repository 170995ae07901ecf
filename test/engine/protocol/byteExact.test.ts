// Edits of trackers touch their own bytes and no others, in whatever form the file is, and can be taken back.

import { expect, test } from "vitest";
import { isAwaited } from "../../../server/engine/protocol/answers.js";
import { answerGate, type Change, setStatus, setStep } from "../../../server/engine/protocol/edits.js";
import { statusMeanings, stepId } from "../../../server/engine/protocol/model.js";
import type { Tracker } from "../../../server/engine/protocol/tracker.js";
import { applyEdits, contains, type Edit, lineSpan, type Span } from "../../../server/engine/text.js";
import { dop, trackerIn } from "./dop.js";
import { generate, master } from "./generated.js";

const cases = Array.from({ length: 520 }, (_, seed) => {
  const text = generate(seed);
  return { seed, text, tracker: trackerIn(text) };
});

/** A hundred thousand checks: an `expect` for each would take most of the time. */
function check(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

/** The edits that take edits back, as an editor's undo does. */
function inverse(text: string, edits: readonly Edit[]): readonly Edit[] {
  let shift = 0;
  return edits
    .toSorted((a, b) => a.span.start - b.span.start)
    .map(({ span, text: put }) => {
      const start = span.start + shift;
      shift += put.length - (span.end - span.start);
      return { span: { start, end: start + put.length }, text: text.slice(span.start, span.end) };
    });
}

/** The text after a change, once it has been seen that the change can be taken back. */
function applied(text: string, { edits, problem }: Change, what: string): string {
  check(problem === undefined, `${what}: ${problem}`);
  const after = applyEdits(text, edits);
  check(applyEdits(after, inverse(text, edits)) === text, `${what}: taken back, it is another text`);
  return after;
}

test("the generated trackers differ and cover what they are for", () => {
  const texts = cases.map(({ text }) => text);
  expect(new Set(texts).size).toBe(cases.length);
  const parts = [
    "\r\n",
    "\t",
    "âŒ",
    "```",
    "\uFEFF",
    "[-]",
    "1.\t[",
    "Gate Log",
    "| | 1 |",
    "Master Protocol",
    "  - [ ]",
  ];
  for (const part of parts) expect(texts.filter((text) => text.includes(part)).length, part).toBeGreaterThan(20);
  for (const ending of ["\n", "The end"])
    expect(texts.filter((text) => text.endsWith(ending)).length, ending).toBeGreaterThan(100);
});

test("every tick and untick changes one character, and unticking restores the file", () => {
  let ticks = 0;
  for (const { seed, text, tracker } of cases)
    for (const { phase, boxes } of tracker.phases)
      for (const [i, step] of phase.steps.entries()) {
        const id = stepId(dop, phase, i);
        const what = `seed ${seed} ${id}`;
        const box = boxes[i]?.box;
        check(box !== undefined, `${what}: no box`);
        const line = lineSpan(text, box.start);
        const words = text.slice(line.start, line.end).toLowerCase();
        check(words.includes(step.checkpoint.toLowerCase()), `${what}: the box of another step`);
        const was = text.slice(box.start, box.end);
        const done = was === " " || was === "-";
        const change = setStep(tracker, dop, id, done);
        const after = applied(text, change, what);
        const expected = `${text.slice(0, box.start)}${done ? "x" : " "}${text.slice(box.end)}`;
        check(after === expected && change.inserted === undefined, what);
        check(setStep(tracker, dop, id, !done).edits.length === (was === "-" ? 1 : 0), `${what}: already so`);
        ticks++;
        // Reading again takes its time.
        if (seed % 3 > 0 || phase.number !== 1 + (seed % 5) || i !== seed % phase.steps.length) continue;
        const again = trackerIn(after);
        const state = again.phases.find((one) => one.phase === phase)?.boxes[i]?.state;
        check(state === (done ? "done" : "open"), `${what}: read as ${state}`);
        const original = was === "-" ? " " : was === "X" ? "x" : was;
        const back = applied(after, setStep(again, dop, id, !done), what);
        check(back === text.slice(0, box.start) + original + text.slice(box.end), `${what}: not restored`);
      }
  expect(ticks).toBe(cases.length * 24);
});

test("a status changes its own cell and nothing else", () => {
  for (const { seed, text, tracker } of cases)
    for (const { phase, row } of tracker.phases) {
      const what = `seed ${seed} phase ${phase.number}`;
      check(row?.cell !== undefined && row.status !== undefined, `${what}: no status`);
      const { cell, status } = row;
      for (const meaning of statusMeanings) {
        const change = setStatus(tracker, dop, phase.number, meaning);
        check((change.edits.length === 0) === (meaning === status.meaning), `${what} ${meaning}`);
        const after = applied(text, change, what);
        check(after.startsWith(text.slice(0, cell.whole.start)), `${what}: changed before the cell`);
        check(after.endsWith(text.slice(cell.whole.end)), `${what}: changed behind the cell`);
        if (seed % 3 > 0 || meaning !== statusMeanings[seed % 4] || phase.number !== 1 + (seed % 5)) continue;
        const read = trackerIn(after).phases.map((one) => one.row?.status?.meaning);
        expect(read).toEqual(tracker.phases.map((one) => (one.phase === phase ? meaning : one.row?.status?.meaning)));
      }
    }
});

test("a gate's answer is one row and the status cell, or a new log", () => {
  for (const { seed, text, tracker } of cases) {
    const [number, word] = [1 + (seed % 5), ["Yes", "No", "Clarify"][seed % 3] ?? ""];
    const evidence = "4 of 4 | \\ checked\r\nby two";
    const entry = { phase: number, date: "2025-03-01", answer: word, by: "Kim | Lee", evidence };
    const change = answerGate(tracker, dop, entry);
    const after = applied(text, change, `seed ${seed}`);
    const mayChange = changeable(tracker, number);
    for (const { span } of change.edits) {
      const addsLine = span.start === span.end && lineSpan(text, span.start).end === span.start;
      check(addsLine || mayChange.some((place) => contains(place, span)), `seed ${seed}: other bytes were changed`);
    }
    check(/(?<!\r)\n/.test(after) === /(?<!\r)\n/.test(text), `seed ${seed}: another line end`);
    check((change.inserted === undefined) === (tracker.log !== undefined), `seed ${seed}: ${change.inserted}`);
    if (seed % 4 > 0) continue;
    const { phases } = trackerIn(after);
    const newest = phases[number - 1]?.answers.at(-1);
    const told = [newest?.date, newest?.text, newest?.by, newest?.evidence];
    expect(told, `seed ${seed}`).toEqual(["2025-03-01", word, "Kim | Lee", "4 of 4 | \\ checked by two"]);
    expect(phases[number - 1]?.row?.status?.meaning).toBe(word === "Yes" ? "complete" : "in-progress");
    expect(phases.map(({ answers }) => answers.length)).toEqual(
      tracker.phases.map(({ phase, answers }) => answers.length + (phase.number === number ? 1 : 0)),
    );
  }
});

/** The status cell of a phase, and the row of the log that waits for its answer. */
function changeable({ phases, log }: Tracker, number: number): readonly Span[] {
  const cell = phases[number - 1]?.row?.cell?.whole;
  const rows = (log?.rows ?? []).filter((row) => log && isAwaited(row, log) && row.cells[1]?.text === String(number));
  return [...(cell ? [cell] : []), ...rows.map(({ span }) => span)];
}

test("trackers of two protocols in one file are changed apart", () => {
  const shared = cases.filter(({ text }) => text.includes("Master Protocol Phase Tracker")).slice(0, 50);
  expect(shared.length).toBe(50);
  for (const { seed, text, tracker } of shared) {
    const other = trackerIn(text, master);
    const [phase] = master.phases;
    const box = other.phases[0]?.boxes[0]?.box;
    check(phase !== undefined && box !== undefined, `seed ${seed}: no box`);
    const ticked = applied(text, setStep(other, master, stepId(master, phase, 0), true), `seed ${seed}`);
    check(ticked === `${text.slice(0, box.start)}x${text.slice(box.end)}`, `seed ${seed}`);
    const entry = { phase: 1, date: "2025-03-01", answer: "No", by: "kim", evidence: "" };
    const answered = trackerIn(applied(text, answerGate(other, master, entry), `seed ${seed}`));
    expect(stateOf(answered), `seed ${seed}`).toEqual(stateOf(tracker));
  }
});

const stateOf = ({ phases }: Tracker) =>
  phases.map(({ row, boxes, answers }) => [
    row?.status,
    boxes.map((box) => box?.state),
    answers.map(({ text }) => text),
  ]);
