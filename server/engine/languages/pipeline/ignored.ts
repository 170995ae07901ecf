// Checks whose failure changes nothing: allowed to fail, hidden by what comes behind them, or told to pass.

import type { Edit, Span } from "../../text.js";
import { evidenceOfCommand } from "./commands.js";
import type { Command, Evidence, Job, Pipeline, Role, Step, Text } from "./model.js";
import { onlyPrints, reporters, softFlag, softInput } from "./scanners.js";

export interface IgnoredCheck {
  readonly job: Job;
  /** What is checked: a lint, a test, a security scan. */
  readonly evidence: Evidence;
  readonly command?: Command;
  /** By a setting of the job or the step, by the command behind it, by "set +e", by a flag or an input of its own; a
   * scanner that only prints is told nothing. */
  readonly how: "job" | "step" | "next" | "shell" | "flag" | "input" | "prints";
  /** What ignores the failure, as written. */
  readonly by: Text;
  /** What makes it count again. */
  readonly mended?: Edit;
}

const checkRoles: ReadonlySet<Role> = new Set<Role>(["lint", "test", "integration", "security"]);

/** The checks of a pipeline whose failure is ignored, in the order of the text. */
export function ignoredChecks(pipeline: Pipeline): readonly IgnoredCheck[] {
  const known = found.get(pipeline) ?? [...checksIn(pipeline)];
  found.set(pipeline, known);
  return known;
}

const found = new WeakMap<Pipeline, readonly IgnoredCheck[]>();

function* checksIn(pipeline: Pipeline): Generator<IgnoredCheck> {
  const handIn = reportersIn(pipeline);
  const told = (pipeline.settings ?? []).some(({ name }) => /^(?:TRIVY_EXIT_CODE|GRYPE_FAIL_ON_SEVERITY)$/.test(name));
  for (const job of pipeline.jobs) {
    // Findings that are handed in are judged by the platform.
    if (handIn.has(job.id)) continue;
    // A check that fails keeps its own job from deploying, whatever others do then.
    const lenient = job.lenient && !deploys(job) ? job.lenient : undefined;
    for (const step of job.steps) {
      if (lenient) yield* allowed(job, step, lenient, "job");
      else if (step.lenient) yield* allowed(job, step, step.lenient, "step");
      else {
        yield* byInput(job, step);
        if (pipeline.dialect !== "gitlab") yield* inShell(pipeline, job, step.commands, told);
      }
    }
    // A GitLab script is one shell: each of its lines is a step here.
    if (pipeline.dialect === "gitlab" && !lenient)
      yield* inShell(
        pipeline,
        job,
        job.steps.flatMap(({ commands }) => commands),
        told,
      );
  }
}

/** What a command checks, if that is certain. What a script does for security cannot be told from its name alone. */
function checksOf(command: Command): readonly Evidence[] {
  const all = evidenceOfCommand(command);
  if (all.length === 0) return nothing;
  return all.filter(
    (one): one is Evidence =>
      one.role !== "unseen" && checkRoles.has(one.role) && !one.weak && (one.role !== "security" || !isScript(command)),
  );
}

const nothing: readonly Evidence[] = [];

const isScript = ({ words }: Command): boolean =>
  /^(?:bash|sh|zsh|pwsh|python\d?|node|ruby)$|\.(?:sh|py|js|ps1)$/.test(words[0] ?? "");

const deploys = ({ steps }: Job): boolean =>
  steps.some(({ commands }) =>
    commands.some((command) => evidenceOfCommand(command).some(({ role }) => role === "deploy")),
  );

/** The first check of each role in a step that may fail. */
function* allowed(job: Job, step: Step, by: Text, how: "job" | "step"): Generator<IgnoredCheck> {
  const all: readonly Pick<IgnoredCheck, "evidence" | "command">[] = [
    ...(step.checks ?? []).map((evidence) => ({ evidence })),
    ...step.commands.flatMap((command) => checksOf(command).map((evidence) => ({ evidence, command }))),
  ];
  const told = new Set<Role>();
  for (const check of all) {
    const { role, text } = check.evidence;
    if (told.has(role) || (role === "security" && reporters.test(text))) continue;
    told.add(role);
    const mended = { span: by.span, text: by.text.replace(/true$/, "false") };
    yield { job, ...check, how, by, ...(by.text.endsWith("true") && { mended }) };
  }
}

