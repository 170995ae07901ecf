// The picture of a pipeline for people at a terminal: a row a stage, its jobs below one another.

import type { JobSketch, PipelineSketch, StageSketch } from "./pipeline.js";

/** Plain text with a final line end. @param file as it is to be shown */
export function toPipelineText(sketch: PipelineSketch, file: string): string {
  const width = Math.max(...sketch.stages.map(({ stage }) => stage.length));
  const rows = sketch.stages.flatMap((stage) =>
    linesOf(stage).map((line, i) => `  ${(i === 0 ? stage.stage : "").padEnd(width)}  ${line}`),
  );
  return `${[headOf(sketch, file), "", ...rows, "", summaryOf(sketch)].join("\n")}\n`;
}

/** `ci.yml: "Release", GitHub Actions workflow, 4 jobs`. */
export const headOf = ({ name, kind, jobs }: PipelineSketch, file: string): string =>
  `${file}: ${[...(name ? [`"${name}"`] : []), kind, `${jobs} job${jobs === 1 ? "" : "s"}`].join(", ")}`;

/** What is missing, or why that is not said; one sentence without a full stop. */
export function summaryOf({ stages, note }: PipelineSketch): string {
  if (note !== undefined) return note;
  const missing = stages.filter(({ state }) => state === "missing").map(({ stage }) => stage);
  return missing.length > 0
    ? `Missing on the way to production: ${missing.join(", ")}`
    : "Nothing is missing on the way to production";
}

/** The state of a stage in words; empty for one that is there. */
export function stateIn({ state, note }: Pick<StageSketch, "state" | "note">): string {
  const word = { present: "", missing: "missing", absent: "none", unknown: "unknown" }[state];
  return note === undefined ? word : `${word}${state === "missing" ? "" : ":"} ${note}`;
}

function linesOf(stage: StageSketch): readonly string[] {
  const state = stateIn(stage);
  return [...(state === "" ? [] : [state]), ...stage.jobs.map(jobLine)];
}

const jobLine = (job: JobSketch): string => [job.id, ...detailsOf(job)].join(" · ");

/** What is worth saying about a job, in the order of its weight. */
export function detailsOf({ id, evidence, perhaps, gates, waitsFor, unseen, again }: JobSketch): readonly string[] {
  const texts = evidence.filter((text) => text !== id);
  const shown = texts.length > 3 ? [...texts.slice(0, 2), `${texts.length - 2} more`] : texts;
  const signs =
    shown.length > 0 ? [`${perhaps ? "perhaps: " : ""}${shown.join(", ")}`] : perhaps ? ["perhaps, by its name"] : [];
  if (again) return signs;
  return [
    ...signs,
    ...(gates.length > 0 ? [`gate: ${gates.join(", ")}`] : []),
    ...(waitsFor.length > 0 ? [`after ${waitsFor.join(", ")}`] : []),
    ...(unseen.length > 0 ? [`not seen: ${unseen.join(", ")}`] : []),
  ];
}
