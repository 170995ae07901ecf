// The shell commands of RUN, CMD, ENTRYPOINT and HEALTHCHECK: their words with places, and what is fed to them.

import type { Span } from "../../text.js";
import { readHead } from "./instruction.js";
import { type Logical, readLogical } from "./lines.js";
import { chainOf, type Dockerfile, type Instruction, type Stage } from "./model.js";
import { piecesOf, type Region, type ShellWord } from "./shell-words.js";

export type { ShellWord } from "./shell-words.js";

export interface Command {
  /** What stands before the program: keywords, assignments, `sudo` and `env` with their flags. */
  readonly prefix: readonly ShellWord[];
  /** The program and its arguments, redirections taken out; never empty. */
  readonly words: readonly ShellWord[];
  /** The program without its folder and ending. */
  readonly program: string;
  /** The command whose output it reads. */
  readonly input: Command | undefined;
  /** Texts that a heredoc or a here-string feeds to it, one for each line. */
  readonly fed: readonly ShellWord[];
  /** How many heredocs it reads. */
  readonly heredocs: number;
}

const cache = new WeakMap<Instruction, readonly Command[]>();

/**
 * The commands of an instruction in their order, those inside `$( )` and behind `sh -c` included; none where another shell
 * than a POSIX one reads them.
 */
export function commandsOf(file: Dockerfile, instruction: Instruction): readonly Command[] {
  const known = cache.get(instruction);
  if (known) return known;
  const commands = runsCommands.has(instruction.name) ? readCommands(file, instruction) : [];
  cache.set(instruction, commands);
  return commands;
}

const runsCommands = new Set(["RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK"]);

function readCommands(file: Dockerfile, instruction: Instruction): readonly Command[] {
  if (instruction.exec) return fromWords(instruction.words.map(toLiteral));
  if (!hasPosixShell(file, instruction)) return [];
  const { logical } = readLogical(file.text, instruction.span.start, file.escapeMark, () => {});
  const region = regionOf(logical, argumentsAt(logical, instruction));
  const list = instruction.name === "HEALTHCHECK" ? jsonList(region) : undefined;
  if (list) return fromWords(list);
  return instruction.heredocs.length > 0 ? withHeredocs(file, instruction, region) : fromRegion(region);
}

/** The words of `HEALTHCHECK CMD ["…"]`, which share one place. */
function jsonList({ text, from, to, locate }: Region): readonly ShellWord[] | undefined {
  const source = text.slice(from, to).trim();
  if (!source.startsWith("[")) return undefined;
  try {
    const list: unknown = JSON.parse(source);
    const span = locate(from, to);
    return Array.isArray(list) ? list.map((item) => ({ value: String(item), span, literal: true })) : undefined;
  } catch {
    return undefined; // not JSON: BuildKit takes it as shell text as well
  }
}

/** Behind keyword and flags, and behind the CMD of a health check. */
function argumentsAt(logical: Logical, { name, flags }: Instruction): number {
  let at = readHead(logical).argumentsAt;
  for (const _ of flags) at = behind(logical.text, at);
  return name === "HEALTHCHECK" && /^CMD\b/i.test(logical.text.slice(at, at + 4)) ? behind(logical.text, at) : at;
}

/** Behind the word at `at` and the blanks that follow it; blanks in quotes belong to the word. */
function behind(text: string, at: number): number {
  const word = /(?:"[^"]*"|'[^']*'|\S)+\s*/y;
  word.lastIndex = at;
  return word.test(text) ? word.lastIndex : text.length;
}

const toLiteral = ({ value, span }: { readonly value: string; readonly span: Span }): ShellWord => ({
  value,
  span,
  literal: true,
});

/** The shell form is read by the nearest SHELL, else by the base's own: `sh`, but on Windows, where "`" escapes, `cmd`. */
function hasPosixShell({ escapeMark }: Dockerfile, { stage, span }: Instruction): boolean {
  const shell = stage && nearestShell(stage, span.start);
  if (!shell) return escapeMark !== "`" && !windowsBase.test(bottomImage(stage));
  return /^(?:.*\/)?(?:ba|da|z|k|a)?sh$/.test(shell.words[0]?.value ?? "");
}

