// The command line: arguments in, exit code out.

import { version } from "../../package.json";
import { checkCommand } from "./check.js";
import { gateCommand } from "./gate.js";
import { pipelineCommand } from "./pipeline.js";
import { protocolCommand } from "./protocol.js";
import { reportCommand } from "./report.js";
import { statusCommand } from "./status.js";
import { UsageError, usage } from "./usage.js";

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  check: checkCommand,
  gate: gateCommand,
  pipeline: pipelineCommand,
  protocol: protocolCommand,
  report: reportCommand,
  status: statusCommand,
};

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    process.stdout.write(usage);
    return name === undefined ? 2 : 0;
  }
  if (name === "--version" || name === "-v") {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UsageError(`there is no command "${name}"`);
  return command(args);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const told =
      error instanceof UsageError
        ? `${error.message}; see "dakota --help"`
        : error instanceof Error
          ? error.stack
          : error;
    process.stderr.write(`dakota: ${told}\n`);
    process.exitCode = 2;
  },
);
