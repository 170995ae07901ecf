// Protocols as data: dop.yaml is complete and of the form of the schema; reader and schema agree on what is wrong.

import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { readProtocol } from "../../../server/engine/protocol/read.js";
import { dop, dopText } from "./dop.js";

const schema: object = JSON.parse(
  readFileSync(new URL("../../../schemas/protocol.schema.json", import.meta.url), "utf8"),
);
const validate = new Ajv({ strict: true, allErrors: true, strictTypes: false, strictRequired: false }).compile(schema);

// Counted by hand in the protocol document.
const counts = [
  {
    number: 1,
    tracker: "Infrastructure Assessment",
    steps: 4,
    file: "phase1_infrastructure_plan.md",
    sections: 5,
    stages: 0,
  },
  {
    number: 2,
    tracker: "Infrastructure as Code",
    steps: 5,
    file: "phase2_infrastructure_code.md",
    sections: 5,
    stages: 0,
  },
  { number: 3, tracker: "CI/CD Pipeline", steps: 5, file: "phase3_cicd_pipeline.md", sections: 4, stages: 4 },
  {
    number: 4,
    tracker: "Monitoring & Observability",
    steps: 5,
    file: "phase4_observability_setup.md",
    sections: 5,
    stages: 0,
  },
  {
    number: 5,
    tracker: "Operations & Improvement",
    steps: 5,
    file: "phase5_operations_guide.md",
    sections: 5,
    stages: 0,
  },
];

test("the DevOps Engineering Protocol is there in full", () => {
  const found = dop.phases.map(({ number, trackerTitle, steps, output, stages }) => ({
    number,
    tracker: trackerTitle,
    steps: steps.length,
    file: output?.file,
    sections: output?.sections.length,
    stages: stages?.length ?? 0,
  }));
  expect(found).toEqual(counts);
  expect(dop.phases.map(({ gate }) => gate?.title)).toEqual([
    "Reliability Gate",
    "Reliability Gate",
    "Reliability Gate with test deployment",
    "Reliability Gate",
    "Final Reliability Gate",
  ]);
  expect(dop.gateAnswers.map(({ word, passes }) => [word, passes])).toEqual([
    ["Yes", true],
    ["No", false],
    ["Clarify", false],
  ]);
  expect(dop.tracker.statuses.map(({ emoji, label }) => `${emoji} ${label}`)).toEqual([
    "❌ Not Started",
    "⏳ In Progress",
    "✅ Complete",
  ]);
  const besides = [
    dop.prompts,
    dop.guardrails,
    dop.references,
    dop.inspiredBy,
    dop.cycle?.activities,
    dop.cycle?.outputs,
  ];
  expect(besides.map((list) => list?.length)).toEqual([4, 4, 5, 4, 5, 4]);
  expect([dop.persona?.traits.length, dop.persona?.preferences.length]).toEqual([5, 4]);
});

test("every step and phase says how the workspace can show it, and names only its own documents and sections", () => {
  for (const { steps, output, evidence } of dop.phases) {
    expect(evidence.length).toBeGreaterThan(0);
    for (const step of steps) expect(step.evidence.length, step.title).toBeGreaterThan(0);
    for (const item of [...evidence, ...steps.flatMap((step) => step.evidence)]) {
      if (item.kind !== "document") continue;
      expect(item.file).toBe(output?.file);
      if (item.section) expect(output?.sections.map(({ title }) => title)).toContain(item.section);
    }
  }
});

test("dop.yaml is of the form of the schema, and what the reader gives is the same data", () => {
  const data: unknown = parse(dopText);
  validate(data);
  expect(validate.errors ?? []).toEqual([]);
  expect(dop).toMatchObject(data as object);
  expect(readProtocol(JSON.stringify(data)).protocol).toEqual(dop);
});

test("everything in the schema is described", () => {
  const bare: string[] = [];
  const walk = (node: unknown, path: string, named: boolean): void => {
    if (typeof node !== "object" || node === null || path.endsWith("/contains")) return;
    if (named && !("description" in node) && !("$ref" in node)) bare.push(path);
    for (const [key, value] of Object.entries(node)) {
      const holdsNames = /\/(?:properties|definitions)$/.test(path);
      walk(value, `${path}/${key}`, holdsNames);
    }
  };
  walk(schema, "", true);
  expect(bare).toEqual([]);
});

type Path = readonly (string | number)[];

/** Every place in a value, the outer ones first. */
function places(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((item, i) => [i, item] as const)
    : Object.entries(value);
  return [path, ...entries.flatMap(([key, item]) => places(item, [...path, key]))];
}

