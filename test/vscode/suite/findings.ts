// Findings as the user meets them: in every kind of file, with their fixes, and with the two ways to set one aside.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  applyAction,
  fileUri,
  openFile,
  ruleOf,
  stageOrSkip,
  underlined,
  waitFor,
  waitForFindings,
  writeFile,
} from "../harness.js";

interface Kind {
  readonly path: string;
  readonly text: string;
  /** Rule, underlined text and message of each finding, in the order of the text. */
  readonly findings: readonly (readonly [rule: string, text: string, message: string])[];
}

const kinds: readonly Kind[] = [
  {
    path: "café images/Dockerfile",
    text: "FROM node\nARG API_TOKEN\nUSER app\n",
    findings: [
      ["docker/image-tag", "node", '"node" has no tag, so it means "latest"'],
      [
        "docker/secret-in-env-arg",
        "API_TOKEN",
        '"API_TOKEN" looks like a secret: ARG leaves it in the history of the image',
      ],
    ],
  },
  {
    path: "deploy/job.yaml",
    text: `apiVersion: batch/v1
kind: Job
metadata:
  name: orders
  namespace: shop
  annotations:
    requirement-id: REQ-PERF-001
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: orders
          image: orders:1.2
          securityContext: { runAsNonRoot: true, privileged: true, allowPrivilegeEscalation: true }
          resources:
            requests: { cpu: 100m, memory: 64Mi }
            limits: { cpu: 100m, memory: 64Mi }
`,
    findings: [
      ["k8s/no-privileged", "true", '"orders" runs privileged, with every capability and device of its node'],
      ["k8s/privilege-escalation", "true", '"orders" may gain privileges: allowPrivilegeEscalation is true'],
    ],
  },
  {
    path: "infra/main.tf",
    text: `terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.70" }
  }
}

provider "aws" {
  region = "eu-west-1"
}
`,
    findings: [
      [
        "terraform/remote-state",
        "terraform",
        "no file of this root module names a backend, so its state stays on one machine",
      ],
    ],
  },
  {
    path: ".github/workflows/pack.yml",
    text: `on: push
permissions:
  contents: read
jobs:
  pack:
    runs-on: ubuntu-24.04
    container: node:latest
    steps:
      - run: npm pack
`,
    findings: [
      ["pipeline/pin-images", "latest", 'image "node:latest" has the tag "latest", which moves with every release'],
    ],
  },
  {
    path: "ci/.gitlab-ci.yml",
    text: "pack:\n  image: node\n  script: [npm pack]\n",
    findings: [["pipeline/pin-images", "node", 'image "node" has no tag, so it means "latest"']],
  },
];

/** Opens a file with this text, whatever the tests before have left in its editor. */
async function openFresh(path: string, text: string): Promise<vscode.TextEditor> {
  const { document } = await openFile(path);
  await vscode.commands.executeCommand("workbench.action.files.revert");
  await writeFile(path, text);
  await waitFor("the text from disk", () => document.getText() === text);
  return vscode.window.showTextDocument(document);
}

/** Keeps the namespace of the job closed. */
const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: closed
  namespace: shop
spec:
  podSelector: {}
