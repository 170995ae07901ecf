// "dakota report": the protocols of a workspace as one page of HTML.

import { writeFile } from "node:fs/promises";
import { toProtocolHtml } from "../engine/report/protocol-html.js";
import { reasonOf } from "../host/files.js";
import { parseArguments } from "./arguments.js";
import { exitCodeOf, readProtocolWorkspace } from "./standings.js";
import { UsageError } from "./usage.js";

/** Runs the command. @returns the exit code: 2 where there is no tracker, one cannot be read, or the page cannot be written */
export async function reportCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, { out: { type: "string" } });
  const [folder, ...others] = positionals;
  if (others.length > 0) throw new UsageError('"dakota report" takes one folder');
  const { name, status, lists, shown } = await readProtocolWorkspace(folder);
  const runs = lists.flatMap((list) => list.runs.map((run) => ({ ...run, path: shown(run.file.path) })));
  const page = toProtocolHtml({ title: name, date: new Date().toISOString().slice(0, 10), ...status, runs });
  if (values.out === undefined) {
    process.stdout.write(page);
    return exitCodeOf(status);
  }
  try {
    await writeFile(values.out, page);
  } catch (error) {
    const folderMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    process.stderr.write(`dakota: ${values.out}: ${folderMissing ? "there is no such folder" : reasonOf(error)}\n`);
    return 2;
  }
  return exitCodeOf(status);
}
