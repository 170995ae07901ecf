// Tests and linters whose failure changes nothing: allowed to fail, followed by "|| true", or switched off.

import { evidenceOfCommand } from "../../languages/pipeline/commands.js";
import type { Command, Evidence, Job, Step } from "../../languages/pipeline/model.js";
import { at, type Finding, remove, replace, rule, suggest } from "../../rule.js";

export default rule({
  on: "pipeline",
  title: "Let a failing test stop the pipeline",
  why: "A test whose failure is ignored is a report that nobody reads: the pipeline stays green, the deployment goes out, and the team learns to look away. A check that may fail is better removed, or mended.",
  severity: "error",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Pipeline Principles",

  *check({ jobs, dialect }) {
    const tests = jobs.some(({ steps }) =>
      steps.some(({ commands }) => commands.some((one) => checkIn(one, onlyTests))),
    );
    for (const job of jobs) {
      // The failure comes back as an alert: that is the place where it counts.
      if (job.steps.some(({ uses }) => /\/upload-sarif(?:@|$)/.test(uses?.text ?? ""))) continue;
      const [check] = job.steps.flatMap(({ commands }) => commands.flatMap((command) => checkIn(command) ?? []));
      if (check && job.lenient && isAllCheck(job)) {
        yield ignored(job.lenient, `"${check.text}" in "${job.id}" may fail`);
        continue;
      }
      for (const step of job.steps) {
        const own = step.commands.flatMap((command) => checkIn(command) ?? [])[0];
        if (own && step.lenient) yield ignored(step.lenient, `"${own.text}" may fail`);
        // A GitLab script is one shell: each of its lines is a step here.
        else
          yield* inScript(dialect === "gitlab" ? job.steps.flatMap(({ commands }) => commands) : step.commands, step);
        if (!tests) yield* skipped(step);
      }
    }
  },
});

const onlyTests: ReadonlySet<string> = new Set(["test", "integration"]);
const checks: ReadonlySet<string> = new Set(["test", "integration", "lint"]);

/** What the command checks, if that is certain. */
const checkIn = (command: Command, roles: ReadonlySet<string> = checks): Evidence | undefined =>
  evidenceOfCommand(command).find(
    (one): one is Evidence => roles.has(one.role) && !("weak" in one && one.weak) && one.role !== "unseen",
  );

/** Nothing but checks and preparations: a job that also deploys may fail for other reasons. */
const isAllCheck = ({ steps }: Job): boolean =>
  !steps.some(({ commands }) =>
    commands.some((command) => evidenceOfCommand(command).some(({ role }) => role === "deploy")),
  );

const ignored = (
  place: { readonly text: string; readonly span: { start: number; end: number } },
  what: string,
): Finding =>
  at(
    place.span,
    `${what}: "${place.text}" lets everything behind it go on`,
    ...(place.text.endsWith("true")
      ? [suggest("Let it fail", replace(place.span, place.text.replace(/true$/, "false")))]
      : []),
  );

/** Findings of a step's commands; `all` are those of its shell. */
function* inScript(all: readonly Command[], { commands }: Step): Generator<Finding> {
  let lenient: Command | undefined;
  for (const [i, command] of all.entries()) {
    const [program, ...flags] = command.words;
    if (program === "set" && flags[0] === "+e") lenient = command;
    if (program === "set" && flags.some((flag) => /^-\w*e/.test(flag))) lenient = undefined;
    const check = commands.includes(command) ? checkIn(command) : undefined;
    if (!check) continue;
    const next = all[i + 1];
    if (command.joint === "||" && next && isNothing(next)) {
      const span = { start: command.span.end, end: next.span.end };
      const seen = next.span.start > command.span.end;
      yield at(
        { start: command.span.start, end: seen ? next.span.end : command.span.end },
        `"${check.text}" may fail: "|| ${next.text}" hides it`,
        ...(seen ? [suggest("Let it fail", remove(span))] : []),
      );
    } else if (lenient && i < all.length - 1 && !all.slice(i + 1).some(asks))
      yield at(command.span, `"${check.text}" may fail: "${lenient.text}" before it lets the script go on`);
  }
}

const isNothing = ({ words }: Command): boolean =>
  words[0] === "true" || words[0] === ":" || words[0] === "echo" || (words[0] === "exit" && words[1] === "0");

/** The script looks at how a command has ended. */
const asks = ({ words, text }: Command): boolean => words[0] === "exit" || /\$\?|PIPESTATUS/.test(text);

/** Builds that leave their tests out, in a pipeline that runs none. */
function* skipped({ commands }: Step): Generator<Finding> {
  for (const { words, span } of commands) {
    const flag = words.find((word) => /^-D(?:skipTests|maven\.test\.skip)(?:=true)?$/.test(word));
    if (flag && /(?:^|\/)mvnw?d?$/.test(words[0] ?? ""))
      yield at(span, `"${flag}" leaves the tests out, and nothing else in the pipeline runs any`);
  }
}
