// The picture of a pipeline: what stands in which stage, what is missing, and that both writings of it are sound.

import { describe, expect, it } from "vitest";
import { readConfig, settingsFor } from "../../../server/engine/config.js";
import type { PipelineSketch, StageName } from "../../../server/engine/report/pipeline.js";
import { escapeXml, toPipelineSvg } from "../../../server/engine/report/pipeline-svg.js";
import { toPipelineText } from "../../../server/engine/report/pipeline-text.js";
import requiredStages from "../../../server/engine/rules/pipeline/required-stages.js";
import { engineOver } from "../../harness/engine.js";

const path = "/shop/.github/workflows/release.yml";

function answer(text: string, at = path, config = "", others: Readonly<Record<string, string>> = {}) {
  const engine = engineOver({}, { ...others, [at]: text });
  const { config: read, problems } = readConfig("/shop/.dakota.yaml", config);
  expect(problems).toEqual([]);
  return engine.sketch(at, text, settingsFor(at, read));
}

function sketch(...given: Parameters<typeof answer>): PipelineSketch {
  const made = answer(...given);
  if ("reason" in made) throw new Error(made.reason);
  return made;
}

const stageOf = ({ stages }: PipelineSketch, name: StageName) => stages.find(({ stage }) => stage === name);
const missingIn = ({ stages }: PipelineSketch) =>
  stages.flatMap(({ stage, state }) => (state === "missing" ? [stage] : []));

const job = (id: string, command: string, ...more: readonly string[]): string =>
  [
    `  ${id}:`,
    "    runs-on: ubuntu-24.04",
    ...more.map((line) => `    ${line}`),
    "    steps:",
    `      - run: ${command}`,
  ].join("\n");

const workflow = (...jobs: readonly string[]): string => `name: Release\non: push\njobs:\n${jobs.join("\n")}\n`;

const release = workflow(
  job("check", "npm run lint"),
  job("unit", "npm test"),
  job("ship-staging", "kubectl apply -f k8s", "needs: [check, unit]", "environment: staging"),
  job(
    "ship",
    "kubectl apply -f k8s",
    "needs: ship-staging",
    "environment: production",
    "if: github.ref == 'refs/heads/main'",
  ),
);

