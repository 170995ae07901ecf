// "dakota check": judges files and folders and writes a report.

import { stat } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve } from "node:path";
import { settingsFor } from "../engine/config.js";
import { isCandidate } from "../engine/detect.js";
import { toJson } from "../engine/report/json.js";
import { type Report, type ReportedFile, reaches } from "../engine/report/report.js";
import { toText } from "../engine/report/text.js";
import type { Severity } from "../engine/rule.js";
import { type Configs, createConfigs } from "../host/configs.js";
import { readText, reasonOf, repositoryRoot, toEnginePath, toSystemPath, walk } from "../host/files.js";
import { createNodeEngine, indexFolders, type NodeEngine } from "../host/node.js";
import { parseArguments } from "./arguments.js";
import { UsageError } from "./usage.js";

const formats = { text: toText, json: toJson } as const;
const thresholds = ["error", "warning", "information", "never"] as const;

/** Runs the command. @returns the exit code */
export async function checkCommand(args: readonly string[]): Promise<number> {
  const { paths, format, failOn } = readArguments(args);
  const engine = await createNodeEngine(__dirname);
  const targets = await findTargets(paths);
  const configs = createConfigs(async (path) => (await readText(toSystemPath(path))).text);
  await indexFolders(engine, targets.roots, { configs });
  engine.complete((path) => targets.roots.some((root) => isBelow(toSystemPath(path), root)));
  const run = createRun(engine, configs);
  for (const target of targets.files) await run.judge(target);
  await run.judgeConfigs();
  const report: Report = { judged: run.judged, notJudged: [...targets.notJudged, ...run.notJudged] };
  process.stdout.write(formats[format](report));
  for (const failure of run.failures) process.stderr.write(`dakota: ${failure}\n`);
  for (const { file, reason } of targets.missing) process.stderr.write(`dakota: ${file}: ${reason}\n`);
  if (run.failures.length > 0 || targets.missing.length > 0) return 2;
  return failOn !== "never" && reaches(report, failOn) ? 1 : 0;
}

interface Arguments {
  readonly paths: readonly string[];
  readonly format: keyof typeof formats;
  readonly failOn: Exclude<Severity, "hint"> | "never";
}

function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parseArguments(args, { format: { type: "string" }, "fail-on": { type: "string" } });
  const format = values.format ?? "text";
  if (format !== "text" && format !== "json") throw new UsageError(`--format is "text" or "json", not "${format}"`);
  const failOn = thresholds.find((one) => one === (values["fail-on"] ?? "error"));
  if (!failOn) throw new UsageError(`--fail-on is one of ${thresholds.join(", ")}, not "${values["fail-on"]}"`);
  return { paths: positionals.length > 0 ? positionals : ["."], format, failOn };
}

interface Target {
  /** Path of this system. */
  readonly path: string;
  /** Named by the caller, so no ignore file counts. */
  readonly explicit: boolean;
}

interface Targets {
  readonly files: readonly Target[];
  /** Folders whose files tell each other things. */
  readonly roots: readonly string[];
  readonly notJudged: Report["notJudged"];
  /** Named paths that cannot be read. */
  readonly missing: Report["notJudged"];
}

async function findTargets(paths: readonly string[]): Promise<Targets> {
  const files = new Map<string, Target>();
  const roots = new Set<string>();
  const notJudged: { file: string; reason: string }[] = [];
  const missing: { file: string; reason: string }[] = [];
  for (const given of paths) {
    const path = resolve(given);
    const folder = await isFolder(path).catch((error: unknown) => {
      missing.push({ file: given, reason: reasonOf(error) });
    });
    if (folder === undefined) continue;
    roots.add((await repositoryRoot(folder ? path : dirname(path))) ?? (folder ? path : dirname(path)));
    if (!folder) files.set(path, { path, explicit: true });
    else
      for await (const walked of walk(path)) {
        if ("reason" in walked) notJudged.push({ file: shown(walked.path), reason: walked.reason });
        else if (isCandidate(toEnginePath(walked.path)) && !files.has(walked.path))
          files.set(walked.path, { path: walked.path, explicit: false });
      }
  }
  return { files: [...files.values()], roots: outermost(roots), notJudged: [...notJudged, ...missing], missing };
}

const isFolder = async (path: string): Promise<boolean> => (await stat(path)).isDirectory();

const outermost = (folders: ReadonlySet<string>): readonly string[] =>
  [...folders].filter((folder) => ![...folders].some((other) => other !== folder && isBelow(folder, other)));

const isBelow = (path: string, folder: string): boolean => {
  const from = relative(folder, path);
  return from !== "" && !from.startsWith("..") && !isAbsolute(from);
};

/** As the report names it: relative to the working directory, "/" between folders. */
const shown = (path: string): string => relative(process.cwd(), path).replaceAll("\\", "/") || ".";

function createRun(engine: NodeEngine, configs: Configs) {
  const judged: ReportedFile[] = [];
  const notJudged: { file: string; reason: string }[] = [];
  const failures: string[] = [];
  const used = new Set<string>();
  const done = new Set<string>();

  const judge = async ({ path, explicit }: Target): Promise<void> => {
    const file = shown(path);
    const enginePath = toEnginePath(path);
    done.add(enginePath);
    const read = await readText(path);
    if (read.text === undefined) {
      notJudged.push({ file, reason: read.reason });
      return;
    }
    const config = await configs.nearest(enginePath);
    if (config) used.add(config.path);
    const protocols = engine.protocols.inForce(enginePath, config?.protocols);
    const settings = { ...settingsFor(enginePath, config), protocols };
    if (settings.excluded && !explicit) return;
    if (explicit) engine.index(enginePath, read.text, settings.signs);
    const judgement = engine.check(enginePath, read.text, { ...settings, excluded: false });
    for (const { rule, error } of judgement.failures) failures.push(`${file}: ${rule} failed: ${describe(error)}`);
    const { findings } = judgement;
    // A clean file's text is not kept: a run can be over tens of thousands of them.
    const text = findings.length > 0 ? read.text : "";
    if (judgement.notJudged === undefined) judged.push({ file, text, findings });
    // Other YAML than ours is not worth a word, unless it was asked for.
    else if (explicit || judgement.kind !== undefined) notJudged.push({ file, reason: judgement.notJudged });
  };

  // A configuration above the checked folder holds as well: what is wrong in it is told.
  const judgeConfigs = async (): Promise<void> => {
    for (const path of used) {
      if (done.has(path)) continue;
      const before = judged.length;
      await judge({ path: toSystemPath(path), explicit: true });
      if (judged[before]?.findings.length === 0) judged.splice(before, 1);
    }
  };

  return { judge, judgeConfigs, judged, notJudged, failures };
}

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
