// npm start [-- --desktop | --no-open | --port N]: builds Dakota and opens examples/ with it in a real VS Code.
// Before packages are installed only Node itself is there, hence the import of what builds inside the step.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openAddress } from "./lib/desktop.mjs";
import { installPackages } from "./lib/npm.mjs";
import { inProject, root } from "./lib/paths.mjs";
import { atEnd, end, isEnding, run } from "./lib/processes.mjs";
import { step } from "./lib/steps.mjs";
import { prepareVSCode, startVSCode, vscodeVersion } from "./lib/vscode.mjs";

const usage = `npm start -- [options]
  --desktop   open the desktop VS Code whose "code" is on the PATH
  --no-open   only say the address, open no browser
  --port N    listen on this port of 127.0.0.1; a free one without it`;

async function main() {
  const options = optionsOf(process.argv.slice(2));
  await installPackages();
  await step("Building", async () => (await import("./lib/bundle.mjs")).buildPrograms());
  const folder = inProject("examples");
  if (!existsSync(folder)) throw new Error(`${folder} is not there`);
  return options.desktop ? await openDesktop(folder) : await serve(folder, options);
}

/** @param {readonly string[]} args */
function optionsOf(args) {
  const { values } = parseArgs({
    args: [...args],
    options: { desktop: { type: "boolean" }, "no-open": { type: "boolean" }, port: { type: "string" } },
  });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536))
    throw new Error(`"${values.port}" is no port`);
  return { desktop: values.desktop === true, open: values["no-open"] !== true, port };
}

/** @param {string} folder */
async function openDesktop(folder) {
  const { code } = await run("code", [`--extensionDevelopmentPath=${root}`, folder], {
    show: true,
    shell: process.platform === "win32",
  }).catch(() => ({ code: 127 }));
  if (code !== 127) return code;
  throw new Error(
    '"code" is not on the PATH. VS Code puts it there: "Shell Command: Install \'code\' command in PATH"',
  );
}

/** @param {string} folder @param {{ open: boolean, port: number | undefined }} options */
async function serve(folder, { open, port }) {
  const script = await prepareVSCode();
  const data = mkdtempSync(join(tmpdir(), "dakota-start-"));
  atEnd(() => rmSync(data, { recursive: true, force: true, maxRetries: 5 }));
  const token = randomBytes(16).toString("hex");
  const server = await step("Starting VS Code", () =>
    startVSCode(script, { data, extensions: linkedExtension(data), folder, token, ...(port ? { port } : {}) }),
  );
  const address = `${server.url}/?tkn=${token}`;
  console.log(`\nVS Code ${vscodeVersion} with Dakota and ${folder}:\n\n  ${address}\n\nCtrl-C ends it.`);
  if (open) openAddress(address);
  return await new Promise((done) => {
    server.child.once("exit", (code) => {
      if (isEnding()) return;
      console.error(`VS Code's server ended:\n${server.output().trim().split("\n").slice(-15).join("\n")}`);
      done(code || 1);
    });
  });
}

/**
 * A folder of installed extensions that has the project itself in it: what is built anew is there after reloading the window.
 * @param {string} data
 */
function linkedExtension(data) {
  const { publisher, name, version } = JSON.parse(readFileSync(inProject("package.json"), "utf8"));
  const extensions = join(data, "extensions");
  mkdirSync(extensions);
  symlinkSync(root, join(extensions, `${publisher}.${name}-${version}`), "junction");
  return extensions;
}

try {
  await end(await main());
} catch (error) {
  if (isEnding()) await end(1);
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof TypeError && "code" in error) console.error(`\n${usage}`);
  await end(1);
}
