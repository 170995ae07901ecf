// Commands that print secrets, or everything that surrounds them, to the log of a job.

import type { Command, Pipeline, Setting, Step } from "../../languages/pipeline/model.js";
import { outputOf, pipedInto } from "../../languages/pipeline/output.js";
import { at, type Finding, option, rule } from "../../rule.js";
import { secretWordIn } from "../../secret-names.js";
import { secretUsesIn } from "./_secrets.js";

export default rule({
  on: "pipeline",
  title: "Keep secrets out of the log",
  why: "The log of a job is read by more people than its secrets are meant for, and is kept and copied. Platforms hide a secret only where it stands there letter for letter: a part of it, a line of it, or its encoded form is shown.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Role Definition, CI/CD Pipelines",
  alsoKnownAs: [
    "zizmor unredacted-secrets",
    "checkov CKV_GHA_3",
    "checkov CKV_GITLABCI_1",
    "checkov CKV_CIRCLECIPIPELINES_7",
  ],
  options: {
    names: option.strings([], "Variables that hold no secret, whatever their names"),
  },

  *check(pipeline, { names }) {
    const { text, jobs, shared = [] } = pipeline;
    // GitHub hands a secret to nothing that does not name it.
    if (pipeline.dialect === "github" && !text.includes("secrets")) return;
    for (const { span } of structured(pipeline))
      yield at(span, "a part of a structured secret is taken out, which the log does not hide");
    for (const { name, value } of pipeline.dialect === "gitlab" ? (pipeline.settings ?? []) : [])
      if (name === "CI_DEBUG_TRACE" && /^(?:true|1)$/i.test(value.text))
        yield at(value.span, `"${name}" prints every command and every variable, secrets as well`);
    const handed = secretVariables(pipeline).filter(({ name }) => !names.includes(name));
    const others = (name: string): boolean =>
      pipeline.dialect !== "github" &&
      !names.includes(name) &&
      (secretWordIn(name) !== undefined || jobTokens.test(name)) &&
      !isPlain(pipeline, name);
    for (const { id, steps } of [...jobs, { id: "", steps: shared }])
      for (const step of steps) {
        if (step.commands.length === 0 && !step.script) continue;
        const secrets = new Set(handed.filter((one) => reaches(one, id, step)).map(({ name }) => name));
        const isSecret = (name: string): boolean => secrets.has(name) || others(name);
        yield* traced(step, isSecret);
        yield* listings(pipeline, step, secrets.size > 0);
        yield* told(pipeline, step, isSecret, secrets.size > 0);
      }
  },
});

/** Commands that print a secret, or send it away. */
function* told(
  pipeline: Pipeline,
  step: Step,
  isSecret: (name: string) => boolean,
  hasSecrets: boolean,
): Generator<Finding> {
  for (const [i, written] of step.commands.entries()) {
    const command = asShell(written, pipeline);
    const sent = sentBy(command, isSecret);
    if (sent !== undefined) yield at(command.span, sent);
    const shown = prints.test(command.words[0] ?? "") ? shownBy(command, isSecret, hasSecrets) : undefined;
    const output = shown === undefined ? "elsewhere" : outputOf(pipeline.text, step, i);
    if (shown !== undefined && output !== "elsewhere")
      yield at(command.span, output === "sent" ? shown + alsoSent : shown);
  }
}

const alsoSent = ", and what it prints is sent away";

/** Programs that print variables, or what they are told. */
const prints = /^(?:export|echo|printf|printenv|cat|Write-Host|Write-Output)$/i;

/** Tokens that GitLab gives to every job. Source: GitLab Docs, "Predefined CI/CD variables reference". */
const jobTokens = /^CI_JOB_JWT(?:_V[12])?$/;

/** `env` on its own, which else is a way to start a command, and what does the same. */
const listing = /(?:^|[\n;&|])[ \t]*(?:-[ \t]+)?(env|set|declare -[px]+|export -p)[ \t]*(?=$|[\n;&]|\|([^\n;&|]+))/g;

/** `env`, `env | sort`: it prints every variable where nothing takes that up. */
function* listings({ text }: Pipeline, { script, span }: Step, hasSecrets: boolean): Generator<Finding> {
  const { start, end } = script?.span ?? span;
  for (const match of hasSecrets ? text.slice(start, end).matchAll(listing) : []) {
    const [whole, word = "", reader] = match;
    const output = reader === undefined ? "log" : pipedInto(reader.trim().split(/\s+/));
    const from = start + match.index + whole.indexOf(word);
    const message = `"${word}" prints every variable, secrets as well`;
    if (output !== "elsewhere")
      yield at({ start: from, end: from + word.length }, output === "sent" ? message + alsoSent : message);
  }
}

