// The state of protocols as text, Markdown and JSON: every state, in the words of the tree.

import { describe, expect, it } from "vitest";
import { parseMarkdown } from "../../../server/engine/languages/markdown/parse.js";
import { toStatusJson } from "../../../server/engine/report/status-json.js";
import { toStatusMarkdown } from "../../../server/engine/report/status-markdown.js";
import { toStatusText } from "../../../server/engine/report/status-text.js";
import { agreement, count, ours, standingOf, trackerOf } from "./standing.js";

const network = { "/repo/infra/network.tf": '\n\nresource "aws_vpc" "main" {\n}\n' };
const yes = "2026-02-01 | 1 | Yes | Priya | 2 of 2 checkpoints";
const one = (...args: Parameters<typeof standingOf>) => ({ standings: [standingOf(...args)], unreadable: [] });
const none = { standings: [], unreadable: [] };
const missing = { standings: [], unreadable: [{ path: "docs/x.md", problem: "It holds no tracker" }] };

const begun = one(trackerOf({ boxes: "- " }), { files: network });
const stale = one(trackerOf({ boxes: "xx", log: [yes] }), { files: network });
const passed = one(trackerOf({ boxes: "xx", log: [yes] }), {
  files: { ...network, ...agreement },
  findings: [count("terraform/a", "information", 2)],
});

describe("the status as text", () => {
  it("has the phases with steps, evidence, document and gate, and marks what is current and next", () => {
    expect(toStatusText(begun)).toBe(`Our Way <script>alert("p")</script>
docs/ours.md

> 1. Agree: 0/2, in progress
      [-] Draw the network  (next)
          found: infra/network.tf:3 aws_vpc.main
      [ ] Talk
      Output agreement.md: missing
      Go ahead: open

  2. Build: 0/1, not started
      [ ] Build the image
      Ready to ship: open

  3. Run: 0/1, not started
      [ ] Write a runbook
`);
  });

  it("says why a gate is stale, and what was answered", () => {
    const lines = toStatusText(stale).split("\n");
    expect(lines).toContain("> 1. Agree: 2/2, stale");
    expect(lines).toContain("      ! agreement.md is not there any more");
    expect(lines).toContain("      Go ahead: Yes · 2026-02-01");
  });

  it("goes on to the phase behind a passed one, and tells findings that have been looked for", () => {
    const text = toStatusText(passed);
    expect(text).toContain("  1. Agree: 2/2, passed\n");
    expect(text).toContain("\n> 2. Build: 0/1, not started\n      [ ] Build the image  (next)\n");
    expect(text).toContain("      Output agreement.md: complete\n      Findings: 2 notes\n");
    expect(toStatusText(begun)).not.toContain("Findings");
    const clean = one(trackerOf(), { findings: [] });
    expect(toStatusText(clean).match(/Findings: .*/g)).toEqual(["Findings: no findings"]);
  });

  it("says what is not found", () => {
    expect(toStatusText(one(trackerOf()))).toContain("          no Terraform resource aws_vpc\n");
  });

  it("says that there is no tracker, and which one cannot be read", () => {
    expect(toStatusText(none)).toBe("No tracker was found.\n");
    expect(toStatusText(missing)).toBe("docs/x.md: It holds no tracker\n");
    const text = toStatusText(one("## Our Tracker\n\nNothing but words.\n"));
    expect(text).toMatch(/^Our Way .*\ndocs\/ours\.md: \S.*\n$/);
  });
});

