// A repository on disk with trackers in it, and the built command line as a shell sees it.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { onTestFinished } from "vitest";
import { isTracked } from "../../server/engine/protocol/model.js";
import { readProtocol } from "../../server/engine/protocol/read.js";
import { outputText, trackerText } from "../../server/engine/protocol/template.js";

const cli = resolve("dist/cli.js");

function protocol(id: string) {
  const { protocol: read } = readProtocol(readFileSync(resolve("protocols", `${id}.yaml`), "utf8"));
  if (!read || !isTracked(read)) throw new Error(`${id} has no tracker`);
  return read;
}

export const dop = protocol("dop");
const [first] = dop.phases;

/** Where the trackers of a repository usually are. */
export const dopPath = "docs/dop-phase-tracker.md";
export const masterPath = "docs/master-phase-tracker.md";

export const plan = "docs/phase1_infrastructure_plan.md";
/** The output document of the first phase, whole. */
export const wholePlan = ((first && outputText(dop, first)) ?? "").replace(/<!--[\s\S]*?-->/g, "Agreed on by all.");

/** A new tracker in which this many boxes are ticked, from the first, and these answers are logged. */
export function trackerWith(ticked = 0, ...answers: readonly string[]): string {
  let left = ticked;
  const text = trackerText(dop).replace(/\[ \]/g, (box) => (left-- > 0 ? "[x]" : box));
  return `${text}${answers.map((answer) => `| ${answer} |\n`).join("")}`;
}

export const masterTracker = trackerText(protocol("master"));

/** What makes the gate of the first phase passed. */
export const passed = {
  [dopPath]: trackerWith(4, "2026-02-01 | 1 | Yes | Priya | 4 of 4 checkpoints"),
  [plan]: wholePlan,
};

/** A repository with these files, which is gone after the test; its name has a space and letters beyond ASCII. */
export function repository(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "dakota prüfung "));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write(".git/HEAD", "ref: refs/heads/main\n");
  for (const [path, text] of Object.entries(files)) write(path, text);
  return {
    folder,
    write,
    run(...args: readonly string[]) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: "utf8" });
      return { status, stdout, stderr };
    },
    /** Every file with its content. */
    contents: () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => [relative(folder, path), readFileSync(path, "latin1")])
        .sort(),
  };
}
