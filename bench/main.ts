// npm run bench [-- FOLDER...]: how fast Dakota is, as ratios to the bare parsers in the same run.
//
// Typing: from a change notification to the findings over stdio, one line more or less in about 1,000.
// Start and memory of the server; from an edit to the tree of phases in a large workspace, and to the findings among 2,000
// Terraform files. With folders: checking every file of them against parsing every file.

import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { startServer, type TestServer } from "../test/harness/server.js";
import { measureFolders } from "./folders.js";
import { bareParsers } from "./parsers.js";
import { median, row } from "./statistics.js";
import { type Sample, samples } from "./texts.js";
import { measureTree, measureTreeInServer } from "./tree.js";
import { measureWorkspace } from "./workspace.js";

const rounds = 60;
const warmUp = 30;

async function main(): Promise<void> {
  const parsers = await bareParsers();
  console.log(row("Typing", "lines", "parser ms", "Dakota ms", "ratio", "bar 1.5"));
  for (const sample of samples) await measureTyping(sample, parsers[sample.parser]);
  await measureStart();
  await measureMemory();
  await measureTree();
  await measureTreeInServer();
  await measureWorkspace();
  measureSizes();
  const folders = process.argv.slice(2);
  if (folders.length > 0) await measureFolders(folders, parsers);
}

async function measureTyping(sample: Sample, parse: (text: string) => void): Promise<void> {
  const server = await startServer();
  const uri = `file:///bench/${sample.path}`;
  await server.open(uri, sample.languageId, sample.text);
  await server.pull(uri);
  const [bare, ours]: [number[], number[]] = [[], []];
  for (let i = 0; i < warmUp + rounds; i++) {
    const start = performance.now();
    parse(sample.text);
    const parsed = performance.now();
    await type(server, uri, i + 2);
    const end = performance.now();
    if (i < warmUp) continue;
    bare.push(parsed - start);
    ours.push(end - parsed);
  }
  await server.stop();
  const [b, o] = [median(bare), median(ours)];
  const lines = sample.text.split("\n").length;
  console.log(
    row(sample.name, lines, b.toFixed(2), o.toFixed(2), (o / b).toFixed(2), o / b <= 1.5 ? "held" : "MISSED"),
  );
}

/** A comment line comes or goes at the top, as an editor sends it; then the findings are asked for. */
async function type(server: TestServer, uri: string, version: number): Promise<void> {
  const start = { line: 0, character: 0 };
  const comes = version % 2 === 0;
  const change = comes
    ? { range: { start, end: start }, text: "#\n" }
    : { range: { start, end: { line: 1, character: 0 } }, text: "" };
  await server.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri, version },
    contentChanges: [change],
  });
  await server.pull(uri);
}

async function measureStart(): Promise<void> {
  const [node, server]: [number[], number[]] = [[], []];
  for (let i = 0; i < 10; i++) {
    const start = performance.now();
    spawnSync(process.execPath, ["-e", "0"]);
    const bare = performance.now();
    const started = await startServer();
    await started.open("file:///bench/main.tf", "terraform", samples[2]?.text ?? "");
    await started.pull("file:///bench/main.tf");
    server.push(performance.now() - bare);
    node.push(bare - start);
    await started.stop();
  }
  const beyond = median(server) - median(node);
  console.log(`\nStart to first findings beyond Node's own: ${beyond.toFixed(0)} ms (bar 500)`);
}

async function measureMemory(): Promise<void> {
  const server = await startServer();
  for (let i = 0; i < 100; i++) {
    const sample = samples[i % samples.length];
    if (!sample) continue;
    const uri = `file:///bench/${i}/${sample.path}`;
    await server.open(uri, sample.languageId, sample.text);
    await server.pull(uri);
  }
  const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
  const resident = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  console.log(`Memory with 100 open files of about 1,000 lines: ${resident.toFixed(0)} MiB resident (bar 150)`);
  await server.stop();
}

function measureSizes(): void {
  for (const name of ["client.js", "dakota.js"])
    console.log(`dist/${name}: ${(statSync(join("dist", name)).size / 1024).toFixed(0)} KiB`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
