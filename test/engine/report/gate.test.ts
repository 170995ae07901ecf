// The sheet of a gate, as text and as HTML: everything that it rests on, in every state.

import { describe, expect, it } from "vitest";
import { type GateSheet, gateSheet } from "../../../server/engine/report/gate.js";
import { toGateHtml } from "../../../server/engine/report/gate-html.js";
import { toGateText } from "../../../server/engine/report/gate-text.js";
import type { Standing } from "../../../server/engine/report/standing.js";
import { agreement, count, readable, standingOf, trackerOf, wellFormed } from "./standing.js";

function sheetOf({ protocol, progress }: Standing, phase = 1): GateSheet {
  const sheet = gateSheet(protocol, progress, phase);
  if (!sheet) throw new Error(`no gate of phase ${phase}`);
  return sheet;
}

const part = ({ parts }: GateSheet, title: string) => parts.find((one) => one.title.startsWith(title));
const html = (sheet: GateSheet) => toGateHtml(sheet, (path) => `file:///repo/${path}`);

const network = { "/repo/infra/network.tf": '\n\nresource "aws_vpc" "main" {\n}\n' };
const yes = "2026-02-01 | 1 | Yes | Priya | 2 of 2 checkpoints";

describe("a gate's sheet", () => {
  it("is there for a phase that has a gate, and for no other", () => {
    const { protocol, progress } = standingOf(trackerOf());
    expect([0, 1, 2, 3, 4].map((number) => gateSheet(protocol, progress, number)?.title)).toEqual([
      undefined,
      "Go ahead of phase 1: Agree",
      "Ready to ship of phase 2: Build",
      undefined,
      undefined,
    ]);
  });

  it("opens with what the gate asks for, and says when the protocol words none", () => {
    const standing = standingOf(trackerOf());
    const asking = (gate: object) => ({
      ...standing,
      protocol: {
        ...standing.protocol,
        phases: standing.protocol.phases.map((one) => ({
          ...one,
          ...(one.gate && { gate: { ...one.gate, ...gate } }),
        })),
      },
    });
    const sheet = sheetOf(asking({ activities: "Walk through it", checkpoint: "Move to Phase 2", added: true }));
    expect(sheet.parts[0]).toEqual({
      title: "What the gate asks for",
      rows: [
        {
          text: "Walk through it",
          details: [
            { text: "A Yes means: Move to Phase 2" },
            { text: `${standing.protocol.title} words no gate here; this one is Dakota's proposal` },
          ],
        },
      ],
    });
    expect(
      part(sheetOf(asking({ activities: undefined, checkpoint: undefined, added: undefined })), "What"),
    ).toBeUndefined();
  });

  it.each([
    ["in-progress", "Not answered yet; the phase is in progress, open: ", trackerOf()],
    ["done", "Not answered yet; the phase is done, nothing stands against a Yes", trackerOf({ boxes: "xx" })],
    [
      "done",
      "Not passed: Clarify · 2026-02-01; the phase is done, nothing stands against a Yes",
      trackerOf({ boxes: "xx", log: ["2026-02-01 | 1 | Clarify | Priya | who?"] }),
    ],
    ["passed", "Passed: Yes · 2026-02-01", trackerOf({ boxes: "xx", log: [yes] })],
    [
      "passed",
      "Passed: Yes · 2026-02-01; open: Talked to everybody",
      trackerOf({ boxes: "x ", log: [`${yes}; open: Talked to everybody`] }),
    ],
    [
      "stale",
      'Passed, but stale: "Talked to everybody" is not ticked any more',
      trackerOf({ boxes: "x ", log: [yes] }),
    ],
  ])("says where a gate that is %s stands", (state, summary, text) => {
    const sheet = sheetOf(standingOf(text, { files: agreement }));
    expect(sheet.state).toBe(state);
    if (summary.endsWith(": ")) expect(sheet.summary).toContain(summary);
    else expect(sheet.summary).toBe(summary);
  });

  it("says where nobody can tell whether findings are new", () => {
    const findings = [count("terraform/a", "error", 1)];
    const summary = (row: string) =>
      sheetOf(
        standingOf(trackerOf({ boxes: "xx", log: [`2026-02-01 | 1 | Yes | Priya | ${row}`] }), {
          files: agreement,
          findings,
        }),
      );
    expect(summary("reviewed by hand")).toMatchObject({
      state: "passed",
      summary: "Passed: Yes · 2026-02-01; open: 1 error of terraform/*; its row does not say which findings were known",
    });
    expect(summary("2 of 2 checkpoints; open: 1 error of terraform/\\*")).toMatchObject({
      state: "passed",
      summary: "Passed: Yes · 2026-02-01; open: 1 error of terraform/*",
    });
    expect(summary("2 of 2 checkpoints; not judged: terraform/\\*")).toMatchObject({
      state: "stale",
      summary: "Passed, but stale: 1 error of terraform/*, not judged when the gate was answered",
    });
  });

  it("a phase that nobody has begun has a gate as well", () => {
    const sheet = sheetOf(standingOf(trackerOf()), 2);
    expect(sheet.summary).toBe("Not answered yet; the phase is not started, open: gate 1 is not passed; Image built");
    expect(sheet.parts.map(({ title }) => title)).toEqual(["Checkpoints: 0 of 1", "Questions to answer first"]);
  });

  it("shows every checkpoint with its box and with what files show of it", () => {
    const { rows = [] } =
      part(sheetOf(standingOf(trackerOf({ boxes: "-x" }), { files: network })), "Checkpoints") ?? {};
    expect(rows.map(({ state, text }) => [state, text])).toEqual([
      ["in-progress", "Network <b>drawn</b>"],
      ["done", "Talked to everybody"],
    ]);
    expect(rows[0]?.details?.flatMap(({ places = [] }) => places)).toEqual([
      { path: "infra/network.tf", line: 2, what: "aws_vpc.main" },
    ]);
    expect(rows[1]?.details).toEqual([]);
  });

  it("tells a document that is missing from one that lacks sections and one that says nothing", () => {
    const output = (files: Readonly<Record<string, string>>) => {
      const found = part(sheetOf(standingOf(trackerOf(), { files })), "Output document");
      return [found?.title, found?.rows.map(({ state, text, details }) => [state, text, details?.[0]?.text])];
    };
    const written = (text: string) => ({ "/repo/docs/agreement.md": text });
    expect(output({})).toEqual([
      "Output document agreement.md: missing",
      [
        ["missing", "Service", undefined],
        ["missing", "Owner", undefined],
      ],
    ]);
    expect(output(written("## Service\n\nOrders.\n"))[1]).toEqual([
      ["found", "Service", undefined],
      ["missing", "Owner", undefined],
    ]);
    expect(output(written("## Service\n\nOrders.\n\n## Owner\n\n<!-- who? -->\n"))).toEqual([
      "Output document agreement.md: 1 of 2 sections missing",
      [
        ["found", "Service", undefined],
        ["missing", "Owner", "nothing but a placeholder"],
      ],
    ]);
    expect(output(agreement)[0]).toBe("Output document agreement.md: complete");
  });

  it("does not pass findings that nobody has looked for off as none", () => {
    const findings = (found?: Parameters<typeof standingOf>[1]) =>
      part(sheetOf(standingOf(trackerOf(), found)), "Findings of the phase's rules");
    expect(findings()).toBeUndefined();
    const clean = findings({ findings: [count("docker/image-tag", "error", 3)] });
    expect(clean?.title).toBe("Findings of the phase's rules: no findings");
    expect(clean?.rows.map(({ state }) => state)).toEqual(["found"]);
    const dirty = findings({ findings: [count("terraform/a", "error", 1), count("terraform/b", "warning", 3, 2)] });
    expect(dirty?.title).toBe("Findings of the phase's rules: 1 error, 3 warnings");
    expect(dirty?.rows.map(({ state, text }) => [state, text])).toEqual([
      [undefined, "terraform/a: 1 error in 1 file"],
      [undefined, "terraform/b: 3 warnings in 2 files"],
    ]);
  });

  it("holds the questions of the protocol, and all answers in their order", () => {
    const log = ["2026-01-01 | 1 | No | Kim | not yet", yes, "2026-03-01 | 1 | Maybe | | "];
    const sheet = sheetOf(standingOf(trackerOf({ log })));
    expect(part(sheet, "Questions")?.rows).toEqual([{ text: "Night: Who is called & when?" }]);
    expect(part(sheet, "Answers so far")?.rows).toEqual([
      { text: "2026-01-01 · No · Kim", details: [{ text: "not yet" }] },
      { text: "2026-02-01 · Yes · Priya", details: [{ text: "2 of 2 checkpoints" }] },
      { text: "2026-03-01 · Maybe", details: [] },
    ]);
  });
});

