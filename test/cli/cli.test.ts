// The built command line, as a shell sees it.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { version } from "../../package.json";
import { reasonOf } from "../../server/host/files.js";

const cli = resolve("dist/cli.js");
const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A folder with these files; its name has a space and letters beyond ASCII. */
function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "dakota prüfung "));
  made.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

function run(cwd: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd, encoding: "utf8" });
  return { status, stdout, stderr };
}

interface Json {
  readonly version: number;
  readonly files: number;
  readonly notJudged: readonly { readonly file: string; readonly reason: string }[];
  readonly findings: readonly Readonly<Record<string, unknown>>[];
}

const check = (cwd: string, ...args: readonly string[]) => {
  const result = run(cwd, "check", ...args, "--format", "json");
  return { ...result, json: JSON.parse(result.stdout) as Json };
};

const bad = "FROM node:20\nUSER app\nENV DB_PASSWORD=hunter2\n";
const good = "FROM node:20\nUSER app\n";

describe("dakota check", () => {
  it("writes findings as JSON: one-based, relative to the working directory", () => {
    const folder = folderWith({ "a b/Dockerfile": bad });
    const { status, json } = check(folder);
    expect(status).toBe(1);
    expect(json).toMatchObject({ version: 1, files: 1, notJudged: [] });
    const [finding] = json.findings;
    expect(finding).toEqual({
      rule: "docker/secret-in-env-arg",
      severity: "error",
      file: "a b/Dockerfile",
      line: 3,
      column: 5,
      endLine: 3,
      endColumn: 16,
      message: expect.stringContaining("DB_PASSWORD"),
      fixes: expect.any(Array),
    });
  });

  it("writes them for people", () => {
    const { stdout } = run(folderWith({ Dockerfile: bad, "x/Dockerfile": good }), "check");
    expect(stdout).toMatch(
      /^Dockerfile\n {2}3:5 {2}error {2}.+ {2}docker\/secret-in-env-arg\n\n1 error in 2 judged files\n$/,
    );
  });

  it("exits by the threshold", () => {
    const folder = folderWith({ Dockerfile: bad });
    expect(run(folder, "check", "--fail-on", "never").status).toBe(0);
    expect(run(folder, "check", "--fail-on", "error").status).toBe(1);
    expect(run(folderWith({ Dockerfile: good }), "check").status).toBe(0);
    const calm = folderWith({ Dockerfile: bad, ".dakota.yaml": "rules:\n  docker/secret-in-env-arg: warning\n" });
    expect(run(calm, "check").status).toBe(0);
    expect(run(calm, "check", "--fail-on", "warning").status).toBe(1);
    expect(run(calm, "check", "--fail-on", "information").status).toBe(1);
  });

  it("exits with 2 and one line on wrong usage", () => {
    const folder = folderWith({});
    for (const args of [
      ["chekc"],
      ["toString"],
      ["__proto__"],
      ["check", "--format", "xml"],
      ["check", "--fail-on", "loud"],
      ["check", "--what"],
    ]) {
      const { status, stderr } = run(folder, ...args);
      expect([status, stderr.trim().split("\n").length]).toEqual([2, 1]);
      expect(stderr).toMatch(/^dakota: .*; see "dakota --help"\n$/);
    }
    expect(run(folder, "--version").stdout).toBe(`${version}\n`);
    expect(run(folder, "--help").stdout).toContain("Usage: dakota check");
  });

  it("judges what can be read when a path cannot, and exits with 2", () => {
    const { status, json, stderr } = check(folderWith({ Dockerfile: bad }), "nowhere", "Dockerfile");
    expect(status).toBe(2);
    expect(json.findings).toHaveLength(1);
    expect(json.notJudged).toEqual([{ file: "nowhere", reason: "there is no such file" }]);
    expect(stderr).toBe("dakota: nowhere: there is no such file\n");
  });

  it("honours ignore files in folders, and not for a file that is named", () => {
    const folder = folderWith({
      ".git/HEAD": "",
      ".gitignore": "build/\n*.gen.Dockerfile\n",
      "build/Dockerfile": bad,
      "sub/.gitignore": "!keep.gen.Dockerfile\nDockerfile\n",
      "sub/Dockerfile": bad,
      "sub/keep.gen.Dockerfile": bad,
      "x.gen.Dockerfile": bad,
      ".dakota.yaml": "exclude: old/**\n",
      "old/Dockerfile": bad,
      "node_modules/a/Dockerfile": bad,
    });
    const files = (...paths: readonly string[]) => check(folder, ...paths).json.findings.map(({ file }) => file);
    expect(files()).toEqual(["sub/keep.gen.Dockerfile"]);
    expect(files("build/Dockerfile", "old/Dockerfile")).toEqual(["build/Dockerfile", "old/Dockerfile"]);
    expect(files("build")).toEqual(["build/Dockerfile"]);
  });

  it("knows of a named file that Git ignores it", () => {
    const folder = folderWith({
      ".git/HEAD": "",
      ".gitignore": "*.tfvars\nscratch/\n",
      ".dakota.yaml": "profile: strict\n",
      "prod.tfvars": 'db_password = "Tr0ub4dor&3"\n',
      "scratch/main.tf": 'provider "aws" {}\n',
    });
    const rules = (path: string) => check(folder, path).json.findings.map(({ rule }) => rule);
    expect(rules("prod.tfvars")).not.toContain("terraform/tfvars-secret");
    expect(rules("scratch/main.tf")).toContain("terraform/not-version-controlled");
  });

  it("tells what is wrong in a configuration, also one above, and goes on with the rest of it", () => {
    const folder = folderWith({
      ".dakota.yaml": "rules:\n  docker/nope: off\n  docker/secret-in-env-arg: hint\n",
      "a/Dockerfile": bad,
    });
    const { json, status } = check(join(folder, "a"));
    expect(status).toBe(1);
    expect(json.findings.map(({ rule, file, line, severity }) => [rule, file, line, severity])).toEqual([
      ["docker/secret-in-env-arg", "Dockerfile", 3, "hint"],
      ["dakota/config", "../.dakota.yaml", 2, "error"],
    ]);
  });
});

