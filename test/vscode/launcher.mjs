#!/usr/bin/env node
// Takes the arguments that @vscode/test-electron gives to a desktop VS Code and runs them in the embedded one: its server
// and a Chromium that nobody sees. The exit code is the suite's, or 70 when VS Code itself failed.
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { browserSwitches, prepareBrowser } from "../../scripts/lib/browser.mjs";
import { cache } from "../../scripts/lib/paths.mjs";
import { atEnd, end, isEnding, wait } from "../../scripts/lib/processes.mjs";
import { addressOf, prepareVSCode, startVSCode } from "../../scripts/lib/vscode.mjs";
import { isNoise, isResult, parseArguments } from "./arguments.mjs";
import { serveStage } from "./stage.mjs";

const hostFailed = 70;
/** Seconds until the first test must have been taken up, and until the next one must have ended. */
const limits = { start: 90, next: Number(process.env.DAKOTA_TEST_PATIENCE || 120) };

const began = Date.now();
const request = parseArguments(process.argv.slice(2));
const temporary = mkdtempSync(join(tmpdir(), "dakota-vscode-"));
atEnd(() => rmSync(temporary, { recursive: true, force: true, maxRetries: 5 }));
if (process.env.DAKOTA_TEST_PID) writeFileSync(process.env.DAKOTA_TEST_PID, String(process.pid));
// Whoever started us may be killed without a chance to tell us; then nobody reads either.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
const parent = process.ppid;
setInterval(() => process.ppid !== parent && end(hostFailed), 1000).unref();

await end(await runIt());

async function runIt() {
  /** @type {string[]} */
  const heard = [];
  try {
    return await runSuite(heard);
  } catch (error) {
    if (isEnding()) return await end(hostFailed);
    console.error(`\nVS Code: ${error instanceof Error ? error.message : error}`);
    for (const line of heard.slice(-30)) console.error(`  ${line}`);
    return hostFailed;
  }
}

/** @param {string[]} heard takes what the page and the server say, for the case that something goes wrong */
async function runSuite(heard) {
  const script = await prepareVSCode();
  const stage = await serveStage();
  const server = await startVSCode(script, {
    data: request.data ? resolve(request.data) : temporary,
    ...(request.extensions ? { extensions: resolve(request.extensions) } : {}),
    env: { DAKOTA_TEST_STAGE: stage.url },
  });
  /** @type {Outcome} */
  const outcome = {};
  const page = await openPage(stage.size, outcome, heard);
  stage.show(page);
  const { development, tests } = request;
  await page.goto(addressOf(server, { open: resolve(request.open), development, tests }));
  while (outcome.code === undefined) {
    const ended = server.child.exitCode !== null || server.child.signalCode !== null;
    outcome.fault ??= ended ? "the server ended" : lateness();
    if (outcome.fault) {
      heard.push(...server.output().trim().split("\n").slice(-15));
      await picture(page);
      throw new Error(outcome.fault);
    }
    await wait(100);
  }
  return outcome.code;
}

/** @typedef {{ code?: number, fault?: string | undefined }} Outcome what VS Code calls back with, or what keeps it from doing so */

/**
 * A page that can be called back from VS Code.
 * @param {{ readonly width: number, readonly height: number }} size
 * @param {Outcome} outcome is filled in
 * @param {string[]} heard
 */
async function openPage(size, outcome, heard) {
  const { path, env } = await prepareBrowser();
  const browser = await chromium.launch({
    executablePath: path,
    headless: true,
    args: browserSwitches,
    env: { ...process.env, ...env },
    // A signal reaches us, and we close it.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  atEnd(() => browser.close());
  browser.on("disconnected", () => {
    outcome.fault = "the browser ended";
  });
  const page = await (await browser.newContext({ viewport: size, colorScheme: "light" })).newPage();
  await page.exposeFunction("codeAutomationExit", (/** @type {number} */ code) => {
    outcome.code = code;
  });
  await page.exposeFunction("codeAutomationLog", (/** @type {string} */ kind, /** @type {unknown[]} */ parts) => {
    // What a window says whose server is being ended is of no use.
    if (outcome.code === undefined && !isEnding()) pass(kind, parts.map(String).join(" "), heard);
  });
  page.on("console", (message) => message.type() === "error" && heard.push(`page: ${message.text()}`));
  page.on("pageerror", (error) => heard.push(`page: ${error.message}`));
  page.on("crash", () => {
    outcome.fault = "the page crashed";
  });
  return page;
}

/**
 * Prints the results of tests and what went wrong; keeps the rest.
 * @param {string} kind @param {string} text @param {string[]} heard
 */
function pass(kind, text, heard) {
  if (isResult(text)) console.log(text);
  else if (kind === "error" && !isNoise(text)) console.log(`  [${kind}] ${text.slice(0, 2000)}`);
  else heard.push(`[${kind}] ${text.slice(0, 400)}`);
}

/** Why it is no use to wait any longer; undefined while it is. */
function lateness() {
  const file = process.env.DAKOTA_TEST_RESULTS;
  const running = file !== undefined && existsSync(file);
  const last = running ? statSync(file).mtimeMs : began;
  const seconds = (Date.now() - last) / 1000;
  if (running) return seconds > limits.next ? `no test ended for ${limits.next} seconds` : undefined;
  return seconds > limits.start ? `the tests did not begin within ${limits.start} seconds` : undefined;
}

/** @param {import("playwright-core").Page} page */
async function picture(page) {
  const path = join(cache, "test", "failure.png");
  mkdirSync(join(cache, "test"), { recursive: true });
  try {
    await page.screenshot({ path, timeout: 5000 });
    console.error(`\nWhat was to be seen: ${path}`);
  } catch {
    // The page may be what failed.
  }
}
