// What the readers of Azure Pipelines, CircleCI and Jenkins see beside jobs and their order: settings, limits, branches,
// templates with their parameters, and what every dialect says to the other files of its repository.

import { describe, expect, it } from "vitest";
import { canMeet } from "../../../server/engine/languages/pipeline/branches.js";
import { facts } from "../../../server/engine/languages/pipeline/facts.js";
import { flowOf } from "../../../server/engine/languages/pipeline/flow.js";
import { type Dialect, repositoryOf, type Setting } from "../../../server/engine/languages/pipeline/model.js";
import { parsePipeline } from "../../../server/engine/languages/pipeline/parse.js";
import { createWorkspaceIndex } from "../../../server/engine/workspace.js";

const read = (dialect: Dialect, text: string, path = "/w/pipeline") => parsePipeline(path, text, dialect);

const settingsOf = (dialect: Dialect, text: string): readonly string[] =>
  (read(dialect, text).settings ?? []).map(
    ({ name, value, kind, job }: Setting) => `${kind} ${name}=${value.text}${job === undefined ? "" : ` in ${job}`}`,
  );

const commandsOf = (dialect: Dialect, text: string): readonly (readonly string[])[] =>
  read(dialect, text).jobs.map(({ steps }) =>
    steps.flatMap(({ commands }) => commands.map((command) => command.words.join(" "))),
  );

describe("settings", () => {
  it("are read from every level of an Azure pipeline", () => {
    const text = `parameters:
  - name: size
    default: small
variables:
  - group: shared
  - name: COLOR
    value: red
stages:
  - stage: ship
    variables: { SHAPE: round }
    jobs:
      - deployment: shop
        strategy:
          runOnce:
            deploy:
              steps:
                - task: Upload@1
                  inputs: { target: shelf }
            on:
              failure:
                steps:
                  - script: ./undo.sh
                    env: { LEVEL: "3" }
  - template: more.yml
    parameters: { place: here }
`;
    expect(settingsOf("azure", text)).toEqual([
      "input size=small",
      "variable COLOR=red",
      "variable SHAPE=round",
      "input target=shelf in ship / shop",
      "variable LEVEL=3 in ship / shop",
      "input place=here",
    ]);
  });

  it("are read from executors, containers, steps and workflows of CircleCI", () => {
    const text = `executors:
  small:
    docker: [{ image: "node:22", auth: { username: me, password: $PASSWORD } }]
commands:
  greet:
    parameters: { to: { type: string, default: world } }
    steps: [{ run: { command: ./greet.sh, environment: { TONE: warm } } }]
jobs:
  a:
    environment: [LEVEL=3]
    steps:
      - when: { condition: true, steps: [{ greet: { to: you } }] }
workflows:
  w:
    jobs: [{ a: { requires: [b], context: c, place: here } }]
`;
    expect(settingsOf("circleci", text)).toEqual([
      "login username=me",
      "login password=$PASSWORD",
      "input to=world",
      "variable TONE=warm",
      "variable LEVEL=3 in a",
      "input to=you in a",
      "input place=here in a",
    ]);
  });

  it("are read from environments, bindings, parameters and arguments of Jenkins", () => {
    const text = `def level = '3'
pipeline {
  environment { COLOR = 'red'; TOKEN = credentials('shop-token') }
  parameters { string(name: 'size', defaultValue: 'small') }
  stages {
    stage('ship') {
      steps {
        withEnv(['SHAPE=round']) { upload target: 'shelf', tokenVariable: 'T' }
        withCredentials([string(credentialsId: 'k', variable: 'KEY'), file(credentialsId: 'f', variable: 'FILE')]) {
          sh './ship.sh'
        }
      }
    }
  }
}
`;
    expect(settingsOf("jenkins", text)).toEqual([
      "variable level=3",
      "variable COLOR=red",
      "variable TOKEN=shop-token",
      "input size=small",
      "variable SHAPE=round in ship",
      "input target=shelf in ship",
      "variable KEY=KEY",
    ]);
    const stored = read("jenkins", text).settings?.filter((one) => one.stored);
    expect(
      stored?.map(({ name, within }) => `${name} ${within ? text.slice(within.start, within.start + 15) : "all"}`),
    ).toEqual(["TOKEN all", "KEY withCredentials"]);
  });

  it("leave out what Jenkins puts together, and ids of stored credentials", () => {
    const text = `def a = 'x' + suffix
def b = "2f1c9f4e-0b4d-4d1f-9a55-6a2f1f0c7b11"
`;
    expect(settingsOf("jenkins", text)).toEqual([]);
  });
});

