// The report as a page: whole, safe, self-contained, and silent on what is not known.

import { describe, expect, it } from "vitest";
import { parseMarkdown } from "../../../server/engine/languages/markdown/parse.js";
import { findRuns, runText } from "../../../server/engine/protocol/runs.js";
import { debts } from "../../../server/engine/report/debts.js";
import { type ProtocolReport, toProtocolHtml } from "../../../server/engine/report/protocol-html.js";
import { agreement, count, ours, readable, standingOf, trackerOf, wellFormed } from "./standing.js";

const evil = '"><script>alert(1)</script>';
const yes = "2026-02-01 | 1 | Yes | Priya | 2 of 2 checkpoints";
const network = { "/repo/infra/network.tf": 'resource "aws_vpc" "main" {\n}\n' };

const report = (part: Partial<ProtocolReport> = {}): ProtocolReport => ({
  title: "orders",
  date: "2026-03-02",
  standings: [],
  unreadable: [],
  runs: [],
  ...part,
});

const pageOf = (...args: Parameters<typeof standingOf>) => toProtocolHtml(report({ standings: [standingOf(...args)] }));

/** Contrast ratio of two colours (WCAG 2.2). */
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Rows of the table below a heading (of any level), as what a reader sees in the cells. */
function rowsBelow(page: string, heading: string): readonly (readonly string[])[] {
  const at = page.indexOf(`>${heading}</h`);
  const [body = ""] = at < 0 ? [] : (/<tbody>.*?<\/tbody>/s.exec(page.slice(at)) ?? []);
  return [...body.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = ""]) =>
    [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = ""]) => readable(cell.replaceAll("<br>", " / "))),
  );
}

const phases = (page: string) =>
  [...(/<tbody>(.*?)<\/tbody>/s.exec(page)?.[1] ?? "").matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = ""]) =>
    [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = ""]) => readable(cell.replaceAll("<br>", " / "))),
  );

const night = (text: string) => {
  const [run] = findRuns(parseMarkdown("/repo/docs/runs/night.md", text), [ours]);
  if (!run) throw new Error("no run");
  return { ...run, path: "docs/runs/night.md" };
};
const [list] = ours.checklists;
const started = list ? runText(ours, list, "2026-03-01T22:00:00.000Z") : "";

const all = toProtocolHtml(
  report({
    title: evil,
    standings: [
      standingOf(trackerOf({ boxes: "-x", log: [`2026-02-01 | 1 | No | ${evil} | `], notes: "@kim" })),
      standingOf(trackerOf({ boxes: "xx", log: [yes] }), { files: { ...network, ...agreement }, findings: [] }),
      standingOf("## Our Tracker\n\nNothing.\n"),
    ],
    unreadable: [{ path: evil, problem: evil }],
    runs: [night(started.replace("**From**", `**By**: ${evil}  \n**From**`))],
  }),
);