/** A secret that is all that a request has to say; one among its fields or headers is what opens the door. */
function sentBy({ words }: Command, isSecret: (name: string) => boolean): string | undefined {
  const [program = ""] = words;
  if (!/^(?:curl|wget)$/.test(program)) return undefined;
  for (const [i, word] of words.entries()) {
    const [flag = "", data = words[i + 1] ?? ""] = /^(--[\w-]+)=(.*)$/s.exec(word)?.slice(1) ?? [word];
    if (!/^(?:-d|--data(?:-raw|-binary|-ascii|-urlencode)?|--post-data|--body-data)$/.test(flag)) continue;
    if (/^\$\((?:env|printenv)\b|^`(?:env|printenv)\b/.test(data)) return `"${program}" sends every variable away`;
    const name = /^\$(?:env:)?\{?(\w+)\}?$/.exec(data)?.[1];
    const sent =
      name !== undefined && isSecret(name) ? name : /^\$\{\{[^{}]*\}\}$/.test(data) ? directIn(data) : undefined;
    if (sent !== undefined) return `"${program}" sends "${sent}" itself away, which holds a secret`;
  }
  return undefined;
}

/** `set -x` above a command that uses a secret. */
function* traced({ commands }: Step, isSecret: (name: string) => boolean): Generator<Finding> {
  let trace: Command | undefined;
  for (const command of commands) {
    const [program, ...args] = command.words;
    if (program === "set" && args.some((word) => /^-[a-wyz]*x/.test(word) || word === "xtrace"))
      trace = args.includes("+o") ? undefined : command;
    else if (program === "set" && args.some((word) => /^\+[a-z]*x/.test(word))) trace = undefined;
    const secret = trace && (directIn(command.text) ?? variablesIn(command.text).find(isSecret));
    if (!trace || secret === undefined) continue;
    yield at(trace.span, `"${trace.text}" prints the commands behind it with their values, "${secret}" among them`);
    trace = undefined;
  }
}

/** The stored secret that a command is written with. */
const directIn = (text: string): string | undefined => /\$\{\{\s*secrets\.([\w-]+)\s*\}\}/.exec(text)?.[1];

/** The variables that the shell puts into a command. */
const variablesIn = (text: string): readonly string[] =>
  [
    ...text
      .replace(/'[^']*'|\\\$/g, "")
      .matchAll(/\$(?:env:)?(?:\{(\w+)(?:(?::?[-=?]|:\s?-?\d|[%#/^,])[^}]*)?\}|(\w+))/g),
  ].map((match) => match[1] ?? match[2] ?? "");

/** `$(name)` of Azure as the variable that it is; a name that begins with a verb is a command of the shell. */
const asShell = (command: Command, { dialect }: Pipeline): Command =>
  dialect === "azure"
    ? {
        ...command,
        text: command.text.replace(
          /\$\((?!(?:get|gen|create|make|fetch|read)[a-z]*_)(\w+)\)/gi,
          (_, name) => `\${${name}}`,
        ),
      }
    : command;

/** What a command prints that it had better not, in words. */
function shownBy(
  { words, text }: Command,
  isSecret: (name: string) => boolean,
  hasSecrets: boolean,
): string | undefined {
  const [program = "", ...args] = words;
  const bare = args.length === 0;
  if (hasSecrets && bare && /^(?:printenv|export)$/.test(program))
    return `"${program}" prints every variable, secrets as well`;
  if (!/^(?:echo|printf|printenv|cat|Write-Host|Write-Output)$/i.test(program)) return undefined;
  // What `cat` prints stands in a file, unless it is handed to it.
  if (program === "cat" && !args.some((word) => word.startsWith("<<<"))) return undefined;
  if (/::(?:add-mask|set-output|save-state)|##vso\[task\.set(?:variable|secret)/i.test(text)) return undefined;
  const direct = directIn(text);
  if (direct !== undefined) return `"${program}" prints the secret "${direct}"`;
  const variables = program === "printenv" ? args : variablesIn(text);
  const name = variables.find(isSecret);
  return name === undefined ? undefined : `"${program}" prints "${name}", which holds a secret`;
}

/** Whether a step of the job gets the variable. */
const reaches = ({ job, within }: Setting, id: string, { span }: Step): boolean =>
  within ? within.start <= span.start && span.end <= within.end : (job ?? id) === id;

/** The variables that a stored secret is handed in by. */
const secretVariables = (pipeline: Pipeline): readonly Setting[] =>
  (pipeline.settings ?? []).filter(
    ({ kind, value, stored }) => kind === "variable" && (stored || secretUsesIn(pipeline, value.span).length > 0),
  );

/** A variable whose value stands in the file and is written out is no secret, or another rule's finding. */
const isPlain = ({ settings = [] }: Pipeline, name: string): boolean =>
  settings.some(({ name: other, value, stored }) => other === name && !stored && !value.text.includes("$"));

/** `fromJSON(secrets.X).field` */
function structured({ dialect, text, comments }: Pipeline) {
  if (dialect !== "github") return [];
  return [...text.matchAll(/fromJSON\(\s*secrets(?:\.[\w-]+|\[\s*'[\w-]+'\s*\])\s*\)\s*[.[]/gi)]
    .map((match) => ({ span: { start: match.index, end: match.index + match[0].length - 1 } }))
    .filter(
      ({ span }) => !comments.some((comment) => comment.span.start <= span.start && span.end <= comment.span.end),
    );
}
