// Gates over the built language server: the page, a human's answer as an edit, and what makes a passed gate stale.

import { describe, expect, it } from "vitest";
import { answerGateRequest, type GatePage, gatePageRequest, type TextChange } from "../../server/messages.js";
import { dopPath, masterTracker, passed, plan, trackerWith, wholePlan } from "../cli/workspace.js";
import { changed, newLines, serveFiles } from "./protocolServer.js";

const git = { ".git/config": "[user]\n\tname = Priya K.\n" };
const network = { "infra/network.tf": '\n\nresource "aws_vpc" "main" {}\n' };

type Server = Awaited<ReturnType<typeof serveFiles>>;

const page = (server: Server, phase = 1, protocol = "dop", path = dopPath) =>
  server.ask<GatePage>(gatePageRequest, { tracker: server.uriOf(path), protocol, phase });

interface Answer {
  readonly answer?: string;
  readonly by?: string;
  readonly remark?: string;
  readonly phase?: number;
  readonly known?: readonly string[];
}

async function answer(server: Server, given: Answer = {}): Promise<TextChange> {
  const { answer = "Yes", by = "Priya", remark = "", phase = 1 } = given;
  const of = { tracker: server.uriOf(dopPath), protocol: "dop", phase };
  const known = given.known ?? (await server.ask<GatePage>(gatePageRequest, of).catch(() => undefined))?.open ?? [];
  return await server.ask<TextChange>(answerGateRequest, { ...of, answer, by, remark, known });
}

/** The cells of a row of a table. */
const cells = (row = ""): readonly string[] =>
  row
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());

describe("the page of a gate", () => {
  it("shows what it rests on, with links to files, the answers, and who is proposed", async () => {
    const server = await serveFiles({ ...git, [dopPath]: trackerWith(3), ...network });
    const { title, html: first, answers, open, by, problem } = await page(server);
    expect(title).toMatch(/ of phase 1: Infrastructure Assessment & Planning$/);
    expect([by, problem]).toEqual(["Priya K.", undefined]);
    expect(answers).toEqual([
      { word: "Yes", passes: true },
      { word: "No", passes: false },
      { word: "Clarify", passes: false },
    ]);
    expect(open).toEqual(["Cost model prepared", "phase1_infrastructure_plan.md"]);
    const second = (await page(server, 2)).html;
    expect(second).toContain(`data-uri="${server.uriOf("infra/network.tf")}" data-line="2"`);
    expect(second).toContain(">infra/network.tf:3 aws_vpc.main<");
    for (const html of [first, second]) expect(html).not.toMatch(/<script|<style|\ssrc=|\sstyle=/);
  });

  it("follows a document that is being written", async () => {
    const server = await serveFiles({ [dopPath]: trackerWith(4) });
    expect((await page(server)).open).toEqual(["phase1_infrastructure_plan.md"]);
    await server.open(server.uriOf(plan), "markdown", wholePlan.replace("## Cost Analysis", "## Else"));
    expect((await page(server)).open).toEqual(["phase1_infrastructure_plan.md: Cost Analysis"]);
    await server.change(server.uriOf(plan), 2, wholePlan);
    expect((await page(server)).open).toEqual([]);
  });

  it("is refused where there is no such gate", async () => {
    const server = await serveFiles({ [dopPath]: trackerWith() });
    await expect(page(server, 9)).rejects.toThrow("no gate of phase 9");
    await expect(page(server, 1, "master")).rejects.toThrow();
    await expect(page(server, 1, "dop", "docs/none.md")).rejects.toThrow();
  });

  it("says why no answer can be written", async () => {
    const server = await serveFiles({ [dopPath]: "### DOP Phase Tracker\n\nNothing but words.\n" });
    expect((await page(server)).problem).toMatch(/\S/);
    expect(await answer(server)).toMatchObject({ edits: [], problem: expect.stringMatching(/\S/) });
  });
});

