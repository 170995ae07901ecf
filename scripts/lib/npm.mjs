// Calls npm: our own packages, and programs that only development needs, each in a folder of its own under .cache/.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cache, root } from "./paths.mjs";
import { run, wait } from "./processes.mjs";
import { step } from "./steps.mjs";

const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];
const pauses = [2000, 8000, 20_000];

/** Installs our packages where node_modules is not what package-lock.json says. */
export async function installPackages() {
  if (packagesMatch()) return;
  await step("Installing packages", (say) => npm(["ci", "--no-progress", ...quiet], root, say));
}

function packagesMatch() {
  const lock = lockOf(join(root, "package-lock.json"));
  const installed = lockOf(join(root, "node_modules", ".package-lock.json"));
  return lock !== undefined && installed !== undefined && samePackages(lock, installed);
}

/** @typedef {Record<string, { readonly version?: string, readonly integrity?: string, readonly optional?: boolean, readonly devOptional?: boolean }>} Packages */

/**
 * Is what npm noted after its last complete install what the lock asks for? Optional packages of other platforms may lack.
 * @param {Packages} lock `packages` of package-lock.json
 * @param {Packages} installed `packages` of node_modules/.package-lock.json, which npm writes last
 */
export function samePackages(lock, installed) {
  const wanted = Object.entries(lock).filter(([path]) => path !== "");
  return (
    Object.keys(installed).every((path) => path in lock) &&
    wanted.every(([path, entry]) => {
      const there = installed[path];
      if (there === undefined) return entry.optional === true;
      return there.version === entry.version && there.integrity === entry.integrity;
    })
  );
}

/** @param {string} file @returns {Packages | undefined} */
function lockOf(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/**
 * A folder under .cache/ that exists only when it is complete. It is made beside its place and moved there at the end, so
 * that neither Ctrl-C nor a second process leaves a half one; `recipe` names what it was made of, and another one redoes it.
 * @param {string} name of the folder
 * @param {string} recipe
 * @param {(folder: string) => Promise<void>} make
 * @returns {Promise<string>} its path
 */
export async function prepared(name, recipe, make) {
  const place = join(cache, name);
  if (isReady(place, recipe)) return place;
  mkdirSync(cache, { recursive: true });
  removeLeftovers(name);
  const draft = join(cache, `${name}.draft-${process.pid}`);
  mkdirSync(draft);
  try {
    await make(draft);
    writeFileSync(join(draft, "ready"), recipe);
    if (isReady(place, recipe)) return place;
    rmSync(place, { recursive: true, force: true });
    renameSync(draft, place);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return place;
}

/** @param {string} place @param {string} recipe */
function isReady(place, recipe) {
  const note = join(place, "ready");
  return existsSync(note) && readFileSync(note, "utf8") === recipe;
}

/** Drafts of processes that are no more. @param {string} name */
function removeLeftovers(name) {
  for (const entry of readdirSync(cache)) {
    if (!entry.startsWith(`${name}.draft-`)) continue;
    const pid = Number(entry.slice(entry.lastIndexOf("-") + 1));
    if (pid === process.pid || !alive(pid)) rmSync(join(cache, entry), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/**
 * Installs packages of exact versions into a folder.
 * @param {string} folder
 * @param {Record<string, string>} dependencies
 * @param {(detail: string) => void} say
 */
export async function installInto(folder, dependencies, say) {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies }, null, 2));
  await npm(["install", "--no-progress", ...quiet], folder, say);
}

/** Installs what a folder's own package.json asks for at run time. @param {string} folder @param {(detail: string) => void} say */
export const installOwn = (folder, say) => npm(["install", "--omit=dev", "--no-progress", ...quiet], folder, say);

/** @param {readonly string[]} args @param {string} cwd @param {(detail: string) => void} say */
async function npm(args, cwd, say) {
  for (const pause of [...pauses, undefined]) {
    const { code, output } = await callNpm(args, cwd);
    if (code === 0) return;
    if (pause === undefined || !isNetworkFault(output))
      throw new Error(`npm ${args[0]} failed in ${cwd}:\n${output.trim() || `exit code ${code}`}`);
    say(`network fault, trying again in ${pause / 1000} s`);
    await wait(pause);
  }
}

/**
 * Runs one of package.json's scripts and shows what it writes.
 * @param {string} name
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit code
 */
export async function runScript(name, args = []) {
  const { code } = await callNpm(["run", "--silent", name, "--", ...args], root, true);
  return code;
}

/** @param {readonly string[]} args @param {string} cwd */
function callNpm(args, cwd, show = false) {
  const own = process.env.npm_execpath;
  // Under `npm run` npm says where it is; that also avoids npm.cmd, which only a shell can start.
  if (own?.endsWith("npm-cli.js")) return run(process.execPath, [own, ...args], { cwd, show });
  return run("npm", args, { cwd, show, shell: process.platform === "win32" });
}

/** @param {string} output of npm */
export const isNetworkFault = (output) =>
  /\b(ETIMEDOUT|ECONNRESET|ECONNREFUSED|EAI_AGAIN|ENOTFOUND|ENETUNREACH|EPIPE|ERR_SOCKET_TIMEOUT|FETCH_ERROR|E429|E5\d\d|EINTEGRITY)\b|socket hang up|network/.test(
    output,
  );
