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

/** Every key once, and every kind of evidence. */
const everyKey = `id: all
title: All
purpose: Tests.
dated: "2025-01-10"
inspiredBy: [Us]
persona: { name: N, title: T, role: R, mission: M, traits: [{ name: N, meaning: M }], preferences: [{ prefer: A, over: B }] }
cycle: { activities: [A], gate: G, outputs: [O] }
mandate: M
role: { handle: "@us", title: T, version: "1", updatedBy: U, nextReview: "2026-01-01" }
gateAnswers: [{ word: Sure, passes: true }]
phases:
  - number: 1
    title: One
    trackerTitle: First
    objective: Begin.
    steps: [{ title: S, activities: A, points: [P], checkpoint: C, aliases: [D], evidence: [{ kind: alert, runbook: true }] }]
    output: { file: a/b.md, sections: [{ title: T, aliases: [U], prompt: P }] }
    gate: { title: G, activities: A, checkpoint: C, added: true }
    stages: [{ name: N, implementation: I, qualityGates: Q }]
    evidence:
      - { kind: document, file: a.md, section: S, ticked: true }
      - { kind: terraform, resources: [aws_vpc], backend: true, module: false }
      - { kind: kubernetes, objects: [Pod] }
      - { kind: pipeline, roles: [test], gate: true }
      - { kind: dashboard }
      - { kind: requirement, status: Approved }
      - { kind: rules-clean, rules: ["docker/*"], severity: error }
      - { kind: all, of: [{ kind: alert }] }
tracker:
  heading: H
  level: 2
  columns: { phase: P, title: T, status: S, notes: N }
  statuses:
    - { meaning: not-started, label: Open, emoji: "-", aliases: [No] }
    - { meaning: in-progress, label: Busy }
    - { meaning: complete, label: Ready }
  log: { heading: L, columns: { date: D, phase: P, answer: A, by: B, evidence: E } }
checklists:
  - id: list
    kind: workflow
    title: T
    section: S
    trigger: W
    steps:
      - title: A
        within: { text: soon, minutes: 0.5, when: P0 }
        lasts: { text: long, minutes: 90 }
        owner: "@us"
        items: [{ title: I, within: { text: now, minutes: 0 }, owner: "@you", evidence: [{ kind: dashboard }] }, Short]
        evidence: [{ kind: dashboard }]
    output: [O]
    file: list.md
prompts: [{ title: T, question: Q }]
guardrails: [{ rule: R, instead: I }]
criticalRules: [{ title: T, must: [M], forbidden: [F] }]
standards:
  - title: T
    section: S
    entries: [{ text: T, name: N, force: always, figure: { text: F, comparison: within, value: 1, to: 2.5, unit: U, when: W } }]
antiPatterns: [{ title: T, section: S, pattern: P, instead: I }]
authority: [{ level: consult, title: T, entries: [{ who: W, what: [X] }] }]
escalation: [{ level: 1, title: T, who: W }]
severities: [{ title: T, section: S, levels: [{ id: P0, meaning: M }] }]
targets: [{ title: T, measures: M, group: G, section: S, target: { text: "1" }, alert: { text: "2" } }]
documents: [{ title: T, purpose: P, updated: U }]
collaboration: [{ role: R, exchanges: [{ kind: receive, what: [W] }] }]
pipelineStages: [{ title: T, text: X }]
strategies: [{ title: T, pros: [P], cons: [C] }]
questions: [{ title: T, text: X }]
templates: [{ title: T, section: S, fields: [F], sections: [{ title: T, fields: [F] }], closing: [F] }]
references: [{ title: T, by: B, about: A }]
`;

test("every key of the schema is in the sample that is changed below", () => {
  const written = new Set(everyKey.match(/[A-Za-z]+(?=:(?:\s|$))/gm));
  const unwritten: string[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === "properties" && typeof value === "object" && value !== null)
        unwritten.push(...Object.keys(value).filter((name) => !written.has(name)));
      walk(value);
    }
  };
  walk(schema);
  expect(unwritten).toEqual([]);
});

/** What belongs together, or is named twice, no schema of ours says. */
const beyondSchema =
  /second time|no answer passes|"tracker" is missing|there are none|already$|^the status |asks for nothing/;

