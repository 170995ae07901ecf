// Of a stage that is missing a pipeline hears once: from the rule about it, or from the list.

import { describe, expect, it } from "vitest";
import { catalogue } from "../../../server/engine/catalogue.gen.js";
import { settingsFor } from "../../../server/engine/config.js";
import { engineOver } from "../../harness/engine.js";

/** How a message speaks of a stage. */
const words: Readonly<Record<string, RegExp>> = {
  lint: /\blint\b/,
  test: /\bno test\b|(?:no|,|and) tests\b/,
  security: /security scan/,
  staging: /staging deployment|without staging/,
  integration: /integration tests?/,
  approval: /\bapproval\b|approve/,
  health: /health check|is healthy/,
  smoke: /smoke tests?/,
  rollback: /\brollback\b|takes .* back/,
  notify: /nobody is told/,
  coverage: /coverage/,
  performance: /performance test/,
};

interface Stage {
  readonly name: string;
  readonly needs: readonly string[];
  readonly lines: readonly string[];
}

/** A pipeline with every stage; tests leave some out. */
const all: readonly Stage[] = [
  { name: "lint", needs: [], lines: ["npx eslint ."] },
  { name: "test", needs: [], lines: ["npx vitest run --coverage.thresholds.lines=80"] },
  { name: "security", needs: [], lines: ["trivy fs --exit-code 1 ."] },
  { name: "build", needs: ["lint", "test", "security"], lines: ["npm run build"] },
  { name: "staging", needs: ["build"], lines: ["kubectl apply -f k8s/staging"] },
  { name: "integration", needs: ["staging"], lines: ["npx playwright test", "k6 run load.js"] },
  {
    name: "production",
    needs: ["integration", "staging", "build", "test"],
    lines: ["kubectl apply -f k8s/production"],
  },
  { name: "smoke", needs: ["production"], lines: ["./smoke-tests.sh"] },
  { name: "rollback", needs: ["smoke", "production"], lines: ["kubectl rollout undo deployment/app"] },
  { name: "notify", needs: ["production"], lines: ['curl --data "text=done" "$SLACK_WEBHOOK"'] },
];

const path = "/shop/.gitlab-ci.yml";

function pipelineWithout(missing: readonly string[]): string {
  const present = all.filter(({ name }) => !missing.includes(name));
  const names = present.map(({ name }) => name);
  return present
    .map(({ name, needs, lines }) =>
      [
        `${name}:`,
        `  needs: [${needs.filter((need) => names.includes(need)).join(", ")}]`,
        ...(name === "staging" || name === "production" ? [`  environment: ${name}`] : []),
        ...(name === "production" && !missing.includes("approval") ? ["  when: manual", "  allow_failure: false"] : []),
        ...(name === "rollback" ? ["  when: on_failure"] : []),
        "  script:",
        ...lines.map((line) => `    - ${line}`),
        ...(name === "production" && !missing.includes("health")
          ? ["    - kubectl rollout status deployment/app"]
          : []),
      ].join("\n"),
    )
    .join("\n\n")
    .concat("\n");
}

const rules = Object.fromEntries(Object.entries(catalogue).filter(([id]) => id.startsWith("pipeline/")));

/** What is said of the pipeline, by stage: the rules that speak of it. */
function voices(missing: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const text = pipelineWithout(missing);
  const { findings, failures } = engineOver(rules, { [path]: text }).check(
    path,
    text,
    settingsFor(path, undefined, { profile: "all", rules: {} }),
  );
  expect(failures).toEqual([]);
  const said = Object.entries(words).map(([stage, word]): [string, readonly string[]] => [
    stage,
    findings.filter(({ message }) => word.test(message)).map(({ rule }) => rule),
  ]);
  return Object.fromEntries(said.filter(([, by]) => by.length > 0));
}

describe("no stage is told twice", () => {
  it("of a pipeline with all of them nothing is said but that its rollback is never tried", () => {
    expect(voices([])).toEqual({ rollback: ["pipeline/rollback-tested"] });
  });

  const single = ["lint", "test", "security", "staging", "integration", "approval", "smoke", "rollback", "notify"];
  const several = [
    ["security", "rollback"],
    ["lint", "security"],
    ["test", "security"],
    ["test", "smoke"],
    ["staging", "integration"],
    ["staging", "approval"],
    ["health", "smoke"],
    ["smoke", "rollback", "notify"],
    ["lint", "test", "security", "staging", "integration", "approval", "health", "smoke", "rollback", "notify"],
  ];
  it.each([...single.map((stage) => [stage]), ...several].map((missing) => ({ missing })))(
    "without $missing",
    ({ missing }) => {
      const told = voices(missing);
      for (const [stage, by] of Object.entries(told)) expect(by, stage).toHaveLength(1);
      expect(Object.keys(told)).toEqual(expect.arrayContaining(missing));
    },
  );
});
