// Checklists and workflows in use: a run is a Markdown document that is ticked off, started from a protocol's list.

import { type Heading, type MarkdownFile, type Task, within } from "../languages/markdown/model.js";
import type { Span } from "../text.js";
import { matchBoxes } from "./boxes.js";
import type { Change } from "./edits.js";
import { insertBoxAt } from "./insert.js";
import { boxLine, headingLine } from "./lines.js";
import {
  type Checklist,
  type ChecklistItem,
  checklistId,
  type Evidence,
  type Protocol,
  type TimeLimit,
} from "./model.js";
import { sameTitle } from "./words.js";

/** One list in use, as its document says it. */
export interface Run {
  readonly file: MarkdownFile;
  readonly protocol: Protocol;
  readonly checklist: Checklist;
  readonly heading: Heading;
  /** When it was started, as ISO instant; absent where the document does not say so in a way that can be read. */
  readonly started?: string;
  readonly by?: string;
  /** Everything that has a box, in the order of the list. */
  readonly points: readonly RunPoint[];
}

export interface RunPoint extends Point {
  readonly state: Task["state"];
  /** Its box; absent where the document has none for it. */
  readonly task?: Task;
}

/** What is ticked off: an item of a step, or a step that has none. */
export interface Point {
  /** "2" for the second step, "2.1" for its first item. */
  readonly id: string;
  readonly title: string;
  /** Position of its step. */
  readonly step: number;
  readonly within?: TimeLimit;
  readonly owner?: string;
  readonly evidence: readonly Evidence[];
}

/** Everything in a list that is ticked off, in its order. */
export const pointsOf = ({ steps }: Checklist): readonly Point[] =>
  steps.flatMap((step, at): readonly Point[] => {
    if (step.items.length === 0) return [toPoint(step, String(at + 1), at, step.within)];
    return step.items.map((item, i) => toPoint(item, `${at + 1}.${i + 1}`, at, item.within ?? step.within));
  });

const toPoint = (
  { title, owner, evidence }: Pick<ChecklistItem, "title" | "owner" | "evidence">,
  id: string,
  step: number,
  limit: TimeLimit | undefined,
): Point => ({ id, title, step, evidence, ...(limit && { within: limit }), ...(owner !== undefined && { owner }) });

/** The file of a new run, without its folder. @param date the day it starts, as ISO date */
export const runFileName = ({ id, file }: Checklist, date: string): string => file ?? `${date}-${id}.md`;

/** The text of a new run. @param started the instant as ISO date and time; shown in UTC, to the second: limits can be short */
export function runText(protocol: Protocol, checklist: Checklist, started: string, by?: string): string {
  const { title, trigger, output = [], section } = checklist;
  const lines = [
    headingLine(1, title),
    "",
    `**Started**: ${started.slice(0, 10)} ${started.slice(11, 19)} UTC  `,
    ...(by === undefined ? [] : [`**By**: ${by}  `]),
    `**From**: ${protocol.title}, ${section}`,
    ...(trigger === undefined ? [] : ["", `> ${trigger}`]),
    "",
    ...listLines(checklist),
    ...(output.length > 0 ? ["", headingLine(2, "Output"), "", ...output.map((one) => `- ${one}`)] : []),
  ];
  return `${lines.join("\n")}\n`;
}

/** The steps of a list as boxes. */
export function listLines({ steps }: Checklist): readonly string[] {
  if (steps.every(({ items }) => items.length === 0)) return steps.map((step) => boxLine("-", false, labelled(step)));
  return steps.flatMap((step, i) => {
    const marker = `${i + 1}.`;
    if (step.items.length === 0) return [boxLine(marker, false, labelled(step))];
    const indent = " ".repeat(marker.length + 1);
    return [`${marker} ${labelled(step)}`, ...step.items.map((item) => boxLine(`${indent}-`, false, labelled(item)))];
  });
}

/** A title with its time limit, unless its words name it already. */
function labelled({ title, within: limit }: { readonly title: string; readonly within?: TimeLimit }): string {
  if (!limit || title.toLowerCase().includes(limit.text.toLowerCase())) return title;
  return `${title} (${limit.when === undefined ? "" : `${limit.when}: `}${limit.text})`;
}

/** Whether a text says when something was started: all others hold no run, and need not be parsed. */
export const mayHoldRun = (text: string): boolean => /^[ \t>*_-]*Started[*_]*:/im.test(text);

/**
 * The runs in a file: sections that carry the title of a list and say when they were started, or the document that a list
 * names as its own.
 */
