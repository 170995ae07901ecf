// "dakota status" of the built command line.

import { describe, expect, it } from "vitest";
import { dop, dopPath, masterPath, masterTracker, passed, repository, trackerWith } from "./workspace.js";

const manifest = 'terraform {\n  backend "s3" {}\n}\nresource "aws_vpc" "main" {}\n';

describe("dakota status", () => {
  it("writes every tracker with its phases, from anywhere in the repository", () => {
    const { run } = repository({ [dopPath]: trackerWith(1), [masterPath]: masterTracker, "infra/main.tf": manifest });
    const { status, stdout, stderr } = run("status");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout.match(/^docs\/.*$/gm)).toEqual([dopPath, masterPath]);
    expect(stdout).toContain("> 1. Infrastructure Assessment & Planning: 1/4, in progress\n");
    expect(stdout).toMatch(/^ {10}found: infra\/main\.tf:4 aws_vpc\.main$/m);
    expect(stdout.match(/^ {2}\d\. /gm)).toHaveLength(dop.phases.length - 1 + 3);
  });

  it("counts the findings of a phase's rules in files that nobody has opened", () => {
    const open = 'resource "aws_db_instance" "main" {\n  password = "hunter2hunter2"\n}\n';
    const findingsOf = (text: string) => {
      const { run } = repository({ [dopPath]: trackerWith(), "infra/main.tf": text });
      const [tracker] = JSON.parse(run("status", "--format", "json").stdout).trackers;
      return tracker.phases[1].findings;
    };
    expect(findingsOf("")).toEqual({ errors: 0, warnings: 0, information: 0, hints: 0, byRule: [] });
    const { errors, byRule } = findingsOf(open);
    expect(errors).toBeGreaterThan(0);
    expect(byRule).toContainEqual({ rule: "terraform/no-hardcoded-secret", severity: "error", count: 1, files: 1 });
  });

  it("writes JSON of version 1 and a table in Markdown", () => {
    const { run } = repository(passed);
    const json = run("status", "--format", "json");
    expect(json.status).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({
      version: 1,
      trackers: [
        { file: dopPath, protocol: { id: "dop" }, currentPhase: 2, phases: [{ state: "passed" }, {}, {}, {}, {}] },
      ],
      unreadable: [],
    });
    const markdown = run("status", "--format=markdown").stdout;
    expect(markdown).toMatch(/^\| 1\. Infrastructure Assessment & Planning \| passed \| 4\/4 \| complete \|/m);
  });

  it("reads the folder that it is given, with paths from the working directory", () => {
    const { run } = repository({ [`one/${dopPath}`]: trackerWith(), [`two/${masterPath}`]: masterTracker });
    expect(run("status", "two").stdout.match(/^(?:one|two|docs)\/.*$/gm)).toEqual([`two/${masterPath}`]);
  });

  it("exits with 2 where there is no tracker, or one cannot be read", () => {
    expect(repository({ "README.md": "# A\n" }).run("status")).toEqual({
      status: 2,
      stdout: "No tracker was found.\n",
      stderr: "",
    });
    const unread = repository({ [dopPath]: "### DOP Phase Tracker\n\nNothing but words.\n" }).run("status");
    expect(unread.status).toBe(2);
    expect(unread.stdout).toContain(`${dopPath}: `);
    const named = { ".dakota.yaml": "tracker: docs/status.md\n", "docs/status.md": "# Status\n" };
    const both = repository({ ...named, "other/docs/tracker.md": masterTracker }).run("status", "--format", "json");
    expect(both.status).toBe(2);
    expect(JSON.parse(both.stdout).unreadable).toMatchObject([{ path: "docs/status.md" }]);
  });

  it("says so where the configuration leaves no tracker", () => {
    const told = (config: string) => {
      const { run } = repository({ [dopPath]: trackerWith(), ".dakota.yaml": config });
      const { status, stdout } = run("status");
      return [status, stdout];
    };
    expect(told("tracker: docs/typo.md\n")).toEqual([
      2,
      '.dakota.yaml: No file is called "docs/typo.md", as "tracker" says\n',
    ]);
    for (const config of ["protocols: []\n", "protocols: [dpo]\n"])
      expect(told(config)).toEqual([2, expect.stringContaining(`${dopPath}: No protocol is in force here: `)]);
    expect(told("protocols: [master]\n")).toEqual([2, "No tracker was found.\n"]);
  });

  it("is told what is wrong with its arguments", () => {
    const { run } = repository(passed);
    for (const args of [
      ["--format", "xml"],
      ["--format", "toString"],
      ["--format", "__proto__"],
      ["a", "b"],
      ["--colour"],
      ["nowhere"],
      [dopPath],
    ])
      expect(run("status", ...args)).toMatchObject({
        status: 2,
        stdout: "",
        stderr: expect.stringContaining("--help"),
      });
  });
});
