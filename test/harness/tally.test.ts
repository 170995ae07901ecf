// What `npm test` counts.
import { describe, expect, it } from "vitest";

interface Tally {
  readonly passed: number;
  readonly failed: number;
}
interface Tallies {
  tallyOfVitest(report: unknown, code: number): Tally;
  tallyOfSuite(name: string, result: { finished: boolean; tests: readonly { state: string }[] }): Tally;
}
const { tallyOfVitest, tallyOfSuite }: Tallies = await import(
  new URL("../../scripts/lib/tally.mjs", import.meta.url).href
);

describe("vitest's report", () => {
  const file = (...states: string[]) => ({
    status: states.includes("failed") ? "failed" : "passed",
    assertionResults: states.map((status) => ({ status })),
  });
  const report = (passed: number, failed: number, ...testResults: unknown[]) => ({
    numPassedTests: passed,
    numFailedTests: failed,
    testResults,
  });

  it.each([
    ["all pass", report(2, 0, file("passed", "passed")), 0, 2, 0],
    ["one fails", report(1, 1, file("passed", "failed")), 1, 1, 1],
    ["a file does not load", report(1, 0, file("passed"), { status: "failed", assertionResults: [] }), 1, 1, 1],
    ["no test ran", report(0, 0), 0, 0, 1],
    ["there is none", undefined, 1, 0, 1],
    ["an error came from outside a test", report(1, 0, file("passed")), 1, 1, 1],
  ])("%s", (_case, given, code, passed, failed) =>
    expect(tallyOfVitest(given, code)).toMatchObject({ passed, failed }),
  );
});

describe("a suite in VS Code", () => {
  const tests = (...states: string[]) => states.map((state) => ({ state }));

  it.each([
    ["all pass, one is skipped", { finished: true, tests: tests("passed", "skipped") }, 1, 0],
    ["one fails", { finished: true, tests: tests("passed", "failed") }, 1, 1],
    ["VS Code ended in between", { finished: false, tests: tests("passed") }, 1, 1],
    ["nothing but skipped ones", { finished: true, tests: tests("skipped") }, 0, 1],
    ["nothing at all", { finished: true, tests: [] }, 0, 1],
  ])("%s", (_case, result, passed, failed) => expect(tallyOfSuite("x", result)).toMatchObject({ passed, failed }));
});
