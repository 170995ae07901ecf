// "dakota gate N": what a gate rests on, and whether it is passed. A gate is answered by a human in the editor or in the
// tracker; there is no way to answer one from here.

import { gateSheet } from "../engine/report/gate.js";
import { toGateText } from "../engine/report/gate-text.js";
import { parseArguments } from "./arguments.js";
import { chooseStanding, readProtocolWorkspace } from "./standings.js";
import { UsageError } from "./usage.js";

/** Runs the command. @returns the exit code: 0 only where the gate is passed and nothing has fallen back since */
export async function gateCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, { tracker: { type: "string" }, protocol: { type: "string" } });
  const [phase, folder, ...others] = positionals;
  if (phase === undefined || !/^\d{1,2}$/.test(phase) || others.length > 0)
    throw new UsageError('"dakota gate" takes the number of a phase, and a folder where it is not the current one');
  const workspace = await readProtocolWorkspace(folder);
  const standing = chooseStanding(workspace, values);
  if (typeof standing === "string") return refuse(standing);
  const { problem } = standing.progress;
  if (problem !== undefined) return refuse(`${standing.path}: ${problem}`);
  const sheet = gateSheet(standing.protocol, standing.progress, Number(phase));
  if (!sheet) return refuse(`${standing.protocol.title} has no gate of a phase ${phase}`);
  process.stdout.write(toGateText(sheet));
  return sheet.state === "passed" ? 0 : 1;
}

function refuse(reason: string): 2 {
  process.stderr.write(`dakota: ${reason}\n`);
  return 2;
}
