import { expect, test } from "vitest";
import { requirementsIn } from "../../../../server/engine/languages/registry.js";
import { shows } from "./workspace.js";

const approved = { kind: "requirement", status: "Approved" } as const;

test.each([
  ["a heading with a field", "## REQ-PERF-001: Fast\n\n- **Status**: Approved\n", ["REQ-PERF-001 approved 1"]],
  [
    "rows of a table",
    "| ID | Title | Status |\n|---|---|---|\n| REQ-A-1 | One | ✅ Approved |\n| `OR-SCALE-001` | Two | Draft |\n",
    ["REQ-A-1 approved 3", "OR-SCALE-001 draft 4"],
  ],
  [
    "bold entries of a list",
    "- **REQ-1**: One (Approved)\n- **INF-002** Two\n  - Status: implemented\n- REQ-3 is not bold\n",
    ["REQ-1 approved 1", "INF-002 implemented 2"],
  ],
  [
    "a specification with its id in a field",
    "## Infrastructure Specification: Queue\n**Spec ID**: INF-001\n**Version**: 1\n**Status**: Draft\n",
    ["INF-001 draft 2"],
  ],
  ["a status that is still a choice", "# REQ-1\n**Status**: [Draft/Approved/Implemented]\n", ["REQ-1 - 1"]],
  ["a status of somebody else", "# REQ-1\n\n# Appendix\n\nStatus: Approved\n", ["REQ-1 - 1"]],
  [
    "references, code and comments",
    "See REQ-1.\n\n```\n# REQ-2\n```\n\n<!--\n# REQ-3\n-->\n# UTF-8\n# CVE-2024-1\n",
    [],
  ],
  ["a requirement that is named again", "# REQ-1\nStatus: Draft\n\n# REQ-1\nStatus: Approved\n", ["REQ-1 draft 1"]],
])("%s", (_, text, expected) => {
  for (const end of ["\n", "\r\n"])
    expect(
      requirementsIn(text.replaceAll("\n", end)).map(({ id, status = "-", line }) => `${id} ${status} ${line + 1}`),
    ).toEqual(expected);
});

test("hostile lines cost no more than their length", () => {
  const lines = ["# ", "| - ", "- ", "- [ ] ", "status |", "(a", "<!-- ", "`".repeat(3), "**Spec ID"].map((start) =>
    [start.repeat(50_000), start + " ".repeat(100_000), `${start}${"*".repeat(100_000)}`].join("x\n"),
  );
  const started = performance.now();
  for (const text of lines) requirementsIn(`# REQ-1\n${text}\n`);
  expect(performance.now() - started).toBeLessThan(2_000);
});

test("all requirements have to be approved, or further", () => {
  const registry = "| ID | Status |\n|---|---|\n| REQ-1 | Approved |\n| REQ-2 | Implemented |\n";
  expect(shows(approved, { "/repo/requirements.md": registry })).toEqual({
    state: "found",
    text: "2 of 2 requirements are Approved or beyond",
    places: ["/repo/requirements.md:3 REQ-1", "/repo/requirements.md:4 REQ-2"],
  });
  const draft = { "/repo/requirements.md": `${registry}| REQ-3 | Draft |\n` };
  expect(shows(approved, draft)).toEqual({
    state: "missing",
    text: "2 of 3 requirements are Approved or beyond",
    places: ["/repo/requirements.md:5 REQ-3"],
  });
  expect(shows({ kind: "requirement" }, draft)).toMatchObject({ state: "found", text: "3 requirements" });
});

test("a requirement without a status, or with a word that nobody knows, leaves it open", () => {
  expect(shows(approved, { "/repo/r.md": "# REQ-1\nStatus: Approved\n# REQ-2\nStatus: Blessed\n" })).toMatchObject({
    state: "unknown",
    text: "1 of 2 requirements are Approved or beyond, 1 without a known status",
    places: ["/repo/r.md:3 REQ-2"],
  });
  expect(shows({ kind: "requirement", status: "Blessed" }, { "/repo/r.md": "# REQ-1\n" }).state).toBe("unknown");
});

test("no registry", () => {
  expect(shows(approved, { "/repo/README.md": "# Shop\nImplements REQ-1.\n" }).state).toBe("missing");
});
