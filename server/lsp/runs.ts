// Checklists and workflows for the client: every list with its runs, the document of a new run, and ticks as edits.

import { basename } from "node:path";
import type { Checklist } from "../engine/protocol/model.js";
import {
  doneOf,
  dueAt,
  listOf,
  type Point,
  pointsOf,
  type Run,
  runFileName,
  setPoint,
} from "../engine/protocol/runs.js";
import { runDocument } from "../engine/protocol/template.js";
import { lineAt, lineStarts } from "../engine/text.js";
import { gitUser } from "../host/gitUser.js";
import { createRuns, type ListInUse, type RunStanding, type Runs } from "../host/runs.js";
import {
  type ListPoint,
  type ListProgress,
  listsRequest,
  type NewDocument,
  type NewRunParams,
  newRunRequest,
  type PointProgress,
  type RunProgress,
  type SetPointParams,
  setPointRequest,
  type TextChange,
} from "../messages.js";
import { toPath, toUri } from "./convert.js";
import { type ProtocolParts, toTextChange } from "./protocol.js";
import { toEvidence } from "./standing.js";

export function serveRuns(parts: ProtocolParts): void {
  const { connection, indexed } = parts.session;
  const runs = createRuns(parts, parts.survey);
  connection.onRequest(listsRequest, async (): Promise<readonly ListProgress[]> => {
    await indexed.settled;
    return (await runs.all()).map(toList);
  });
  connection.onRequest(newRunRequest, (params: NewRunParams) => newRun(parts, runs, params));
  connection.onRequest(setPointRequest, (params: SetPointParams) => tick(runs, params));
}

const toList = ({ id, protocol, checklist, runs }: ListInUse): ListProgress => ({
  id,
  kind: checklist.kind,
  title: checklist.title,
  protocol: protocol.title,
  ...(checklist.trigger !== undefined && { trigger: checklist.trigger }),
  points: pointsOf(checklist).map((point) => toPoint(checklist, point)),
  runs: runs.map(toRun),
});

function toRun(run: RunStanding): RunProgress {
  const { file, heading, started, by, points } = run;
  const starts = lineStarts(file.text);
  return {
    uri: toUri(file.path),
    line: lineAt(starts, heading.span.start),
    ...(started !== undefined && { started }),
    ...(by !== undefined && { by }),
    done: doneOf(run),
    total: points.length,
    points: points.map((point): PointProgress => {
      const due = dueAt(run, point);
      return {
        ...toPoint(run.checklist, point),
        state: point.state,
        ...(point.task && { line: lineAt(starts, point.task.box.start) }),
        ...(due !== undefined && { due }),
        evidence: run.evidence(point).map(toEvidence),
      };
    }),
  };
}

function toPoint({ steps }: Checklist, { id, title, step: at, within: limit, owner }: Point): ListPoint {
  const step = steps[at];
  return {
    id,
    title,
    ...(step && step.items.length > 0 && { step: step.title }),
    ...(limit && { limit: limit.when === undefined ? limit.text : `${limit.when}: ${limit.text}` }),
    ...(owner !== undefined && { owner }),
  };
}

/** @throws when no protocol in force has such a list */
async function newRun(parts: ProtocolParts, runs: Runs, { folder, list: id }: NewRunParams): Promise<NewDocument> {
  const list = (await runs.all()).find((one) => one.id === id);
  if (!list) throw new Error(`no protocol has a list "${id}"`);
  const now = new Date().toISOString();
  const docs = `${folder.replace(/\/$/, "")}/docs`;
  const { protocol, checklist } = list;
  const name = runFileName(checklist, now.slice(0, 10));
  const place = checklist.file === undefined ? `${docs}/runs/${name}` : `${docs}/${name}`;
  const text = runDocument(protocol, checklist, now, await gitUser(toPath(folder)));
  return { uri: await free(place, parts), text };
}

/** A second run on one day has a file of its own, and so has one whose place is taken by something else. */
async function free(uri: string, { files }: ProtocolParts): Promise<string> {
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? uri : uri.replace(/\.md$/, `-${count}.md`);
    if ((await files.readText(toPath(candidate))) === undefined) return candidate;
  }
}

async function tick(runs: Runs, { uri, list, line, point, done }: SetPointParams): Promise<TextChange> {
  const all = (await runs.at(toPath(uri))).filter((run) => listOf(run) === list);
  const [run] = all.toSorted((a, b) => Math.abs(lineOf(a) - line) - Math.abs(lineOf(b) - line));
  if (!run) return { uri, edits: [], problem: `${basename(toPath(uri))} holds no run of this list any more` };
  return toTextChange(uri, run.file.text, setPoint(run, point, done));
}

const lineOf = ({ file, heading }: Run): number => lineAt(lineStarts(file.text), heading.span.start);