describe("limits of time in Jenkins", () => {
  const limits = (text: string) =>
    read("jenkins", text).jobs.map(({ timeout }) => timeout && (timeout.minutes ?? "unknown"));

  it("hold for a stage, in any unit", () => {
    expect(
      limits(`pipeline { stages {
        stage('a') { options { timeout(time: 2, unit: 'HOURS') }; steps { sh 'make' } }
        stage('b') { options { timeout(30) }; steps { sh 'make' } }
        stage('c') { options { timeout(time: params.limit) }; steps { sh 'make' } }
        stage('d') { steps { sh 'make' } }
      } }`),
    ).toEqual([120, 30, "unknown", undefined]);
  });

  it("say nothing certain of a stage where they hold for a part of it, or for more than it", () => {
    expect(limits(`node { stage('a') { timeout(5) { sh 'make' } } }`)).toEqual(["unknown"]);
    expect(limits(`timeout(5) { stage('a') { sh 'make' }; stage('b') { sh 'make' } }`)).toEqual(["unknown", "unknown"]);
    const whole = read("jenkins", `pipeline { options { timeout(5) }\nstages { stage('a') { steps { sh 'make' } } } }`);
    expect(whole.timeout?.minutes).toBeUndefined();
    expect(whole.timeout).toBeDefined();
  });
});

describe("statements of Jenkins", () => {
  it("may stand behind each other in one line", () => {
    const text = `pipeline { agent any; stages { stage('ship') { when { branch 'main' } input { message 'Go?' } steps { sh 'make ship' } } } }`;
    const { jobs, outline } = read("jenkins", text);
    expect(outline.jobs).toMatchObject([{ id: "ship", manual: "blocking" }]);
    expect(jobs[0]?.branches?.map((branch) => branch.text)).toEqual(["main"]);
    expect(commandsOf("jenkins", text)).toEqual([["make ship"]]);
  });

  it("go on behind a block where Groovy does", () => {
    const text = `node { stage('a') { if (x) { sh 'one' } else { sh 'two' }\n try { sh 'three' } finally { sh 'four' } } }`;
    expect(commandsOf("jenkins", text)).toEqual([["one", "two", "three", "four"]]);
  });

  it("are followed through matrix and nested parallel stages", () => {
    const text = `pipeline { stages { stage('all') { parallel {
      stage('left') { stages { stage('one') { steps { sh 'a' } } } }
      stage('right') { matrix { axes { axis { name 'X'; values '1', '2' } } stages { stage('two') { steps { sh 'b' } } } } }
    } } stage('end') { steps { sh 'c' } } } }`;
    const jobs = read("jenkins", text).outline.jobs.map(({ id, needs }) => [id, needs]);
    expect(jobs).toEqual([
      ["all / left / one", []],
      ["all / right / two", []],
      ["end", ["all / left / one", "all / right / two"]],
    ]);
  });

  it("let a failure pass only where nobody looks at the status", () => {
    const lenient = (script: string) =>
      read("jenkins", `node { stage('a') { ${script} } }`).jobs[0]?.steps.map((step) => step.lenient?.text);
    expect(lenient("sh script: 'make test', returnStatus: true")).toEqual(["returnStatus"]);
    expect(lenient("def status = sh(script: 'make test', returnStatus: true)")).toEqual([undefined]);
    expect(lenient("if (sh(script: 'make test', returnStatus: true) != 0) { error 'no' }")?.[0]).toBeUndefined();
  });
});

describe("parameters of CircleCI", () => {
  it("are no heredocs", () => {
    const text = `jobs:
  a:
    steps:
      - run: |
          deploy << parameters.place >> --now
          << parameters.extra >>
          test
          cat << END
          not a command
          END
          report
`;
    const [words] = commandsOf("circleci", text);
    expect(words).toEqual(["deploy << parameters.place >> --now", "<< parameters.extra >>", "test", "cat", "report"]);
  });
});