describe("a gate's sheet as text", () => {
  it("is one list a part, with the places behind what was found", () => {
    const standing = standingOf(trackerOf({ boxes: "x ", log: [yes] }), { files: { ...network, ...agreement } });
    const text = toGateText(sheetOf(standing));
    expect(text).toContain("Checkpoints: 1 of 2\n  [x] Network <b>drawn</b>\n");
    expect(text).toMatch(/^ {6}.*infra\/network\.tf:3 aws_vpc\.main$/m);
    expect(text).toContain("\n  [ ] Talked to everybody\n");
    expect(text).toContain("Output document agreement.md: complete\n  [x] Service\n  [x] Owner\n");
    expect(text).toContain("Answers so far\n  - 2026-02-01 · Yes · Priya\n    2 of 2 checkpoints\n");
    expect(text.endsWith("\n")).toBe(true);
    expect(text.endsWith("\n\n")).toBe(false);
  });
});

describe("a gate's sheet as HTML", () => {
  const evil = '"><script>alert(1)</script>';
  const evilTracker = trackerOf({ boxes: "x ", log: [`2026-02-01 | 1 | Yes | ${evil} | ${evil}`] });

  it("escapes whatever anybody has written", () => {
    const page = html(sheetOf(standingOf(evilTracker, { files: { ...network, ...agreement } })));
    expect(page).not.toMatch(/<script|<b>|"">|& /);
    expect(readable(page)).toContain(`2026-02-01 · Yes · ${evil}${evil}`);
    expect(readable(page)).toContain("Network <b>drawn</b>");
    expect(readable(page)).toContain("Who is called & when?");
    expect(wellFormed(page)).toBeUndefined();
  });

  it("loads nothing, runs nothing, and leads to files by their address and line", () => {
    const address = 'file:///repo/a"b';
    const page = toGateHtml(sheetOf(standingOf(trackerOf(), { files: network })), () => address);
    expect(page).not.toMatch(/<(?:script|style|img|link|iframe)|\s(?:on\w+|style|src)=/i);
    expect([...page.matchAll(/href="([^"]*)"/g)].map(([, target]) => target)).toEqual(["#"]);
    const [, uri = "", line] = /data-uri="([^"]*)" data-line="(\d+)"/.exec(page) ?? [];
    expect([readable(uri), line]).toEqual([address, "2"]);
  });

  it("has words for its marks", () => {
    const page = html(sheetOf(standingOf(trackerOf({ boxes: "-x" }), { files: network })));
    const labels = [...page.matchAll(/role="img" aria-label="([^"]*)"/g)].map(([, label]) => label);
    expect(labels).toEqual(expect.arrayContaining(["in progress", "done", "missing"]));
  });

  it("folds places away beyond the fifth", () => {
    const places = Array.from({ length: 9 }, (_, i) => ({ path: "many.tf", line: i, what: `v${i}` }));
    const rows = [{ text: "found", details: [{ text: "", places }] }];
    const page = html({ title: "G", protocol: "P", state: "done", summary: "S", parts: [{ title: "T", rows }] });
    expect(page).toMatch(/<details><summary>4 more<\/summary>(?:<a [^>]*>[^<]*<\/a>)+<\/details>/);
    expect(page.slice(0, page.indexOf("<details>")).match(/<a /g)).toHaveLength(5);
    expect(wellFormed(page)).toBeUndefined();
  });
});
