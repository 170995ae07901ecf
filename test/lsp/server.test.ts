// The built language server over stdio: everything an editor asks of it.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { CodeAction, CompletionItem, Diagnostic, Hover, PublishDiagnosticsParams } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import { catalogue } from "../../server/engine/catalogue.gen.js";
import {
  type FileStatus,
  fileStatusRequest,
  type NewDocument,
  newTrackerRequest,
  progressChanged,
  progressRequest,
  setStepRequest,
  type TextChange,
  type TrackerProgress,
} from "../../server/messages.js";
import { startServer, type TestServer } from "../harness/server.js";

const folders: string[] = [];
const servers: TestServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function serve(files: Readonly<Record<string, string>> = {}, options: Parameters<typeof startServer>[0] = {}) {
  const folder = mkdtempSync(join(tmpdir(), "dakota server ü "));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const server = await startServer({ folder, ...options });
  servers.push(server);
  const uriOf = (path: string): string => URI.file(join(folder, path)).toString();
  return { ...server, folder, uriOf };
}

async function itemsOf(server: TestServer, uri: string): Promise<readonly Diagnostic[]> {
  const report = await server.pull(uri);
  if (report.kind !== "full") throw new Error("unchanged");
  return report.items;
}

const rulesOf = async (server: TestServer, uri: string) => (await itemsOf(server, uri)).map(({ code }) => code);

const bad = "FROM node:20\nUSER app\nENV DB_PASSWORD=hunter2\n";
const good = "FROM node:20\nUSER app\n";
const secret = "docker/secret-in-env-arg";

describe("diagnostics", () => {
  it("are pulled, with the rule's id, a link to its page and the smallest span", async () => {
    const server = await serve();
    expect(server.initialized.capabilities.diagnosticProvider).toMatchObject({ identifier: "dakota" });
    const uri = server.uriOf("Dockerfile");
    await server.open(uri, "dockerfile", bad);
    const [item, ...others] = await itemsOf(server, uri);
    expect(others).toEqual([]);
    expect(item).toMatchObject({
      source: "dakota",
      code: secret,
      severity: 1,
      range: { start: { line: 2, character: 4 }, end: { line: 2, character: 15 } },
    });
    const page = URI.parse(item?.codeDescription?.href ?? "").fsPath;
    expect(readFileSync(page, "utf8")).toContain(`# ${secret}`);
  });

  it("are unchanged until something changes", async () => {
    const server = await serve();
    const uri = server.uriOf("Dockerfile");
    await server.open(uri, "dockerfile", bad);
    await server.ready;
    const { resultId = "" } = await server.pull(uri);
    expect(await server.pull(uri, resultId)).toEqual({ kind: "unchanged", resultId });
    await server.change(uri, 2, good);
    expect(await server.pull(uri, resultId)).toMatchObject({ kind: "full", items: [] });
  });

  it("are sent, and never pulled, where the client cannot pull", async () => {
    const sent: PublishDiagnosticsParams[] = [];
    const server = await serve({}, { capabilities: {} });
    expect(server.initialized.capabilities.diagnosticProvider).toBeUndefined();
    const arrived = new Promise<void>((done) => {
      server.connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
        sent.push(params);
        done();
      });
    });
    await server.open(server.uriOf("Dockerfile"), "dockerfile", bad);
    await arrived;
    expect(sent[0]?.diagnostics.map(({ code }) => code)).toEqual([secret]);
  });

  it("of a document that was never saved go by its language", async () => {
    const server = await serve();
    await server.open("untitled:Untitled-1", "dockerfile", bad);
    expect(await rulesOf(server, "untitled:Untitled-1")).toEqual([secret]);
  });
});

