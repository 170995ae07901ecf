// Starts programs and makes sure that none of them, nor their children, outlives us.
import { spawn } from "node:child_process";
import { constants } from "node:os";

const windows = process.platform === "win32";

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();
/** @type {Set<() => unknown>} */
const cleanups = new Set();
let ending = false;

/** @type {Promise<never>} */
const never = new Promise(() => {});

/**
 * Starts a program at the head of its own process group, so that the whole group can be ended.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 */
export function start(command, args, options = {}) {
  watchSignals();
  const child = spawn(command, args, { stdio: "ignore", detached: !windows, windowsHide: true, ...options });
  running.add(child);
  // The set keeps a leader that has ended until its group is empty: a child may outlive the one that started it.
  child.once("exit", () => groupAlive(child) || running.delete(child));
  child.once("error", () => running.delete(child));
  return child;
}

/**
 * Runs a program to its end. On our way out nothing is run any more, and what is being ended has no result.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions & { show?: boolean }} [options] `show` passes its output on instead of collecting it
 * @returns {Promise<{ readonly code: number, readonly output: string }>} `code` is 128 + n for signal n; `output` holds both streams
 * @throws Error when it cannot be started
 */
export function run(command, args, { show = false, ...options } = {}) {
  if (ending) return never;
  return new Promise((done, fail) => {
    const child = start(command, args, {
      stdio: show ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
      ...options,
    });
    const output = collect(child);
    child.once("error", (error) => fail(new Error(`${command} cannot be started: ${error.message}`)));
    child.once(
      "close",
      (code, signal) =>
        ending || done({ code: code ?? 128 + (signal ? constants.signals[signal] : 0), output: output() }),
    );
  });
}

/**
 * Keeps the last 200,000 characters that a program writes.
 * @param {import("node:child_process").ChildProcess} child
 * @returns {() => string}
 */
export function collect(child) {
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (part) => {
      text = (text + part).slice(-200_000);
    });
  return () => text;
}

/**
 * Ends a program and everything in its group: first asks, after `patience` milliseconds no longer.
 * @param {import("node:child_process").ChildProcess} child
 */
export async function stop(child, patience = 4000) {
  signalGroup(child, "SIGTERM");
  const late = Date.now() + patience;
  while (groupAlive(child) && Date.now() < late) await wait(50);
  signalGroup(child, "SIGKILL");
  while (groupAlive(child) && Date.now() < late + 2000) await wait(20);
  running.delete(child);
}

/**
 * Has `cleanup` run when we end by a signal or through `end`.
 * @param {() => unknown} cleanup
 * @returns {() => void} forgets it
 */
export function atEnd(cleanup) {
  watchSignals();
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}

/**
 * Ends everything that was started, cleans up and ends this process.
 * @param {number} code
 * @returns {Promise<never>}
 */
export async function end(code) {
  if (ending) return await never;
  ending = true;
  await Promise.all([...running].map((child) => stop(child)));
  for (const cleanup of cleanups) {
    try {
      await cleanup();
    } catch (error) {
      console.error(error);
    }
  }
  process.exit(code);
}

/** Are we on our way out? What we started may then end without being asked why. */
export const isEnding = () => ending;

/** @param {number} milliseconds */
export const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

let watching = false;

function watchSignals() {
  if (watching) return;
  watching = true;
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]))
    process.on(signal, () => {
      if (!ending) void end(128 + constants.signals[signal]);
    });
  process.on("exit", () => {
    for (const child of running) signalGroup(child, "SIGKILL");
  });
}

/** @param {import("node:child_process").ChildProcess} child @param {NodeJS.Signals} signal */
function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  if (windows) {
    // Only taskkill knows the tree, and it knows no polite way for programs without a window.
    if (child.exitCode === null) spawn("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore" });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

/** @param {import("node:child_process").ChildProcess} child */
function groupAlive(child) {
  if (child.pid === undefined) return false;
  if (windows) return child.exitCode === null && child.signalCode === null;
  try {
    process.kill(-child.pid, 0);
    return true;
  } catch {
    return false;
  }
}
