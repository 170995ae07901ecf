// Every rule about pipelines shows each dialect in its fixture, flagged and accepted, unless a table here says why it is
// always silent in one.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../../server/engine/catalogue.gen.js";
import { detect } from "../../../server/engine/detect.js";
import type { Dialect } from "../../../server/engine/languages/pipeline/model.js";
import { type FixtureCase, readFixture } from "../../harness/fixture.js";

const dialects: readonly Dialect[] = ["github", "gitlab", "azure", "circleci", "jenkins"];
const rules = Object.keys(catalogue).filter((id) => id.startsWith("pipeline/"));

/** Where a rule never says anything in a dialect: the reason. Its fixture still holds an accepted case of it. */
const silent: Readonly<Record<string, Readonly<Partial<Record<Dialect, string>>>>> = {
  "pipeline/build-every-commit": {
    azure: "branch policies of Azure Repos start a pipeline without a word in its file",
    jenkins: "webhooks and the scan of branches are settings of the job in Jenkins",
  },
  "pipeline/environment-declared": {
    circleci: "a job cannot name an environment",
    jenkins: "a stage cannot name an environment",
  },
  "pipeline/friday-deploy": {
    gitlab: "schedules are kept by the project",
  },
  "pipeline/least-privilege-token": {
    gitlab: "the project decides what the token of a job may do",
    azure: "the project decides what the token of a job may do",
    circleci: "a job has no token for the repository",
    jenkins: "a stage has no token for the repository",
  },
  "pipeline/secret-over-shared": {
    gitlab: "the project decides which jobs get its variables",
    azure: "the project decides which pipelines get a group of variables, and a step names each secret that it takes",
    circleci: "only the jobs that name a context get it",
  },
  "pipeline/timeout": {
    circleci: "the time of a job cannot be limited",
  },
};

const dialectOf = ({ judged }: FixtureCase): Dialect | undefined => {
  const found = detect(`/workspace/${judged.path}`, judged.text);
  return found.language === "pipeline" ? found.dialect : undefined;
};

describe.each(rules)("%s", (id) => {
  const cases = readFixture(readFileSync(`test/rules/${id}.md`, "utf8"));
  it.each(dialects)("%s", (dialect) => {
    const own = cases.filter((one) => dialectOf(one) === dialect);
    const shows = {
      flagged: own.some(({ expected }) => expected.length > 0),
      accepted: own.some(({ expected }) => expected.length === 0),
    };
    expect(shows).toEqual({ flagged: silent[id]?.[dialect] === undefined, accepted: true });
  });
});

it("names no rule that is not there", () => {
  expect(Object.keys(silent).filter((id) => !rules.includes(id))).toEqual([]);
});
