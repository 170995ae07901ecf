// What a team says of its own commands, actions and jobs, in every dialect and by every way a file is read.

import { describe, expect, it } from "vitest";
import { catalogue } from "../../../server/engine/catalogue.gen.js";
import { readConfig, settingsFor } from "../../../server/engine/config.js";
import type { Dialect, Evidence, JobOutline } from "../../../server/engine/languages/pipeline/model.js";
import { ownRolesOf } from "../../../server/engine/languages/pipeline/own-roles.js";
import { parsePipeline } from "../../../server/engine/languages/pipeline/parse.js";
import { engineOver } from "../../harness/engine.js";

const signsIn = (text: string) => {
  const { config, problems } = readConfig("/shop/.dakota.yaml", text);
  expect(problems).toEqual([]);
  return config.signs;
};

const signs = signsIn(`
pipeline:
  roles:
    deploy:
      - run: make ship
        environment: production
      - run: ./scripts/release.sh *
        environment: staging
      - uses: acme/rollout
    security: [uses: acme/scan, run: ourscan … --all]
    smoke:
      - job: probe-*
`);

const texts: Readonly<Record<Dialect, { path: string; text: (lines: readonly string[]) => string }>> = {
  github: {
    path: "/shop/.github/workflows/a.yml",
    text: (lines) =>
      `on: push\njobs:\n  j:\n    runs-on: x\n    steps:\n${lines.map((line) => `      - run: ${line}\n`).join("")}`,
  },
  gitlab: {
    path: "/shop/.gitlab-ci.yml",
    text: (lines) => `j:\n  script:\n${lines.map((line) => `    - ${line}\n`).join("")}`,
  },
  azure: {
    path: "/shop/azure-pipelines.yml",
    text: (lines) => `jobs:\n  - job: j\n    steps:\n${lines.map((line) => `      - script: ${line}\n`).join("")}`,
  },
  circleci: {
    path: "/shop/.circleci/config.yml",
    text: (lines) => `jobs:\n  build:\n    steps:\n${lines.map((line) => `      - run: ${line}\n`).join("")}`,
  },
  jenkins: {
    path: "/shop/Jenkinsfile",
    text: (lines) =>
      `pipeline {\n  stages {\n    stage('j') {\n      steps {\n${lines.map((line) => `        sh '${line}'\n`).join("")}      }\n    }\n  }\n}\n`,
  },
};

const read = (dialect: Dialect, text: string) => parsePipeline(texts[dialect].path, text, dialect, ownRolesOf(signs));

/** The roles of all jobs, with the places they deploy to; "?" is a weak sign. */
const seen = (jobs: readonly JobOutline[]): readonly string[] =>
  jobs.flatMap(({ said = [], main = [], jobs: inner = [] }) => [
    ...[...said, ...main].map((work) =>
      "by" in work
        ? [work.role, work.tier].filter(Boolean).join(" ") + ((work as Evidence).weak ? "?" : "")
        : work.role,
    ),
    ...seen(inner),
  ]);

const rolesIn = (dialect: Dialect, ...lines: readonly string[]) =>
  seen(read(dialect, texts[dialect].text(lines)).outline.jobs);

describe("commands of a team", () => {
  for (const dialect of Object.keys(texts) as Dialect[])
    it(`are recognised in ${dialect}`, () => {
      expect(rolesIn(dialect, "make ship")).toEqual(["deploy production"]);
      expect(rolesIn(dialect, "make -j4 ship VERSION=1")).toEqual(["deploy production"]);
      expect(rolesIn(dialect, "./scripts/release.sh eu-west", "scripts/release.sh")).toEqual([
        "deploy staging",
        "deploy staging",
      ]);
      expect(rolesIn(dialect, "docker run tools ourscan src --all")).toEqual(["security"]);
      expect(rolesIn(dialect, "make shipping")).not.toContain("deploy production");
    });
});

describe("actions, tasks, orbs and steps of a team", () => {
  it("are recognised whatever their version", () => {
    const step = (uses: string) =>
      seen(read("github", `on: push\njobs:\n  j:\n    steps:\n      - uses: ${uses}\n`).outline.jobs);
    expect(step("acme/scan@v2")).toEqual(["security"]);
    expect(step("Acme/Scan/deep@v2")).toEqual(["security"]);
    expect(step("acme/rollout@v2")).toEqual(["deploy"]);
    expect(step("acme/scanner@v2")).not.toEqual(["security"]);
  });

  it("are called workflows, whose jobs then need not be seen", () => {
    const [job] = read("github", "on: push\njobs:\n  j:\n    uses: acme/rollout/.github/workflows/a.yml@main\n").outline
      .jobs;
    expect(job?.calls).toBeUndefined();
    expect(seen(job ? [job] : [])).toEqual(["deploy"]);
  });

  it("are tasks of Azure, orbs of CircleCI and steps of Jenkins plugins", () => {
    const own = ownRolesOf(signsIn("pipeline: {roles: {security: [uses: AcmeScan, uses: acme/scan]}}"));
    const of = (dialect: Dialect, text: string) =>
      seen(parsePipeline(texts[dialect].path, text, dialect, own).outline.jobs);
    expect(of("azure", "steps:\n  - task: acme.tools.AcmeScan@1\n")).toEqual(["security"]);
    expect(of("circleci", "jobs:\n  build:\n    steps:\n      - acme/scan\n")).toEqual(["security"]);
    expect(of("jenkins", "pipeline { stages { stage('a') { steps { acmeScan() } } } }")).toEqual(["security"]);
  });
});

describe("jobs of a team", () => {
  it("are what their names are said to mean, and what they do unseen is known by that", () => {
    const { outline } = read("gitlab", "probe-eu:\n  script: ./x.sh\nother:\n  script: ./x.sh\n");
    expect(outline.jobs.map((job) => seen([job]))).toEqual([["smoke"], ["unseen"]]);
  });
});

const workflow =
  "on: push\njobs:\n  ship:\n    runs-on: ubuntu-24.04\n    environment: production\n    steps:\n      - run: make ship\n";
const path = texts.github.path;
const rule = "pipeline/test-before-deploy";

describe("an engine", () => {
  const check = (config: string, others: Readonly<Record<string, string>> = {}) => {
    const settings = settingsFor(path, readConfig("/shop/.dakota.yaml", config).config);
    const engine = engineOver({ [rule]: catalogue[rule] ?? expect.fail() }, {});
    for (const [at, text] of Object.entries(others)) engine.index(at, text, settings.signs);
    engine.index(path, workflow, settings.signs);
    return { engine, settings, found: engine.check(path, workflow, settings).findings.map(({ message }) => message) };
  };

  it("judges by what the configuration says", () => {
    expect(check("").found).toEqual([]);
    const [message] = check("pipeline: {roles: {deploy: [make ship]}}").found;
    expect(message).toContain('"make ship"');
  });

  it("shows it in the picture", () => {
    const { engine, settings } = check("pipeline: {roles: {deploy: [{run: make ship, environment: production}]}}");
    const sketch = engine.sketch(path, workflow, settings);
    if ("reason" in sketch) throw new Error(sketch.reason);
    expect(sketch.stages.find(({ stage }) => stage === "deploy-production")?.state).toBe("present");
  });

  it("says which pipelines other signs would read differently", () => {
    const { engine, settings } = check("pipeline: {roles: {deploy: [make ship]}}");
    expect(engine.readsAnew(path, settings.signs)).toBe(false);
    expect(engine.readsAnew(path, undefined)).toBe(true);
    expect(engine.readsAnew("/shop/Dockerfile", undefined)).toBe(false);
  });
});