test("reader and schema refuse the same mistakes, one at a time, all over the protocol", () => {
  const whole: unknown = parse(everyKey);
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
      // The reader may find more, never less.
      if (!valid) expect(problems, `${path.join("/")}: ${JSON.stringify(validate.errors?.[0])}`).not.toEqual([]);
      else
        expect(
          problems.filter(({ message }) => !beyondSchema.test(message)),
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
  ["checkpoint: Done", "checkpoint: Done, Activites: x", "Activites", '"Activites" is not known here: "activities" is'],
  ["purpose: Tests.", "purpose: Tests.\nphase: []", "phase", '"phase" is not known here: "phases" is'],
  ["purpose: Tests.", "purpose: Tests.\nxd: 1", "xd", '"xd" is not known here'],
  ["meaning: complete", "meaning: ready", "ready", "one of not-started, in-progress, complete is wanted here"],
  ["meaning: complete", "meaning: not-started", "not-started", 'status "not-started" stands here a second time'],
  ["passes: true", "passes: false", '[{ word: "Yes", passes: false }]', "no answer passes a gate"],
  ["label: Ready", "label: busy", "busy", '"busy" means "in-progress" already'],
  [
    "label: Ready",
    "label: Ready, emoji: 🟢, aliases: [Ready, '**Open**']",
    "'**Open**'",
    '"**Open**" means "not-started" already',
  ],
  ["meaning: complete", "meaning: not-started", "not-started", 'the status "complete" is missing'],
  ["    - { meaning: complete, label: Ready }\n", "", "in-progress", 'the status "complete" is missing'],
  ["title: T, status: S", "title: T, status: t", "t", 'column "t" stands here a second time'],
  ["by: B, evidence: E", "by: B, evidence: _B_", "_B_", 'column "_B_" stands here a second time'],
  [
    "heading: Log",
    "heading: 1. Small Tracker (2026)",
    "1. Small Tracker (2026)",
    '"1. Small Tracker (2026)" is the heading of the tracker already',
  ],
  ["title: Small\n", "title: Small\ntitle: Smaller\n", "title", '"title" stands here a second time'],
  [
    '{ word: "Yes", passes: true }',
    '{ word: "Yes", passes: true }, { word: "*yes*", passes: false }',
    '"*yes*"',
    'answer "*yes*" stands here a second time',
  ],
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

test.each([
  ["{ kind: terraform }", "resources, backend or module"],
  ["{ kind: terraform, backend: false }", "resources, backend or module"],
  ["{ kind: pipeline }", "roles or gate"],
  ["{ kind: all, of: [{ kind: alert }, { kind: pipeline, gate: false }] }", "roles or gate"],
  ["{ kind: document, file: a.md, ticked: true }", "section"],
])("evidence that asks for nothing is complained about: %s", (asked, wanted) => {
  const { problems } = readProtocol(small.replace("checkpoint: Done", `checkpoint: Done, evidence: [${asked}]`));
  expect(problems.map(({ message }) => message)).toEqual([`this asks for nothing: ${wanted} is wanted here`]);
});

test.each([
  "{ kind: terraform }",
  "{ kind: pipeline, roles: [build, deplyo] }",
  "{ kind: pipeline, roles: [build], gate: maybe }",
  "{ kind: all, of: [{ kind: alert }, { kind: terraform }] }",
])("evidence with a fault is left out whole, lest the rest be found without it: %s", (asked) => {
  const { protocol } = readProtocol(
    small.replace("checkpoint: Done", `checkpoint: Done, evidence: [${asked}, { kind: dashboard }]`),
  );
  expect(protocol?.phases[0]?.steps[0]?.evidence).toEqual([{ kind: "dashboard" }]);
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

test("words that differ by their signs are no repetition", () => {
  const text = small
    .replace('{ word: "Yes", passes: true }', '{ word: "👍", passes: true }, { word: "👎", passes: false }')
    .replace("label: Ready", 'label: "Go!"')
    .replace("label: Open", 'label: "Go?"');
  expect(readProtocol(text).problems).toEqual([]);
});

test("of what stands in a protocol twice the first holds", () => {
  const text = small
    .replace("passes: true }]", 'passes: true }, { word: "yes", passes: false }]')
    .replace(
      "checkpoint: Done }]",
      "checkpoint: Done }, { title: T, checkpoint: done. }, { title: U, checkpoint: Next }]",
    )
    .replace(
      "tracker:",
      "  - { number: 1, title: Again, objective: x, steps: [{ title: S, checkpoint: C }] }\ntracker:",
    );
  const { protocol, problems } = readProtocol(text);
  expect(problems.map(({ message }) => message)).toEqual([
    'phase "1" stands here a second time',
    'checkpoint "done." stands here a second time',
    'answer "yes" stands here a second time',
  ]);
  expect(protocol?.gateAnswers).toEqual([{ word: "Yes", passes: true }]);
  expect(protocol?.phases.map(({ title, steps }) => [title, ...steps.map(({ checkpoint }) => checkpoint)])).toEqual([
    ["One", "Done", "Next"],
  ]);
  const twice = readProtocol(lists.replace("id: respond", "id: before")).protocol;
  expect(twice?.checklists.map(({ title }) => title)).toEqual(["Before"]);
});

const lists = `id: lists
title: Lists
purpose: Tests.
checklists:
  - id: before
    kind: checklist
    title: Before
    section: Release
    steps:
      - Tests passed
      - title: Approved
        owner: "@test"
        evidence: [{ kind: all, of: [{ kind: alert }, { kind: dashboard }] }]
  - id: respond
    kind: workflow
    title: Respond
    section: Incidents
    steps:
      - title: Look
        within: { text: within 30 seconds, minutes: 0.5, when: P0 }
        items: [Dashboards, { title: Logs, within: { text: immediately, minutes: 0 } }]
`;

test("a document without phases needs no tracker; a step or item may be one text", () => {
  const { protocol, problems } = readProtocol(lists);
  expect(problems).toEqual([]);
  expect([protocol?.phases, protocol?.tracker, protocol?.gateAnswers]).toEqual([[], undefined, []]);
  expect(protocol?.checklists.map(({ steps }) => steps)).toEqual([
    [
      { title: "Tests passed", items: [], evidence: [] },
      {
        title: "Approved",
        owner: "@test",
        items: [],
        evidence: [{ kind: "all", of: [{ kind: "alert" }, { kind: "dashboard" }] }],
      },
    ],
    [
      {
        title: "Look",
        within: { text: "within 30 seconds", minutes: 0.5, when: "P0" },
        items: [
          { title: "Dashboards", evidence: [] },
          { title: "Logs", within: { text: "immediately", minutes: 0 }, evidence: [] },
        ],
        evidence: [],
      },
    ],
  ]);
});

test.each([
  ["minutes: 0.5", "minutes: -1", "-1", "a number of 0 or more is wanted here"],
  ["id: respond", "id: before", "before", 'checklist "before" stands here a second time'],
  ["kind: workflow", "kind: flow", "flow", "one of checklist, workflow, scenario is wanted here"],
  ["- Tests passed", "- 5", "5", "text is wanted here"],
  ["of: [{ kind: alert },", "of: [{ kind: alarm },", "alarm", /^one of document, .*, all is wanted here$/],
])("in lists, %j as %j is complained about", (from, to, place, message) => {
  const text = lists.replace(from, to);
  expect(text).not.toBe(lists);
  const found = readProtocol(text).problems.map(({ span, message: said }) => [text.slice(span.start, span.end), said]);
  expect(found).toEqual([[place, typeof message === "string" ? message : expect.stringMatching(message)]]);
});

test("a faulty step or item is left out, the others hold", () => {
  const { protocol } = readProtocol(lists.replace("- Tests passed", "- 5").replace("minutes: 0 }", "minutes: none }"));
  expect(protocol?.checklists.map(({ steps }) => steps.map(({ title }) => title))).toEqual([["Approved"], ["Look"]]);
  // What an item may do without is left out of it; the item stays.
  expect(protocol?.checklists[1]?.steps[0]?.items).toHaveLength(2);
});

test("the protocol that docs/protocols.md shows is sound", () => {
  const page = readFileSync(new URL("../../../docs/protocols.md", import.meta.url), "utf8");
  const shown = [...page.matchAll(/^```yaml\n(id: [\s\S]*?)^```/gm)].map(([, text = ""]) => readProtocol(text));
  expect(shown.map(({ problems }) => problems)).toEqual([[]]);
  expect(shown[0]?.protocol?.phases.map(({ steps }) => steps.length)).toEqual([2, 1]);
  expect(shown[0]?.protocol?.checklists.map(({ steps }) => steps.length)).toEqual([2, 2]);
});

test("phases and tracker need each other", () => {
  const tracker = small.slice(small.indexOf("tracker:"));
  const without = readProtocol(small.replace(tracker, ""));
  expect(without.protocol).toBeUndefined();
  expect(without.problems.map(({ message }) => message)).toEqual([
    'phases are recorded in a tracker: "tracker" is missing',
  ]);
  const alone = readProtocol(`id: a\ntitle: A\npurpose: Tests.\n${tracker}`);
  expect(alone.protocol?.tracker).toBeUndefined();
  expect(alone.problems.map(({ message }) => message)).toEqual(["a tracker records phases: there are none"]);
});

test("every text that breaks off is survived, and what is there up to then holds", () => {
  for (let length = 0; length < everyKey.length; length += 7) {
    const { protocol, problems } = readProtocol(everyKey.slice(0, length));
    expect(protocol !== undefined || problems.length > 0, String(length)).toBe(true);
  }
  expect(readProtocol(everyKey).problems).toEqual([]);
});

test.each(["", "\0", "[", "a: &x [*x]", "- 1", "---\n---\n"])("%j is no protocol, and says so", (text) => {
  const { protocol, problems } = readProtocol(text);
  expect(protocol).toBeUndefined();
  expect(problems.length).toBeGreaterThan(0);
});