/** A copy with the value at a path replaced, or left out for undefined. */
function changed(value: unknown, path: Path, to: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return to;
  if (Array.isArray(value)) return value.map((item, i) => (i === key ? changed(item, rest, to) : item));
  return Object.fromEntries(
    Object.entries(value as object).flatMap(([name, item]): [string, unknown][] => {
      if (name !== key) return [[name, item]];
      const next = changed(item, rest, to);
      return next === undefined ? [] : [[name, next]];
    }),
  );
}

test("reader and schema refuse the same mistakes, one at a time, all over the protocol", () => {
  const whole: unknown = parse(dopText);
  const oneOfEach = new Map(
    places(whole).map((path) => [path.filter((key) => typeof key === "string").join("/") + path.length, path]),
  );
  let refused = 0;
  for (const path of oneOfEach.values()) {
    if (path.length === 0) continue;
    const wrong = [7.5, "", "a | b", "../x.md", [], {}, true, null];
    const variants = [...wrong, ...(typeof path.at(-1) === "string" ? [undefined] : [])].map((to) =>
      changed(whole, path, to),
    );
    for (const variant of variants) {
      const valid = validate(variant);
      const { problems } = readProtocol(JSON.stringify(variant));
      // Names written twice are beyond a schema; the reader may find more, never less.
      if (!valid) expect(problems, `${path.join("/")}: ${JSON.stringify(validate.errors?.[0])}`).not.toEqual([]);
      else
        expect(
          problems.filter(({ message }) => !/second time/.test(message)),
          path.join("/"),
        ).toEqual([]);
      if (!valid) refused++;
    }
  }
  expect(refused).toBeGreaterThan(300);
});

const small = `id: small
title: Small
purpose: Tests.
gateAnswers: [{ word: "Yes", passes: true }]
phases:
  - { number: 1, title: One, objective: Begin., steps: [{ title: S, checkpoint: Done }] }
tracker:
  heading: Small Tracker
  level: 2
  columns: { phase: "#", title: T, status: S, notes: N }
  statuses:
    - { meaning: not-started, label: Open }
    - { meaning: in-progress, label: Busy }
    - { meaning: complete, label: Ready }
  log: { heading: Log, columns: { date: D, phase: P, answer: A, by: B, evidence: E } }
`;

test("a team's own protocol may leave out all that is optional", () => {
  const { protocol, problems } = readProtocol(small);
  expect(problems).toEqual([]);
  expect(protocol?.phases[0]).toEqual({
    number: 1,
    title: "One",
    trackerTitle: "One",
    objective: "Begin.",
    steps: [{ title: "S", checkpoint: "Done", evidence: [] }],
    evidence: [],
  });
});

test.each([
  ["title: Small\n", "", "id", '"title" is missing'],
  ["level: 2", "level: 9", "9", "a whole number from 1 to 6 is wanted here"],
  ["purpose: Tests.", "purpose: Tests.\ncolour: red", "colour", '"colour" is not known here'],
  ["meaning: complete", "meaning: ready", "ready", "one of not-started, in-progress, complete is wanted here"],
  ["meaning: complete", "meaning: not-started", "not-started", 'status "not-started" stands here a second time'],
  ["passes: true", "passes: false", '[{ word: "Yes", passes: false }]', "no answer passes a gate"],
  ["steps: [{ title: S, checkpoint: Done }]", "steps: []", "[]", "a list of at least 1 is wanted here"],
  [
    "checkpoint: Done",
    "checkpoint: Done, evidence: [{ kind: magic }]",
    "magic",
    /^one of document, terraform, .* is wanted here$/,
  ],
])("%j as %j is complained about where it stands", (from, to, place, message) => {
  const text = small.replace(from, to);
  expect(text).not.toBe(small);
  const found = readProtocol(text).problems.map(({ span, message: said }) => [text.slice(span.start, span.end), said]);
  expect(found).toContainEqual([place, typeof message === "string" ? message : expect.stringMatching(message)]);
});

test("a faulty phase does not take the others with it", () => {
  const text = small.replace(
    "tracker:",
    "  - { number: two, title: Two, objective: x, steps: [{ title: S, checkpoint: C }] }\ntracker:",
  );
  const { protocol, problems } = readProtocol(text);
  expect(protocol?.phases.map(({ number }) => number)).toEqual([1]);
  expect(problems).toHaveLength(1);
});

test.each(["", "\0", "[", "a: &x [*x]", "- 1", "---\n---\n"])("%j is no protocol, and says so", (text) => {
  const { protocol, problems } = readProtocol(text);
  expect(protocol).toBeUndefined();
  expect(problems.length).toBeGreaterThan(0);
});
