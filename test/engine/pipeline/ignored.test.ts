// Checks whose failure is ignored, by what the dialects have for it.

import { describe, expect, it } from "vitest";
import { ignoredChecks } from "../../../server/engine/languages/pipeline/ignored.js";
import type { Dialect } from "../../../server/engine/languages/pipeline/model.js";
import { parsePipeline } from "../../../server/engine/languages/pipeline/parse.js";

const ignored = (dialect: Dialect, text: string) =>
  ignoredChecks(parsePipeline(dialect === "github" ? "/w/.github/workflows/a.yml" : "/w/a.yml", text, dialect)).map(
    ({ evidence, how, by }) => [evidence.role, evidence.text, how, by.text],
  );

const steps = (...lines: readonly string[]) =>
  `on: push\njobs:\n  j:\n    runs-on: x\n    steps:\n      - run: |\n${lines.map((line) => `          ${line}\n`).join("")}`;

describe("checks whose failure is ignored", () => {
  it("are those of actions, tasks and plugins as well as of commands", () => {
    expect(
      ignored(
        "github",
        "on: push\njobs:\n  j:\n    steps:\n      - uses: gitleaks/gitleaks-action@v2\n        continue-on-error: true\n",
      ),
    ).toEqual([["security", "gitleaks/gitleaks-action", "step", "continue-on-error: true"]]);
    expect(ignored("azure", "steps:\n  - task: VSTest@2\n    continueOnError: true\n")).toEqual([
      ["test", "VSTest@2", "step", "continueOnError: true"],
    ]);
    expect(ignored("gitlab", "j:\n  script: npm test\n  allow_failure: true\n")).toEqual([
      ["test", "npm test", "job", "allow_failure: true"],
    ]);
  });

  it("are hidden by what comes behind, unless that can fail itself", () => {
    expect(ignored("github", steps("npm test || true"))).toEqual([["test", "npm test", "next", "|| true"]]);
    expect(ignored("github", steps("npm test || exit 1"))).toEqual([]);
    expect(ignored("github", steps("npm test || true && exit 1"))).toEqual([]);
  });

  it("go on in a shell that does, until it no longer does or asks how they ended", () => {
    const said = [["test", "npm test", "shell", "set +e"]];
    expect(ignored("github", steps("set +e", "npm test", "ls"))).toEqual(said);
    expect(ignored("github", steps("set +e", "npm test"))).toEqual([]);
    expect(ignored("github", steps("set +e", "set -e", "npm test", "ls"))).toEqual([]);
    expect(ignored("github", steps("set +e", "npm test", "code=$?", "exit $code"))).toEqual([]);
    expect(ignored("gitlab", "j:\n  script:\n    - set +e\n    - npm test\n    - ls\n")).toEqual(said);
  });

  it("count where their job deploys: it does not get that far", () => {
    expect(ignored("gitlab", "j:\n  script: [npm test, kubectl apply -f k8s]\n  allow_failure: true\n")).toEqual([]);
  });
});
