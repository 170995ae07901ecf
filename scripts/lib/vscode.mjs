// A real VS Code from npm alone: the server inside the package code-server, which shows itself in a browser.
// What stays unbuilt (terminal, log files, watchdog) needs a compiler and nothing here needs it.
import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import http from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { installInto, installOwn, prepared } from "./npm.mjs";
import { collect, run, start, wait } from "./processes.mjs";
import { step } from "./steps.mjs";

/** The version of VS Code; code-server 4.x.y is VS Code 1.x.y. */
export const vscodeVersion = "1.100.3";
const codeServer = "4.100.3";
const ripgrep = "1.18.0";

/**
 * Prepares VS Code where that has not been done.
 * @returns {Promise<string>} the script that runs its server
 */
export async function prepareVSCode() {
  const search = `@vscode/ripgrep-${process.platform}-${process.arch}`;
  const recipe = `code-server ${codeServer}, ${search} ${ripgrep}`;
  const make = (/** @type {string} */ folder) =>
    step(`Preparing VS Code ${vscodeVersion}`, async (say) => {
      say("fetching it");
      await installInto(folder, { "code-server": codeServer, [search]: ripgrep }, say);
      const home = vscodeIn(folder);
      say("fetching its packages");
      await installOwn(home, say);
      say("fetching its extensions' packages");
      await installOwn(join(home, "extensions"), say);
      placeSearch(folder, home, search);
      symlinkSync("node_modules", join(home, "node_modules.asar"), "dir");
      await check(home);
    });
  return join(vscodeIn(await prepared(`vscode-${vscodeVersion}`, recipe, make)), "out", "server-main.js");
}

/** @param {string} folder */
const vscodeIn = (folder) => join(folder, "node_modules", "code-server", "lib", "vscode");

/** VS Code looks for ripgrep where its install script, which is not run, would have put it.
 * @param {string} folder @param {string} home @param {string} search */
function placeSearch(folder, home, search) {
  const name = process.platform === "win32" ? "rg.exe" : "rg";
  const target = join(home, "node_modules", "@vscode", "ripgrep", "bin");
  mkdirSync(target, { recursive: true });
  copyFileSync(join(folder, "node_modules", ...search.split("/"), "bin", name), join(target, name));
  chmodSync(join(target, name), 0o755);
}

/** @param {string} home */
async function check(home) {
  const { code, output } = await run(process.execPath, [join(home, "out", "server-main.js"), "--version"]);
  if (code !== 0 || !output.includes(vscodeVersion)) throw new Error(`VS Code does not start:\n${output.trim()}`);
}

/** What keeps VS Code from asking or telling anything. */
const silence = {
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "extensions.ignoreRecommendations": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "update.mode": "none",
  "update.showReleaseNotes": false,
  "git.openRepositoryInParentFolders": "never",
  "git.autofetch": false,
  "remote.autoForwardPorts": false,
  "npm.fetchOnlinePackageInfo": false,
  "json.schemaDownload.enable": false,
  "chat.commandCenter.enabled": false,
  "window.commandCenter": false,
  "workbench.layoutControl.enabled": false,
};

/** @typedef {{ readonly url: string, readonly port: number, readonly child: import("node:child_process").ChildProcess, readonly output: () => string }} Server */

/**
 * Starts the server and waits until it answers.
 * @param {string} script from `prepareVSCode`
 * @param {object} options
 * @param {string} options.data folder for everything it writes
 * @param {string} [options.extensions] folder of installed extensions
 * @param {number} [options.port] a free one when left out
 * @param {string} [options.token] a secret that the browser must know; without it any local user could come in
 * @param {string} [options.folder] what an address without one opens
 * @param {Record<string, unknown>} [options.settings] on top of the ones that keep it silent
 * @param {Record<string, string>} [options.env] on top of ours
 * @returns {Promise<Server>}
 * @throws Error when it ends or does not answer within 40 seconds
 */
export async function startVSCode(
  script,
  { data, extensions = join(data, "extensions"), port, token, folder, settings, env },
) {
  for (const scope of ["User", "Machine"]) writeSettings(join(data, "data", scope), { ...silence, ...settings });
  const chosen = port ?? (await freePort());
  const args = ["--host", "127.0.0.1", "--port", String(chosen), "--accept-server-license-terms"];
  args.push(...(token ? ["--connection-token", token] : ["--without-connection-token"]));
  args.push("--server-data-dir", data, "--user-data-dir", join(data, "data"), "--extensions-dir", extensions);
  if (folder) args.push("--default-folder", folder);
  args.push(
    "--disable-telemetry",
    "--disable-workspace-trust",
    "--disable-update-check",
    "--disable-getting-started-override",
  );
  const child = start(process.execPath, [script, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  const output = collect(child);
  const url = `http://127.0.0.1:${chosen}`;
  const late = Date.now() + 40_000;
  while (!(await answers(`${url}/version`))) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`VS Code's server ended:\n${output().trim()}`);
    if (Date.now() > late) throw new Error(`VS Code's server did not answer at ${url}:\n${output().trim()}`);
    await wait(100);
  }
  return { url, port: chosen, child, output };
}

/** @param {string} folder @param {Record<string, unknown>} settings */
function writeSettings(folder, settings) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "settings.json"), JSON.stringify(settings, null, 2));
}

/**
 * The address that opens a folder or a `.code-workspace` file.
 * @param {Server} server
 * @param {object} options
 * @param {string} options.open absolute path
 * @param {string} [options.token]
 * @param {string} [options.development] folder of the extension to run from its source
 * @param {string} [options.tests] script whose `run` is called in the extension host
 */
export function addressOf({ url, port }, { open, token, development, tests }) {
  const remote = (/** @type {string} */ path) =>
    `vscode-remote://127.0.0.1:${port}${asUrlPath(path).split("/").map(encodeURIComponent).join("/")}`;
  const payload = [["skipWelcome", "true"]];
  if (development) payload.push(["extensionDevelopmentPath", remote(development)]);
  if (tests) payload.push(["extensionTestsPath", remote(tests)]);
  const query = new URLSearchParams({
    ...(token ? { tkn: token } : {}),
    [open.endsWith(".code-workspace") ? "workspace" : "folder"]: asUrlPath(open),
    payload: JSON.stringify(payload),
  });
  return `${url}/?${query}`;
}

/** @param {string} path */
const asUrlPath = (path) => (process.platform === "win32" ? `/${path.replaceAll("\\", "/")}` : path);

/** @returns {Promise<number>} a port on 127.0.0.1 that nobody listens on */
export function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(address !== null && typeof address === "object" ? address.port : 0));
    });
  });
}

/** @param {string} url @returns {Promise<boolean>} */
function answers(url) {
  return new Promise((done) => {
    const request = http.get(url, { timeout: 2000 }, (response) => {
      response.resume();
      done(response.statusCode === 200);
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => done(false));
  });
}