describe("configuration", () => {
  it("in the editor holds where no file says otherwise, and is taken up at once", async () => {
    let settings: unknown = {};
    const server = await serve({}, { settings: () => settings });
    const uri = server.uriOf("Dockerfile");
    await server.open(uri, "dockerfile", bad);
    expect(await rulesOf(server, uri)).toEqual([secret]);
    settings = { rules: { [secret]: "off" } };
    await server.ready;
    const refreshed = server.nextRefresh();
    await server.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await refreshed;
    expect(await rulesOf(server, uri)).toEqual([]);
    settings = { enabled: false };
    await server.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    const status = await server.connection.sendRequest<FileStatus>(fileStatusRequest, { uri });
    expect(status.reason).toBe("switched off in the settings");
  });

  it("in .dakota.yaml is taken up while it is typed, and its own errors are shown in it", async () => {
    const server = await serve({ ".dakota.yaml": "profile: recommended\n" });
    const [uri, config] = [server.uriOf("a/Dockerfile"), server.uriOf(".dakota.yaml")];
    await server.open(uri, "dockerfile", bad);
    await server.ready;
    expect(await rulesOf(server, uri)).toEqual([secret]);
    const refreshed = server.nextRefresh();
    await server.open(config, "yaml", `rules:\n  ${secret}: off\n  k8s/nope: off\n`);
    await refreshed;
    expect(await rulesOf(server, uri)).toEqual([]);
    const [problem] = await itemsOf(server, config);
    expect(problem).toMatchObject({
      code: "dakota/config",
      message: '"k8s/nope" is not known here',
      range: { start: { line: 2, character: 2 }, end: { line: 2, character: 10 } },
    });
  });
});

describe("roles that .dakota.yaml gives to commands of the team", () => {
  it("are taken up while they are typed, in files that are not open as well", async () => {
    const server = await serve({
      ".dakota.yaml": "profile: recommended\n",
      "ci/ship.yml": "parcel:\n  stage: deploy\n  script: make ship\n",
    });
    const [uri, config] = [server.uriOf(".gitlab-ci.yml"), server.uriOf(".dakota.yaml")];
    await server.open(uri, "yaml", "include:\n  - local: ci/ship.yml\n");
    await server.ready;
    const rule = "pipeline/test-before-deploy";
    expect(await rulesOf(server, uri)).not.toContain(rule);
    const refreshed = server.nextRefresh();
    await server.open(config, "yaml", "pipeline: {roles: {deploy: [make ship]}}\n");
    await refreshed;
    expect(await rulesOf(server, uri)).toContain(rule);
  });
});

describe("several folders", () => {
  it("have a configuration each, and come and go", async () => {
    const server = await serve({ "one/.dakota.yaml": `rules:\n  ${secret}: off\n`, "two/Dockerfile": bad });
    const [one, two] = [server.uriOf("one/Dockerfile"), server.uriOf("two/Dockerfile")];
    await server.open(one, "dockerfile", bad);
    await server.open(two, "dockerfile", bad);
    expect([await rulesOf(server, one), await rulesOf(server, two)]).toEqual([[], [secret]]);
    await server.ready;
    const other = mkdtempSync(join(tmpdir(), "dakota other "));
    folders.push(other);
    writeFileSync(
      join(other, "tracker.md"),
      "### DOP Phase Tracker\n| Phase | Title | Status | Notes |\n|---|---|---|---|\n",
    );
    const refreshed = server.nextRefresh();
    await server.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
      event: { added: [{ uri: URI.file(other).toString(), name: "other" }], removed: [] },
    });
    await refreshed;
    const found = await server.connection.sendRequest<TrackerProgress[]>(progressRequest);
    expect(found.map(({ uri }) => uri)).toEqual([URI.file(join(other, "tracker.md")).toString()]);
  });
});

