// "dakota pipeline" of the built command line, as a shell sees it.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const cli = resolve("dist/cli.js");
const folder = mkdtempSync(join(tmpdir(), "dakota bild ü "));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function pipeline(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, "pipeline", ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const include =
  "include:\n  - local: ci/test.yml\nship:\n  stage: deploy\n  script: kubectl apply -f k8s\n  environment: production\n";

describe("dakota pipeline", () => {
  it("writes the stages, with the jobs of other files and what is missing", () => {
    write(".git/HEAD", "ref: refs/heads/main\n");
    write(".gitlab-ci.yml", include);
    write("ci/test.yml", "unit:\n  stage: test\n  script: npm test\n");
    const { status, stdout, stderr } = pipeline(".gitlab-ci.yml");
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\.gitlab-ci\.yml: GitLab CI, 2 jobs\n/);
    expect(stdout).toMatch(/^ {2}test +unit · npm test$/m);
    expect(stdout).toMatch(/^ {2}security +missing$/m);
  });

  it("takes the stages that .dakota.yaml asks for", () => {
    write("set/.gitlab-ci.yml", "ship:\n  script: kubectl apply -f k8s\n  environment: production\n");
    write("set/.git/HEAD", "ref: refs/heads/main\n");
    write("set/.dakota.yaml", "rules:\n  pipeline/required-stages:\n    stages: [lint]\n");
    expect(pipeline("set/.gitlab-ci.yml").stdout).toMatch(/\nMissing on the way to production: lint\n$/);
  });

  it("recognises what .dakota.yaml says of the team's own commands", () => {
    write("own/.gitlab-ci.yml", "a:\n  script: make ship\n");
    write("own/.git/HEAD", "ref: refs/heads/main\n");
    expect(pipeline("own/.gitlab-ci.yml").stdout).toMatch(/^ {2}deploy-production +unknown$/m);
    write("own/.dakota.yaml", "pipeline: {roles: {deploy: [{run: make ship, environment: production}]}}\n");
    expect(pipeline("own/.gitlab-ci.yml").stdout).toMatch(/^ {2}deploy-production +a · make ship/m);
  });

  it("exits with 2 and the reason where there is nothing to show", () => {
    write("Dockerfile", "FROM alpine:3.20\n");
    expect(pipeline("Dockerfile")).toEqual({
      status: 2,
      stdout: "",
      stderr: "dakota: Dockerfile: a Dockerfile is no pipeline\n",
    });
    expect(pipeline("nowhere.yml")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(/nowhere\.yml: .+\n$/),
    });
    for (const args of [[], ["a.yml", "b.yml"], ["--colour", "a.yml"]])
      expect(pipeline(...args)).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining("--help") });
  });
});