export function findRuns(file: MarkdownFile, protocols: readonly Protocol[]): readonly Run[] {
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  const taken = new Set<Heading>();
  return protocols.flatMap((protocol) =>
    protocol.checklists.flatMap((checklist) =>
      file.sections.flatMap((section): readonly Run[] => {
        const { heading } = section;
        if (taken.has(heading) || !isTitleOf(heading, checklist)) return [];
        const started = field(file.text, section.own, "Started");
        if (checklist.file === undefined ? started === undefined : !isCopyOf(name, checklist.file)) return [];
        const run = readRun(file, protocol, checklist, section, started);
        // Somebody has written about the list, and has not taken it up.
        if (started === undefined && run.points.every(({ task }) => !task)) return [];
        taken.add(heading);
        return [run];
      }),
    ),
  );
}

/** "deployment-readiness.md" itself, or a later one beside it: "deployment-readiness-2.md". */
const isCopyOf = (name: string, file: string): boolean =>
  name === file ||
  (name.startsWith(file.slice(0, -".md".length)) && /^-\d+\.md$/.test(name.slice(file.length - ".md".length)));

/** "Deploy to production", also with a remark behind it: "Deploy to production: release 2.4". */
const isTitleOf = ({ text }: Heading, { title }: Checklist): boolean =>
  sameTitle(text, [title]) || sameTitle(text.replace(/\s*(?:[:(–—]|\s-\s).*$/, ""), [title]);

function readRun(
  file: MarkdownFile,
  protocol: Protocol,
  checklist: Checklist,
  { heading, span, own }: { readonly heading: Heading; readonly span: Span; readonly own: Span },
  started: string | undefined,
): Run {
  const points = pointsOf(checklist);
  const tasks = within(file.tasks, span);
  const boxes = matchBoxes(
    points.map(({ title }) => [title]),
    tasks,
  );
  const instant = started === undefined ? undefined : instantOf(started);
  const by = field(file.text, own, "By");
  return {
    file,
    protocol,
    checklist,
    heading,
    ...(instant !== undefined && { started: instant }),
    ...(by !== undefined && { by }),
    points: points.map((point, i) => {
      const task = boxes[i];
      return { ...point, state: task?.state ?? "open", ...(task && { task }) };
    }),
  };
}

/** The value of a line "**Key**: value". */
function field(text: string, { start, end }: Span, key: string): string | undefined {
  const found = new RegExp(`^[ \\t>*_-]*${key}[*_]*:[*_]*[ \\t]*(.+?)[ \\t]*$`, "im").exec(text.slice(start, end));
  return found?.[1];
}

/** A date, or a date and a time in UTC, as ISO instant. */
function instantOf(text: string): string | undefined {
  const found = /^(\d{4}-\d{2}-\d{2})(?:[ T]+(\d{2}:\d{2}(?::\d{2})?))?/.exec(text);
  if (!found) return undefined;
  const instant = new Date(`${found[1]}T${found[2] ?? "00:00"}Z`);
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
}

/** When a point is to be done at the latest, as ISO instant: of limits that hold in every case and are more than "at once". */
export function dueAt({ started }: Run, { within: limit }: Point): string | undefined {
  if (started === undefined || !limit || limit.when !== undefined || limit.minutes === 0) return undefined;
  return new Date(Date.parse(started) + limit.minutes * 60_000).toISOString();
}

/** How many points are ticked. */
export const doneOf = ({ points }: Run): number => points.filter(({ state }) => state === "done").length;

/** "role-definition/deploy-application": the list of a run across all protocols. */
export const listOf = ({ protocol, checklist }: Run): string => checklistId(protocol, checklist);

/** Ticks or opens a point: one character. A point that has lost its box gets one beside its neighbour. */
export function setPoint(run: Run, id: string, done: boolean): Change {
  const at = run.points.findIndex((point) => point.id === id);
  const point = run.points[at];
  if (!point) return { edits: [], problem: `"${run.checklist.title}" has no point ${id}` };
  if (point.task) {
    if ((point.state === "done") === done && point.state !== "in-progress") return { edits: [] };
    return { edits: [{ span: point.task.box, text: done ? "x" : " " }] };
  }
  const { text } = run.file;
  const same = (one: RunPoint) => one.task && one.step === point.step;
  const before = run.points.slice(0, at).findLast(same)?.task;
  const after = run.points.slice(at + 1).find(same)?.task;
  const neighbour = before ?? after;
  if (!neighbour) return { edits: [], problem: `The document has no box for "${point.title}"` };
  const line = boxLine("", done, labelled(point)).trimStart();
  const edit = insertBoxAt(text, neighbour, before ? "behind" : "before", line);
  return { edits: [edit], inserted: `The document had no box for "${point.title}": it was added` };
}