function* byInput(job: Job, step: Step): Generator<IgnoredCheck> {
  const input = softInput(step);
  if (!input || !step.uses) return;
  const { text, span } = input.value;
  const evidence: Evidence = { role: "security", text: step.uses.text, by: "action", span: step.uses.span };
  yield {
    job,
    evidence,
    how: "input",
    by: { text: `${input.name}: ${text}`, span },
    mended: { span, text: opposite(text) },
  };
}

/** The other value of a switch, or an exit code that fails. */
const opposite = (value: string): string =>
  ({ true: "false", false: "true", "0": '"1"', none: "high" })[value.trim().toLowerCase()] ?? value;

/** The commands of one shell. @param told a variable says from where on scanners fail */
function* inShell({ text }: Pipeline, job: Job, shell: readonly Command[], told: boolean): Generator<IgnoredCheck> {
  let lenient: Command | undefined;
  for (const [i, command] of shell.entries()) {
    if (command.words[0] === "set") lenient = leniencyAfter(command, lenient);
    for (const evidence of checksOf(command)) {
      const isScan = evidence.role === "security";
      const flag = isScan ? softFlag(command) : undefined;
      const next = shell[i + 1];
      const check = { job, evidence, command };
      if (flag !== undefined)
        yield { ...check, how: "flag", by: { text: flag, span: command.span }, ...withoutFlag(text, command, flag) };
      else if (command.joint === "||" && next && endsWell(next))
        yield { ...check, how: "next", ...hiddenBy(command, next) };
      else if (lenient && next && shell.findLastIndex(asks) <= i) yield { ...check, how: "shell", by: lenient };
      else if (isScan && !told && onlyPrints(command))
        yield { ...check, how: "prints", by: command, ...failing(text, command) };
    }
  }
}

/** The "set +e" that holds behind a "set". */
function leniencyAfter(set: Command, before: Command | undefined): Command | undefined {
  if (set.words[1] === "+e") return set;
  return set.words.slice(1).some((flag) => /^-\w*e/.test(flag)) ? undefined : before;
}

/** What stands behind a command, and how it is taken away. */
function hiddenBy({ span: { end } }: Command, next: Command): Pick<IgnoredCheck, "by" | "mended"> {
  const seen = next.span.start > end; // not so in a quoted text, whose commands have no places of their own
  const span: Span = { start: end, end: seen ? next.span.end : end };
  return { by: { text: `|| ${next.text}`, span }, ...(seen && { mended: { span, text: "" } }) };
}

/** `check || true`: what comes behind always ends well, and nothing comes behind that. */
const endsWell = ({ words, text, joint }: Command): boolean =>
  joint !== "&&" && (/^(?:true|:|echo|printf)$/.test(words[0] ?? "") || text === "exit 0");

/** Takes the flag out of a command that stands in one piece; an exit code becomes one that fails. */
function withoutFlag(text: string, { span }: Command, flag: string): Pick<IgnoredCheck, "mended"> {
  const at = text.slice(span.start, span.end).indexOf(` ${flag}`);
  if (at < 0) return {};
  const place = { start: span.start + at, end: span.start + at + flag.length + 1 };
  return { mended: { span: place, text: /exit-code/.test(flag) ? ` ${flag.replace(/0$/, "1")}` : "" } };
}

/** Tells a scanner that only prints to fail, where its command stands in one piece. */
function failing(text: string, { words, span, text: own }: Command): Pick<IgnoredCheck, "mended"> {
  if (text.slice(span.start, span.end) !== own) return {};
  const flag = words[0]?.endsWith("grype") ? " --fail-on high" : " --exit-code 1";
  return { mended: { span: { start: span.end, end: span.end }, text: flag } };
}

/** The script looks at how a command has ended. */
const asks = ({ words, text }: Command): boolean => words[0] === "exit" || /\$\?|PIPESTATUS/.test(text);

/** The jobs that hand their findings in to the platform: SARIF on GitHub, reports on GitLab. */
const reportersIn = ({ jobs, outline }: Pipeline): ReadonlySet<string> =>
  new Set([
    ...jobs
      .filter(({ steps }) => steps.some(({ uses }) => /\/upload-sarif(?:@|$)/.test(uses?.text ?? "")))
      .map(({ id }) => id),
    ...outline.jobs
      .filter(({ main = [] }) => main.some(({ role, text }) => role === "security" && text.startsWith("reports: ")))
      .map(({ id }) => id),
  ]);
