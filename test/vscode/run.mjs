// Runs a suite in VS Code through @vscode/test-electron: in its own download of the desktop VS Code, or in the embedded one.
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { downloadAndUnzipVSCode, runTests, runVSCodeCommand } from "@vscode/test-electron";
import { cache, inProject, root } from "../../scripts/lib/paths.mjs";
import { atEnd, run, wait } from "../../scripts/lib/processes.mjs";
import { buildSuite } from "../../scripts/lib/suites.mjs";
import { prepareVSCode, vscodeVersion } from "../../scripts/lib/vscode.mjs";

/** @typedef {{ readonly title: string, readonly state: "passed" | "failed" | "skipped", readonly milliseconds: number, readonly error?: string }} TestResult */
/** @typedef {{ readonly finished: boolean, readonly tests: readonly TestResult[] }} SuiteResult */

/**
 * @param {object} options
 * @param {string} options.suite folder of test files, with `/`
 * @param {string} options.workspace folder to copy and open, with `/`; tests may change it
 * @param {string} [options.folderName] of the copy; the usual one has what paths can have
 * @param {"embedded" | "desktop"} options.host
 * @param {string} [options.vsix] a package to install and test instead of the project's own folder
 * @param {Record<string, string>} [options.env] on top of ours
 * @returns {Promise<SuiteResult>} the tests that ran; `finished` is false when VS Code ended before the suite did
 */
export async function runInVSCode({ suite, workspace, folderName = "wörk space", host, vsix, env }) {
  const name = suite.slice(suite.lastIndexOf("/") + 1);
  const tests = await buildSuite(suite, name);
  const temporary = mkdtempSync(join(tmpdir(), "dakota-tests-"));
  const pid = join(temporary, "pid");
  const forget = atEnd(async () => {
    await endLauncher(pid);
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  });
  const results = join(cache, "test", `${name}.json`);
  mkdirSync(join(cache, "test"), { recursive: true });
  rmSync(results, { force: true });
  try {
    const extensions = join(temporary, "extensions");
    const data = join(temporary, "data");
    if (vsix) await install(host, vsix, extensions, data);
    const launchArgs = [
      copyOf(workspace, join(temporary, folderName)),
      `--extensions-dir=${extensions}`,
      `--user-data-dir=${data}`,
    ];
    await runTests({
      ...(host === "desktop" ? { version: vscodeVersion } : { vscodeExecutablePath: launcher() }),
      launchArgs: vsix ? launchArgs : [...launchArgs, "--disable-extensions"],
      extensionDevelopmentPath: vsix ? emptyExtension(temporary) : root,
      extensionTestsPath: tests,
      extensionTestsEnv: { ...env, DAKOTA_TEST_RESULTS: results, DAKOTA_TEST_PID: pid },
    }).catch((error) => console.error(error instanceof Error ? error.message : error));
  } finally {
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
    forget();
  }
  return existsSync(results) ? JSON.parse(readFileSync(results, "utf8")) : { finished: false, tests: [] };
}

/** Tests write into their workspace. @param {string} workspace @param {string} copy */
function copyOf(workspace, copy) {
  cpSync(inProject(workspace), copy, { recursive: true });
  return copy;
}

/** VS Code runs tests only for an extension in development: this one has nothing in it. @param {string} temporary */
function emptyExtension(temporary) {
  const folder = join(temporary, "empty");
  mkdirSync(folder);
  const manifest = { name: "empty", publisher: "dakota-test", version: "0.0.0", engines: { vscode: "*" } };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  return folder;
}

function launcher() {
  const script = inProject("test/vscode/launcher.mjs");
  if (process.platform !== "win32") {
    chmodSync(script, 0o755);
    return script;
  }
  // Windows starts no scripts but its own.
  const start = join(cache, "launcher.cmd");
  writeFileSync(start, `@"${process.execPath}" "${script}" %*\r\n`);
  return start;
}

/** runTests starts the launcher and keeps it to itself, so it says who it is. @param {string} file that holds its id */
async function endLauncher(file) {
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8"));
  const late = Date.now() + 10_000;
  try {
    process.kill(pid, "SIGTERM");
    while (Date.now() < late) {
      process.kill(pid, 0);
      await wait(50);
    }
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}

/** @param {"embedded" | "desktop"} host @param {string} vsix @param {string} extensions @param {string} data */
async function install(host, vsix, extensions, data) {
  const args = ["--install-extension", vsix, "--extensions-dir", extensions, "--user-data-dir", data];
  if (host === "desktop") {
    await downloadAndUnzipVSCode(vscodeVersion);
    await runVSCodeCommand(args, { version: vscodeVersion });
    return;
  }
  const server = await prepareVSCode();
  const { code, output } = await run(process.execPath, [server, ...args, "--accept-server-license-terms"]);
  if (code !== 0 || !existsSync(extensions)) throw new Error(`${vsix} cannot be installed:\n${output.trim()}`);
}
