// The page of a gate, and the edit that writes a human's answer. The answer itself is given in the editor: nothing here
// can give one.

import { basename } from "node:path";
import { answerGate } from "../engine/protocol/edits.js";
import { evidenceText } from "../engine/protocol/progress.js";
import { gateSheet } from "../engine/report/gate.js";
import { toGateHtml } from "../engine/report/gate-html.js";
import { withPaths } from "../engine/report/standing.js";
import { gitUser } from "../host/gitUser.js";
import {
  type AnswerGateParams,
  answerGateRequest,
  type GatePage,
  gatePageRequest,
  type PhaseParams,
  type TextChange,
} from "../messages.js";
import { toPath, toUri } from "./convert.js";
import { type ProtocolParts, shownPath, toTextChange } from "./protocol.js";

export function serveGates(parts: ProtocolParts): void {
  const { connection } = parts.session;
  connection.onRequest(gatePageRequest, (params: PhaseParams) => gatePage(parts, params));
  connection.onRequest(answerGateRequest, (params: AnswerGateParams) => answer(parts, params));
}

/** @throws when the tracker, the phase or its gate is gone */
async function gatePage(parts: ProtocolParts, { tracker, protocol, phase }: PhaseParams): Promise<GatePage> {
  const standing = await parts.standings.of(toPath(tracker), protocol);
  // Links lead to the files whose shown paths are read.
  const addresses = new Map<string, string>();
  const relative = shownPath(parts.session);
  const shown = (path: string): string => {
    addresses.set(relative(path), toUri(path));
    return relative(path);
  };
  const sheet = standing && gateSheet(standing.protocol, withPaths(standing.progress, shown), phase);
  const open = standing?.progress.phases.find(({ number }) => number === phase)?.open;
  if (!standing || !sheet || !open)
    throw new Error(`${basename(toPath(tracker))} has no gate of phase ${phase} any more`);
  const by = await gitUser(toPath(tracker));
  return {
    title: sheet.title,
    html: toGateHtml(sheet, (path) => addresses.get(path) ?? ""),
    answers: standing.protocol.gateAnswers,
    open,
    ...(by !== undefined && { by }),
    ...(standing.progress.problem !== undefined && { problem: standing.progress.problem }),
  };
}

async function answer(parts: ProtocolParts, params: AnswerGateParams): Promise<TextChange> {
  const { tracker: uri, protocol, phase: number, answer: word, by, remark, known } = params;
  const standing = await parts.standings.of(toPath(uri), protocol);
  const phase = standing?.progress.phases.find((one) => one.number === number);
  if (!standing || !phase) return { uri, edits: [], problem: `${basename(toPath(uri))} holds no tracker any more` };
  const unseen = phase.open.filter((text) => !known.includes(text));
  const passes = standing.protocol.gateAnswers.some((one) => one.word === word && one.passes);
  if (passes && unseen.length > 0)
    return { uri, edits: [], problem: `This has come up meanwhile, look again: ${unseen.join("; ")}` };
  const entry = { phase: number, date: today(), answer: word, by, evidence: evidenceText(phase, remark) };
  return toTextChange(uri, standing.text, answerGate(standing.tracker, standing.protocol, entry));
}

/** The day where the answer is given: a log is read by the people of that place. */
function today(): string {
  const now = new Date();
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
