// What a gate rests on, gathered for the one who has to answer it: the same on a page and on the command line.

import type { Gate, Protocol } from "../protocol/model.js";
import type { EvidenceResult, PhaseProgress, Progress } from "../protocol/progress.js";
import type { EvidenceState, PhaseState, StepState } from "../protocol/states.js";
import { findingsWord, gateWord, outputWord, stateWord } from "./words.js";

export interface GateSheet {
  /** "Reliability Gate of phase 2: Infrastructure as Code Implementation". */
  readonly title: string;
  readonly protocol: string;
  readonly state: PhaseState;
  /** One sentence: where the gate stands. */
  readonly summary: string;
  readonly parts: readonly SheetPart[];
}

export interface SheetPart {
  readonly title: string;
  readonly rows: readonly SheetRow[];
}

export interface SheetRow {
  /** Absent for rows that are only said. */
  readonly state?: StepState | EvidenceState;
  readonly text: string;
  /** What is known about it beside the state. */
  readonly details?: readonly SheetDetail[];
}

export interface SheetDetail {
  readonly text: string;
  readonly places?: EvidenceResult["places"];
}

/** Undefined where the protocol has no such phase, or no gate after it. */
export function gateSheet(protocol: Protocol, progress: Progress, number: number): GateSheet | undefined {
  const phase = progress.phases.find((one) => one.number === number);
  if (!phase?.gate) return undefined;
  const own = protocol.phases.find((one) => one.number === number)?.gate;
  const parts = [
    ...asked(protocol, own),
    checkpoints(phase),
    ...output(phase),
    ...findings(phase),
    ...also(phase),
    questions(protocol),
    ...history(phase),
  ];
  return {
    title: `${phase.gate.title} of phase ${number}: ${phase.title}`,
    protocol: protocol.title,
    state: phase.state,
    summary: summaryOf(phase),
    parts: parts.filter(({ rows }) => rows.length > 0),
  };
}

function summaryOf({ state, gate, open, fallen, unsaid }: PhaseProgress): string {
  if (state === "stale") return `Passed, but stale: ${fallen.join("; ")}`;
  const waits = open.length === 0 ? "nothing stands against a Yes" : `open: ${open.join("; ")}`;
  const doubt = unsaid.length > 0 ? "; its row does not say which findings were known" : "";
  if (state === "passed") return `Passed: ${gate ? gateWord(gate) : ""}${open.length > 0 ? `; ${waits}` : ""}${doubt}`;
  const answered = gate?.answer === undefined ? "Not answered yet" : `Not passed: ${gateWord(gate)}`;
  return `${answered}; the phase is ${stateWord(state)}, ${waits}`;
}

/** What is done to answer it, and whether the document itself asks for it. */
function asked({ title }: Protocol, gate: Gate | undefined): readonly SheetPart[] {
  if (!gate) return [];
  const { activities, checkpoint, added } = gate;
  const details = [
    ...(checkpoint === undefined ? [] : [{ text: `A Yes means: ${checkpoint}` }]),
    ...(added ? [{ text: `${title} words no gate here; this one is Dakota's proposal` }] : []),
  ];
  const text = activities ?? checkpoint;
  return text === undefined ? [] : [{ title: "What the gate asks for", rows: [{ text, details }] }];
}

const checkpoints = ({ steps, done, total }: PhaseProgress): SheetPart => ({
  title: `Checkpoints: ${done} of ${total}`,
  rows: steps.map(({ checkpoint, state, evidence }) => ({
    state,
    text: checkpoint,
    details: evidence.map(({ text, places }) => ({ text, places })),
  })),
});

function output({ output: document }: PhaseProgress): readonly SheetPart[] {
  if (!document) return [];
  const { file, exists, sections, missing, empty } = document;
  const lacking = [...missing, ...empty];
  const word = outputWord({ exists, sections, missing: lacking });
  const rows = sections.map((text): SheetRow => {
    if (!exists || missing.includes(text)) return { state: "missing", text };
    return empty.includes(text)
      ? { state: "missing", text, details: [{ text: "nothing but a placeholder" }] }
      : { state: "found", text };
  });
  return [{ title: `Output document ${file}: ${word}`, rows }];
}

function findings({ findings: found }: PhaseProgress): readonly SheetPart[] {
  if (!found) return [];
  const rows = found.byRule.map(({ rule, severity, count, files, first }): SheetRow => {
    const many = `${count} ${severity}${count === 1 || severity === "information" ? "" : "s"}`;
    const place = { ...first, what: "" };
    return {
      text: `${rule}: ${many} in ${files} ${files === 1 ? "file" : "files"}`,
      details: [{ text: count > 1 ? "the first" : "", places: [place] }],
    };
  });
  const title = `Findings of the phase's rules: ${findingsWord(found)}`;
  return [{ title, rows: rows.length > 0 ? rows : [{ state: "found", text: "every file of the phase is clean" }] }];
}

/** Evidence of the phase as a whole, where it is more than its document and its rules, which have parts of their own. */
function also({ evidence }: PhaseProgress): readonly SheetPart[] {
  const rows = evidence
    .filter((one) => one.evidence.kind !== "document" && one.evidence.kind !== "rules-clean")
    .map(
      ({ state, text, places }): SheetRow => ({
        state,
        text,
        details: places.length > 0 ? [{ text: "", places }] : [],
      }),
    );
  return [{ title: "In the workspace", rows }];
}

const questions = ({ prompts }: Protocol): SheetPart => ({
  title: "Questions to answer first",
  rows: prompts.map(({ title, question }) => ({ text: `${title}: ${question}` })),
});

function history({ gate }: PhaseProgress): readonly SheetPart[] {
  const rows = (gate?.log ?? []).map(({ date, answer, by, evidence }): SheetRow => {
    const details = evidence === "" ? [] : [{ text: evidence }];
    return { text: [date, answer, by].filter((one) => one !== "").join(" · "), details };
  });
  return [{ title: "Answers so far", rows }];
}
