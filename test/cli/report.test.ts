// "dakota report" of the built command line.

import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { dopPath, masterPath, masterTracker, passed, repository } from "./workspace.js";

const run1 = `# Deploy Application to Production

**Started**: 2026-03-01 22:00 UTC
**By**: Priya

1. Pre-deployment checklist
   - [x] All tests passed in staging
`;

describe("dakota report", () => {
  it("writes one page about all trackers and runs to the file that is named", () => {
    const { run, folder } = repository({ ...passed, [masterPath]: masterTracker, "docs/runs/a.md": run1 });
    expect(run("report", "--out", "report.html")).toEqual({ status: 0, stdout: "", stderr: "" });
    const page = readFileSync(join(folder, "report.html"), "utf8");
    expect(page.startsWith("<!DOCTYPE html>")).toBe(true);
    expect(page.trimEnd().endsWith("</html>")).toBe(true);
    expect(page).toContain(`<h1>${basename(folder)}</h1>`);
    expect(page).toContain(`<code>${dopPath}</code>`);
    expect(page).toContain(`<code>${masterPath}</code>`);
    expect(page.match(/<svg /g)).toHaveLength(2);
    expect(page).toMatch(
      /<code>docs\/runs\/a\.md<\/code><\/td><td>1\/\d+<\/td><td><span class="date">2026-03-01<\/span><\/td><td>Priya</,
    );
    expect(page).not.toMatch(/<script|\ssrc=|<link/);
  });

  it("writes to the output without a name, and overwrites an older report", () => {
    const { run, folder, write } = repository(passed);
    const { status, stdout } = run("report");
    expect(status).toBe(0);
    write("report.html", `old${"x".repeat(stdout.length)}`);
    run("report", "--out", "report.html");
    expect(readFileSync(join(folder, "report.html"), "utf8")).toBe(stdout);
  });

  it("exits with 2 where it cannot write, and says why", () => {
    const { run } = repository({ ...passed, "folder/x": "" });
    const reasons = { folder: "a folder", "nowhere/report.html": "there is no such folder" };
    for (const [out, reason] of Object.entries(reasons))
      expect(run("report", "--out", out)).toEqual({ status: 2, stdout: "", stderr: `dakota: ${out}: ${reason}\n` });
  });

  it("exits with 2 where there is no tracker, with a page that says so", () => {
    const { status, stdout } = repository({}).run("report");
    expect(status).toBe(2);
    expect(stdout).toContain("<p>No tracker was found.</p>");
    for (const args of [["a", "b"], ["--format", "json"], ["--out"]])
      expect(repository({}).run("report", ...args)).toMatchObject({ status: 2, stdout: "" });
  });
});