describe("commands of CircleCI", () => {
  it("are read once, and do not run in circles", () => {
    const text = `commands:
  a: { steps: [b, { run: make }] }
  b: { steps: [a] }
jobs:
  x: { steps: [a, a] }
`;
    expect(commandsOf("circleci", text)).toEqual([["make", "make"]]);
  });

  it("do not grow without end", () => {
    const levels = Array.from({ length: 10 }, (_, i) => `  c${i}: { steps: [${`c${i + 1}, `.repeat(9)}checkout] }\n`);
    const text = `commands:\n${levels.join("")}  c10: { steps: [{ run: make }] }\njobs:\n  x: { steps: [c0] }\n`;
    const started = performance.now();
    read("circleci", text);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe("schedules of CircleCI", () => {
  it("start the workflow that they stand in", () => {
    const text = `jobs: { a: { steps: [checkout] }, b: { steps: [checkout] } }
workflows:
  nightly:
    triggers: [{ schedule: { cron: "0 3 * * *" } }]
    jobs: [a]
  ship:
    jobs: [b]
`;
    expect(read("circleci", text).schedules.map(({ jobs }) => jobs)).toEqual([["nightly / a"]]);
  });
});

describe("templates of Azure Pipelines", () => {
  const template = `parameters:
  - name: place
  - name: after
    default: build
stages:
  - stage: ship_\${{ parameters.place }}
    dependsOn: \${{ parameters.after }}
    jobs:
      - deployment: shop
        environment: \${{ parameters.place }}
        strategy: { runOnce: { deploy: { steps: [{ script: kubectl apply -f shop.yaml }] } } }
`;
  const flow = (main: string) => {
    const files = { "/w/azure-pipelines.yml": main, "/w/ship.yml": template };
    const index = createWorkspaceIndex();
    for (const [path, text] of Object.entries(files)) index.update(path, facts(read("azure", text, path)));
    const found = flowOf(read("azure", main, "/w/azure-pipelines.yml"), index.viewFor("/w/azure-pipelines.yml"));
    return [...(found?.jobs.values() ?? [])]
      .filter(({ deployment }) => deployment)
      .map(({ node, deployment }) => [node.id, deployment?.tier, node.waitsFor.some((one) => one.waitsForUnseen)]);
  };

  it("get the values of the call, and defaults where it gives none", () => {
    const main = `trigger: [main]
stages:
  - stage: build
    jobs: [{ job: make, steps: [{ script: make }] }]
  - template: ship.yml
    parameters: { place: staging }
  - template: ship.yml
    parameters: { place: production, after: ship_staging }
`;
    expect(flow(main)).toEqual([
      ["ship_staging / shop", "staging", false],
      ["ship_production / shop", "production", false],
    ]);
  });

  it("stay open where the call gives an expression", () => {
    const main = `trigger: [main]
parameters: [{ name: where, default: production }]
stages:
  - stage: build
    jobs: [{ job: make, steps: [{ script: make }] }]
  - template: ship.yml
    parameters: { place: "\${{ parameters.where }}" }
`;
    expect(flow(main)).toEqual([[expect.stringContaining("parameters.place"), "unknown", false]]);
  });
});

describe("facts about a repository", () => {
  const kinds: readonly (readonly [Dialect, string, string])[] = [
    [
      "github",
      "/w/.github/workflows/a.yml",
      "on: push\njobs: { a: { steps: [{ run: npm test }, { run: trivy fs . }] } }\n",
    ],
    ["gitlab", "/w/.gitlab-ci.yml", "a: { script: [npm test, trivy fs .] }\n"],
    [
      "azure",
      "/w/eng/pipelines/a.yml",
      "stages: [{ stage: s, jobs: [{ job: a, steps: [{ script: npm test }, { script: trivy fs . }] }] }]\n",
    ],
    [
      "circleci",
      "/w/.circleci/config.yml",
      "jobs: { a: { steps: [{ run: npm test }, { run: trivy fs . }] } }\nworkflows: { w: { jobs: [a] } }\n",
    ],
    ["jenkins", "/w/ci/Jenkinsfile", "node { stage('a') { sh 'npm test'; sh 'trivy fs .' } }\n"],
  ];

  it.each(kinds)("are told by %s", (dialect, path, text) => {
    const said = facts(parsePipeline(path, text, dialect)).filter(({ key }) => key === "/w");
    expect(said.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["pipeline.roles", "pipeline.security", "pipeline.tests"]),
    );
    const roles = said.find(({ kind }) => kind === "pipeline.roles")?.value;
    expect(roles).toMatchObject({ roles: expect.arrayContaining(["test", "security"]) });
    expect(roles).not.toHaveProperty("unseen");
  });

  it("stand under its root, wherever the pipeline stands", () => {
    expect(repositoryOf("/w/shop/azure-pipelines.yml", "azure")).toBe("/w/shop");
    expect(repositoryOf("/w/.azure/pipelines/templates/deploy.yml", "azure")).toBe("/w");
    expect(repositoryOf("/w/services/Jenkinsfile", "jenkins")).toBe("/w/services");
  });
});

describe("branches that jobs ask for", () => {
  const meet = (dialect: Dialect, text: string, one: string, other: string) => {
    const model = read(dialect, text);
    const nodes = [...(flowOf(model, createWorkspaceIndex().viewFor(model.path))?.jobs.keys() ?? [])];
    const [a, b] = [one, other].map((id) => nodes.find((node) => node.id === id));
    return a && b && canMeet(a, b);
  };
  const circle = `workflows:
  w:
    jobs:
      - a: { filters: { branches: { only: main } } }
      - b: { filters: { branches: { ignore: [main] } } }
      - c: { requires: [b] }
      - d: { filters: { branches: { only: /main.*/ } } }
      - e
`;

  it.each([
    ["a", "b", false],
    ["a", "c", false],
    ["b", "c", true],
    ["a", "d", true],
    ["a", "e", true],
    ["b", "e", true],
  ])("let %s and %s of CircleCI run together: %s", (one, other, together) => {
    expect(meet("circleci", circle, one, other)).toBe(together);
  });

  it("do not keep Jenkins from what stands behind a stage that is left out", () => {
    const text = `pipeline { stages {
      stage('a') { when { branch 'next' } steps { sh 'x' } }
      stage('b') { when { branch 'main' } steps { sh 'x' } }
      stage('c') { when { anyOf { branch 'next'; changeRequest() } } steps { sh 'x' } }
    } }`;
    expect([meet("jenkins", text, "a", "b"), meet("jenkins", text, "b", "c")]).toEqual([false, true]);
  });
});
