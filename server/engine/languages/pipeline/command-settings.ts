// What scripts hand to programs under a name: variables set for them, flags with a value, headers, logins.

import type { Span } from "../../text.js";
import type { Command, Pipeline, Setting, Step } from "./model.js";

/** A value in a script. `name` says what it is; `shown` is how it is written there. */
export interface CommandSetting extends Setting {
  readonly shown: string;
}

/** Steps, with those that every job has: each place once, however many jobs share it. */
function* stepsOf({ jobs, shared = [] }: Pipeline): Generator<Step> {
  const seen = new Set<number>();
  for (const step of [...shared, ...jobs.flatMap(({ steps }) => steps)]) {
    if (seen.has(step.span.start)) continue;
    seen.add(step.span.start);
    yield step;
  }
}

/** Every value under a name that may be a secret's, in the scripts of a pipeline. */
export function* commandSettings(pipeline: Pipeline): Generator<CommandSetting> {
  for (const step of stepsOf(pipeline)) {
    if (step.commands.length === 0 && !step.script) continue;
    const { start, end } = step.script?.span ?? step.span;
    if (mayHoldSecret.test(pipeline.text.slice(start, end))) yield* once(settingsOf(pipeline, step, { start, end }));
  }
}

const mayHoldSecret = /pass|pwd|secret|token|key|cred|auth|-[aHpPu]/i;

function* once(found: Iterable<CommandSetting>): Generator<CommandSetting> {
  const seen = new Set<string>();
  for (const one of found) {
    const place = `${one.value.span.start} ${one.value.text}`;
    if (!seen.has(place)) yield one;
    seen.add(place);
  }
}

function* settingsOf(pipeline: Pipeline, { commands }: Step, region: Span): Generator<CommandSetting> {
  yield* assignmentsIn(pipeline, region);
  for (const [i, command] of commands.entries()) {
    for (const { shown, name = shown, text, kind = "variable" } of valuesOf(command, commands[i - 1]))
      if (!/[$`\\]|^(?:-|@|<)|^(?:env|file|fd|stdin|id|type|src)[:=]/.test(text))
        yield { name, shown, value: { text, span: placeOf(pipeline, commands, command, text) }, kind };
  }
}

/** `NAME=value` where a command starts, in a heredoc as well; `$env:NAME = "value"` and `$name = "value"` of PowerShell. */
const assignment =
  /(?:^|[\n;&|])[ \t]*(?:-[ \t]+)?(?:(?:export|readonly|local|declare|set|env)[ \t]+)*(?:([A-Za-z_]\w*)=|\$(?:env:)?(\w+)[ \t]*=[ \t]*(?=["']))(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"';&|()<>]+))/gi;

function* assignmentsIn({ text }: Pipeline, region: Span): Generator<CommandSetting> {
  const start = region.start + (/["']/.test(text[region.start] ?? "") ? 1 : 0);
  for (const match of text.slice(start, region.end).matchAll(assignment)) {
    const [whole, plain, variable, ...values] = match;
    const name = plain ?? variable ?? "";
    const value = values.find((one) => one !== undefined) ?? "";
    const from = start + match.index + whole.search(/\S/);
    const before = text.slice(Math.max(start, text.lastIndexOf("\n", from) + 1), from);
    const behind = text.slice(from, from + 300).split("\n", 1)[0] ?? "";
    // Within quotes it is a part of something else: of a connection string, of a sentence.
    const quoted = (before.match(/["']/g)?.length ?? 0) % 2 === 1;
    if (/[$`\\]/.test(value) || quoted || isLocal.test(behind)) continue;
    const at = start + match.index + whole.lastIndexOf(value);
    yield { name, shown: name, value: { text: value, span: { start: at, end: at + value.length } }, kind: "variable" };
  }
}

interface Value {
  readonly shown: string;
  /** What it is, where what is written does not say so. */
  readonly name?: string;
  readonly text: string;
  readonly kind?: Setting["kind"];
}

/** What runs beside the job has passwords that open nothing else. */
const isLocal = /\b(?:localhost|127\.0\.0\.1)\b/;

