import { expect, test } from "vitest";
import type { Evidence } from "../../../../server/engine/protocol/model.js";
import { engineOver } from "../../../harness/engine.js";
import { type Files, shows } from "./workspace.js";

const workflow = (...jobs: readonly string[]) => `name: CI\non: [push]\njobs:\n${jobs.join("")}`;
const job = (id: string, run: string, more = "") =>
  `  ${id}:\n    runs-on: ubuntu-24.04\n${more}    steps:\n      - run: ${run}\n`;
const test1 = job("unit", "npm test");
const deploy = (more = "") => job("production", "kubectl apply -f k8s/", `    environment: production\n${more}`);
const at = "/repo/.github/workflows/ci.yml";
const roles = (...names: NonNullable<Extract<Evidence, { kind: "pipeline" }>["roles"]>): Evidence => ({
  kind: "pipeline",
  roles: names,
});
const gate: Evidence = { kind: "pipeline", gate: true };

test("jobs of every role, be it in different pipelines", () => {
  const files: Files = {
    [at]: workflow(test1, deploy()),
    "/repo/.github/workflows/scan.yml": workflow(job("scan", "trivy fs .")),
  };
  expect(shows(roles("test", "security"), files)).toEqual({
    state: "found",
    text: "pipeline jobs for test, security",
    places: [`${at}:4 unit (test)`, "/repo/.github/workflows/scan.yml:4 scan (security)"],
  });
  expect(shows(roles("deploy"), files).places).toEqual([`${at}:8 production (deploy)`]);
  expect(shows(roles("test", "rollback"), files)).toMatchObject({
    state: "missing",
    text: "no pipeline job for rollback",
  });
});

test("what serves other ends as well proves nothing", () => {
  expect(shows(roles("test"), { [at]: workflow(job("test", "echo done")) })).toMatchObject({
    state: "unknown",
    text: 'whether "test" does test is not certain',
  });
});

test("work that cannot be seen leaves it open", () => {
  const called = "  other:\n    uses: shop/pipelines/.github/workflows/all.yml@v1\n";
  const { state, text } = shows(roles("rollback"), { [at]: workflow(test1, called) });
  expect([state, text]).toEqual([
    "unknown",
    'no pipeline job for rollback, but in ci.yml "other" does work that cannot be seen ("shop/pipelines/.github/workflows/all.yml@v1")',
  ]);
  expect(shows(roles("test"), { [at]: workflow(test1, called) }).state).toBe("found");
  expect(shows(roles("rollback"), { [at]: workflow(test1) }, { unreadable: ["/repo/x.yml"] }).state).toBe("unknown");
});

test.each(["cloudbuild.yaml", ".travis.yml", "ci/buildspec.prod.yml", ".buildkite/pipeline.yml"])(
  "%s may do what no other pipeline does",
  (name) => {
    const text = "steps:\n  - name: gcr.io/cloud-builders/docker\n";
    expect(shows(roles("rollback"), { [at]: workflow(test1), [`/repo/${name}`]: text })).toMatchObject({
      state: "unknown",
      text: expect.stringContaining("a pipeline of a kind that Dakota does not read"),
    });
  },
);

test("jobs of files that are included are found where they are written", () => {
  const files: Files = {
    "/repo/.gitlab-ci.yml":
      "include:\n  - local: /ci/test.yml\nstages: [test, deploy]\nship:\n  stage: deploy\n  script: [kubectl apply -f k8s/]\n  environment: production\n  when: manual\n",
    "/repo/ci/test.yml": "\nunit:\n  stage: test\n  script: [npm test]\n",
  };
  expect(shows(roles("test"), files).places).toEqual(["/repo/ci/test.yml:2 unit (test)"]);
  expect(shows(gate, files)).toEqual({
    state: "found",
    text: "an approval before production",
    places: ["/repo/.gitlab-ci.yml:4 ship (deploy)"],
  });
});

test("a gate stands before every deployment to production", () => {
  const gitlab = (more = "") =>
    `stages: [deploy]\nship:\n  stage: deploy\n  script: [kubectl apply -f k8s/]\n  environment: production\n${more}`;
  expect(shows(gate, { "/repo/.gitlab-ci.yml": gitlab() })).toEqual({
    state: "missing",
    text: 'no approval before "ship" deploys to production',
    places: ["/repo/.gitlab-ci.yml:2 ship (deploy)"],
  });
  expect(shows(gate, { [at]: workflow(test1) })).toMatchObject({
    state: "missing",
    text: "no pipeline deploys to production",
  });
  // Reviewers of an environment are a setting that no file shows.
  expect(shows(gate, { [at]: workflow(deploy()) })).toMatchObject({
    state: "unknown",
    text: 'whether somebody approves "production" cannot be seen in files',
  });
  const jenkins = (input: string) =>
    `pipeline {\n  agent any\n  stages {\n${input}    stage('Deploy production') {\n      steps { sh 'kubectl apply -f k8s/' }\n    }\n  }\n}\n`;
  const approval = "    stage('Approve') {\n      steps { input 'Deploy?' }\n    }\n";
  expect(shows(gate, { "/repo/Jenkinsfile": jenkins(approval) }).state).toBe("found");
  expect(shows(gate, { "/repo/Jenkinsfile": jenkins("") }).state).toBe("missing");
});

test("what is remembered of a pipeline is read anew when something it rests on changes", () => {
  const main = "include:\n  - local: /ci/test.yml\nlint:\n  stage: test\n  script: [npx eslint .]\n";
  const engine = engineOver(
    {},
    { "/repo/.gitlab-ci.yml": main, "/repo/ci/test.yml": "unit:\n  stage: test\n  script: [npm test]\n" },
  );
  const seen = () =>
    engine.evidence
      .pipelines()
      .flatMap(({ roles }) => [...roles].flatMap(([role, job]) => (job.sure ? [role] : [])))
      .toSorted();
  const before = engine.evidence.pipelines();
  expect(seen()).toEqual(["lint", "test"]);
  expect(engine.evidence.pipelines()[0]).toBe(before[0]);
  // Nobody else is told of what only evidence has asked for.
  expect(engine.index("/repo/ci/test.yml", "scan:\n  stage: test\n  script: [trivy fs .]\n")).toEqual(new Set());
  expect(seen()).toEqual(["lint", "security"]);
  engine.remove("/repo/.gitlab-ci.yml");
  expect(engine.evidence.pipelines().some(({ path }) => path === "/repo/.gitlab-ci.yml")).toBe(false);
});