const windowsBase = /windows|nanoserver|servercore/i;

function bottomImage(stage: Stage | undefined): string {
  const base = stage && chainOf(stage).at(-1)?.base;
  return base?.kind === "image" ? base.image.text : "";
}

function nearestShell(stage: Stage, before: number): Instruction | undefined {
  for (const { instructions } of chainOf(stage)) {
    const own = instructions.findLast(
      ({ name, onbuild, exec, span }) => name === "SHELL" && !onbuild && exec && span.start < before,
    );
    if (own) return own;
  }
  return undefined;
}

/**
 * `RUN <<EOF` hands its lines to the shell, or to the interpreter that its first line names; a heredoc behind a command
 * (`RUN cat <<EOF`) is that command's input.
 */
function withHeredocs(file: Dockerfile, { heredocs }: Instruction, region: Region): readonly Command[] {
  const bodies = heredocs.flatMap(({ body }) => (body ? [body] : []));
  const outer = fromRegion(region);
  if (bodies.length !== heredocs.length) return outer;
  const [first] = bodies;
  if (outer.length === 0)
    return first && isShellScript(file.text.slice(first.start, first.end)) ? scriptIn(file, first) : [];
  let next = 0;
  return outer.flatMap((command): readonly Command[] => {
    const own = bodies.slice(next, next + command.heredocs);
    next += own.length;
    const last = own.at(-1);
    if (!last) return [command];
    const runsIt =
      shells.test(command.program) && command.words.every(({ value }, i) => i === 0 || value.startsWith("-"));
    return runsIt ? [command, ...scriptIn(file, last)] : [{ ...command, fed: linesIn(file.text, last) }];
  });
}

const isShellScript = (body: string): boolean =>
  !body.startsWith("#!") || /^#!\s*\S*\/(?:env\s+)?(?:\S*\/)?(?:ba|da|z|k|a)?sh\b/.test(body);

const scriptIn = ({ text }: Dockerfile, { start, end }: Span): readonly Command[] =>
  fromRegion({ text, from: start, to: end, locate: (from, to) => ({ start: from, end: to }), depth: 0 });

