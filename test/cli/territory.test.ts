// What counts as the workspace on the command line: which files are evidence, outputs and trackers.

import { expect, test } from "vitest";
import { dopPath, masterTracker, plan, repository, trackerWith, wholePlan } from "./workspace.js";

const vpc = 'resource "aws_vpc" "main" {}\n';

type Run = ReturnType<typeof repository>["run"];

/** Of each tracker: its file, and where its network is found. */
function networks(run: Run, ...args: readonly string[]) {
  const { trackers } = JSON.parse(run("status", "--format", "json", ...args).stdout);
  return trackers.map((tracker: { file: string; phases: { steps: { evidence: { results: Result[] } }[] }[] }) => {
    const results = tracker.phases.flatMap(({ steps }) => steps.flatMap(({ evidence }) => evidence.results));
    const places = results.flatMap((result) => (result.kind === "terraform" ? result.places : []));
    return [tracker.file, ...new Set(places.map(({ file }) => file))];
  });
}

interface Result {
  readonly kind: string;
  readonly places: readonly { readonly file: string }[];
}

test("what .dakota.yaml excludes is no evidence, no output, no tracker, and has no findings", () => {
  const open = 'resource "aws_db_instance" "main" {\n  password = "hunter2hunter2"\n}\n';
  const { run } = repository({
    ".dakota.yaml": 'exclude: ["old/**"]\n',
    [dopPath]: trackerWith(),
    "old/infra/main.tf": vpc + open,
    [`old/${plan}`]: wholePlan,
    "old/docs/tracker.md": trackerWith(),
    "infra/.dakota.yaml": "exclude: [legacy/]\n",
    "infra/legacy/main.tf": vpc,
  });
  expect(networks(run)).toEqual([[dopPath]]);
  const [{ phases }] = JSON.parse(run("status", "--format", "json").stdout).trackers;
  expect(phases[0].output.exists).toBe(false);
  expect(phases[1].findings.errors).toBe(0);
});

test("trackers of different protocols do not divide the repository", () => {
  const dop = { "planning/dop-phase-tracker.md": trackerWith(), "infra/main.tf": vpc };
  const alone = networks(repository(dop).run);
  expect(alone).toEqual([["planning/dop-phase-tracker.md", "infra/main.tf"]]);
  const both = repository({ ...dop, "sre/master-phase-tracker.md": masterTracker });
  expect(networks(both.run)[0]).toEqual(alone[0]);
});

test("trackers of one protocol share what lies in none of their folders", () => {
  const { run } = repository({
    "pay/docs/tracker.md": trackerWith(),
    "shop/docs/tracker.md": trackerWith(),
    "pay/main.tf": vpc,
    "infra/main.tf": vpc,
  });
  expect(networks(run)).toEqual([
    ["pay/docs/tracker.md", "infra/main.tf", "pay/main.tf"],
    ["shop/docs/tracker.md", "infra/main.tf"],
  ]);
});

const own = (id: string) => `id: ${id}
title: Release
purpose: Tests.
phases:
  - number: 1
    title: Prepare
    objective: Prepare.
    steps:
      - title: Network
        checkpoint: Network there
        evidence: [{ kind: terraform, resources: [aws_vpc] }]
tracker:
  heading: Release Tracker
  level: 2
  columns: { phase: Phase, title: Title, status: Status, notes: Notes }
  statuses:
    - { meaning: not-started, label: Open }
    - { meaning: in-progress, label: Under Way }
    - { meaning: complete, label: Done }
  log:
    heading: Gate Log
    columns: { date: Date, phase: Phase, answer: Answer, by: By, evidence: Evidence }
`;
const ownTracker =
  "## Release Tracker\n\n| Phase | Title | Status | Notes |\n|---|---|---|---|\n| 1 | Prepare | Open | |\n";

test("of a folder of documents, the protocols, the settings and the files around it are read", () => {
  const { run } = repository({
    ".dakota/protocols/release.yaml": own("release"),
    ".dakota.yaml": "protocols: [release]\n",
    "docs/release.md": ownTracker,
    "docs/dop.md": trackerWith(),
    "other/docs/release.md": ownTracker,
    "infra/main.tf": vpc,
  });
  expect(networks(run, "docs")).toEqual([["docs/release.md", "infra/main.tf"]]);
  expect(networks(run, "other")).toEqual([["other/docs/release.md"]]);
  expect(run("gate", "1", "docs").stderr).toContain("no gate");
});