describe("the sketch of a pipeline", () => {
  it("puts jobs into their stages, with what they were recognised by, their gates and what they wait for", () => {
    const made = sketch(release);
    expect(stageOf(made, "lint")).toMatchObject({
      state: "present",
      jobs: [{ id: "check", evidence: ["npm run lint"] }],
    });
    expect(stageOf(made, "deploy-staging")?.jobs.map(({ id }) => id)).toEqual(["ship-staging"]);
    expect(stageOf(made, "deploy-production")?.jobs).toEqual([
      {
        id: "ship",
        evidence: ["kubectl apply -f k8s"],
        perhaps: false,
        gates: ['environment "production"', expect.stringContaining("github.ref == 'refs/heads/main'")],
        waitsFor: ["ship-staging"],
        unseen: [],
      },
    ]);
    expect(made.edges).toEqual([
      { from: "check", to: "ship-staging" },
      { from: "unit", to: "ship-staging" },
      { from: "ship-staging", to: "ship" },
    ]);
  });

  it("marks what is missing on the way to production, in the order of the stages", () => {
    const made = sketch(release);
    expect(missingIn(made)).toEqual(["security", "build", "integration", "health", "smoke", "rollback"]);
    expect(stageOf(made, "approval")).toMatchObject({ state: "unknown", note: expect.stringContaining("reviewers") });
  });

  it("asks for the stages that the configuration asks for", () => {
    const config = "rules:\n  pipeline/required-stages:\n    stages: [security]\n";
    expect(missingIn(sketch(release, path, config))).toEqual(["security"]);
  });

  it("says that a stage is in another pipeline of the repository", () => {
    const scan = workflow(job("scan", "trivy fs ."));
    const made = sketch(release, path, "", { "/shop/.github/workflows/scan.yml": scan });
    expect(stageOf(made, "security")).toMatchObject({ state: "absent", note: "in another pipeline of the repository" });
  });

  it("names the deployment that misses a stage which stands somewhere else", () => {
    const made = sketch(
      workflow(
        job("smoke-tests", "npm run smoke"),
        job("ship", "kubectl apply -f k8s", "needs: smoke-tests", "environment: production"),
      ),
    );
    expect(stageOf(made, "smoke")).toMatchObject({
      state: "missing",
      note: 'for "ship"',
      jobs: [{ id: "smoke-tests" }],
    });
    expect(toPipelineText(made, "x.yml")).toMatch(/ smoke +missing for "ship"\n +smoke-tests/);
  });

  it("leaves out a sign that may mean something else beside a sure one", () => {
    const made = sketch(workflow(job("bundle", "npm run build"), job("unit", "npm run build && npm test")));
    const names = (stage: StageName) => stageOf(made, stage)?.jobs.map(({ id }) => id);
    expect(names("test")).toEqual(["unit"]);
    expect(names("build")).toContain("bundle");
    expect(made.stages.flatMap(({ jobs }) => jobs).filter(({ perhaps }) => perhaps)).toEqual([]);
  });

  it("calls nothing missing where work cannot be seen", () => {
    const hidden = "  more:\n    uses: acme/pipelines/.github/workflows/all.yml@v1";
    const made = sketch(workflow(hidden, job("ship", "kubectl apply -f k8s", "environment: production")));
    expect(missingIn(made)).toEqual([]);
    expect(stageOf(made, "lint")?.state).toBe("unknown");
    expect(made.note).toMatch(/^What is missing cannot be said: "more/);
    expect(made.stages.flatMap(({ jobs }) => jobs).some(({ unseen }) => unseen.length > 0)).toBe(true);
  });

  it("asks for nothing where nothing goes to production, and shows jobs that have no stage", () => {
    const made = sketch(workflow(job("unit", "npm test"), job("greet", "echo hello")));
    expect(missingIn(made)).toEqual([]);
    expect(made.note).toMatch(/^Nothing here is seen to deploy/);
    expect(stageOf(made, "other")?.jobs.map(({ id }) => id)).toEqual(["greet"]);
  });

  it("does not guess where an expression names the environment", () => {
    // An expression that decides the place.
    const place = ["environment: $", "{{ inputs.where }}"].join("");
    const made = sketch(workflow(job("ship", "kubectl apply -f k8s", place)));
    for (const stage of ["deploy-staging", "deploy-production"] as const)
      expect(stageOf(made, stage)).toMatchObject({ state: "unknown", jobs: [] });
  });

  it("reads the manual jobs of GitLab as gates", () => {
    const text =
      "ship:\n  script: kubectl apply -f k8s\n  environment: production\n  when: manual\n  allow_failure: false\n";
    const made = sketch(text, "/shop/.gitlab-ci.yml");
    expect(stageOf(made, "approval")?.jobs.map(({ id }) => id)).toEqual(["ship"]);
    expect(stageOf(made, "deploy-production")?.jobs[0]?.gates).toContain("started by hand");
  });

  it("shows no joints between the stages of Azure Pipelines, only the jobs on either side", () => {
    const stage = (name: string, ...lines: readonly string[]) =>
      [`  - stage: ${name}`, "    jobs:", ...lines].join("\n");
    const text = `stages:\n${stage("Check", "      - job: unit", "        steps: [{script: npm test}]")}\n${stage("Live", "      - job: ship", "        steps: [{script: kubectl apply -f k8s}]")}\n`;
    const made = sketch(text, "/shop/azure-pipelines.yml");
    expect(made.jobs).toBe(2);
    expect(made.edges).toEqual([{ from: "Check / unit", to: "Live / ship" }]);
  });

  it("keeps tests of what was deployed out of the tests before", () => {
    const made = sketch(workflow(job("unit", "npm test"), job("integration-tests", "npm test")));
    expect(stageOf(made, "test")?.jobs.map(({ id }) => id)).toEqual(["unit"]);
    expect(stageOf(made, "integration")?.jobs.map(({ id }) => id)).toEqual(["integration-tests"]);
  });

  it("shows a job by a sign that may mean something else only where nothing surer places it", () => {
    const made = sketch(workflow(job("build-and-check", "npm test"), job("build-things", "./x.sh")));
    expect(stageOf(made, "build")).toMatchObject({ jobs: [{ id: "build-things", evidence: [], perhaps: true }] });
    const alone = stageOf(sketch(workflow(job("build-and-check", "npm test"))), "build");
    expect(alone).toMatchObject({ state: "unknown", note: 'perhaps in "build-and-check"', jobs: [] });
  });

  it("says once what a job of several stages waits for, and names no job that another one waits for", () => {
    const made = sketch(
      workflow(
        job("lint", "npm run lint"),
        job("unit", "npm test", "needs: lint"),
        job("ship", "helm upgrade --install --atomic a b", "needs: [lint, unit]", "environment: production"),
      ),
    );
    expect(stageOf(made, "deploy-production")?.jobs).toMatchObject([{ id: "ship", waitsFor: ["unit"] }]);
    expect(stageOf(made, "rollback")?.jobs).toMatchObject([{ id: "ship", again: true }]);
    expect(toPipelineText(made, "a").match(/after unit/g)).toHaveLength(1);
  });

  it("shows the condition of a stage at its jobs", () => {
    const text =
      "trigger: [main]\nstages:\n  - stage: Ship\n    condition: eq(variables.x, 1)\n    jobs:\n      - job: deploy\n        steps: [{ script: kubectl apply -f k8s/production }]\n";
    const made = sketch(text, "/shop/azure-pipelines.yml");
    expect(stageOf(made, "deploy-production")?.jobs).toMatchObject([
      { id: "Ship / deploy", gates: ["condition: eq(variables.x, 1)"] },
    ]);
  });

  it("gives the reason where there is nothing to show", () => {
    expect(answer("FROM alpine:3.20\n", "/shop/Dockerfile")).toEqual({ reason: "a Dockerfile is no pipeline" });
    expect(answer("x\n", "/shop/notes.txt")).toHaveProperty("reason");
    expect(answer("name: x\non: push\njobs: {}\n")).toHaveProperty("reason");
    const action = "name: x\nruns:\n  using: composite\n  steps: []\n";
    expect(answer(action, "/shop/action.yml")).toEqual({ reason: expect.stringContaining("action") });
  });

  it("leaves the questions of the rules remembered, and asks anew itself", () => {
    const engine = engineOver({ "pipeline/required-stages": requiredStages }, { [path]: release });
    const settings = settingsFor(path, undefined);
    engine.check(path, release, settings);
    const before = engine.sketch(path, release, settings);
    const affected = engine.index("/shop/.github/workflows/scan.yml", workflow(job("scan", "trivy fs .")));
    expect([...affected]).toContain(path);
    expect(engine.sketch(path, release, settings)).not.toEqual(before);
  });
});

describe("the picture as text", () => {
  it("has a line a job and a summary", () => {
    const lines = toPipelineText(sketch(release), "release.yml").split("\n");
    expect(lines[0]).toBe('release.yml: "Release", GitHub Actions workflow, 4 jobs');
    expect(lines).toContain("  lint               check · npm run lint");
    expect(lines).toContain("  security           missing");
    expect(lines.at(-2)).toBe(
      "Missing on the way to production: security, build, integration, health, smoke, rollback",
    );
    expect(lines.at(-1)).toBe("");
  });

  it("lets no name steer the terminal", () => {
    const text = `name: "a\\e[31mred\\nline"\non: push\njobs:\n${job("unit", "npm test")}\n`;
    expect(toPipelineText(sketch(text), "x.yml").split("\n")[0]).toBe(
      'x.yml: "a [31mred line", GitHub Actions workflow, 1 job',
    );
  });
});

/** Elements that are opened and not closed, or closed and not opened; throws where a letter is left unescaped. */
function unbalanced(xml: string): readonly string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  const rest = xml.replace(/<(\/?)([a-z]+)((?: [\w:-]+="[^"<]*")*)(\/?)>/g, (_, end, name, _attributes, empty) => {
    if (end) {
      if (open.pop() !== name) wrong.push(name);
    } else if (!empty) open.push(name);
    return "";
  });
  if (/[<>]|&(?!#\d+;)/.test(rest)) wrong.push(rest);
  return [...wrong, ...open];
}

describe("the picture as SVG", () => {
  it("is well-formed, says what it shows, and marks what is missing by word and line", () => {
    const svg = toPipelineSvg(sketch(release), "release.yml");
    expect(unbalanced(svg)).toEqual([]);
    expect(svg).toContain('role="img" aria-labelledby="title description"');
    expect(svg.match(/>missing<\/text>/g)).toHaveLength(6);
    expect(svg).toContain("stroke-dasharray");
    expect(svg).not.toMatch(/<style|<script|\son\w+=|NaN|Infinity/);
  });

  it("keeps names from becoming elements", () => {
    const evil = "</text><script>alert(1)</script>&\"'";
    const text = `name: ${JSON.stringify(evil)}\non: push\njobs:\n  unit:\n    name: ${JSON.stringify(evil)}\n    runs-on: x\n    steps:\n      - run: npm test && echo ${JSON.stringify(evil)}\n`;
    const svg = toPipelineSvg(sketch(text), evil);
    expect(svg).not.toContain("<script");
    expect(unbalanced(svg)).toEqual([]);
  });

  it("counts what would be too many cards", () => {
    const jobs = Array.from({ length: 60 }, (_, i) => job(`unit-${i}`, "npm test"));
    expect(toPipelineSvg(sketch(workflow(...jobs)), "x.yml")).toContain(">and 36 more</text>");
  });

  it("holds no letter that XML does not know", () => {
    expect(escapeXml("a\0b\ud800c<&")).toBe("a\ufffdb\ufffdc&#60;&#38;");
  });
});
