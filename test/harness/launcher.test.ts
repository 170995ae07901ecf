// What the embedded VS Code makes of its arguments, and that it ends when something in it does not.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..", "..");
const script = (path: string) => new URL(`../../${path}`, import.meta.url).href;
interface Arguments {
  parseArguments(args: readonly string[]): Readonly<Record<string, string>>;
  isNoise(text: string): boolean;
  isResult(text: string): boolean;
}
const { parseArguments, isNoise, isResult }: Arguments = await import(script("test/vscode/arguments.mjs"));
const { candidates }: { candidates(platform: string, env: Readonly<Record<string, string>>): readonly string[] } =
  await import(script("scripts/lib/browser.mjs"));

describe("the arguments of VS Code", () => {
  const given = [
    "/w/wörk space",
    "--extensions-dir=/t/extensions",
    "--user-data-dir=/t/data",
    "--no-sandbox",
    "--disable-gpu-sandbox",
    "--disable-updates",
    "--skip-welcome",
    "--skip-release-notes",
    "--disable-workspace-trust",
    "--extensionTestsPath=/p/suite.cjs",
    "--extensionDevelopmentPath=/p",
  ];

  it("are those that @vscode/test-electron gives", () =>
    expect(parseArguments(given)).toEqual({
      open: "/w/wörk space",
      development: "/p",
      tests: "/p/suite.cjs",
      extensions: "/t/extensions",
      data: "/t/data",
    }));

  it.each(["/w/wörk space", "--extensionTestsPath=/p/suite.cjs", "--extensionDevelopmentPath=/p"])(
    "do not do without %s",
    (lacking) => expect(() => parseArguments(given.filter((arg) => arg !== lacking))).toThrow(/needs/),
  );
});

describe("the console of the extension host", () => {
  it("is told apart", () => {
    expect(isResult("  ✔ a test (3 ms)")).toBe(true);
    expect(isResult("Resolving connection token")).toBe(false);
    expect(isNoise("Error: Could not locate the bindings file. Tried:")).toBe(true);
    expect(isNoise("TypeError: Cannot read properties of undefined")).toBe(false);
  });
});

describe("browsers", () => {
  it("are looked for where the platform has them", () => {
    expect(candidates("linux", { PATH: "/a:/b:relative" })).toContain("/b/chromium");
    expect(candidates("linux", { PATH: "relative" }).some((path) => path.includes("relative"))).toBe(false);
    expect(candidates("darwin", { HOME: "/h" })).toContain("/h/Applications/Chromium.app/Contents/MacOS/Chromium");
    expect(candidates("win32", { "ProgramFiles(x86)": "C:\\P" })).toContain(
      "C:\\P\\Microsoft\\Edge\\Application\\msedge.exe",
    );
  });
});

describe.skipIf(process.platform === "win32")("the embedded VS Code", () => {
  const temporary = join(root, ".cache", "test", `launcher-${process.pid}`);
  beforeAll(async () => {
    mkdirSync(temporary, { recursive: true });
    await (await import(script("scripts/lib/vscode.mjs"))).prepareVSCode();
    await (await import(script("scripts/lib/browser.mjs"))).prepareBrowser();
  }, 600_000);
  afterAll(() => rmSync(temporary, { recursive: true, force: true }));

  it.each([
    ["hang", "no test ended for 3 seconds"],
    ["crash", "the server ended"],
  ])("ends with a reason at a %s", async (name, reason) => {
    const { buildSuite } = await import(script("scripts/lib/suites.mjs"));
    const results = join(temporary, `${name}.json`);
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        join(root, "test/vscode/launcher.mjs"),
        temporary,
        `--extensionDevelopmentPath=${root}`,
        `--extensionTestsPath=${await buildSuite(`test/harness/fixtures/${name}`, name)}`,
      ],
      {
        encoding: "utf8",
        timeout: 60_000,
        env: { ...process.env, DAKOTA_TEST_RESULTS: results, DAKOTA_TEST_PATIENCE: "3" },
      },
    );
    expect(stderr).toContain(reason);
    expect(status).toBe(70);
    expect(existsSync(results)).toBe(true);
    expect(JSON.parse(readFileSync(results, "utf8"))).toMatchObject({ finished: false, tests: [{ state: "passed" }] });
  });
});
