// Reading pipelines: any text is survived, places are exact, and facts say nothing that an edit elsewhere changes.

import { describe, expect, it } from "vitest";
import { facts } from "../../../server/engine/languages/pipeline/facts.js";
import { flowOf } from "../../../server/engine/languages/pipeline/flow.js";
import type { Dialect } from "../../../server/engine/languages/pipeline/model.js";
import { orderOf } from "../../../server/engine/languages/pipeline/order.js";
import { parsePipeline } from "../../../server/engine/languages/pipeline/parse.js";
import { createWorkspaceIndex } from "../../../server/engine/workspace.js";

const dialects: readonly Dialect[] = ["github", "gitlab", "azure", "circleci", "jenkins"];

const paths: Readonly<Record<Dialect, string>> = {
  github: "/w/.github/workflows/a.yml",
  gitlab: "/w/.gitlab-ci.yml",
  azure: "/w/azure-pipelines.yml",
  circleci: "/w/.circleci/config.yml",
  jenkins: "/w/Jenkinsfile",
};

const whole = (dialect: Dialect, text: string): void => {
  const path = paths[dialect];
  const model = parsePipeline(path, text, dialect);
  const index = createWorkspaceIndex();
  index.update(path, facts(model));
  const flow = flowOf(model, index.viewFor(path));
  if (!flow) return;
  const order = orderOf(flow);
  for (const node of flow.jobs.keys()) for (const gate of order.before(node)) order.holds(gate, node);
};

const workflow = `on:
  push: {}
  schedule:
    - cron: "0 3 * * 5"
permissions:
  contents: read
jobs:
  a:
    runs-on: ubuntu-24.04
    steps:
      - run: |
          npm ci
          npm test
  b:
    needs: a
    if: always()
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
`;

