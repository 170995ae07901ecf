// Repositories where a commit starts neither build nor tests.

import { type FlowJob, flowOf, jobIdOf } from "../../languages/pipeline/flow.js";
import { type Pipeline, repositoryOf } from "../../languages/pipeline/model.js";
import {
  at,
  type Fix,
  insertAt,
  insertBefore,
  type Place,
  replace,
  rule,
  suggest,
  type Workspace,
} from "../../rule.js";

export default rule({
  on: "pipeline",
  title: "Build and test every commit",
  why: "A pipeline that only runs at night or when somebody starts it finds a mistake among many commits, days after it was made. Built and tested at every commit, it is found in minutes by the one who made it.",
  severity: "information",
  profile: "recommended",
  phase: 3,
  standard: "DevOps & SRE Master Protocol, Phase 2",

  *check(pipeline, _options, workspace) {
    const flow = flowOf(pipeline, workspace);
    if (!flow || flow.partial) return;
    const working = [...flow.jobs.values()].filter(
      ({ node, evidence }) => !node.outside && evidence.some(({ role, weak }) => !weak && builds.has(role)),
    );
    const [first] = working;
    if (!first) return;
    if (pipeline.dialect === "gitlab") {
      const unseen = [...flow.jobs.keys()].some(({ work }) => work.some(({ role }) => role === "unseen"));
      if (unseen || !working.every(({ node }) => node.manual)) return;
      yield at(
        first.node.span,
        "no commit starts a build or a test: every such job waits for a person",
        ...startAlone(pipeline, working),
      );
    } else if (pipeline.dialect === "circleci") {
      const scheduled = new Set(pipeline.schedules.flatMap(({ jobs = [] }) => jobs));
      const [schedule] = pipeline.schedules;
      const others = [...flow.jobs.values()].filter(({ node }) => !scheduled.has(node.id));
      const unseen = others.some(({ node }) => node.work.some(({ role }) => role === "unseen"));
      if (!schedule || unseen || others.some((job) => working.includes(job))) return;
      yield at(
        schedule.span,
        `no commit starts a build or a test: only the schedule "${schedule.cron}" does`,
        ...addWorkflow(pipeline, working),
      );
    } else if (pipeline.dialect === "github" && !startsElsewhere(pipeline, workspace)) {
      const [trigger] = pipeline.triggers;
      if (!trigger || pipeline.triggers.some(({ event }) => onCommit.has(event))) return;
      const events = pipeline.triggers.map(({ event }) => `"${event}"`).join(", ");
      yield at(
        trigger,
        `no commit starts a build or a test: this workflow only starts by ${events}`,
        ...addPush(pipeline, trigger),
      );
    }
  },
});

const builds: ReadonlySet<string> = new Set(["build", "test", "integration"]);

const onCommit: ReadonlySet<string> = new Set([
  "push",
  "pull_request",
  "pull_request_target",
  "merge_group",
  // What starts these is another workflow or system, which a commit may have started.
  "workflow_run",
  "workflow_call",
  "repository_dispatch",
  "check_suite",
  "check_run",
  "status",
]);

/** Whether a commit may start such work in another workflow, or the first of them by path speaks for all. */
function startsElsewhere({ path, dialect }: Pipeline, workspace: Workspace): boolean {
  const repository = repositoryOf(path, dialect);
  if (repository === undefined) return true;
  return workspace.facts("pipeline.roles", repository).some((other) => {
    if (other.path === path) return false;
    const works = other.roles.some((role) => builds.has(role));
    return (
      (works && other.path < path) || ((works || other.unseen) && other.triggers.some((event) => onCommit.has(event)))
    );
  });
}

/** Adds "push" to the triggers, in each of the ways they can be written. */
function addPush(
  { text }: Pipeline,
  trigger: { readonly event: string; readonly span: Place & { start: number } },
): readonly Fix[] {
  const { start } = trigger.span;
  const line = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  const title = "Start it at every push";
  if (/^['"]?on['"]?:[ \t]*$/.test(line)) return [suggest(title, replace(trigger.span, `[push, ${trigger.event}]`))];
  if (/\[[ \t]*$/.test(line)) return [suggest(title, insertBefore(trigger.span, "push, "))];
  if (/^[ \t]*-[ \t]+$/.test(line)) return [suggest(title, insertBefore(trigger.span, `push\n${line}`))];
  return /^[ \t]+$/.test(line) ? [suggest(title, insertBefore(trigger.span, `push:\n${line}`))] : [];
}

/** GitLab: the jobs that write it themselves start without a person. */
function startAlone({ text, jobs }: Pipeline, working: readonly FlowJob[]): readonly Fix[] {
  const edits = working.flatMap(({ node }) => {
    const own = jobs.find(({ id }) => id === jobIdOf(node));
    const found = own && /^([ \t]+)when:[ \t]*manual(?=[ \t]*\r?$)/m.exec(text.slice(own.span.start, own.span.end));
    const end = own && found ? own.span.start + found.index + found[0].length : 0;
    return end > 0 ? [replace({ start: end - "manual".length, end }, "on_success")] : [];
  });
  return edits.length === working.length ? [suggest("Start them with every commit", ...edits)] : [];
}

/** CircleCI: a workflow of its own, for one without triggers starts with every commit. */
function addWorkflow({ text, outline }: Pipeline, working: readonly FlowJob[]): readonly Fix[] {
  const head = /^workflows:[ \t]*(\r?\n)(?:[ \t]*(?:#[^\n]*)?\r?\n)*([ \t]+)(?=[\w"'])/m.exec(text);
  const names = working.map(({ node }) => outline.jobs.find(({ id }) => id === node.id)?.title ?? node.id);
  if (!head || names.some((name) => !/^[\w/-]+$/.test(name)) || /^[ \t]+every-commit:/m.test(text)) return [];
  const [all, eol = "\n", indent = "  "] = head;
  const lines = [`${indent}every-commit:`, `${indent}${indent}jobs: [${[...new Set(names)].join(", ")}]`];
  const written = lines.map((line) => line + eol).join("");
  return [suggest("Start them with every commit", insertAt(head.index + all.length - indent.length, written))];
}
