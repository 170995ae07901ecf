// npm test: sets up what lacks, builds, and runs every test there is. One part's failure keeps no other part from running.
// Before packages are installed only Node itself is there, hence the imports inside the parts.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { prepareBrowser } from "./lib/browser.mjs";
import { installPackages, runScript } from "./lib/npm.mjs";
import { cache, inModules, root } from "./lib/paths.mjs";
import { end, isEnding, run } from "./lib/processes.mjs";
import { elapsed } from "./lib/steps.mjs";
import { nothing, one, plus, tallyOfSuite, tallyOfVitest } from "./lib/tally.mjs";
import { prepareVSCode } from "./lib/vscode.mjs";

/** @typedef {import("./lib/tally.mjs").Tally} Tally */

// The VS Code that tests run in: the embedded one from npm, or with --desktop the one that Microsoft builds.
/** @type {"desktop" | "embedded"} */
const host = process.argv.includes("--desktop") ? "desktop" : "embedded";

/** @type {readonly (readonly [title: string, part: () => Promise<Tally>])[]} */
const parts = [
  ["Build", build],
  ["Derived files", () => script("gen", "--check")],
  ["Types", () => script("check:types")],
  ["Lint", () => script("check:lint")],
  ["Engine, language server, command line", vitest],
  ["In VS Code, from source", () => inVSCode("suite")],
  ["In VS Code, installed package", installed],
];

async function main() {
  const began = Date.now();
  try {
    await installPackages();
  } catch (error) {
    console.error(messageOf(error));
    return finish(one(false, "packages could not be installed"), began);
  }
  let tally = nothing;
  for (const [title, part] of parts) tally = plus(tally, await runPart(title, part));
  return finish(tally, began);
}

/** @param {string} title @param {() => Promise<Tally>} part */
async function runPart(title, part) {
  const began = Date.now();
  console.log(`\n── ${title}`);
  /** @type {Tally} */
  let tally;
  try {
    tally = await part();
  } catch (error) {
    if (!isEnding()) console.error(messageOf(error));
    tally = one(false, `${title}: ${messageOf(error).split("\n")[0]}`);
  }
  if (isEnding()) return await end(1);
  console.log(`── ${title}: ${tally.passed} passed, ${tally.failed} failed (${elapsed(began)})`);
  return tally;
}

/** @param {Tally} tally @param {number} began */
function finish({ passed, failed, notes }, began) {
  console.log(`\n${elapsed(began)}`);
  for (const note of notes) console.log(note);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

async function build() {
  const { buildPrograms } = await import("./lib/bundle.mjs");
  for (const line of await buildPrograms()) console.log(line);
  return one(true);
}

/** One of package.json's scripts, which counts as one test. @param {string} name @param {readonly string[]} args */
async function script(name, ...args) {
  const code = await runScript(name, args);
  return one(code === 0, code === 0 ? undefined : `npm run ${name} ended with ${code}`);
}

async function vitest() {
  const report = join(cache, "test", "unit.json");
  mkdirSync(join(cache, "test"), { recursive: true });
  rmSync(report, { force: true });
  const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const env = process.stdout.isTTY ? process.env : { ...process.env, NO_COLOR: "1" };
  const { code } = await run(process.execPath, [inModules("vitest/vitest.mjs"), ...args], {
    cwd: root,
    show: true,
    env,
  });
  return tallyOfVitest(existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : undefined, code);
}

/** @param {string} suite folder below test/vscode @param {string} [vsix] a package to install and test */
async function inVSCode(suite, vsix) {
  const { runInVSCode } = await import("../test/vscode/run.mjs");
  if (host === "embedded") {
    await prepareVSCode();
    await prepareBrowser();
  }
  const options = {
    suite: `test/vscode/${suite}`,
    workspace: "test/vscode/workspace",
    host,
    ...(vsix ? { vsix } : {}),
  };
  return tallyOfSuite(suite, await runInVSCode(options));
}

async function installed() {
  const { packageExtension } = await import("./lib/package.mjs");
  const { file, bytes } = await packageExtension();
  console.log(`${file}: ${(bytes / 1024).toFixed(0)} KB`);
  return plus(one(true), await inVSCode("installed", file));
}

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));

await end(await main());
