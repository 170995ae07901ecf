// Standings to report on: a protocol of three phases, its tracker and the files around it, read as the shells read them.

import { catalogue } from "../../../server/engine/catalogue.gen.js";
import { createEngine } from "../../../server/engine/engine.js";
import { parseMarkdown } from "../../../server/engine/languages/markdown/parse.js";
import { createBasis } from "../../../server/engine/protocol/evidence/basis.js";
import type { RuleCount } from "../../../server/engine/protocol/evidence/findings.js";
import { isTracked, type TrackedProtocol } from "../../../server/engine/protocol/model.js";
import { outputsNear } from "../../../server/engine/protocol/outputs.js";
import { readProgress } from "../../../server/engine/protocol/progress.js";
import { readProtocol } from "../../../server/engine/protocol/read.js";
import { findTracker } from "../../../server/engine/protocol/tracker.js";
import { type Standing, withPaths } from "../../../server/engine/report/standing.js";
import type { Severity } from "../../../server/engine/rule.js";
import { parseTerraform } from "../../harness/engine.js";

const columns = "{ phase: Phase, title: Title, status: Status, notes: Notes }";
const logColumns = "{ date: Date, phase: Phase, answer: Answer, by: By, evidence: Evidence }";

/** Phase 1 has all there is, phase 2 a gate and nothing else, phase 3 has no gate. */
const source = `id: ours
title: Our Way <script>alert("p")</script>
purpose: Tests.
gateAnswers:
  - { word: "Yes", passes: true }
  - { word: "No", passes: false }
  - { word: Clarify, passes: false }
prompts:
  - { title: Night, question: Who is called & when? }
phases:
  - number: 1
    title: Agree
    objective: Agree.
    evidence:
      - { kind: rules-clean, rules: [terraform/*], severity: warning }
      - { kind: document, file: agreement.md }
    steps:
      - title: Draw the network
        checkpoint: Network <b>drawn</b>
        evidence: [{ kind: terraform, resources: [aws_vpc] }]
      - title: Talk
        checkpoint: Talked to everybody
    output:
      file: agreement.md
      sections:
        - { title: Service, prompt: What is it? }
        - { title: Owner, prompt: Who answers? }
    gate: { title: Go ahead }
  - number: 2
    title: Build
    objective: Build.
    steps:
      - title: Build the image
        checkpoint: Image built
    gate: { title: Ready to ship }
  - number: 3
    title: Run
    objective: Run.
    steps:
      - title: Write a runbook
        checkpoint: Runbook written
tracker:
  heading: Our Tracker
  level: 2
  columns: ${columns}
  statuses:
    - { meaning: not-started, label: Not Started }
    - { meaning: in-progress, label: In Progress }
    - { meaning: complete, label: Complete }
  log:
    heading: Gate Log
    columns: ${logColumns}
checklists:
  - id: night
    kind: checklist
    title: Night Shift
    section: Nights
    steps: [Pager charged, Phone charged]
`;

function load(): TrackedProtocol {
  const { protocol, problems } = readProtocol(source);
  if (!protocol || !isTracked(protocol) || problems.length > 0) throw new Error(JSON.stringify(problems));
  return protocol;
}

export const ours = load();

interface Tracked {
  /** Characters in the boxes of both steps of phase 1. */
  readonly boxes?: string;
  /** Rows of the gate log, without the bars around them. */
  readonly log?: readonly string[];
  /** Notes of phase 1. */
  readonly notes?: string;
}

/** The text of a tracker of {@link ours}. */
export const trackerOf = ({ boxes = "  ", log = [], notes = "" }: Tracked = {}): string => `## Our Tracker

| Phase | Title | Status | Notes |
|---|---|---|---|
| 1 | Agree | In Progress | ${notes} |
| 2 | Build | Not Started | |
| 3 | Run | Not Started | |

### Phase 1: Agree

- [${boxes[0]}] Network <b>drawn</b>
- [${boxes[1]}] Talked to everybody

### Phase 2: Build

- [ ] Image built

### Phase 3: Run

- [ ] Runbook written

### Gate Log

| Date | Phase | Answer | By | Evidence |
|---|---|---|---|---|
${log.map((row) => `| ${row} |\n`).join("")}`;

export const count = (rule: string, severity: Severity, many: number, files = 1): RuleCount => ({
  rule,
  severity,
  count: many,
  files,
  first: { path: "/repo/infra/main.tf", line: 6 },
});

interface Surroundings {
  readonly files?: Readonly<Record<string, string>>;
  readonly findings?: readonly RuleCount[];
}

/** The agreement that phase 1 asks for, whole. */
export const agreement = { "/repo/docs/agreement.md": "# A\n\n## Service\n\nOrders.\n\n## Owner\n\nPriya.\n" };

/** Where a tracker stands among these files. Findings that are not given have not been looked for. */
export function standingOf(text: string, { files = {}, findings }: Surroundings = {}): Standing {
  const path = "/repo/docs/ours.md";
  const tracker = findTracker(parseMarkdown(path, text), ours);
  if (!tracker) throw new Error(`no tracker in ${JSON.stringify(text)}`);
  const engine = createEngine({ rules: catalogue, parseTerraform, today: () => "2026-03-01", protocols: () => [ours] });
  for (const [file, content] of Object.entries(files)) engine.index(file, content);
  engine.complete();
  const outputs = outputsNear(path, ours, engine.evidence.lookup, () => true);
  const basis = createBasis(ours, engine.evidence, { outputs, ...(findings && { findings }) });
  const progress = withPaths(readProgress(ours, tracker, basis), (one) => one.replace("/repo/", ""));
  return { path: "docs/ours.md", protocol: ours, progress };
}

/** Opening and closing tags of HTML in their order of nesting, or what is wrong with them. */
export function wellFormed(html: string): string | undefined {
  const open: string[] = [];
  const empty = new Set(["meta", "br", "input"]);
  for (const [, closing, name = "", closed] of html.matchAll(/<(\/?)([a-zA-Z][\w-]*)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (closed || empty.has(name)) continue;
    if (!closing) open.push(name);
    else if (open.pop() !== name) return `</${name}> closes something else`;
  }
  return open.length > 0 ? `<${open.join(">, <")}> are left open` : undefined;
}

/** What a reader of the HTML sees: without tags, with the characters that its references stand for. */
export const readable = (html: string): string =>
  html
    .replace(/<[^<>]*>/g, "")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(lt|gt|quot|amp);/g, (_, name: string) => ({ lt: "<", gt: ">", quot: '"', amp: "&" })[name] ?? "");