describe("a file that Git ignores", () => {
  it("is known as such while it is open, also by a list above the folder, until the list changes", async () => {
    const repository = mkdtempSync(join(tmpdir(), "dakota repository "));
    folders.push(repository);
    for (const folder of [".git", "infra"]) mkdirSync(join(repository, folder));
    const list = join(repository, ".gitignore");
    writeFileSync(list, "*.tfvars\n");
    const server = await serve({}, { folder: join(repository, "infra") });
    const uri = URI.file(join(repository, "infra", "prod.tfvars")).toString();
    await server.open(uri, "terraform-vars", 'db_password = "Tr0ub4dor&3"\n');
    await server.ready;
    expect(await rulesOf(server, uri)).toEqual([]);
    writeFileSync(list, "");
    const refreshed = server.nextRefresh();
    await server.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: URI.file(list).toString(), type: 2 }],
    });
    await refreshed;
    expect(await rulesOf(server, uri)).toEqual(["terraform/tfvars-secret"]);
  });
});

describe("a file outside of the workspace", () => {
  it("is ignored by the lists of its own repository", async () => {
    const repository = mkdtempSync(join(tmpdir(), "dakota repository "));
    folders.push(repository);
    for (const folder of [".git", "local"]) mkdirSync(join(repository, folder));
    writeFileSync(join(repository, ".gitignore"), "local/\n");
    const server = await serve();
    await server.ready;
    const found: unknown[] = [];
    for (const name of ["local/prod.tfvars", "prod.tfvars"]) {
      const uri = URI.file(join(repository, name)).toString();
      await server.open(uri, "terraform-vars", 'db_password = "Tr0ub4dor&3"\n');
      found.push(await rulesOf(server, uri));
    }
    expect(found).toEqual([[], ["terraform/tfvars-secret"]]);
  });
});

describe("a configuration that is deleted while it is open", () => {
  it("holds no longer", async () => {
    const server = await serve({ ".dakota.yaml": `rules:\n  ${secret}: off\n` });
    const [uri, config] = [server.uriOf("Dockerfile"), server.uriOf(".dakota.yaml")];
    await server.open(config, "yaml", `rules:\n  ${secret}: off\n`);
    await server.open(uri, "dockerfile", bad);
    await server.ready;
    expect(await rulesOf(server, uri)).toEqual([]);
    rmSync(join(server.folder, ".dakota.yaml"));
    const refreshed = server.nextRefresh();
    await server.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: config, type: 3 }],
    });
    await refreshed;
    expect(await rulesOf(server, uri)).toEqual([secret]);
  });
});

/** The document after an action: placeholders and all. */
function applied(uri: string, text: string, action: CodeAction | undefined): string {
  const edits =
    action?.edit?.changes?.[uri] ??
    action?.edit?.documentChanges?.flatMap((change) =>
      "edits" in change && change.textDocument.uri === uri ? change.edits : [],
    ) ??
    [];
  const document = TextDocument.create(uri, "", 0, text);
  const plain = edits.map((edit) => ("snippet" in edit ? { range: edit.range, newText: edit.snippet.value } : edit));
  return TextDocument.applyEdits(document, plain as { range: Diagnostic["range"]; newText: string }[]);
}

const wholeLine = (line: number) => ({ start: { line, character: 0 }, end: { line, character: 99 } });