describe("bad input", () => {
  const reasonFor = (folder: string, path: string) => check(folder, path).json.notJudged.map(({ reason }) => reason);

  it("is named with the reason, and the rest is judged", () => {
    const folder = folderWith({
      Dockerfile: bad,
      "binary.tf": new Uint8Array([0, 1, 2, 3]),
      "latin1.tf": new Uint8Array([0x61, 0xe9, 0x62]),
      "huge.tf": `# ${"x".repeat(50 * 1024 * 1024)}\n`,
      "empty.tf": "",
    });
    symlinkSync("loop.tf", join(folder, "loop.tf"));
    symlinkSync(".", join(folder, "circle"));
    const { json, status } = check(folder);
    expect(status).toBe(1);
    expect(json.findings.map(({ file }) => file)).toEqual(["Dockerfile"]);
    expect(json.files).toBe(2);
    expect(json.notJudged).toEqual([
      { file: "circle", reason: "a symbolic link to a folder, not followed" },
      { file: "loop.tf", reason: "a symbolic link that leads in a circle" },
      { file: "binary.tf", reason: "a binary file" },
      { file: "huge.tf", reason: "larger than 1 MiB (50.0 MiB)" },
      { file: "latin1.tf", reason: "not valid UTF-8" },
    ]);
  });

  it("without permission is told", () => {
    expect(reasonOf(Object.assign(new Error("EACCES: permission denied, open 'x'"), { code: "EACCES" }))).toBe(
      "permission denied",
    );
    expect(reasonOf(Object.assign(new Error("EIO: i/o error, read"), { code: "EIO" }))).toBe("cannot be read (EIO)");
  });

  it("of a kind nobody judges is named when asked for", () => {
    const folder = folderWith({ "notes.txt": "x", "config.yaml": "a: 1" });
    expect(reasonFor(folder, ".")).toEqual([]);
    expect(reasonFor(folder, "notes.txt")).toEqual(["no kind of file that Dakota judges"]);
    expect(reasonFor(folder, "config.yaml")).toEqual(["YAML of a kind that Dakota does not judge"]);
  });

  it("with BOM and CRLF is judged at the right place", () => {
    const folder = folderWith({ Dockerfile: `\uFEFF${bad.replaceAll("\n", "\r\n")}` });
    expect(check(folder).json.findings.map(({ line, column, endColumn }) => [line, column, endColumn])).toEqual([
      [3, 5, 16],
    ]);
  });

  it("that is nested, endless or exponential ends with a word about it", () => {
    const head = "apiVersion: v1\nkind: Pod\n";
    let laughs = `${head}a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n`;
    for (let i = 1; i < 12; i++)
      laughs += `a${i}: &a${i} [${Array(10)
        .fill(`*a${i - 1}`)
        .join(", ")}]\n`;
    const folder = folderWith({
      "laughs.yaml": laughs,
      "deep.yaml": `${head}a: ${"[".repeat(10_000)}\n`,
      "deep.tf": `a = ${"[".repeat(10_000)}\n`,
      "quote.tf": 'resource "a" "b" {\n  c = "never closed\n}\n',
      "heredoc.tf": "a = <<EOT\nnever closed\n",
      "heredoc.Dockerfile": "FROM node:20\nRUN <<EOF\nnever closed\n",
      "quote.yaml": `${head}a: "never closed\n`,
      Dockerfile: bad,
    });
    const { json, status, stderr } = check(folder);
    expect([status, stderr]).toEqual([1, ""]);
    const told = new Map([
      ...json.findings
        .filter(({ rule }) => rule === "dakota/syntax")
        .map(({ file, message }) => [file, message] as const),
      ...json.notJudged.map(({ file, reason }) => [file, reason] as const),
    ]);
    for (const file of [
      "laughs.yaml",
      "deep.yaml",
      "deep.tf",
      "quote.tf",
      "heredoc.tf",
      "heredoc.Dockerfile",
      "quote.yaml",
    ])
      expect(told.get(file), file).toBeTruthy();
    expect(json.findings.some(({ file }) => file === "Dockerfile")).toBe(true);
  });
});
