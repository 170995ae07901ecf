// Schedules that can start a deployment to production on a Friday.

import { canRun } from "../../languages/pipeline/condition.js";
import { type FlowNode, flowOf } from "../../languages/pipeline/flow.js";
import type { Pipeline } from "../../languages/pipeline/model.js";
import { deploysIn, orderOf } from "../../languages/pipeline/order.js";
import { at, replace, rule, suggest } from "../../rule.js";
import { nameOf } from "./_names.js";

export default rule({
  on: "pipeline",
  title: "Schedule no production deployment on Fridays",
  why: "What breaks on Friday evening breaks while nobody is there: the people who know the change are gone, and it stays broken, or is mended in a hurry, until Monday. A schedule has no reason to choose that day.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Infrastructure Anti-Patterns",

  *check(pipeline, _options, workspace) {
    const flow = pipeline.schedules.length > 0 ? flowOf(pipeline, workspace) : undefined;
    if (!flow) return;
    const order = orderOf(flow);
    const scheduled = deploysIn(flow).filter(
      ({ node, deployment }) =>
        deployment?.tier === "production" &&
        [node, ...order.before(node)].every((one) => one.outside || isScheduled(one)),
    );
    for (const { cron, span, jobs } of pipeline.schedules) {
      const job = scheduled.find(({ node }) => jobs?.includes(node.id) ?? true);
      if (!job) continue;
      const fields = cron.trim().split(/\s+/);
      const days = fields[4];
      if (fields.length !== 5 || days === undefined || !isFriday(days)) continue;
      const start = pipeline.text.indexOf(cron, span.start);
      const last = start + cron.trimEnd().length;
      const written = start >= 0 && start < span.end ? otherDays(days) : undefined;
      yield at(
        span,
        `"${cron}" can start ${nameOf(job)} on a Friday (${zones[pipeline.dialect] ?? "UTC"})`,
        ...(written ? [suggest(written.title, replace({ start: last - days.length, end: last }, written.days))] : []),
      );
    }
  },
});

/** The field without Friday: all days become the first four of the week, a single Friday its Thursday. */
function otherDays(field: string): { readonly days: string; readonly title: string } {
  if (/^(?:\*|\?|1-5|0-6|1-6)$/.test(field)) return { days: "1-4", title: "Run from Monday to Thursday" };
  const parts = field.split(",");
  const left = parts.flatMap((part) => (isFriday(part) ? withoutFriday(part) : [part]));
  return left.length === 0
    ? { days: "4", title: "Run on Thursday" }
    : { days: [...new Set(left)].join(","), title: "Leave Friday out" };
}

const withoutFriday = (part: string): readonly string[] =>
  [0, 1, 2, 3, 4, 6].filter((day) => letsIn(part, day)).map((day) => `${day}`);

/** Where a schedule is not in UTC. */
const zones: Readonly<Partial<Record<Pipeline["dialect"], string>>> = { jenkins: "time zone of the job" };

const situation = {
  failed: false,
  value: (path: string) => (path === "github.event_name" ? "schedule" : undefined),
};

/** Whether a run that a schedule has started can come to the job. */
const isScheduled = ({ condition }: FlowNode): boolean => canRun(condition?.expression, situation);

/** Whether the fifth field of a cron expression lets a day in, Sunday being 0. Source: POSIX crontab, with names, steps and 7 as Sunday. */
const isFriday = (field: string): boolean => letsIn(field, 5);

function letsIn(field: string, day: number): boolean {
  return field.split(",").some((part) => {
    const [range = "", step = "1"] = part.split("/");
    const [low, high] = range === "*" || range === "?" ? [0, 6] : range.split("-").map(dayOf);
    if (low === undefined || Number.isNaN(low)) return false;
    const last = high ?? (part.includes("/") ? 6 : low);
    const width = Number(step);
    return width > 0 && low <= day && day <= last && (day - low) % width === 0;
  });
}

const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

function dayOf(word: string): number {
  const named = days.indexOf(word.toLowerCase().slice(0, 3));
  return named >= 0 ? named : /^\d$/.test(word) ? Number(word) : Number.NaN;
}
