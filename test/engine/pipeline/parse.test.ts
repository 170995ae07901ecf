// Reading pipelines: any text is survived, places are exact, and facts say nothing that an edit elsewhere changes.

import { describe, expect, it } from "vitest";
import { facts } from "../../../server/engine/languages/pipeline/facts.js";
import { flowOf } from "../../../server/engine/languages/pipeline/flow.js";
import type { Dialect } from "../../../server/engine/languages/pipeline/model.js";
import { orderOf } from "../../../server/engine/languages/pipeline/order.js";
import { parsePipeline } from "../../../server/engine/languages/pipeline/parse.js";
import { createWorkspaceIndex } from "../../../server/engine/workspace.js";

const dialects: readonly Dialect[] = ["github", "gitlab"];

const whole = (dialect: Dialect, text: string): void => {
  const path = dialect === "github" ? "/w/.github/workflows/a.yml" : "/w/.gitlab-ci.yml";
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

  it.each(dialects)("reads a large pipeline as %s without quadratic time", (dialect) => {
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

describe("facts", () => {
  it.each(dialects)("of %s stay the same when only places change", (dialect) => {
    const text = dialect === "github" ? workflow : "a:\n  stage: test\n  script: npm test\ninclude: b.yml\n";
    const before = facts(parsePipeline("/w/.gitlab-ci.yml", text, dialect));
    const after = facts(parsePipeline("/w/.gitlab-ci.yml", `# a comment\n\n${text}`, dialect));
    expect(before.length).toBeGreaterThan(0);
    expect(after).toEqual(before);
  });
});
