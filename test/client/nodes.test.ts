// The rows of the Phases tree: which there are, in which order, and that their ids hold.
import { describe, expect, it } from "vitest";
import { childrenOf, type Filter, idOf, lineOf, type Node, parentOf, rootNodes } from "../../client/views/nodes.js";
import type { PhaseProgress, StepProgress, TrackerProgress } from "../../server/messages.js";

const phase = (number: number, more: Partial<PhaseProgress> = {}): PhaseProgress => ({
  number,
  title: `Phase ${number}`,
  objective: "",
  state: "not-started",
  done: 0,
  total: 2,
  line: number * 10,
  steps: [1, 2].map((step) => ({
    id: `p/${number}/${step}`,
    title: `Step ${step}`,
    activities: "",
    checkpoint: "",
    state: "open",
    shown: "unknown",
    evidence: [],
    ...(step === 1 && { line: number * 10 + step }),
  })),
  open: [],
  fallen: [],
  ...more,
});

const output = { file: "plan.md", uri: "file:///a/plan.md", exists: false, sections: [], missing: [] };
const gate = { title: "Gate", answers: ["Yes", "No"], line: 99 };

const tracker = (uri: string, more: Partial<TrackerProgress> = {}): TrackerProgress => ({
  uri,
  protocol: { id: "p", title: "P" },
  phases: [phase(1, { output, gate }), phase(2)],
  currentPhase: 1,
  ...more,
});

const everything = (trackers: readonly TrackerProgress[]): readonly Node[] => {
  const below = (node: Node): readonly Node[] => [node, ...childrenOf(node).flatMap((child) => below(child))];
  return rootNodes(trackers).flatMap(below);
};

describe("rows of the Phases tree", () => {
  it("begins with the phases of a single tracker", () => {
    expect(rootNodes([])).toEqual([]);
    expect(rootNodes([tracker("file:///a/t.md")]).map(({ kind }) => kind)).toEqual(["phase", "phase"]);
  });

  it("puts a row for each of several trackers on top", () => {
    const roots = rootNodes([tracker("file:///a/t.md"), tracker("file:///b/t.md")]);
    expect(roots.map(({ kind }) => kind)).toEqual(["tracker", "tracker"]);
    expect(roots.flatMap((node) => childrenOf(node)).map(({ kind }) => kind)).toEqual([
      "phase",
      "phase",
      "phase",
      "phase",
    ]);
  });

  it("ends a phase with its output and its gate, where the protocol has them", () => {
    const [first, second] = rootNodes([tracker("file:///a/t.md")]).map((node) =>
      childrenOf(node).map(({ kind }) => kind),
    );
    expect(first).toEqual(["step", "step", "output", "gate"]);
    expect(second).toEqual(["step", "step"]);
  });

  it("gives every row its own id, the same after steps were ticked and lines moved", () => {
    const before = everything([tracker("file:///a/t.md"), tracker("file:///b/t.md")]).map(idOf);
    expect(new Set(before).size).toBe(before.length);
    const moved = { phases: [phase(1, { output, gate, done: 1, line: 70 }), phase(2, { state: "passed" })] };
    expect(everything([tracker("file:///a/t.md", moved), tracker("file:///b/t.md")]).map(idOf)).toEqual(before);
  });

  it("leads from every row up to a root", () => {
    for (const trackers of [[tracker("file:///a/t.md")], [tracker("file:///a/t.md"), tracker("file:///b/t.md")]]) {
      const roots = rootNodes(trackers).map(idOf);
      for (const node of everything(trackers)) {
        let top = node;
        for (let up = parentOf(top); up; up = parentOf(up)) top = up;
        expect(roots).toContain(idOf(top));
        for (const child of childrenOf(node)) expect(parentOf(child)).toEqual(node);
      }
    }
  });

  it("knows the line that a row rests on, and none where there is none", () => {
    const [first] = rootNodes([tracker("file:///a/t.md")]);
    const lines = first && childrenOf(first).map(lineOf);
    expect(first && lineOf(first)).toBe(10);
    expect(lines).toEqual([11, undefined, undefined, 99]);
  });

  it("puts the current phase first and leaves the others in their order", () => {
    const phases = [phase(1, { state: "passed" }), phase(2), phase(3)];
    const numbers = (filter?: Filter) =>
      rootNodes([tracker("file:///a/t.md", { phases, currentPhase: 2 })], filter).map((node) =>
        node.kind === "phase" ? node.phase.number : 0,
      );
    expect(numbers()).toEqual([2, 1, 3]);
    expect(numbers({ hideCompleted: true, onlyCurrent: false })).toEqual([2, 3]);
    expect(numbers({ hideCompleted: false, onlyCurrent: true })).toEqual([2]);
  });

  it("hides steps that are done where the user wants it", () => {
    const steps = phase(1).steps.map((step, i) => (i === 0 ? { ...step, state: "done" as const } : step));
    const [first] = rootNodes([tracker("file:///a/t.md", { phases: [phase(1, { steps })] })]);
    const titles = (filter?: Filter) =>
      first && childrenOf(first, filter).map((node) => (node.kind === "step" ? node.step.title : node.kind));
    expect(titles()).toEqual(["Step 1", "Step 2"]);
    expect(titles({ hideCompleted: true, onlyCurrent: false })).toEqual(["Step 2"]);
  });

  it("shows the places of what was found under a step, or what was looked for", () => {
    const place = (line: number) => ({ uri: "file:///a/main.tf", line, what: `aws_vpc.v${line}` });
    const missing = { state: "missing" as const, text: "no backend", places: [] };
    const found = { state: "found" as const, text: "resource", places: Array.from({ length: 20 }, (_, i) => place(i)) };
    const rows = (evidence: StepProgress["evidence"]) => {
      const steps = phase(1).steps.map((step) => ({ ...step, evidence }));
      const [first] = rootNodes([tracker("file:///a/t.md", { phases: [phase(1, { steps })] })]);
      const [step] = first ? childrenOf(first) : [];
      return step ? childrenOf(step) : [];
    };
    expect(rows([missing])).toMatchObject([{ kind: "evidence", evidence: missing }]);
    expect(rows([missing, found]).length).toBe(8);
    expect(rows([missing, found])[0]).toMatchObject({ place: place(0) });
  });
});
