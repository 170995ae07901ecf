// Runs the tests inside VS Code's extension host: a line for each on the console, and all of them in a file for whoever counts.
import { writeFileSync } from "node:fs";
import Mocha from "mocha";

interface TestResult {
  readonly title: string;
  readonly state: "passed" | "failed" | "skipped";
  readonly milliseconds: number;
  readonly error?: string;
}

/**
 * @param load loads the test files, which use mocha's `describe` and `it`
 * @throws when a test fails, so that VS Code ends with an exit code other than 0
 */
export async function runSuite(load: () => void): Promise<void> {
  const mocha = new Mocha({ ui: "bdd", timeout: 30_000, reporter: Mocha.reporters.Base });
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  const results: TestResult[] = [];
  write(results, false);
  try {
    load();
    await new Promise<void>((done) =>
      listen(
        mocha.run(() => done()),
        results,
      ),
    );
  } catch (error) {
    add(results, { title: "the test files load", state: "failed", milliseconds: 0, error: textOf(error) });
  }
  write(results, true);
  const failed = results.filter(({ state }) => state === "failed").length;
  if (failed > 0 || results.length === 0) throw new Error(`${failed} of ${results.length} tests in VS Code failed`);
}

function listen(runner: Mocha.Runner, results: TestResult[]): void {
  const took = (test: Mocha.Runnable) => test.duration ?? 0;
  runner.on("pass", (test) => add(results, { title: test.fullTitle(), state: "passed", milliseconds: took(test) }));
  runner.on("pending", (test) => add(results, { title: test.fullTitle(), state: "skipped", milliseconds: 0 }));
  // Also called for hooks, with the title that names them.
  runner.on("fail", (test, error) =>
    add(results, { title: test.fullTitle(), state: "failed", milliseconds: took(test), error: textOf(error) }),
  );
}

const marks = { passed: "✔", failed: "✖", skipped: "-" } as const;

function add(results: TestResult[], result: TestResult): void {
  results.push(result);
  const error = result.error === undefined ? "" : `\n    ${result.error.replaceAll("\n", "\n    ")}`;
  console.log(`  ${marks[result.state]} ${result.title} (${result.milliseconds} ms)${error}`);
  // Written again after each test: when VS Code dies, what had been run is known.
  write(results, false);
}

function write(tests: readonly TestResult[], finished: boolean): void {
  const file = process.env.DAKOTA_TEST_RESULTS;
  if (file) writeFileSync(file, JSON.stringify({ finished, tests }));
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { actual, expected } = error as Error & { actual?: unknown; expected?: unknown };
  const values =
    expected === undefined ? "" : `\nexpected ${JSON.stringify(expected)}\nbut was  ${JSON.stringify(actual)}`;
  return `${error.stack ?? error.message}${values}`;
}
