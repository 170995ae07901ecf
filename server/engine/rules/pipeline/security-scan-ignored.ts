// Security scans whose findings stop nothing: told to pass, or followed by something that lets them.

import { evidenceOfAction } from "../../languages/pipeline/actions.js";
import { evidenceOfCommand } from "../../languages/pipeline/commands.js";
import type { Command, Pipeline, Step, Work } from "../../languages/pipeline/model.js";
import { at, type Finding, type Fix, remove, replace, rule, type Span, suggest } from "../../rule.js";
import { onlyPrints, softFlag, softInput } from "./_scanners.js";

export default rule({
  on: "pipeline",
  title: "Let security scans stop the pipeline",
  why: "A scan that may fail without consequence is a log that nobody reads: the hole it has found goes to production with a green tick. Where one finding has to wait, an exception for just that one keeps the gate closed for all others.",
  severity: "error",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Infrastructure Anti-Patterns",

  *check(pipeline) {
    const exitCodeSet = (pipeline.settings ?? []).some(({ name }) =>
      /^(?:TRIVY_EXIT_CODE|GRYPE_FAIL_ON_SEVERITY)$/.test(name),
    );
    const handIn = reportersIn(pipeline);
    for (const job of pipeline.jobs) {
      // Findings that are handed in are judged by the platform.
      if (handIn.has(job.id)) continue;
      for (const step of job.steps) {
        const scanner = scannerIn(step);
        const lenient = step.lenient ?? job.lenient;
        if (scanner !== undefined && lenient)
          yield at(
            lenient.span,
            `"${lenient.text}" lets everything pass that "${scanner}" finds`,
            stop(lenient.span, lenient.text.replace(/true$/, "false")),
          );
        else yield* ignoredIn(step, pipeline.text, exitCodeSet);
      }
    }
  },
});

function* ignoredIn(step: Step, text: string, exitCodeSet: boolean): Generator<Finding> {
  const input = softInput(step);
  if (input && step.uses)
    yield at(
      input.value.span,
      `"${input.name}: ${input.value.text}" lets everything pass that "${step.uses.text}" finds`,
      stop(input.value.span, opposite(input.value.text)),
    );
  for (const [i, command] of step.commands.entries()) {
    if (!isScan(command)) continue;
    const flag = softFlag(command);
    const [tool = ""] = command.words;
    if (flag !== undefined)
      yield at(
        command.span,
        `"${flag}" lets everything pass that "${tool}" finds`,
        ...withoutFlag(text, command, flag),
      );
    else if (isSwallowed(command, step.commands[i + 1]))
      yield at(
        command.span,
        `"|| ${step.commands[i + 1]?.text}" lets everything pass that "${tool}" finds`,
        ...withoutNext(command, step.commands[i + 1]),
      );
    else if (!exitCodeSet && onlyPrints(command))
      yield at(
        command.span,
        `"${tool}" only prints what it finds: no exit code or severity to fail at is given`,
        "warning",
      );
  }
}

const stop = (place: Span, text: string): Fix => suggest("Let its findings stop the pipeline", replace(place, text));

/** The other value of a switch, or an exit code that fails. */
const opposite = (value: string): string =>
  ({ true: "false", false: "true", "0": '"1"', none: "high" })[value.trim().toLowerCase()] ?? value;

/** Takes the flag out of a command that stands in one piece; an exit code becomes one that fails. */
function withoutFlag(text: string, { span }: Command, flag: string): readonly Fix[] {
  const at = text.slice(span.start, span.end).indexOf(` ${flag}`);
  if (at < 0) return [];
  const place = { start: span.start + at, end: span.start + at + flag.length + 1 };
  return [stop(place, /exit-code/.test(flag) ? ` ${flag.replace(/0$/, "1")}` : "")];
}

/** Takes away what comes behind the scan and lets it pass. */
const withoutNext = ({ span }: Command, next: Command | undefined): readonly Fix[] =>
  next && next.span.start > span.end
    ? [suggest("Let its findings stop the pipeline", remove({ start: span.end, end: next.span.end }))]
    : [];

/** A known scanner, or a target of the project; what a script does cannot be told from its name alone. */
const isScan = (command: Command): boolean =>
  !/^(?:bash|sh|zsh|pwsh|python\d?|node|ruby)$|\.(?:sh|py|js|ps1)$/.test(command.words[0] ?? "") &&
  evidenceOfCommand(command).some((work) => work.role === "security" && !work.weak);

/** `scan || true`: what comes behind always ends well, and nothing comes behind that. */
const isSwallowed = ({ joint }: Command, next: Command | undefined): boolean =>
  joint === "||" &&
  next !== undefined &&
  next.joint !== "&&" &&
  (/^(?:true|:|echo|printf)$/.test(next.words[0] ?? "") || next.text === "exit 0");

/** Tools that make a list or a score and find nothing to stop for; CodeQL hands its findings in itself. */
const reporters = /codeql|sbom|syft|scorecard/i;

/** The scanner that a step runs, as written. */
function scannerIn({ uses, commands }: Step): string | undefined {
  if (uses && reporters.test(uses.text)) return undefined;
  const [action] = uses ? evidenceOfAction(uses.text, uses.span, new Map()) : [];
  if (action?.role === "security" && !action.weak) return action.text;
  return commands.find((command) => isScan(command) && !reporters.test(command.text))?.words[0];
}

/** The jobs that hand their findings in to the platform: SARIF on GitHub, reports on GitLab. */
const reportersIn = ({ jobs, outline }: Pipeline): ReadonlySet<string> =>
  new Set([
    ...jobs.filter(({ steps }) => steps.some(({ uses }) => /upload-sarif/.test(uses?.text ?? ""))).map(({ id }) => id),
    ...outline.jobs.filter(({ main }) => main?.some(isReport)).map(({ id }) => id),
  ]);

const isReport = ({ role, text }: Work): boolean => role === "security" && text.startsWith("reports: ");
