// Pipelines whose tests pass however little of the code they run.

import { flowOf } from "../../languages/pipeline/flow.js";
import { at, option, rule } from "../../rule.js";
import { amongJobs, namedBy } from "./_names.js";
import { anyWords, seesAll, wordsIn } from "./_seen.js";

export default rule({
  on: "pipeline",
  title: "Fail tests below a coverage threshold",
  why: "Tests are a gate only for the code they run. A threshold keeps new code from going round them unseen: coverage may fall by decision, not by neglect.",
  severity: "hint",
  profile: "opt-in",
  phase: 3,
  standard: "DevOps Engineering Protocol, Phase 3: CI/CD Pipeline Development",
  options: {
    files: option.strings(
      [
        "codecov.yml",
        ".codecov.yml",
        ".nycrc",
        ".nycrc.json",
        ".coveragerc",
        "jest.config.js",
        "jest.config.ts",
        "vitest.config.ts",
        "vitest.config.js",
        "pyproject.toml",
        "setup.cfg",
        "tox.ini",
        "build.gradle",
        "build.gradle.kts",
        "pom.xml",
        "sonar-project.properties",
        "phpunit.xml",
      ],
      "Files in the root of the repository that may set a threshold: where there is one, nothing is said",
    ),
  },

  *check(pipeline, { files }, workspace) {
    const flow = flowOf(pipeline, workspace);
    if (!flow || !seesAll(flow) || anyWords(flow, pipeline, threshold)) return;
    const root = /^(.*?)\/(?:\.github\/.*|[^/]*)$/.exec(pipeline.path)?.[1] ?? "";
    if (files.some((file) => workspace.exists(`${root}/${file}`))) return;
    for (const job of flow.jobs.values()) {
      const test = job.evidence.find(({ role, weak, by }) => role === "test" && !weak && by === "command");
      if (!test || job.node.outside || wordsIn(job, pipeline, /terraform|tofu|conftest|helm|promtool/).length > 0)
        continue;
      yield at(
        test.span ?? job.node.span,
        `${namedBy(job, test)} passes at any coverage: no threshold ${amongJobs(flow)}`,
      );
      return;
    }
  },
});

/** Flags, services and settings that let tests fail for their coverage. */
const threshold =
  /fail[-_]under|cov-fail|coverage-?threshold|check-coverage|--(?:lines|branches|functions|statements)\b|min(?:imum)?[-_]?coverage|coverage[-_]?(?:min|gate|check|limit)|threshold|codecov|coveralls|sonar|jacoco\w*verification|--fail-under|tarpaulin.*fail|diff-cover|octocov|go-test-coverage|quality[-_ ]?gate/i;