describe("parsePipeline", () => {
  it("gives commands, triggers, schedules and permissions with their places", () => {
    const model = parsePipeline("/w/.github/workflows/a.yml", workflow, "github");
    const commands = model.jobs[0]?.steps[0]?.commands ?? [];
    expect(commands.map(({ span }) => workflow.slice(span.start, span.end))).toEqual(["npm ci", "npm test"]);
    expect(model.triggers.map(({ event }) => event)).toEqual(["push", "schedule"]);
    expect(model.schedules.map(({ cron }) => cron)).toEqual(["0 3 * * 5"]);
    expect(model.permissions?.scopes.map(({ scope, level }) => `${scope}: ${level}`)).toEqual(["contents: read"]);
  });

  it.each(dialects)("survives every kind of text as %s", (dialect) => {
    const texts = [
      "",
      "\uFEFF",
      "\0\u0001\uFFFF",
      "- a\n- b\n",
      "jobs: 1\n",
      "jobs: [a]\n",
      "jobs:\n  a:\n  b: 1\n  c: []\n",
      "a: *b\n",
      "a: &a\n  script: *a\n",
      "? [a]\n: b\n",
      "include: {}\nstages: {}\n",
      "jobs:\n  a: { needs: a, uses: ./.github/workflows/a.yml, strategy: { matrix: { x: [[1], { y: 2 }] } } }\n",
      "a: { extends: b, script: !reference [b, script] }\nb: { extends: a, script: !reference [a, script] }\n",
      `x: ${"[".repeat(10_000)}`,
      `${"a:\n ".repeat(1)}${"{".repeat(10_000)}`,
      "stages:\n  - stage: a\n    dependsOn: b\n    jobs: [{ job: x, dependsOn: x }]\n  - stage: b\n    dependsOn: a\n    jobs: x\n",
      "steps:\n  - template: azure-pipelines.yml\n  - \u0024{{ if x }}:\n      - \u0024{{ y }}\n",
      "commands:\n  a: { steps: [a, a] }\njobs:\n  b: { steps: [a, a] }\nworkflows:\n  w: { jobs: [b, { b: { requires: [b] } }] }\n",
      "pipeline { stages { stage('a') { steps { sh '''npm test",
      "def f() { f(); f() }\nnode { stage('a') { f() } }",
      `node ${"{".repeat(10_000)}`,
      `x = ${"[".repeat(10_000)}"${"$".repeat(2)}${"{".repeat(10_000)}`,
      `${"stage('b') { parallel a: { ".repeat(200)}`,
      "}}} /* ' */ $/ x /",
      workflow.replace(/\n/g, "\r\n"),
      `\uFEFF${workflow}`,
    ];
    for (const text of texts) whole(dialect, text);
  });

  it("does not multiply what refers to each other again and again", () => {
    const levels = Array.from({ length: 12 }, (_, i) => i);
    const list = (item: string): string => `[${Array(10).fill(item).join(", ")}]`;
    const references = levels.map((i) => `j${i}:\n  script: ${list(`!reference [j${i + 1}, script]`)}\n`).join("");
    const parents = levels.map((i) => `j${i}:\n  image: x:$Y\n  extends: ${list(`j${(i + 1) % 12}`)}\n`).join("");
    for (const text of [`${references}j12:\n  script: npm test\n`, parents]) whole("gitlab", text);

    const index = createWorkspaceIndex();
    const file = (i: number): string => `/w/.github/workflows/f${i}.yml`;
    const calls = (i: number): string =>
      levels.map((j) => `  c${j}:\n    uses: ./.github/workflows/f${i + 1}.yml\n`).join("");
    const models = levels.map((i) => parsePipeline(file(i), `on: push\njobs:\n${calls(i)}`, "github"));
    for (const model of models) index.update(model.path, facts(model));
    const [first] = models;
    expect(first && flowOf(first, index.viewFor(first.path))).toBeUndefined();
  });

  it.each(["github", "gitlab"] as const)("reads a large pipeline as %s without quadratic time", (dialect) => {
    const count = 450;
    const jobs = Array.from({ length: count }, (_, i) =>
      dialect === "github"
        ? `  j${i}:\n    needs: [${i > 0 ? `j${i - 1}` : ""}]\n    steps:\n      - run: kubectl apply -f ${i}\n`
        : `j${i}:\n  stage: s${i % 40}\n  extends: ${i > 0 ? `j${i - 1}` : "x"}\n  script: kubectl apply -f ${i}\n`,
    ).join("");
    const stages = `stages: [${Array.from({ length: 40 }, (_, i) => `s${i}`).join(", ")}]\n`;
    const text = dialect === "github" ? `on: push\njobs:\n${jobs}` : stages + jobs;
    const path = dialect === "github" ? "/w/.github/workflows/a.yml" : "/w/.gitlab-ci.yml";
    const model = parsePipeline(path, text, dialect);
    const started = performance.now();
    const flow = flowOf(model, createWorkspaceIndex().viewFor(path));
    const order = flow && orderOf(flow);
    for (const node of flow?.jobs.keys() ?? []) order?.before(node);
    expect(flow?.jobs.size).toBe(count);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe("large files of the other dialects", () => {
  const many = (make: (i: number) => string): string => Array.from({ length: 450 }, (_, i) => make(i)).join("");
  const previous = (i: number): string => (i > 0 ? `j${i - 1}` : "");
  const texts: Readonly<Record<"azure" | "circleci" | "jenkins", string>> = {
    azure: `jobs:\n${many((i) => `  - job: j${i}\n    dependsOn: [${previous(i)}]\n    condition: succeeded()\n`)}`,
    circleci: `jobs: { d: {} }\nworkflows:\n  w:\n    jobs:\n${many((i) => `      - d: { name: j${i}, requires: [${previous(i)}] }\n`)}`,
    jenkins: `node {\n${many((i) => `stage('s${i}') { sh 'kubectl apply -f ${i}' }\n`)}}`,
  };

  it.each(["azure", "circleci", "jenkins"] as const)("%s is read without quadratic time", (dialect) => {
    const model = parsePipeline(paths[dialect], texts[dialect], dialect);
    const started = performance.now();
    const flow = flowOf(model, createWorkspaceIndex().viewFor(model.path));
    const order = flow && orderOf(flow);
    const nodes = [...(flow?.jobs.keys() ?? [])];
    for (const node of nodes) order?.before(node);
    expect(nodes).toHaveLength(450);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it("gives the places of Jenkins commands, stages and comments", () => {
    const text = "pipeline { stages { stage('Unit') { // first\n steps { sh '''\n npm ci\n npm test\n''' } } } }";
    const model = parsePipeline(paths.jenkins, text, "jenkins");
    const commands = model.jobs[0]?.steps[0]?.commands ?? [];
    expect(commands.map(({ span }) => text.slice(span.start, span.end))).toEqual(["npm ci", "npm test"]);
    expect(model.jobs.map(({ id }) => id)).toEqual(["Unit"]);
    expect(model.comments.map((comment) => comment.text)).toEqual(["first"]);
  });
});

describe("facts", () => {
  it.each(["github", "gitlab"] as const)("of %s stay the same when only places change", (dialect) => {
    const text = dialect === "github" ? workflow : "a:\n  stage: test\n  script: npm test\ninclude: b.yml\n";
    // Lines are a fact of their own, which no rule asks for.
    const factsOf = (written: string) =>
      facts(parsePipeline("/w/.gitlab-ci.yml", written, dialect)).filter(({ kind }) => kind !== "pipeline.lines");
    const before = factsOf(text);
    expect(before.length).toBeGreaterThan(0);
    expect(factsOf(`# a comment\n\n${text}`)).toEqual(before);
  });
});