describe("the status as Markdown", () => {
  it("is a table of the phases that is read as one, whatever stands in it", () => {
    const text = toStatusMarkdown({ standings: [...begun.standings, ...stale.standings], unreadable: [] });
    const { tables, tasks } = parseMarkdown("/status.md", text);
    expect(tables).toHaveLength(2);
    for (const { rows } of tables) for (const { cells } of rows) expect(cells).toHaveLength(6);
    expect(tables[1]?.rows[0]?.cells.map((cell) => text.slice(cell.span.start, cell.span.end).trim())).toEqual([
      "**1. Agree**",
      "stale: agreement.md is not there any more",
      "2/2",
      "missing",
      "",
      "Yes · 2026-02-01",
    ]);
    expect(tasks.map(({ state }) => state)).toEqual(["in-progress", "open", "done", "done"]);
    expect(text).toContain("(found: infra/network.tf:3 aws_vpc.main)");
  });

  it("holds nothing that acts as Markdown or HTML", () => {
    const text = toStatusMarkdown(one(trackerOf({ log: ["2026-02-01 | 1 | \\*Maybe\\* <b>x</b> | Priya | "] })));
    expect(text).toContain('## Our Way &lt;script>alert("p")&lt;/script>\n');
    expect(text).toContain("- [ ] Network &lt;b>drawn&lt;/b>\n");
    expect(text).toContain("| \\*Maybe\\* &lt;b>x&lt;/b> · 2026-02-01 |");
    expect(text).not.toMatch(/<|(?<![\\*])\*(?!\*)/);
  });

  it("says that there is no tracker, and which one cannot be read", () => {
    expect(toStatusMarkdown(none)).toBe("No tracker was found.\n");
    expect(toStatusMarkdown(missing)).toBe("`docs/x.md`: It holds no tracker\n");
  });
});

describe("the status as JSON", () => {
  it("has everything, with lines from one", () => {
    const json = JSON.parse(toStatusJson(begun));
    expect(json).toMatchObject({ version: 1, unreadable: [] });
    expect(json.trackers).toHaveLength(1);
    const [tracker] = json.trackers;
    expect(tracker).toMatchObject({ file: "docs/ours.md", protocol: { id: "ours" }, currentPhase: 1 });
    const [first, second, third] = tracker.phases;
    expect(first).toMatchObject({ number: 1, state: "in-progress", done: 0, total: 2, fallen: [] });
    expect(first.steps[0]).toMatchObject({
      id: "ours/1/1",
      state: "in-progress",
      evidence: {
        state: "found",
        results: [
          { kind: "terraform", state: "found", places: [{ file: "infra/network.tf", line: 3, what: "aws_vpc.main" }] },
        ],
      },
    });
    expect(first.steps[1].evidence).toEqual({ state: "unknown", results: [] });
    expect(first.output).toEqual({
      file: "agreement.md",
      exists: false,
      sections: ["Service", "Owner"],
      missing: [],
    });
    expect(first.gate).toEqual({ title: "Go ahead", passed: false, answer: null, date: null, by: null });
    expect([first.findings, second.output, third.gate]).toEqual([undefined, undefined, undefined]);
  });

  it("tells a passed gate from a stale one that was answered in the same way", () => {
    const gateOf = (report: typeof begun) => JSON.parse(toStatusJson(report)).trackers[0].phases[0];
    expect(gateOf(passed)).toMatchObject({ state: "passed", fallen: [], gate: { passed: true, answer: "Yes" } });
    expect(gateOf(stale)).toMatchObject({
      state: "stale",
      fallen: ["agreement.md is not there any more"],
      gate: { passed: false, answer: "Yes", date: "2026-02-01", by: "Priya" },
    });
    expect(gateOf(passed).findings).toEqual({
      errors: 0,
      warnings: 0,
      information: 2,
      hints: 0,
      byRule: [{ rule: "terraform/a", severity: "information", count: 2, files: 1 }],
    });
  });

  it("has no current phase when all are closed, and names what cannot be read", () => {
    const all = trackerOf({ boxes: "xx", log: [yes, "2026-03-01 | 2 | Yes | Kim | 1 of 1 checkpoints"] });
    const done = all.replace(/\[ \]/g, "[x]");
    const json = JSON.parse(toStatusJson(one(done, { files: agreement })));
    expect(json.trackers[0].currentPhase).toBeNull();
    expect(json.trackers[0].phases.map(({ state }: { state: string }) => state)).toEqual(["passed", "passed", "done"]);
    expect(JSON.parse(toStatusJson(missing)).unreadable).toEqual(missing.unreadable);
    const broken = JSON.parse(toStatusJson(one("## Our Tracker\n\nNothing but words.\n")));
    expect(broken.trackers[0].problem).toMatch(/\S/);
    expect(broken.trackers[0].protocol.title).toBe(ours.title);
  });
});