describe("the report", () => {
  it("is one well-formed page", () => {
    expect(all.startsWith("<!DOCTYPE html>\n")).toBe(true);
    expect(wellFormed(all.slice(all.indexOf("\n")))).toBeUndefined();
    for (const once of ["html", "head", "style", "body", "main", "h1"])
      expect(all.match(new RegExp(`<${once}[ >]`, "g"))).toHaveLength(1);
  });

  it("escapes whatever anybody has written", () => {
    expect(all).not.toMatch(/<script|<b>drawn/);
    expect(readable(all).split(evil).length).toBeGreaterThan(5);
    expect(readable(all)).toContain("Network <b>drawn</b>");
  });

  it("loads nothing and runs nothing, and says so to the browser", () => {
    const addresses = [...all.matchAll(/\b(?:https?:)?\/\/[^\s"'<]+/g)].map(([address]) => address);
    expect(addresses.filter((address) => address !== "http://www.w3.org/2000/svg")).toEqual([]);
    expect(all).not.toMatch(/\s(?:src|href|on\w+)=|@import|url\(/i);
    expect(all).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    const strict = toProtocolHtml(report(), "abc");
    expect(strict).toContain(`content="default-src 'none'; style-src 'nonce-abc'"`);
    expect(strict).toContain('<style nonce="abc">');
    expect(all).not.toMatch(/\sstyle="/);
  });

  it("can be read in light and in dark: every colour of text has a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3)", () => {
    const [light, dark] = [...all.matchAll(/:root \{([^}]*--faint[^}]*)\}/g)].map(([, said = ""]) => said);
    // The lightest of the dark grounds that browsers have.
    for (const [colours, ground] of [
      [light, "ffffff"],
      [dark, "1e1e1e"],
    ] as const) {
      const given = new Map(
        [...(colours ?? "").matchAll(/--(\w+): #(\w{6})/g)].map(([, name, value]) => [name, value]),
      );
      for (const name of ["faint", "warning", "good"])
        expect(contrast(given.get(name) ?? ground, ground), `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
    // No text has a colour of the system, or one that is the same in light and dark.
    expect(all).not.toMatch(/GrayText/);
    expect(all).not.toMatch(/(?:fill="|\bcolor: )var\([^()]*#/);
  });

  it("breaks no date at its hyphens", () => {
    const page = pageOf(trackerOf({ boxes: "xx", log: [yes] }));
    expect(page).toContain('<td>Yes · <span class="date">2026-02-01</span>');
    expect(page).toMatch(/\.date \{ white-space: nowrap; \}/);
  });

  it("has rules for paper", () => {
    expect(all).toMatch(/@media print \{.*break-inside: avoid/);
  });

  it("shows every phase with its state, document, findings and gate", () => {
    const findings = [count("terraform/a", "error", 1), count("terraform/b", "warning", 2)];
    expect(phases(pageOf(trackerOf({ boxes: "xx", log: [yes] }), { findings }))).toEqual([
      [
        "1. Agree",
        expect.stringMatching(/^stale \/ .*agreement\.md is not there any more/),
        "2/2",
        "missing / agreement.md",
        "1 error, 2 warnings",
        "Yes · 2026-02-01 / Priya",
      ],
      ["2. Build", "not started", "0/1", "none asked for", "no rules named", "open"],
      ["3. Run", "not started", "0/1", "none asked for", "no rules named", "none"],
    ]);
  });

  it("tells files that are clean from those that have not been judged", () => {
    const cell = (page: string) => phases(page)[0]?.[4];
    expect(cell(pageOf(trackerOf()))).toBe("not judged yet");
    expect(readable(pageOf(trackerOf()))).toContain("Not every file has been judged yet.");
    const clean = pageOf(trackerOf(), { findings: [count("docker/image-tag", "error", 5)] });
    expect(cell(clean)).toBe("no findings");
    expect(readable(clean)).toContain("The rules of all phases find nothing.");
  });

  it("lists findings by phase and rule", () => {
    const findings = [
      count("terraform/a", "error", 1),
      count("docker/x", "error", 9),
      count("terraform/b", "hint", 2, 2),
    ];
    expect(rowsBelow(pageOf(trackerOf(), { findings }), "Findings by phase and rule")).toEqual([
      ["1", "terraform/a", "error", "1", "1"],
      ["1", "terraform/b", "hint", "2", "2"],
    ]);
  });

  it("shows the phases as a picture with the state of every gate", () => {
    const [svg = ""] =
      /<svg.*?<\/svg>/s.exec(pageOf(trackerOf({ boxes: "xx", log: [yes] }), { files: agreement })) ?? [];
    expect(svg).toContain('role="img"');
    const titles = [...svg.matchAll(/<title>(.*?)<\/title>/g)].map(([, title = ""]) => readable(title));
    expect(titles).toEqual([
      "Phase 1: Agree, passed, 2 of 2 steps",
      "Phase 2: Build, not started, 0 of 1 steps",
      "Phase 3: Run, not started, 0 of 1 steps",
    ]);
    // Phases 1 and 2 have gates, phase 3 has none.
    expect(svg.match(/<path /g)).toHaveLength(2);
    expect(svg.match(/>✓</g)).toHaveLength(1);
  });

  it("says what is open and who owes it", () => {
    const text = trackerOf({ notes: "@kim sees to it" }).replace("Talked to everybody", "Talked to everybody @priya");
    const findings = [count("terraform/a", "warning", 2)];
    expect(rowsBelow(pageOf(text, { findings }), "What is open, and who owes it")).toEqual([
      ["1", "Network <b>drawn</b>", "@kim"],
      ["1", "Talked to everybody", "@priya"],
      ["1", "agreement.md", "@kim"],
      ["1", "Findings: 2 warnings", "@kim"],
      ["1", "Go ahead", "@kim"],
    ]);
    expect(rowsBelow(pageOf(trackerOf()), "What is open, and who owes it")[0]?.[2]).toBe("nobody is named");
  });

  it("shows lists that are in use", () => {
    const half = started.replace("- [ ] Pager", "- [x] Pager");
    const page = toProtocolHtml(report({ runs: [night(half)] }));
    expect(rowsBelow(page, "Checklists and workflows in use")).toEqual([
      ["Night Shift", "docs/runs/night.md", "1/2", "2026-03-01", "nobody is named"],
    ]);
    expect(toProtocolHtml(report())).not.toContain("Checklists and workflows in use");
  });

  it("says that there is no tracker, or why one cannot be read", () => {
    expect(readable(toProtocolHtml(report()))).toContain("No tracker was found.");
    const unread = readable(toProtocolHtml(report({ unreadable: [{ path: "docs/x.md", problem: "It is empty" }] })));
    expect(unread).toContain("docs/x.md: It is empty");
    expect(unread).not.toContain("No tracker was found.");
  });
});

describe("what is open", () => {
  const of = (...args: Parameters<typeof standingOf>) =>
    debts(standingOf(...args)).map(({ phase, what }) => [phase, what]);

  it("is what the current phase and those that have fallen back lack", () => {
    expect(of(trackerOf({ boxes: "xx", log: [yes] }), { files: agreement })).toEqual([
      [2, "Image built"],
      [2, "Ready to ship"],
    ]);
    const lacking = { "/repo/docs/agreement.md": "## Service\n\nOrders.\n" };
    expect(of(trackerOf({ boxes: "xx", log: [yes] }), { files: lacking })).toEqual([
      [1, "agreement.md: Owner"],
      [1, "Go ahead: stale"],
    ]);
  });

  it("is nothing once everything is closed", () => {
    const text = trackerOf({ log: [yes, "2026-03-01 | 2 | Yes | Kim | 1 of 1 checkpoints"] }).replace(/\[ \]/g, "[x]");
    expect(of(text, { files: agreement })).toEqual([]);
    expect(readable(pageOf(text, { files: agreement }))).toContain("Nothing is open.");
  });
});