/** Programs that only look at text, or show it. */
const readers = /^(?:e?grep|rg|sed|awk|jq|yq|test|\[\[?|find|printf|Write-Host)$/;

function* valuesOf(command: Command, before: Command | undefined): Generator<Value> {
  const { words, text } = command;
  const [program = ""] = words;
  yield* toldToAgent(text);
  const secured = words.findIndex((word) => /^ConvertTo-SecureString$/i.test(word));
  const literal = secured < 0 ? undefined : words.slice(secured + 1).find((word) => !word.startsWith("-"));
  if (literal !== undefined) yield { shown: words[secured] ?? "", name: "password", text: literal };
  if (before?.joint === "|" && before.words[0] === "echo" && words.includes("--password-stdin"))
    yield { shown: "--password-stdin", text: before.words.at(-1) ?? "" };
  if (readers.test(program) || (program === "echo" && !words.some((word) => word.startsWith(">")))) return;
  if (isLocal.test(text)) return;
  const own = ownFlags(words);
  for (const [i, word] of words.entries()) {
    const next = words[i + 1] ?? "";
    const named = /^(?:-D|--?[\w-]+=)?-{0,2}([A-Za-z_/][\w.:/-]*)=(.+)$/s.exec(word);
    if (/^http\S*\.extraheader/i.test(word))
      yield* headerIn(word.includes("=") ? word.slice(word.indexOf("=") + 1) : next);
    else if (named?.[1] !== undefined && named[2] !== undefined) yield { shown: named[1], text: named[2] };
    else if (secretFlag.test(word))
      yield { shown: word, name: word.replace(/(?:store|key)pass$/i, "password"), text: next };
    else if (/^(?:-H|--header)$/.test(word)) yield* headerIn(next);
    else if (word === "set" && /^config(?:ure)?$/.test(words[i - 1] ?? ""))
      yield { shown: next, text: words[i + 2] ?? "" };
    else if (own?.test(word)) yield* ofOwnFlag(word, next);
  }
}

/** Flags whose value is a secret, by their names. */
const secretFlag =
  /^--?[\w-]*(?:password|passwd|passphrase|storepass|keypass|token|secret|secret-?key|api-?key|access-?key|private-?key)$/i;

/** Short flags that are handed a password, or a name and a password, by the programs that have them. */
const shortFlags: readonly (readonly [command: RegExp, flag: RegExp])[] = [
  [/^(?:docker|podman|buildah|nerdctl|skopeo|oras|crane|az|oc|cf|helm registry|twine) (?:login|upload)\b/, /^-p$/],
  [/^(?:sshpass|mongo|mongosh|mongodump) /, /^-p/],
  [/^(?:mysql|mysqldump|mysqladmin|mariadb) /, /^-p./],
  [/^(?:zip|sqlcmd) /, /^-P$/],
  [/^redis-cli /, /^-a$/],
  [/^(?:curl|http|https) /, /^(?:-u|--user|-a)$/],
];

const ownFlags = (words: readonly string[]): RegExp | undefined => {
  const line = `${words.slice(0, 3).join(" ")} `;
  return shortFlags.find(([command]) => command.test(line))?.[1];
};

function* ofOwnFlag(word: string, next: string): Generator<Value> {
  if (/^(?:-u|--user|-a)$/.test(word) && next.includes(":"))
    yield { shown: word, name: "password", text: next.slice(next.indexOf(":") + 1) };
  else if (/^-p./.test(word)) yield { shown: "-p", name: "password", text: word.slice(2) };
  else if (/^-[pPa]$/.test(word)) yield { shown: word, name: "password", text: next };
}

/** `Authorization: Bearer …`, `X-Api-Key: …` */
function* headerIn(header: string): Generator<Value> {
  const [, name, text] = /^([\w-]+):\s*(?:(?:Bearer|Basic|token|ApiKey)\s+)?(\S+)$/i.exec(header) ?? [];
  if (name !== undefined && text !== undefined)
    yield { shown: name, ...(/^authorization$/i.test(name) && { name: "auth token" }), text };
}

/** A value that a script of Azure Pipelines declares to be a secret. Source: Microsoft Learn, "Logging commands". */
function* toldToAgent(text: string): Generator<Value> {
  const [, settings = "", value] = /##vso\[task\.setvariable ([^\]]*)\]([^\s"']+)/i.exec(text) ?? [];
  const [, name] = /variable=([\w.-]+)/i.exec(settings) ?? [];
  if (value !== undefined && name !== undefined && /issecret=true/i.test(settings))
    yield { shown: name, name: "password", text: value, kind: "login" };
}

/** The value itself where it is written as it is, else the command. */
function placeOf({ text }: Pipeline, commands: readonly Command[], { span }: Command, value: string): Span {
  // What is piped into a command stands before it.
  const from = text.slice(span.start, span.end).includes(value) ? span.start : (commands[0]?.span.start ?? span.start);
  const at = text.slice(from, span.end).lastIndexOf(value);
  return at < 0 ? span : { start: from + at, end: from + at + value.length };
}
