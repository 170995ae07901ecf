// "dakota status": phases, steps, evidence, gates and findings, in the words of the tree in the editor.

import { toStatusJson } from "../engine/report/status-json.js";
import { toStatusMarkdown } from "../engine/report/status-markdown.js";
import { toStatusText } from "../engine/report/status-text.js";
import { parseArguments } from "./arguments.js";
import { exitCodeOf, readProtocolWorkspace } from "./standings.js";
import { UsageError } from "./usage.js";

const formats: Readonly<Record<string, typeof toStatusText>> = {
  text: toStatusText,
  json: toStatusJson,
  markdown: toStatusMarkdown,
};

/** Runs the command. @returns the exit code: 2 where there is no tracker, or one cannot be read */
export async function statusCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, { format: { type: "string" } });
  const [folder, ...others] = positionals;
  if (others.length > 0) throw new UsageError('"dakota status" takes one folder');
  const wanted = values.format ?? "text";
  const format = Object.hasOwn(formats, wanted) ? formats[wanted] : undefined;
  if (!format) throw new UsageError(`--format is one of ${Object.keys(formats).join(", ")}, not "${wanted}"`);
  const { status } = await readProtocolWorkspace(folder);
  process.stdout.write(format(status));
  return exitCodeOf(status);
}