function linesIn(text: string, { start, end }: Span): readonly ShellWord[] {
  return [...text.slice(start, end).matchAll(/[^\r\n]+/g)].map(({ 0: value, index }) => ({
    value,
    span: { start: start + index, end: start + index + value.length },
    literal: !/[$`]/.test(value),
  }));
}

/** The whole joined text from `from` on, with a way back to the file. */
function regionOf({ text, pieces }: Logical, from: number): Region {
  const starts: number[] = [];
  let base = 0;
  for (const { start, end } of pieces) {
    starts.push(base);
    base += end - start;
  }
  const place = (offset: number): number => {
    let index = 0;
    for (let high = starts.length - 1; index < high; ) {
      const middle = (index + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) index = middle;
      else high = middle - 1;
    }
    return (pieces[index]?.start ?? 0) + offset - (starts[index] ?? 0);
  };
  const locate = (start: number, end: number): Span => ({
    start: place(start),
    end: place(Math.max(start, end - 1)) + 1,
  });
  return { text, from, to: text.length, locate, depth: 0 };
}

/** `$( )` and `sh -c` deeper than this are not looked into. */
const deepest = 4;

function fromRegion(region: Region): readonly Command[] {
  const commands: Command[] = [];
  let words: ShellWord[] = [];
  let fed: ShellWord[] = [];
  let heredocs = 0;
  let input: Command | undefined;
  const close = (piped: boolean): void => {
    const command = toCommand(words, { input, fed, heredocs });
    if (command) {
      commands.push(command);
      if (region.depth < deepest) commands.push(...innerCommands(command, region));
    }
    input = piped ? command : undefined;
    words = [];
    fed = [];
    heredocs = 0;
  };
  for (const piece of piecesOf(region)) {
    if (piece.kind === "end") close(piece.piped);
    else if (piece.kind === "heredoc") heredocs++;
    else {
      (piece.kind === "fed" ? fed : words).push(piece.word);
      if (region.depth < deepest) commands.push(...substituted(piece.inner, region));
    }
  }
  close(false);
  return commands;
}

const substituted = (inner: readonly Span[], { depth, ...region }: Region): readonly Command[] =>
  inner.flatMap(({ start, end }) => fromRegion({ ...region, from: start, to: end, depth: depth + 1 }));

const shells = /^(?:ba|da|z|k|a)?sh$/;

/** The commands in the text that a shell is handed as an argument: `bash -c "…"`, `su app -c '…'`. */
function innerCommands({ program, words }: Command, { depth }: Region): readonly Command[] {
  if (!shells.test(program) && program !== "su") return [];
  const flag = words.findIndex(({ value }) => /^-[a-z]*c$/.test(value));
  const script = flag > 0 ? words[flag + 1] : undefined;
  if (!script) return [];
  const { value, span } = script;
  // The quotes are taken off: offsets hold as long as nothing else was.
  const shift = (span.end - span.start - value.length) / 2;
  const exact = shift === 0 || shift === 1;
  const locate = (start: number, end: number): Span =>
    exact ? { start: span.start + shift + start, end: span.start + shift + end } : span;
  return fromRegion({ text: value, from: 0, to: value.length, locate, depth: depth + 1 });
}

function fromWords(words: readonly ShellWord[]): readonly Command[] {
  const command = toCommand(words, { input: undefined, fed: [], heredocs: 0 });
  if (!command) return [];
  return [
    command,
    ...innerCommands(command, { text: "", from: 0, to: 0, locate: () => ({ start: 0, end: 0 }), depth: 0 }),
  ];
}

function toCommand(all: readonly ShellWord[], reads: Pick<Command, "input" | "fed" | "heredocs">): Command | undefined {
  const first = programAt(all);
  const program = all[first];
  if (!program) return undefined;
  const name = program.value.slice(program.value.lastIndexOf("/") + 1).replace(/\.(?:exe|cmd|bat)$/i, "");
  return { prefix: all.slice(0, first), words: all.slice(first), program: name, ...reads };
}

const keywords = new Set(["if", "then", "elif", "else", "do", "while", "until", "!", "{", "time", "exec", "nohup"]);
const sudoValue = /^-[ugUCDhpRrtT]$|^--(?:user|group|host|prompt|chdir|chroot|role|type|other-user)$/;

/** Where the program stands that a command runs. */
function programAt(words: readonly ShellWord[]): number {
  let at = 0;
  for (;;) {
    const value = words[at]?.value;
    const next = words[at + 1]?.value ?? "";
    if (value === undefined) return at;
    if (keywords.has(value) || /^[A-Za-z_]\w*\+?=/.test(value)) at++;
    else if (isSudo(value)) at = behindFlags(words, at + 1, sudoValue);
    else if (value === "env" || value === "/usr/bin/env") at = behindFlags(words, at + 1, /^-[uCS]$/);
    else if (value === "command" && !/^-[vV]/.test(next)) at++;
    else return at;
  }
}

const isSudo = (value: string): boolean => value === "sudo" || value.endsWith("/sudo");

function behindFlags(words: readonly ShellWord[], from: number, takesValue: RegExp): number {
  let at = from;
  for (;;) {
    const value = words[at]?.value;
    if (value === undefined || !value.startsWith("-")) return at;
    if (value === "--") return at + 1;
    at += takesValue.test(value) ? 2 : 1;
  }
}

/** The word `sudo` before the program of a command. */
export const sudoOf = ({ prefix, words }: Command): ShellWord | undefined =>
  [...prefix, ...words.slice(0, 1)].find(({ value }) => isSudo(value));
