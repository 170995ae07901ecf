// Runs of checklists and workflows: written, found again whatever hands they went through, and ticked by one character.

import { describe, expect, it } from "vitest";
import { parseMarkdown } from "../../../server/engine/languages/markdown/parse.js";
import type { Checklist, Protocol } from "../../../server/engine/protocol/model.js";
import { readProtocol } from "../../../server/engine/protocol/read.js";
import {
  doneOf,
  dueAt,
  findRuns,
  mayHoldRun,
  pointsOf,
  runFileName,
  runText,
  setPoint,
} from "../../../server/engine/protocol/runs.js";
import { outputText, runDocument } from "../../../server/engine/protocol/template.js";
import { applyEdits } from "../../../server/engine/text.js";

const item = (title: string) => ({ title, evidence: [] });
const five = { text: "within 5 minutes", minutes: 5 };

const incident: Checklist = {
  id: "incident",
  kind: "workflow",
  title: "Handle an Outage",
  section: "Workflows",
  trigger: "An alert",
  steps: [
    { title: "Respond", within: five, items: [item("Acknowledge"), item("Tell the team")], evidence: [] },
    {
      title: "Look for the cause",
      within: { text: "within 15 minutes", minutes: 15, when: "P0" },
      items: [],
      evidence: [],
    },
    { title: "Verify", items: [item("Watch for 30 minutes")], evidence: [] },
  ],
  output: ["A report"],
};
const plain: Checklist = {
  id: "readiness",
  kind: "checklist",
  title: "Deployment Readiness",
  section: "Phase 1",
  file: "deployment-readiness.md",
  steps: [
    { title: "Rollback plan prepared", items: [], evidence: [] },
    { title: "Team notified", items: [], evidence: [] },
  ],
};
const { protocol: bare } = readProtocol("id: p\ntitle: P\npurpose: For a test.\n");
if (!bare) throw new Error("a protocol without anything is one");
const protocol: Protocol = { ...bare, checklists: [incident, plain] };

const started = "2026-03-01T10:02:33.000Z";
const read = (text: string, path = "/r/docs/run.md") => findRuns(parseMarkdown(path, text), [protocol]);
const only = (text: string, path?: string) => {
  const [run, ...others] = read(text, path);
  if (!run || others.length > 0) throw new Error(`one run is wanted, not ${others.length + (run ? 1 : 0)}`);
  return run;
};