describe("code actions", () => {
  it("offer to ignore here with a reason, to turn the rule off, and its page", async () => {
    const server = await serve();
    const uri = server.uriOf("Dockerfile");
    await server.open(uri, "dockerfile", bad);
    const actions = await server.actions(uri, wholeLine(2));
    const titled = (title: string) => actions.find((action) => action.title === title);
    expect(applied(uri, bad, titled(`Ignore ${secret} here, with a reason`))).toBe(
      `FROM node:20\nUSER app\n# dakota-ignore ${secret} -- \${1:reason}\nENV DB_PASSWORD=hunter2\n`,
    );
    const off = titled(`Turn ${secret} off in .dakota.yaml`);
    expect(off?.edit?.documentChanges?.[0]).toMatchObject({ kind: "create", uri: server.uriOf(".dakota.yaml") });
    expect(applied(server.uriOf(".dakota.yaml"), "", off)).toBe(`rules:\n  ${secret}: off\n`);
    expect(titled(`Open the page of ${secret}`)?.command).toMatchObject({
      command: "dakota.openRulePage",
      arguments: [secret],
    });
  });

  it("turn a rule off in the configuration that holds", async () => {
    const config = "# ours\nrules:\n  k8s/image-tag: hint\n";
    const server = await serve({ ".dakota.yaml": config });
    const uri = server.uriOf("a/Dockerfile");
    await server.open(uri, "dockerfile", bad);
    const off = (await server.actions(uri, wholeLine(2))).find(({ title }) => title.startsWith("Turn"));
    expect(applied(server.uriOf(".dakota.yaml"), config, off)).toBe(
      `# ours\nrules:\n  ${secret}: off\n  k8s/image-tag: hint\n`,
    );
  });

  it("fix everything that is safe in one go", async () => {
    const text = `${good}# dakota-ignore docker/image-tag -- old\nRUN a\n# dakota-ignore docker/image-tag -- older\nRUN b\n`;
    const server = await serve();
    const uri = server.uriOf("Dockerfile");
    await server.open(uri, "dockerfile", text);
    const actions = await server.actions(uri, wholeLine(0), ["source.fixAll.dakota"]);
    expect(actions.map(({ kind }) => kind)).toEqual(["source.fixAll.dakota"]);
    expect(applied(uri, text, actions[0])).toBe(`${good}RUN a\nRUN b\n`);
    expect(await server.actions(uri, wholeLine(0), ["source.fixAll"])).toHaveLength(1);
    expect((await server.actions(uri, wholeLine(0))).some(({ kind }) => kind === "source.fixAll.dakota")).toBe(false);
  });

  it("hold no tab stops where the client has none", async () => {
    const server = await serve({}, { capabilities: { textDocument: { diagnostic: {} } } });
    const uri = server.uriOf("Dockerfile");
    await server.open(uri, "dockerfile", bad);
    const ignore = (await server.actions(uri, wholeLine(2))).find(({ title }) => title.startsWith("Ignore"));
    expect(applied(uri, bad, ignore)).toContain(`# dakota-ignore ${secret} -- reason\n`);
  });
});

