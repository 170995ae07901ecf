// When a pipeline can be said to lack something, and the job that is offered for it.

import type { Flow } from "../../languages/pipeline/flow.js";
import type { Evidence, Pipeline, Role } from "../../languages/pipeline/model.js";
import { type Fix, insertAt, snippet } from "../../rule.js";

/** Whether all work of the pipeline is seen: only then is what is absent not there. */
export const seesAll = ({ jobs, startUnseen }: Flow): boolean =>
  !startUnseen &&
  [...jobs.keys()].every(({ waitsForUnseen, work }) => !waitsForUnseen && work.every(({ role }) => role !== "unseen"));

/** All that tells what the jobs are for, of one role; names count as well. */
export const evidenceOf = ({ jobs }: Flow, role: Role): readonly Evidence[] =>
  [...jobs.values()].flatMap(({ evidence }) => evidence.filter((one) => one.role === role));

/** `"deploy" among 3 jobs`: where was looked. */
export const amongJobs = ({ jobs }: Flow): string => {
  const count = [...jobs.keys()].filter(({ outside }) => !outside).length;
  return count === 1 ? "in its only job" : `among its ${count} jobs`;
};

/** The lines of a new job by dialect, the first one its key, indented by two. */
export interface JobLines {
  readonly github: readonly string[];
  readonly gitlab: readonly string[];
}

/** Puts a job before the first one of the file, above its comments. A dialect without lines gets no fix. */
export function addJob({ dialect, jobs, text }: Pipeline, title: string, lines: JobLines): readonly Fix[] {
  const first = jobs[0];
  const written = dialect === "github" || dialect === "gitlab" ? lines[dialect] : [];
  if (!first || written.length === 0) return [];
  let start = text.lastIndexOf("\n", first.span.start - 1) + 1;
  const indent = text.slice(start, first.span.start);
  if (indent.trim() !== "") return [];
  for (let above = start; above > 0; start = above) {
    above = text.lastIndexOf("\n", above - 2) + 1;
    if (!/^[ \t]*#/.test(text.slice(above, start))) break;
  }
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  return [snippet(title, insertAt(start, `${written.map((line) => indent + line).join(eol)}${eol}${eol}`))];
}
