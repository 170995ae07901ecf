// What is offered while a file of ours is written, shown on protocols: keys and values by the form, at every depth and in both ways of
// writing; and that the reader takes everything that is offered.

import { expect, test } from "vitest";
import { aboutKeyAt, proposalsAt } from "../../../server/engine/form/proposals.js";
import { protocolSchema } from "../../../server/engine/protocol/form.js";
import { dopText } from "../protocol/dop.js";

/** What is offered at the "|" of a text. */
function offered(text: string) {
  const lines = text.split("\n");
  const line = lines.findIndex((one) => one.includes("|"));
  const character = lines[line]?.indexOf("|") ?? 0;
  const clean = lines.map((one, i) => (i === line ? one.replace("|", "") : one));
  const { typed, dash, items } = proposalsAt(protocolSchema, clean, line, character);
  return { typed, dash, names: items.map(({ name }) => name) };
}

test("at the top, what is needed comes first and what is written is left out", () => {
  const { names } = offered("id: ours\n|\nphases: []\n");
  expect(names.slice(0, 2)).toEqual(["title", "purpose"]);
  expect(names).toContain("tracker");
  expect(names).not.toContain("id");
  expect(names).not.toContain("phases");
});

test.each([
  ["phases:\n  - number: 1\n    ti|\n", "ti", ["title", "steps", "gate"], ["number", "kind"]],
  ["phases:\n- number: 1\n  |\n", "", ["title", "objective"], ["number", "purpose"]],
  ["phases:\n  - number: 1\n    steps:\n      - |\n", "", ["title", "checkpoint"], ["number", "steps"]],
  [
    "phases:\n  - steps:\n      - title: A\n        evidence:\n          - { kind: pipeline, |",
    "",
    ["roles", "gate"],
    ["kind", "file"],
  ],
  [
    "phases:\n  - steps:\n      - title: A\n        evidence:\n          - kind: terraform\n            |",
    "",
    ["resources", "module"],
    ["kind", "roles"],
  ],
  ["phases:\n  - steps:\n      - title: A\n        evidence: [{ |", "", ["kind"], ["roles", "file"]],
  [
    "checklists:\n  - id: a\n    steps:\n      - title: A\n        within: { text: x, |",
    "",
    ["minutes", "when"],
    ["text"],
  ],
  ["tracker:\n  columns: { phase: P, |", "", ["title", "status", "notes"], ["phase", "heading"]],
])("keys in %j", (text, typed, some, others) => {
  const found = offered(text);
  expect(found.typed).toBe(typed);
  expect(found.names).toEqual(expect.arrayContaining(some));
  for (const name of others) expect(found.names).not.toContain(name);
});

test.each([
  ["phases:\n  - steps:\n      - evidence:\n          - kind: |", ["document", "rules-clean", "all"]],
  ["phases:\n  - steps:\n      - evidence:\n          - { kind: pipeline, gate: |", ["true", "false"]],
  [
    "phases:\n  - steps:\n      - evidence:\n          - { kind: pipeline, roles: [build, |",
    ["security", "smoke", "rollback"],
  ],
  [
    "phases:\n  - steps:\n      - evidence:\n          - kind: pipeline\n            roles:\n              - |",
    ["security", "smoke"],
  ],
  ["checklists:\n  - kind: |", ["checklist", "workflow", "scenario"]],
  ["tracker:\n  statuses:\n    - meaning: |", ["not-started", "in-progress", "complete"]],
  [
    "phases:\n  - evidence:\n      - kind: all\n        of:\n          - { kind: rules-clean, severity: |",
    ["error", "warning", "information"],
  ],
])("values in %j", (text, some) => {
  expect(offered(text).names).toEqual(expect.arrayContaining(some));
});

test("an entry of a list that has no dash yet gets one", () => {
  expect(offered("phases:\n  - number: 1\n    steps:\n      |\n")).toMatchObject({ dash: true });
  expect(offered("phases:\n  - number: 1\n    steps:\n      - title: A\n        |\n")).toMatchObject({ dash: false });
});

test.each(["# |", "title: Ours # |", "nonsense:\n  |", "title: some | text", "phases:\n  - what: { |"])(
  "nothing is offered in %j",
  (text) => {
    expect(offered(text).names).toEqual([]);
  },
);

test("every key of a real protocol is offered where it stands, and explained", () => {
  const lines = dopText.split("\n");
  let keys = 0;
  for (const [line, text] of lines.entries())
    for (const { index, 1: key = "" } of text.matchAll(/(?<=^\s*(?:- )?|[{,] )([A-Za-z]+)(?=:(?:\s|$))/g)) {
      if (/^\s*#/.test(text)) continue;
      // As it was being written: nothing of the line behind the key.
      const begun = lines.map((one, i) => (i === line ? text.slice(0, index) : one));
      const { items } = proposalsAt(protocolSchema, begun, line, index);
      expect(
        items.map(({ name }) => name),
        `${line + 1}: ${text}`,
      ).toContain(key);
      expect(aboutKeyAt(protocolSchema, lines, line, index)?.about, `${line + 1}: ${text}`).toBeTruthy();
      keys++;
    }
  expect(keys).toBeGreaterThan(350);
});
