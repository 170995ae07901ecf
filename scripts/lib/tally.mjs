// Adds up what the parts of `npm test` say.

/** @typedef {{ readonly passed: number, readonly failed: number, readonly notes: readonly string[] }} Tally */

/** @type {Tally} */
export const nothing = { passed: 0, failed: 0, notes: [] };

/** @param {boolean} well @param {string} [note] @returns {Tally} a part that counts as one test */
export const one = (well, note) => ({ passed: well ? 1 : 0, failed: well ? 0 : 1, notes: note ? [note] : [] });

/** @param {Tally} a @param {Tally} b @returns {Tally} */
export const plus = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  notes: [...a.notes, ...b.notes],
});

/**
 * Counts the report of vitest (`--reporter=json`). A file that does not load is a failure that no test of it reports.
 * @param {unknown} report undefined when there is none
 * @param {number} code the exit code
 * @returns {Tally}
 */
export function tallyOfVitest(report, code) {
  if (!isRecord(report)) return one(false, "vitest wrote no report");
  const passed = numberIn(report, "numPassedTests");
  const files = Array.isArray(report.testResults) ? report.testResults.filter(isRecord) : [];
  const broken = files.filter((file) => file.status === "failed" && !hasFailedTest(file)).length;
  const failed = numberIn(report, "numFailedTests") + broken;
  if (passed + failed === 0) return one(false, "vitest ran no test");
  if (code !== 0 && failed === 0)
    return { passed, failed: 1, notes: [`vitest ended with ${code} though no test failed`] };
  return { passed, failed, notes: [] };
}

/**
 * Counts what a suite inside VS Code wrote down.
 * @param {string} name of the suite
 * @param {import("../../test/vscode/run.mjs").SuiteResult} result
 * @returns {Tally}
 */
export function tallyOfSuite(name, { finished, tests }) {
  const count = (/** @type {string} */ state) => tests.filter((test) => test.state === state).length;
  const passed = count("passed");
  const failed = count("failed");
  if (!finished) return { passed, failed: failed + 1, notes: [`${name}: VS Code ended before the suite did`] };
  if (passed + failed === 0) return one(false, `${name}: no test ran`);
  return { passed, failed, notes: [] };
}

/** @param {Record<string, unknown>} file */
function hasFailedTest(file) {
  const results = file.assertionResults;
  return Array.isArray(results) && results.filter(isRecord).some((result) => result.status === "failed");
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isRecord = (value) => typeof value === "object" && value !== null;

/** @param {Record<string, unknown>} record @param {string} name */
function numberIn(record, name) {
  const value = record[name];
  return typeof value === "number" ? value : 0;
}
