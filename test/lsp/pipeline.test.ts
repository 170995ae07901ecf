// The picture of a pipeline as the built language server sends it.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { URI } from "vscode-uri";
import { type PipelinePicture, pipelineRequest } from "../../server/messages.js";
import { startServer } from "../harness/server.js";

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function serve(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "dakota server ü "));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const server = await startServer({ folder });
  ends.push(server.stop, () => rmSync(folder, { recursive: true, force: true }));
  const uriOf = (path: string): string => URI.file(join(folder, path)).toString();
  const picture = (uri: string) => server.connection.sendRequest<PipelinePicture>(pipelineRequest, { uri });
  return { ...server, uriOf, picture };
}

const ci = "include:\n  - local: ci/test.yml\nship:\n  script: kubectl apply -f k8s\n  environment: production\n";

describe("the picture of a pipeline", () => {
  it("follows the text in the editor and has the jobs of other files, however early it is asked for", async () => {
    const server = await serve({ ".gitlab-ci.yml": "", "ci/test.yml": "unit:\n  stage: test\n  script: npm test\n" });
    const uri = server.uriOf(".gitlab-ci.yml");
    await server.open(uri, "yaml", ci);
    const picture = await server.picture(uri);
    expect(picture).toMatchObject({ title: ".gitlab-ci.yml", svg: expect.stringMatching(/^<svg .*<\/svg>$/s) });
    expect(picture).toMatchObject({ text: expect.stringMatching(/ test +unit · npm test\n/) });
    await server.change(uri, 2, `${ci}scan:\n  script: trivy fs .\n`);
    expect(await server.picture(uri)).toMatchObject({ text: expect.stringMatching(/ security +scan · trivy/) });
  });

  it("is drawn of a file that is not open", async () => {
    const server = await serve({ ".gitlab-ci.yml": ci, "ci/test.yml": "unit:\n  stage: test\n  script: npm test\n" });
    expect(await server.picture(server.uriOf(".gitlab-ci.yml"))).toHaveProperty("svg");
  });

  it("gives the reason where there is none", async () => {
    const server = await serve({ Dockerfile: "FROM alpine:3.20\n" });
    expect(await server.picture(server.uriOf("Dockerfile"))).toEqual({ reason: "a Dockerfile is no pipeline" });
    expect(await server.picture(server.uriOf("nowhere.yml"))).toEqual({ reason: "it cannot be read" });
  });
});