describe("hover and completion", () => {
  it("says why a finding matters, and nothing elsewhere", async () => {
    const server = await serve();
    const uri = server.uriOf("Dockerfile");
    await server.open(uri, "dockerfile", bad);
    const at = (line: number, character: number) =>
      server.connection.sendRequest<Hover | null>("textDocument/hover", {
        textDocument: { uri },
        position: { line, character },
      });
    expect(JSON.stringify((await at(2, 6))?.contents)).toContain(secret);
    expect(await at(1, 6)).toBeNull();
  });

  it("shows what was resolved for a finding, with nothing in it that acts as markup", async () => {
    const server = await serve();
    const uri = server.uriOf("Dockerfile");
    await server.open(uri, "dockerfile", "ARG V=latest\nFROM *a*/img:$V AS base\nUSER root\nFROM base AS app\n");
    const hover = await server.connection.sendRequest<Hover | null>("textDocument/hover", {
      textDocument: { uri },
      position: { line: 3, character: 6 },
    });
    expect(JSON.stringify(hover?.contents)).toContain(
      'Resolved: final stage \\"app\\", user from stage \\"base\\": root',
    );
    const image = await server.connection.sendRequest<Hover | null>("textDocument/hover", {
      textDocument: { uri },
      position: { line: 1, character: 6 },
    });
    expect(JSON.stringify(image?.contents)).toContain("\\\\*a\\\\*/img:latest");
  });

  const complete = async (name: string, text: string): Promise<readonly string[]> => {
    const server = await serve();
    const uri = server.uriOf(name);
    const before = text.slice(0, text.indexOf("|")).split("\n");
    await server.open(uri, "yaml", text.replace("|", ""));
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    const items = await server.connection.sendRequest<CompletionItem[]>("textDocument/completion", {
      textDocument: { uri },
      position,
    });
    return items.map(({ label }) => label);
  };

  it("completes the ids of the language's rules behind dakota-ignore, and only there", async () => {
    const ids = await complete("Dockerfile", "FROM a\n# dakota-ignore do|\n");
    expect(ids).toContain(secret);
    expect(ids.some((id) => id.startsWith("terraform/"))).toBe(false);
    expect(await complete("Dockerfile", `FROM a\n# dakota-ignore ${secret} |\n`)).toContain("until=YYYY-MM-DD");
    expect(await complete("Dockerfile", `FROM a\n# dakota-ignore ${secret} -- be|\n`)).toEqual([]);
    expect(await complete("Dockerfile", "FROM a|\n")).toEqual([]);
  });

  it("completes .dakota.yaml: keys, rules, options, severities, profiles", async () => {
    const config = (text: string) => complete(".dakota.yaml", text);
    expect(await config("|\n")).toEqual([
      "profile",
      "rules",
      "exclude",
      "tracker",
      "protocols",
      "pipeline",
      "overrides",
    ]);
    expect(await config("profile: |\n")).toEqual(["recommended", "strict", "all"]);
    expect(await config("rules:\n  |\n")).toContain(secret);
    expect(await config(`rules:\n  ${secret}: |\n`)).toContain("information");
    expect(await config(`rules:\n  ${secret}:\n    |\n`)).toContain("severity");
    expect(await config("overrides:\n  - |\n")).toEqual(["files", "profile", "rules"]);
    expect(await config("overrides:\n  - files: x\n    rules:\n      |\n")).toContain("k8s/image-tag");
    expect(await config("pipeline:\n  |\n")).toEqual(["roles"]);
    expect(await config("pipeline:\n  roles:\n    |\n")).toContain("deploy");
    expect(await config("pipeline:\n  roles:\n    deploy:\n      - |\n")).toContain("uses");
    expect(await config("pipeline:\n  roles:\n    deploy:\n      - run: a\n        environment: |\n")).toContain(
      "staging",
    );
    expect(await config("# |\n")).toEqual([]);
  });

  it("says in .dakota.yaml what a key is for, a rule's id and options included", async () => {
    const server = await serve();
    const uri = server.uriOf(".dakota.yaml");
    await server.open(uri, "yaml", "profile: strict\nrules:\n  docker/image-tag:\n    moving: [latest]\n");
    const says = async (line: number, character: number) => {
      const position = { line, character };
      const hover = await server.connection.sendRequest<Hover | null>("textDocument/hover", {
        textDocument: { uri },
        position,
      });
      return hover && { said: JSON.stringify(hover.contents), from: hover.range?.start.character };
    };
    expect(await says(0, 3)).toEqual({ said: expect.stringContaining("calm default"), from: 0 });
    const { title = "", options } = catalogue["docker/image-tag"] ?? {};
    expect(await says(2, 12)).toEqual({ said: expect.stringContaining(title), from: 2 });
    expect(await says(3, 5)).toEqual({ said: expect.stringContaining(options?.moving?.about ?? "?"), from: 4 });
    expect(await says(0, 11)).toBeNull();
  });
});

describe("the status of a file", () => {
  it("says what it is taken for, how many rules ran, or why nothing is shown", async () => {
    const server = await serve({ ".dakota.yaml": "profile: strict\nexclude: old/**\n" });
    const status = async (path: string, text: string) => {
      await server.open(server.uriOf(path), "yaml", text);
      return server.connection.sendRequest<FileStatus>(fileStatusRequest, { uri: server.uriOf(path) });
    };
    expect(await status("Dockerfile", bad)).toMatchObject({
      kind: "Dockerfile",
      findings: 1,
      ignored: 0,
      profile: "strict",
    });
    expect(await status("old/Dockerfile", bad)).toMatchObject({ reason: "excluded by the configuration", rules: 0 });
    expect(await status("a.yaml", "a: 1")).toMatchObject({ reason: "YAML of a kind that Dakota does not judge" });
    expect((await status("Dockerfile", bad)).rules).toBeGreaterThan(2);
    expect((await status("Dockerfile", bad)).config).toBe(server.uriOf(".dakota.yaml"));
  });
});

