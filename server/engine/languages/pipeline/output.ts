// Where the output of a command goes: to the log of its job, to another machine, or to what takes it up.

import type { Command, Step } from "./model.js";

export type Output = "log" | "sent" | "elsewhere";

/** Programs that print what they read, or a part of it, in another order or form. */
const showing = /^(?:base64|base32|xxd|od|hexdump|rev|sort|fold|tee|cat|jq|tr|cut|sed|awk|head|tail)$/;

/** Programs that hand what they read to another machine. */
const sending = /^(?:curl|wget|nc|ncat|netcat)$/;

/** Where the output of the command at `index` of a step goes, through the commands that it is piped into. */
export function outputOf(text: string, step: Pick<Step, "commands">, index: number): Output {
  const { commands } = step;
  const command = commands[index];
  if (!command) return "elsewhere";
  if (command.joint === "|") {
    const { words } = commands[index + 1] ?? { words: [] };
    const through = pipedInto(words);
    return through === "log" ? outputOf(text, step, index + 1) : through;
  }
  return isRedirected(command, text) || isValue(command, text, commands.slice(index + 1)) ? "elsewhere" : "log";
}

/** What a program that is piped into does with what it reads: "log" where it prints it. */
export function pipedInto([program = "", ...args]: readonly string[]): Output {
  if (sending.test(program)) return args.some((word) => /(?:^|=)@-$/.test(word)) ? "sent" : "elsewhere";
  const decodes = args.some((word) => /^(?:-d|-D|--decode)$/.test(word) && !/^(?:cut|tr)$/.test(program));
  const keeps = program === "tee" && args.some((word) => /^[^->]/.test(word) && !word.startsWith("/dev/std"));
  return showing.test(program) && !decodes && !keeps ? "log" : "elsewhere";
}

const isRedirected = ({ words, span }: Command, text: string): boolean =>
  words.some((word) => /^(?:\d|&)?>{1,2}/.test(word) && !/^>&|^1?>&2|\/dev\/std(?:out|err)|^2>/.test(word)) ||
  /^["']?\s*>{1,2}/.test(text.slice(span.end, span.end + 4)) ||
  /^\s*\}\s*>/.test(text.slice(span.end, span.end + 40));

/** Whether a command stands within `$( )` or backticks: the command round it comes behind it, or only assigns. */
function isValue({ span }: Command, text: string, behind: readonly Command[]): boolean {
  if (behind.some((other) => other.span.start <= span.start && span.end <= other.span.end)) return true;
  const line = text.slice(Math.max(text.lastIndexOf("\n", span.start - 1) + 1, span.start - 200), span.start);
  return line.lastIndexOf("$(") > line.lastIndexOf(")") || (line.match(/`/g)?.length ?? 0) % 2 === 1;
}
