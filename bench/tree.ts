// How long it takes from an edit to the progress that the tree shows, in a workspace of 5,000 files.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { URI } from "vscode-uri";
import { createEngine, type Engine } from "../server/engine/engine.js";
import { parseMarkdown } from "../server/engine/languages/markdown/parse.js";
import { createTerraformParser } from "../server/engine/languages/terraform/parse.js";
import { createBasis } from "../server/engine/protocol/evidence/basis.js";
import { isTracked, type TrackedProtocol } from "../server/engine/protocol/model.js";
import { outputsNear } from "../server/engine/protocol/outputs.js";
import { readProgress } from "../server/engine/protocol/progress.js";
import { outputText, trackerText } from "../server/engine/protocol/template.js";
import { findTrackers } from "../server/engine/protocol/tracker.js";
import { readProtocols } from "../server/host/protocols.js";
import { progressChanged, progressRequest } from "../server/messages.js";
import { startServer, type TestServer } from "../test/harness/server.js";
import { median, row } from "./statistics.js";

const bar = 100;
const rounds = 20;
const warmUp = 6;

/** Times one edit of each kind of file, with the progress of every protocol that has phases read after it. */
export async function measureTree(): Promise<void> {
  const protocols = await readProtocols("protocols");
  const parseTerraform = await createTerraformParser({
    runtime: readFileSync(join("dist", "web-tree-sitter.wasm")),
    grammar: readFileSync(join("dist", "tree-sitter-terraform.wasm")),
  });
  const engine = createEngine({ rules: {}, parseTerraform, today: () => "2026-01-01", protocols: () => protocols });
  const tracked = protocols.filter(isTracked);
  const files = new Map([...workspace(), ...documents(tracked)]);
  for (const [path, text] of files) engine.index(path, text);
  engine.complete();
  console.log(`\n${row("Tree", "files", "edit+tree ms", "", "", `bar ${bar}`)}`);
  for (const path of edited) {
    const times: number[] = [];
    for (let i = 0; i < warmUp + rounds; i++) {
      const text = i % 2 === 0 ? `\n${files.get(path)}` : (files.get(path) ?? "");
      const start = performance.now();
      engine.index(path, text);
      for (const protocol of tracked) progressOf(engine, protocol);
      if (i >= warmUp) times.push(performance.now() - start);
    }
    const time = median(times);
    console.log(row(path.slice(6, 22), files.size, time.toFixed(1), "", "", time <= bar ? "held" : "MISSED"));
  }
}

/** The same through the server over stdio: from a change of the tracker to the progress the client is told to ask for. */
export async function measureTreeInServer(): Promise<void> {
  const protocols = (await readProtocols("protocols")).filter(isTracked);
  const folder = mkdtempSync(join(tmpdir(), "dakota-bench-"));
  try {
    for (const [path, text] of new Map([...workspace(), ...documents(protocols)])) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    const server = await startServer({ folder });
    await server.ready;
    const times = await editTracker(server, URI.file(join(folder, "/repo/docs/dop.md")).toString());
    await server.stop();
    const time = median(times);
    console.log(
      `\nTracker edited by hand, until the tree has it: ${time.toFixed(1)} ms (bar 200) ${time <= 200 ? "held" : "MISSED"}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function editTracker(server: TestServer, uri: string): Promise<readonly number[]> {
  const { connection } = server;
  let told = (): void => {};
  connection.onNotification(progressChanged, () => told());
  const text = trackerText(
    (await readProtocols("protocols")).filter(isTracked).find(({ id }) => id === "dop") ?? fail(),
  );
  await server.open(uri, "markdown", text);
  await connection.sendRequest(progressRequest);
  // Every file is judged in the background first: a user edits when that is over.
  await new Promise((done) => setTimeout(done, settling));
  const times: number[] = [];
  for (let i = 0; i < warmUp + rounds; i++) {
    const next = new Promise<void>((done) => {
      told = done;
    });
    const start = performance.now();
    await server.change(uri, i + 2, i % 2 === 0 ? text.replace("[ ]", "[x]") : text);
    await next;
    await connection.sendRequest(progressRequest);
    if (i >= warmUp) times.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 60));
  }
  return times;
}

/** How long the background is given, in milliseconds. */
const settling = 20_000;

function fail(): never {
  throw new Error("there is no such protocol");
}

function progressOf(engine: Engine, protocol: TrackedProtocol): void {
  const path = `/repo/docs/${protocol.id}.md`;
  const [tracker] = findTrackers(parseMarkdown(path, trackerText(protocol)), protocol);
  if (!tracker) throw new Error(`${protocol.id} has no tracker`);
  const outputs = outputsNear(path, protocol, engine.evidence.lookup, () => true);
  readProgress(protocol, tracker, createBasis(protocol, engine.evidence, { outputs, findings: [] }));
}

const edited = ["/repo/infra/0/main.tf", "/repo/k8s/0.yaml", "/repo/alerts/0.yaml", "/repo/0/.github/workflows/ci.yml"];

/** As many of each kind as a large repository may have; every file has what evidence asks for. */
function* workspace(): Generator<readonly [path: string, text: string]> {
  for (let i = 0; i < 2000; i++) yield [`/repo/infra/${i}/main.tf`, terraform];
  for (let i = 0; i < 2000; i++) yield [`/repo/k8s/${i}.yaml`, manifests(i)];
  for (let i = 0; i < 500; i++) yield [`/repo/alerts/${i}.yaml`, alerts];
  for (let i = 0; i < 300; i++) yield [`/repo/${i}/.github/workflows/ci.yml`, workflow];
  for (let i = 0; i < 190; i++) yield [`/repo/docs/requirements/${i}.md`, `# REQ-PERF-${i}\n\nStatus: Approved\n`];
}

function* documents(protocols: readonly TrackedProtocol[]): Generator<readonly [path: string, text: string]> {
  for (const protocol of protocols) {
    yield [`/repo/docs/${protocol.id}.md`, trackerText(protocol)];
    for (const phase of protocol.phases)
      if (phase.output) yield [`/repo/docs/${phase.output.file}`, outputText(protocol, phase) ?? ""];
  }
}

const types = ["aws_vpc", "aws_subnet", "aws_lb", "aws_instance", "aws_s3_bucket", "aws_kms_key", "aws_iam_role"];
const terraform = `terraform {\n  backend "s3" {}\n}\n${types.map((type) => `resource "${type}" "main" {\n  tags = local.tags\n}\n`).join("")}`;

const manifests = (i: number): string =>
  ["Deployment", "StatefulSet", "Service", "ServiceMonitor", "PersistentVolumeClaim"]
    .map((kind) => `apiVersion: apps/v1\nkind: ${kind}\nmetadata:\n  name: web-${i}\nspec:\n  replicas: 2\n`)
    .join("---\n");

const alerts = `groups:\n  - name: shop\n    rules:\n${["Down", "Slow", "Full"].map((name) => `      - alert: ${name}\n        expr: up == 0\n        annotations:\n          runbook_url: https://example.com/${name}\n`).join("")}`;

const workflow = `name: CI\non: [push]\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: npm test\n  build:\n    needs: test\n    runs-on: ubuntu-24.04\n    steps:\n      - run: docker build -t shop .\n  deploy:\n    needs: build\n    runs-on: ubuntu-24.04\n    environment: production\n    steps:\n      - run: kubectl apply -f k8s/\n`;
