// Tests and linters whose failure changes nothing: allowed to fail, followed by "|| true", or switched off.

import { evidenceOfCommand } from "../../languages/pipeline/commands.js";
import { type IgnoredCheck, ignoredChecks } from "../../languages/pipeline/ignored.js";
import type { Pipeline } from "../../languages/pipeline/model.js";
import { at, type Finding, type Fix, remove, rule, type Span, suggest } from "../../rule.js";

export default rule({
  on: "pipeline",
  title: "Let a failing test stop the pipeline",
  why: "A test whose failure is ignored is a report that nobody reads: the pipeline stays green, the deployment goes out, and the team learns to look away. A check that may fail is better removed, or mended.",
  severity: "error",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Pipeline Principles",

  *check(pipeline) {
    const told = new Set<number>(); // one setting may let many tests fail
    for (const check of ignoredChecks(pipeline)) {
      const { evidence, how, by, mended } = check;
      if (evidence.role === "security" || how === "prints") continue;
      if ((how === "job" || how === "step") && told.has(by.span.start)) continue;
      told.add(by.span.start);
      yield at(placeOf(check), messageOf(check), ...(mended ? [suggest("Let it fail", mended)] : []));
    }
    yield* leftOut(pipeline);
  },
});

const placeOf = ({ how, by, command }: IgnoredCheck): Span =>
  !command || how === "job" || how === "step"
    ? by.span
    : { start: command.span.start, end: how === "next" ? by.span.end : command.span.end };

function messageOf({ job, evidence, how, by }: IgnoredCheck): string {
  const test = `"${evidence.text}"`;
  if (how === "next") return `${test} may fail: "${by.text}" hides it`;
  if (how === "shell") return `${test} may fail: "${by.text}" before it lets the script go on`;
  return `${test}${how === "job" ? ` in "${job.id}"` : ""} may fail: "${by.text}" lets everything behind it go on`;
}

/** Builds that leave their tests out, in a pipeline that runs none. */
function* leftOut({ jobs, text }: Pipeline): Generator<Finding> {
  const commands = jobs.flatMap(({ steps }) => steps.flatMap((step) => step.commands));
  const skips = commands.flatMap((command) => {
    const { words, span } = command;
    const flag = words.find((word) => /^-D(?:skipTests|maven\.test\.skip)(?:=true)?$/.test(word));
    if (!flag || !/(?:^|\/)mvnw?d?$/.test(words[0] ?? "") || !words.some((word) => testing.has(word))) return [];
    // It builds for the sake of a scan.
    return evidenceOfCommand(command).some(({ role }) => role === "security") ? [] : [{ flag, span }];
  });
  if (skips.length === 0 || commands.some(tests)) return;
  for (const { flag, span } of skips)
    yield at(
      span,
      `"${flag}" leaves the tests out, and nothing else in the pipeline runs any`,
      ...withoutFlag(text, span, flag),
    );
}

/** Phases of Maven that run tests unless they are told not to; a goal of a plugin alone runs none. */
const testing: ReadonlySet<string> = new Set("test package verify install deploy integration-test".split(" "));

function withoutFlag(text: string, { start, end }: Span, flag: string): readonly Fix[] {
  const at = text.slice(start, end).indexOf(` ${flag}`);
  if (at < 0) return [];
  return [suggest("Run the tests", remove({ start: start + at, end: start + at + flag.length + 1 }))];
}

const tests = (command: Parameters<typeof evidenceOfCommand>[0]): boolean =>
  evidenceOfCommand(command).some(
    (one) => (one.role === "test" || one.role === "integration") && !("weak" in one && one.weak),
  );
