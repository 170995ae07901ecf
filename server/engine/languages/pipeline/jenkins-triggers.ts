// When a Jenkinsfile runs: the events and schedules of the whole pipeline, and the branches of its stages.

import { argumentOf, type Groovy, nameOf, type Statement, stringOf, toText } from "./jenkins-read.js";
import type { Schedule, Text, Trigger } from "./model.js";

/** The statements below `pipeline { … }`. */
export const declared = ({ statements }: Groovy): readonly Statement[] =>
  statements
    .filter((one) => nameOf(one) === "pipeline")
    .flatMap(({ blocks }) => blocks.flatMap((block) => block.statements));

/** The statements below `pipeline { triggers { … } }`. */
const triggerStatements = (groovy: Groovy): readonly Statement[] =>
  declared(groovy)
    .filter((one) => nameOf(one) === "triggers")
    .flatMap(({ blocks }) => blocks.flatMap((block) => block.statements));

/** Events under the names that GitHub has for them; "workflow_run" is the end of another job. */
export function triggersOf(groovy: Groovy): readonly Trigger[] {
  const events: Readonly<Record<string, string>> = { cron: "schedule", pollSCM: "push", upstream: "workflow_run" };
  return triggerStatements(groovy).flatMap((one) => {
    const event = events[nameOf(one)];
    return event === undefined ? [] : [{ event, span: one.span }];
  });
}

export const schedulesOf = (groovy: Groovy): readonly Schedule[] =>
  triggerStatements(groovy).flatMap((one) => {
    const cron = nameOf(one) === "cron" ? stringOf(one) : undefined;
    // Each line is a schedule of its own; one with a time zone or a comment is none.
    return [...(cron?.text ?? "").matchAll(/(?<=^|\\n|\n)[ \t]*(?!TZ=|#)([^\s\\][^\n\\]*)/g)].map((line) => {
      const text = (line[1] ?? "").trimEnd();
      const start = (cron?.span.start ?? 0) + line.index + line[0].length - (line[1]?.length ?? 0);
      return { cron: text, span: { start, end: start + text.length } };
    });
  });

/** `when { branch 'main' }`, also within `anyOf`; within `not` it is the branch that does not start the stage. */
export const branchesOf = (body: readonly Statement[]): readonly Text[] =>
  body
    .filter((one) => /^(?:when|anyOf|allOf)$/.test(nameOf(one)))
    .flatMap(({ blocks }) => blocks.flatMap(({ statements }) => statements))
    .flatMap((one) => {
      const branch = nameOf(one) === "branch" ? (argumentOf(one, "pattern") ?? stringOf(one)) : undefined;
      return branch?.kind === "string" ? [toText(branch)] : branchesOf([one]);
    });

/** The branch that `when` asks for in so many words, and not as one way among others. */
export const onlyOf = (body: readonly Statement[]): readonly string[] =>
  body
    .filter((one) => nameOf(one) === "when")
    .flatMap(({ blocks }) => blocks.flatMap(({ statements }) => statements))
    .flatMap((one) => (nameOf(one) === "branch" && !argumentOf(one, "pattern") ? (stringOf(one)?.text ?? []) : []))
    .filter((name) => !/[*?$\\]/.test(name));
