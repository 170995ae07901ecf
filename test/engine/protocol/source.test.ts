// Findings in a team's own protocol, and in a configuration that names protocols: where something is wrong, and only there.

import { expect, test } from "vitest";
import { catalogue } from "../../../server/engine/catalogue.gen.js";
import { readConfig, settingsFor } from "../../../server/engine/config.js";
import { createEngine } from "../../../server/engine/engine.js";
import { createKnownProtocols } from "../../../server/engine/protocol/known.js";
import { withProtocols } from "../../../server/host/node.js";
import { parseTerraform } from "../../harness/engine.js";
import { dop, dopText } from "./dop.js";

const path = "/repo/.dakota/protocols/ours.yaml";
const ours = dopText.replace(/^id: dop$/m, "id: ours").replace("heading: DOP Phase Tracker", "heading: Our Tracker");

function engineWith(files: Readonly<Record<string, string>>) {
  const protocols = createKnownProtocols([dop]);
  const parts = { rules: catalogue, parseTerraform, today: () => "2026-01-15", protocols: protocols.all };
  const engine = withProtocols(createEngine(parts), protocols);
  for (const [file, text] of Object.entries(files)) engine.index(file, text);
  return engine;
}

function findingsIn(file: string, files: Readonly<Record<string, string>>, ready = true) {
  const engine = engineWith(files);
  if (ready) engine.complete();
  const text = files[file] ?? "";
  const config = readConfig("/repo/.dakota.yaml", files["/repo/.dakota.yaml"] ?? "").config;
  const settings = { ...settingsFor(file, config), protocols: engine.protocols.inForce(file, config.protocols) };
  const { kind, findings } = engine.check(file, text, settings);
  return {
    kind,
    found: findings.map(({ rule, severity, span, message }) => ({
      rule,
      severity,
      at: text.slice(span.start, span.end),
      message,
    })),
  };
}

test("a sound protocol has no findings and is told as what it is", () => {
  expect(findingsIn(path, { [path]: ours })).toEqual({ kind: "Dakota protocol", found: [] });
});

test("what is wrong is told at its place, as an error that can be set", () => {
  const wrong = ours.replace("roles: [test, security]", "roles: [test, scan]");
  const { found } = findingsIn(path, { [path]: wrong });
  expect(found).toMatchObject([{ rule: "dakota/protocol", severity: "error", at: "scan" }]);
  expect(found[0]?.message).toMatch(/^one of lint, test, security, .* is wanted here$/);
  const off = "rules:\n  dakota/protocol: off\n";
  expect(findingsIn(path, { [path]: wrong, "/repo/.dakota.yaml": off }).found).toEqual([]);
});

test.each([
  ["kubernetes/*", 'no rule is called "kubernetes/*": groups are '],
  ["dokcer/*", 'no rule is called "dokcer/*": "docker/*" is known'],
  ["docker/image-tags", 'no rule is called "docker/image-tags": "docker/image-tag" is known'],
])("a rule that there is not is told, with what is meant: %s", (pattern, message) => {
  const wrong = ours.replace("rules: [terraform/*]", `rules: [terraform/*, ${pattern}]`);
  expect(wrong).not.toBe(ours);
  const { found } = findingsIn(path, { [path]: wrong });
  expect(found).toMatchObject([{ at: pattern, message: expect.stringContaining(message) }]);
});

test("a tracker that no file is named by is told, and no longer when there is one", () => {
  const config = "/repo/.dakota.yaml";
  const named = "tracker: [docs/typo.md, status/**, docs/t*.md]\n";
  const files = { [config]: named, "/repo/docs/tracker.md": "# A\n", "/elsewhere/status/a.md": "# A\n" };
  expect(findingsIn(config, files).found).toEqual(
    ["docs/typo.md", "status/**"].map((at) => ({
      rule: "dakota/config",
      severity: "error",
      at,
      message: `no file of the workspace is called "${at}"`,
    })),
  );
  expect(findingsIn(config, files, false).found).toEqual([]);
  const engine = engineWith({ [config]: named });
  const messages = () => engine.check(config, named, settingsFor(config, undefined)).findings.length;
  engine.complete((path) => !path.startsWith("/repo/"));
  expect(messages()).toBe(0);
  engine.complete();
  expect(messages()).toBe(3);
  expect([...engine.index("/repo/docs/typo.md", "# A\n")]).toEqual([config]);
  expect(messages()).toBe(1);
  expect([...engine.remove("/repo/docs/typo.md")]).toEqual([config]);
});

test("an id that an earlier file of the folder has is told, in the later one and not in other folders", () => {
  const earlier = "/repo/.dakota/protocols/a.yaml";
  const elsewhere = "/repo/pay/.dakota/protocols/a.yaml";
  const files = { [path]: ours, [earlier]: ours, [elsewhere]: ours };
  expect(findingsIn(path, files).found).toEqual([
    {
      rule: "dakota/protocol",
      severity: "error",
      at: "ours",
      message: '"ours" is the id of a.yaml already: this file is not used',
    },
  ]);
  expect(findingsIn(earlier, files).found).toEqual([]);
  expect(findingsIn(elsewhere, files).found).toEqual([]);
});

test("a tracker's heading that another protocol in force has is told, until the other is out of force", () => {
  const same = ours.replace("Our Tracker", "DOP phase tracker");
  const { found } = findingsIn(path, { [path]: same });
  expect(found).toMatchObject([{ at: "DOP phase tracker" }]);
  expect(found[0]?.message).toContain('the tracker\'s heading of "dop" as well');
  expect(findingsIn(path, { [path]: same, "/repo/.dakota.yaml": "protocols: [ours]\n" }).found).toEqual([]);
  // A protocol that replaces another by its id may keep the heading.
  expect(findingsIn(path, { [path]: dopText }).found).toEqual([]);
});

test("a configuration that names a protocol nobody knows is told when all files have been read", () => {
  const config = "/repo/.dakota.yaml";
  const files = { [config]: "protocols: [dop, ours, theirs]\n", [path]: ours };
  expect(findingsIn(config, files).found).toEqual([
    {
      rule: "dakota/config",
      severity: "error",
      at: "theirs",
      message: 'no protocol that can be read is called "theirs"; known are ours, dop',
    },
  ]);
  expect(findingsIn(config, files, false).found).toEqual([]);
});

test.each([
  ["protocols: [dop, master]", ["dop", "master"], []],
  ["protocols: []", [], []],
  ["profile: strict", undefined, []],
  ["protocols: dop", undefined, ["a list is wanted here"]],
  ["protocols: [1]", undefined, ["text is wanted here"]],
])("%j", (text, protocols, messages) => {
  const { config, problems } = readConfig("/repo/.dakota.yaml", `${text}\n`);
  expect(config.protocols).toEqual(protocols);
  expect(problems.map(({ message }) => message)).toEqual(messages);
});