`;

describe("Findings", () => {
  before(async () => {
    await writeFile("deploy/policy.yaml", policy);
    await writeFile("infra/.terraform.lock.hcl", "");
  });

  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    for (const name of ["café images", "deploy", "infra", ".github", "ci", ".dakota.yaml"])
      await vscode.workspace.fs.delete(fileUri(name), { recursive: true }).then(undefined, () => {});
  });

  for (const { path, text, findings } of kinds)
    it(`are in the Problems list for ${path}`, async () => {
      await writeFile(path, text);
      const { document } = await openFile(path);
      const shown = await waitForFindings(
        document.uri,
        findings.map(([rule]) => rule),
      );
      for (const [i, [, place, message]] of findings.entries()) {
        const finding = shown[i];
        assert(finding);
        assert.equal(underlined(document, finding), place);
        assert.equal(finding.message, message);
        assert(typeof finding.code === "object" && finding.code.target.path.endsWith(`/${ruleOf(finding)}.md`));
      }
    });

  it("are to be read there", async function () {
    const stage = stageOrSkip(this);
    await openFile("deploy/job.yaml");
    await vscode.commands.executeCommand("workbench.actions.view.problems");
    await waitFor("the row", async () =>
      (await stage.texts(".markers-panel .monaco-list-row")).some((row) => row.includes('"orders" runs privileged')),
    );
    await vscode.commands.executeCommand("workbench.action.closePanel");
  });

  it("go when a quick fix is applied, and come back with undo", async () => {
    const { document } = await openFile("deploy/job.yaml");
    const [finding] = await waitForFindings(document.uri, ["k8s/no-privileged", "k8s/privilege-escalation"]);
    assert(finding);
    const fixes = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      finding.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const [fix] = fixes;
    assert(fix?.edit);
    await vscode.workspace.applyEdit(fix.edit);
    await waitForFindings(document.uri, ["k8s/privilege-escalation"]);
    await vscode.commands.executeCommand("undo");
    await waitForFindings(document.uri, ["k8s/no-privileged", "k8s/privilege-escalation"]);
  });

  it("are fixed with the keyboard alone, with tab stops where a value is wanted", async function () {
    const stage = stageOrSkip(this);
    const text = (kinds[1]?.text ?? "")
      .replace("limits: { cpu: 100m, memory: 64Mi }", "limits: { cpu: 100m }")
      .replace("privileged: true, allowPrivilegeEscalation: true", "allowPrivilegeEscalation: false");
    const editor = await openFresh("deploy/job.yaml", text);
    const [finding] = await waitForFindings(editor.document.uri, ["k8s/memory-limit"]);
    assert(finding);
    editor.selection = new vscode.Selection(finding.range.start, finding.range.start);
    await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
    await waitFor("the focus", async () => (await stage.texts(".editor-instance .monaco-editor.focused")).length === 1);
    await stage.press("Control+.");
    await waitFor("the menu", async () => (await stage.texts(".action-widget .monaco-list-row")).length > 1);
    await stage.press("Enter");
    await waitForFindings(editor.document.uri, []);
    await stage.type("96Mi");
    await waitFor("the value that was typed", () => editor.document.getText().includes("memory: 96Mi"));
  });

  it("are ignored here, with a reason that is asked for", async () => {
    const { document } = await openFile("café images/Dockerfile");
    const [, secret] = await waitForFindings(document.uri, ["docker/image-tag", "docker/secret-in-env-arg"]);
    assert(secret);
    await applyAction(document.uri, secret.range, "Ignore docker/secret-in-env-arg here, with a reason");
    await waitForFindings(document.uri, ["docker/image-tag"]);
    assert.equal(document.lineAt(1).text, "# dakota-ignore docker/secret-in-env-arg -- reason");
    await vscode.commands.executeCommand("undo");
  });

  it("go at once when their rule is turned off in a new .dakota.yaml", async () => {
    const { document } = await openFile("café images/Dockerfile");
    const [tag] = await waitForFindings(document.uri, ["docker/image-tag", "docker/secret-in-env-arg"]);
    assert(tag);
    await applyAction(document.uri, tag.range, "Turn docker/image-tag off in .dakota.yaml");
    await waitForFindings(document.uri, ["docker/secret-in-env-arg"]);
    const config = await vscode.workspace.openTextDocument(fileUri(".dakota.yaml"));
    assert.equal(config.getText(), "rules:\n  docker/image-tag: off\n");
    await config.save();
  });

  it("show in a configuration what is wrong with it", async () => {
    await writeFile(".dakota.yaml", "profile: recommended\nrules:\n  docker/imagetag: off\n");
    const { document } = await openFile(".dakota.yaml");
    const [finding] = await waitForFindings(document.uri, ["dakota/config"]);
    assert.equal(finding && underlined(document, finding), "docker/imagetag");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await vscode.workspace.fs.delete(fileUri(".dakota.yaml"));
    await openFile("café images/Dockerfile");
    await waitForFindings(fileUri("café images/Dockerfile"), ["docker/image-tag", "docker/secret-in-env-arg"]);
  });

  it("follow the settings at once", async () => {
    const { document } = await openFile("café images/Dockerfile");
    const settings = vscode.workspace.getConfiguration("dakota");
    await settings.update("rules", { "docker/image-tag": "off" }, vscode.ConfigurationTarget.Workspace);
    await waitForFindings(document.uri, ["docker/secret-in-env-arg"]);
    await settings.update("rules", undefined, vscode.ConfigurationTarget.Workspace);
    await waitForFindings(document.uri, ["docker/image-tag", "docker/secret-in-env-arg"]);
  });

  it("follow other files: a backend beside the module ends the wait for one", async () => {
    await openFile("infra/main.tf");
    await waitForFindings(fileUri("infra/main.tf"), ["terraform/remote-state"]);
    await writeFile("infra/backend.tf", 'terraform {\n  backend "gcs" {\n    bucket = "state"\n  }\n}\n');
    await waitForFindings(fileUri("infra/main.tf"), []);
    await vscode.workspace.fs.delete(fileUri("infra/backend.tf"));
    await waitForFindings(fileUri("infra/main.tf"), ["terraform/remote-state"]);
  });

  it("that need no judgement are fixed by fix-all", async () => {
    const text = "FROM node:20\n# dakota-ignore docker/image-tag -- no more\nUSER app\n";
    const { document } = await openFresh("café images/Dockerfile", text);
    await waitForFindings(document.uri, ["dakota/ignore-unused"]);
    await vscode.commands.executeCommand("editor.action.fixAll");
    await waitFor("the comment to go", () => document.getText() === "FROM node:20\nUSER app\n");
    await waitForFindings(document.uri, []);
  });

  it("say why on hover, and rule ids are completed behind dakota-ignore", async () => {
    const { document } = await openFresh("café images/Dockerfile", "FROM node\nUSER app\n# dakota-ignore \n");
    await waitForFindings(document.uri, ["docker/image-tag", "dakota/ignore-reason", "dakota/ignore-unknown"]);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      new vscode.Position(0, 6),
    );
    const words = hovers.flatMap(({ contents }) => contents.map((one) => (typeof one === "string" ? one : one.value)));
    assert(words.some((one) => one.includes("Give images a specific tag")));
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      new vscode.Position(2, 16),
    );
    assert(items.some(({ label }) => label === "docker/image-tag"));
  });
});