describe("a run", () => {
  it("is read back as it was written, with every point open", () => {
    const run = only(runText(protocol, incident, started, "Anna"));
    expect(run.checklist).toBe(incident);
    expect(run).toMatchObject({ started: started, by: "Anna" });
    expect(run.points.map(({ id, state, task }) => [id, state, task !== undefined])).toEqual([
      ["1.1", "open", true],
      ["1.2", "open", true],
      ["2", "open", true],
      ["3.1", "open", true],
    ]);
    expect(doneOf(run)).toBe(0);
  });

  it("has one point for a step without items", () => {
    expect(pointsOf(plain).map(({ id, title }) => [id, title])).toEqual([
      ["1", "Rollback plan prepared"],
      ["2", "Team notified"],
    ]);
  });

  it("is ticked and opened by one character, whatever the line ends", () => {
    for (const text of [
      runText(protocol, incident, started),
      runText(protocol, incident, started).replaceAll("\n", "\r\n"),
    ]) {
      const run = only(text);
      for (const { id } of run.points) {
        const { edits } = setPoint(run, id, true);
        const ticked = applyEdits(text, edits);
        expect(ticked.length).toBe(text.length);
        expect(
          only(ticked)
            .points.filter(({ state }) => state === "done")
            .map((point) => point.id),
        ).toEqual([id]);
        expect(applyEdits(ticked, setPoint(only(ticked), id, false).edits)).toBe(text);
      }
    }
  });

  it("gets a box for a point that has lost it, beside its neighbour", () => {
    const text = runText(protocol, incident, started).replace(/^.*Tell the team.*\n/m, "");
    const { edits, inserted } = setPoint(only(text), "1.2", true);
    expect(inserted).toContain("Tell the team");
    const after = only(applyEdits(text, edits));
    expect(after.points.find(({ id }) => id === "1.2")?.state).toBe("done");
    expect(after.points.filter(({ state }) => state === "done").length).toBe(1);
  });

  it("says so where there is no box and no neighbour", () => {
    const text = runText(protocol, incident, started).replace(/^.*Watch for.*\n/m, "");
    expect(setPoint(only(text), "3.1", true)).toMatchObject({ edits: [], problem: expect.stringContaining("no box") });
    expect(setPoint(only(text), "9", true).problem).toContain("no point 9");
  });

  it("knows when a limit ends, unless it holds in one case only", () => {
    const run = only(runText(protocol, incident, started));
    const due = Object.fromEntries(run.points.map((point) => [point.id, dueAt(run, point)]));
    expect(due).toEqual({
      "1.1": "2026-03-01T10:07:33.000Z",
      "1.2": "2026-03-01T10:07:33.000Z",
      "2": undefined,
      "3.1": undefined,
    });
  });

  it("is found under a title with a remark, among other text, and twice in a file", () => {
    const one = runText(protocol, incident, started);
    const text = `# Diary\n\n${one.replace("# Handle an Outage", "## Handle an Outage: payments")}\n${one}`;
    expect(read(text).length).toBe(2);
  });

  it("is none without a start, so that a copy of the protocol's text counts for nothing", () => {
    const text = runText(protocol, incident, started).replace(/\*\*Started.*\n/, "");
    expect(read(text)).toEqual([]);
    expect(mayHoldRun(text)).toBe(false);
    expect(mayHoldRun(runText(protocol, incident, started))).toBe(true);
  });

  it("needs no start in the document that the list names as its own", () => {
    const text = "# Deployment Readiness\n\n- [x] Rollback plan prepared\n- [ ] Team notified\n";
    expect(doneOf(only(text, "/r/docs/deployment-readiness.md"))).toBe(1);
    expect(runFileName(plain, "2026-03-01")).toBe("deployment-readiness.md");
    expect(runFileName(incident, "2026-03-01")).toBe("2026-03-01-incident.md");
  });

  it("is none in that document as long as it has no box, nor in one of another name", () => {
    expect(read("# Deployment Readiness\n\nTo be agreed.\n", "/r/docs/deployment-readiness.md")).toEqual([]);
    const text = runText(protocol, plain, started);
    expect(read(text, "/r/docs/runs/today.md")).toEqual([]);
    expect(doneOf(only(text, "/r/docs/deployment-readiness-2.md"))).toBe(0);
  });

  it("is part of the output document that has a section for it, whichever of the two comes first", () => {
    const section = (title: string) => ({ title, prompt: `About ${title}.` });
    const output = { file: "deployment-readiness.md", sections: [section("Setup"), section("Deployment Readiness")] };
    const phase = { number: 1, title: "A", trackerTitle: "A", objective: "B.", steps: [], evidence: [], output };
    const whole: Protocol = { ...protocol, phases: [phase] };
    const text = runDocument(whole, plain, started, "Anna");
    expect(text).toBe(outputText(whole, phase));
    expect(text.slice(text.indexOf("## Deployment"))).toBe(
      "## Deployment Readiness\n\n<!-- About Deployment Readiness. -->\n\n- [ ] Rollback plan prepared\n- [ ] Team notified\n",
    );
    expect(only(text, "/r/docs/deployment-readiness.md").points.every(({ task }) => task)).toBe(true);
    expect(runDocument(whole, incident, started)).toBe(runText(whole, incident, started));
  });

  it("has no end for what is to be done at once", () => {
    const at = { text: "immediately", minutes: 0 };
    const list = { ...incident, steps: [{ title: "Stop", within: at, items: [], evidence: [] }] };
    const [run] = findRuns(parseMarkdown("/r/a.md", runText(protocol, list, started)), [
      { ...protocol, checklists: [list] },
    ]);
    expect(run?.points.map((point) => [point.within, dueAt(run, point)])).toEqual([[at, undefined]]);
  });

  it("leaves a start that cannot be read without limits", () => {
    const text = runText(protocol, incident, started).replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/, "yesterday");
    const run = only(text);
    expect(run.started).toBeUndefined();
    expect(run.points.every((point) => dueAt(run, point) === undefined)).toBe(true);
  });
});
