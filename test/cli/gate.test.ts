// "dakota gate" of the built command line: what it says, its exit codes, and that it never answers.

import { describe, expect, it } from "vitest";
import { dopPath, masterPath, masterTracker, passed, plan, repository, trackerWith } from "./workspace.js";

describe("dakota gate", () => {
  it("exits with 0 where the gate is passed, and writes what it rests on", () => {
    const { status, stdout, stderr } = repository(passed).run("gate", "1");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^.+ of phase 1: Infrastructure Assessment & Planning\n.+\n\nPassed: Yes · 2026-02-01\n/);
    expect(stdout).toContain("Checkpoints: 4 of 4\n  [x] Requirements documented\n");
    expect(stdout).toContain("Output document phase1_infrastructure_plan.md: complete\n");
    expect(stdout).toContain("Answers so far\n  - 2026-02-01 · Yes · Priya\n    4 of 4 checkpoints\n");
  });

  it("exits with 1 where it is not passed, whatever the reason", () => {
    const gate = (files: Readonly<Record<string, string>>, phase = "1") => {
      const { status, stdout } = repository(files).run("gate", phase);
      return [status, stdout.split("\n")[3]];
    };
    expect(gate({ [dopPath]: trackerWith() })).toEqual([
      1,
      expect.stringContaining("Not answered yet; the phase is in progress, open: Requirements documented; "),
    ]);
    const clarify = { ...passed, [dopPath]: trackerWith(4, "2026-02-01 | 1 | Clarify | Priya | who?") };
    expect(gate(clarify)).toEqual([1, expect.stringContaining("Not passed: Clarify · 2026-02-01; the phase is done")]);
    expect(gate({ [dopPath]: passed[dopPath] ?? "" })).toEqual([
      1,
      "Passed, but stale: phase1_infrastructure_plan.md is not there any more",
    ]);
    expect(gate(passed, "2")).toEqual([1, expect.stringContaining("Not answered yet; the phase is not started")]);
  });

  it("tells of the gates before it that are not passed", () => {
    const third = (tracker: string) => repository({ ...passed, [dopPath]: tracker }).run("gate", "3").stdout;
    expect(third(trackerWith())).toContain("the phase is not started, open: gates 1 and 2 are not passed; ");
    expect(third(passed[dopPath] ?? "")).toContain("open: gate 2 is not passed; ");
  });

  it("turns to 1 when a checkpoint of a passed gate is taken out", () => {
    const { run, write } = repository(passed);
    write(dopPath, (passed[dopPath] ?? "").replace("- [x] Cost model prepared\n", ""));
    const { status, stdout } = run("gate", "1");
    expect([status, stdout.split("\n")[3]]).toEqual([
      1,
      'Passed, but stale: "Cost model prepared" has no box any more',
    ]);
  });

  it("turns from 0 to 1 when a document that it rested on breaks, and back when it heals", () => {
    const { run, write } = repository(passed);
    expect(run("gate", "1").status).toBe(0);
    const whole = passed[plan] ?? "";
    write(plan, whole.replace("## Security Design", "## Something Else"));
    const { status, stdout } = run("gate", "1");
    expect(status).toBe(1);
    expect(stdout).toContain(
      'Passed, but stale: phase1_infrastructure_plan.md has no section "Security Design" any more\n',
    );
    expect(stdout).toContain("  [ ] Security Design\n");
    write(plan, whole);
    expect(run("gate", "1").status).toBe(0);
  });

  it("asks which of several trackers is meant", () => {
    const { run } = repository({ ...passed, [masterPath]: masterTracker });
    const several = run("gate", "1");
    expect(several).toMatchObject({ status: 2, stdout: "" });
    for (const word of [dopPath, masterPath, "(dop)", "(master)", "--tracker", "--protocol"])
      expect(several.stderr).toContain(word);
    expect(run("gate", "1", "--protocol", "dop").status).toBe(0);
    expect(run("gate", "1", "--tracker", masterPath).status).toBe(1);
    expect(run("gate", "1", "--tracker", `./${dopPath}`).status).toBe(0);
    const wrong = run("gate", "1", "--protocol", "master", "--tracker", dopPath);
    expect(wrong).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining("no such tracker") });
  });

  it("exits with 2 where there is no such gate, or no tracker to read", () => {
    const refused = (files: Readonly<Record<string, string>>, phase = "1") => {
      const { status, stdout, stderr } = repository(files).run("gate", phase);
      expect([status, stdout]).toEqual([2, ""]);
      return stderr;
    };
    expect(refused(passed, "9")).toContain("no gate of a phase 9");
    expect(refused({})).toBe("dakota: no tracker was found\n");
    expect(refused({ [dopPath]: "### DOP Phase Tracker\n\nNothing but words.\n" })).toContain(`dakota: ${dopPath}: `);
    const named = { ".dakota.yaml": "tracker: docs/status.md\n", "docs/status.md": "# Status\n" };
    expect(refused(named)).toContain("dakota: docs/status.md: No heading");
  });

  it("changes no file, and knows no way to answer", () => {
    const repo = repository({ [dopPath]: trackerWith(4), [plan]: passed[plan] ?? "", [masterPath]: masterTracker });
    const before = repo.contents();
    const tried = [
      ["gate", "1", "--protocol", "dop"],
      ["gate", "1", "--protocol", "dop", "--answer", "Yes"],
      ["gate", "1", "--protocol", "dop", "--yes"],
      ["gate", "1", "yes", "Yes"],
      ["gate", "answer", "1"],
      ["gate", "1", "--tracker", dopPath, "--by", "Priya"],
      ["gate"],
      ["status"],
      ["report"],
    ].map((args) => repo.run(...args).status);
    expect(repo.contents()).toEqual(before);
    expect(tried).toEqual([1, 2, 2, 2, 2, 2, 2, 0, 0]);
  });
});