describe("phases", () => {
  it("are read from a new tracker; a tick is one character; hand edits are noticed", async () => {
    const server = await serve();
    await server.ready;
    const { connection } = server;
    expect(await connection.sendRequest(progressRequest)).toEqual([]);
    const made = await connection.sendRequest<NewDocument>(newTrackerRequest, {
      folder: URI.file(server.folder).toString(),
    });
    const changed = new Promise<void>((done) => connection.onNotification(progressChanged, done));
    await server.open(made.uri, "markdown", made.text);
    await changed;
    const [tracker] = await connection.sendRequest<TrackerProgress[]>(progressRequest);
    expect(tracker).toMatchObject({ uri: made.uri, currentPhase: 1, protocol: { id: "dop" } });
    expect(tracker?.phases.map(({ done, total, state }) => [done, total, state])).toEqual([
      [0, 4, "in-progress"],
      [0, 5, "not-started"],
      [0, 5, "not-started"],
      [0, 5, "not-started"],
      [0, 5, "not-started"],
    ]);
    const step = tracker?.phases[0]?.steps[0]?.id;
    const tick = await connection.sendRequest<TextChange>(setStepRequest, { tracker: made.uri, step, done: true });
    const [edit] = tick.edits;
    expect([tick.edits.length, edit?.newText]).toEqual([1, "x"]);
    const { start, end } = edit?.range ?? wholeLine(0);
    expect([end.line - start.line, end.character - start.character]).toEqual([0, 1]);
    await server.change(made.uri, 2, made.text.replace("- [ ]", "- [x]"));
    const [after] = await connection.sendRequest<TrackerProgress[]>(progressRequest);
    expect(after?.phases[0]).toMatchObject({ done: 1, total: 4 });
  });
});

describe("trackers that the configuration names", () => {
  it("are the only ones; one without a heading is told", async () => {
    const tracker = "### DOP Phase Tracker\n| Phase | Title | Status | Notes |\n|---|---|---|---|\n";
    const server = await serve({
      ".dakota.yaml": "tracker: [plan/*.md]\n",
      "plan/ours.md": tracker,
      "plan/broken.md": "# Nothing here\n",
      "docs/copy.md": tracker,
    });
    const found = await server.connection.sendRequest<TrackerProgress[]>(progressRequest);
    expect(found.map(({ uri, problem }) => [uri, problem])).toEqual([
      [server.uriOf("plan/broken.md"), "No heading of the file is that of a tracker of the protocols in force"],
      [server.uriOf("plan/ours.md"), undefined],
    ]);
  });
});

describe("the server", () => {
  it("stays up on hostile text, and ends with 0", async () => {
    const server = await startServer();
    const hostile = [
      "\0\0\0",
      "[".repeat(50_000),
      `a: &a [*a]\nb: ${"*a ".repeat(999)}`,
      "\uFEFF\r\r\r",
      "<<EOF",
      `"`,
      "x".repeat(2_000_000),
    ];
    for (const name of ["Dockerfile", "a.yaml", "a.tf", ".gitlab-ci.yml", ".dakota.yaml"])
      for (const [i, text] of hostile.entries()) {
        const uri = `file:///hostile/${i}/${name}`;
        await server.open(uri, "plaintext", name === "a.yaml" ? `apiVersion: v1\nkind: Pod\n${text}` : text);
        expect((await server.pull(uri)).kind).toBe("full");
      }
    expect(await server.stop()).toBe(0);
  });
});