describe("an answer", () => {
  it("is one row with the day, who, the remark and what was open", async () => {
    const text = trackerWith(3);
    const server = await serveFiles({ [dopPath]: text });
    const change = await answer(server, { answer: "Clarify", by: "Priya | K", remark: "Who pays for\nregion 2?" });
    const after = changed(text, change);
    const rows = newLines(text, after);
    expect(rows).toHaveLength(1);
    const now = new Date();
    const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
    const [date = "", phase, word, ...rest] = cells(rows[0]?.replace("\\|", "¦"));
    expect(date.split("-").map(Number)).toEqual(today);
    expect([phase, word, ...rest]).toEqual([
      "1",
      "Clarify",
      "Priya ¦ K",
      "Who pays for region 2?; 3 of 4 checkpoints; open: Cost model prepared; phase1_infrastructure_plan.md",
    ]);
  });

  it("that passes with something open does not make the gate stale by that", async () => {
    const text = trackerWith(3);
    const server = await serveFiles({ [dopPath]: text, [plan]: wholePlan });
    const after = changed(text, await answer(server));
    await server.open(server.uriOf(dopPath), "markdown", after);
    expect(await server.phase(1)).toMatchObject({ state: "passed", fallen: [], open: ["Cost model prepared"] });
    await server.change(server.uriOf(dopPath), 2, after.replace("- [x] Security", "- [ ] Security"));
    expect(await server.phase(1)).toMatchObject({
      state: "stale",
      fallen: ['"Security blueprint ready" is not ticked any more'],
    });
  });

  it("that passes is refused when more is open than the one who answers has seen; a No is not", async () => {
    const server = await serveFiles({ [dopPath]: trackerWith(3), [plan]: wholePlan });
    expect(await answer(server, { known: [] })).toMatchObject({
      edits: [],
      problem: "This has come up meanwhile, look again: Cost model prepared",
    });
    expect((await answer(server, { answer: "No", remark: "the region is gone", known: [] })).edits).not.toEqual([]);
    expect((await answer(server, { known: ["Cost model prepared", "gone by now"] })).edits).not.toEqual([]);
  });

  it("No after Yes closes the gate again, and both rows stay", async () => {
    const text = passed[dopPath] ?? "";
    const server = await serveFiles(passed);
    expect((await server.phase(1)).state).toBe("passed");
    const after = changed(text, await answer(server, { answer: "No", remark: "the region is gone" }));
    expect(after).toContain("| 2026-02-01 | 1 | Yes | Priya |");
    await server.open(server.uriOf(dopPath), "markdown", after);
    expect(await server.phase(1)).toMatchObject({ state: "done", gate: { answer: "No" } });
    expect((await server.trackers())[0]?.currentPhase).toBe(1);
  });

  it("to a gate before whose turn it is has that among what was open", async () => {
    const text = trackerWith(4);
    const server = await serveFiles({ [dopPath]: text, [plan]: wholePlan });
    expect((await page(server, 3)).open[0]).toBe("gates 1 and 2 are not passed");
    const rows = newLines(text, changed(text, await answer(server, { phase: 3 })));
    expect(rows.at(-1)).toContain("open: gates 1 and 2 are not passed; ");
  });

  it("is refused with words where a row of a later day would outweigh it", async () => {
    const text = trackerWith(4, "2999-01-01 | 1 | Yes | Priya | a slip of the pen");
    const server = await serveFiles({ [dopPath]: text });
    expect(await answer(server, { answer: "No" })).toMatchObject({
      edits: [],
      problem: expect.stringMatching(/^The log holds an answer of 2999-01-01: one of .* would not be the newest\. /),
    });
  });

  it("is not written for a word that the protocol does not know, or a phase without a gate", async () => {
    const server = await serveFiles({ [dopPath]: trackerWith(4) });
    for (const wrong of [{ answer: "Perhaps" }, { phase: 9 }])
      expect(await answer(server, wrong)).toMatchObject({ edits: [], problem: expect.stringMatching(/\S/) });
  });

  it("is not written where the tracker has gone", async () => {
    const server = await serveFiles({ "docs/master.md": masterTracker });
    expect(await answer(server)).toMatchObject({ edits: [], problem: expect.stringContaining("no tracker any more") });
  });
});

describe("a passed gate", () => {
  it("turns stale with the reason when its document breaks on disk, and heals with it", async () => {
    const server = await serveFiles(passed);
    expect(await server.phase(1)).toMatchObject({ state: "passed", fallen: [] });
    await server.put(plan, wholePlan.replace("## Security Design", "## Something Else"));
    const stale = await server.until(
      () => server.phase(1),
      ({ state }) => state !== "passed",
    );
    expect(stale).toMatchObject({
      state: "stale",
      fallen: ['phase1_infrastructure_plan.md has no section "Security Design" any more'],
    });
    expect((await page(server)).html).toContain("Passed, but stale: ");
    expect((await server.trackers())[0]?.currentPhase).toBe(1);
    await server.put(plan, wholePlan);
    const healed = await server.until(
      () => server.phase(1),
      ({ state }) => state !== "stale",
    );
    expect(healed).toMatchObject({ state: "passed", fallen: [] });
  });

  it("turns stale while its document is being written", async () => {
    const server = await serveFiles(passed);
    await server.open(server.uriOf(plan), "markdown", wholePlan);
    await server.change(server.uriOf(plan), 2, "");
    expect((await server.phase(1)).state).toBe("stale");
    await server.change(server.uriOf(plan), 3, wholePlan);
    expect((await server.phase(1)).state).toBe("passed");
  });
});
