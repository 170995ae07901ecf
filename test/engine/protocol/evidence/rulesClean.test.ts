import { expect, test } from "vitest";
import { countFindings, phaseFindings } from "../../../../server/engine/protocol/evidence/findings.js";
import type { Severity } from "../../../../server/engine/rule.js";
import { dop } from "../dop.js";
import { shows } from "./workspace.js";

const at = (path: string, rule: string, severity: Severity, line = 0) => ({ path, line, rule, severity });
const findings = countFindings([
  at("/repo/a.tf", "terraform/tags", "warning", 4),
  at("/repo/a.tf", "terraform/tags", "warning", 9),
  at("/repo/b.tf", "terraform/tags", "warning"),
  at("/repo/b.tf", "terraform/backend", "error", 2),
  at("/repo/b.tf", "terraform/names", "information"),
  at("/repo/c.yaml", "k8s/probes", "error"),
]);

test("findings at the severity or above it stand against clean rules", () => {
  expect(shows({ kind: "rules-clean", rules: ["terraform/*"], severity: "warning" }, {}, { findings })).toEqual({
    state: "missing",
    text: "1 error, 3 warnings of terraform/*",
    places: ["/repo/a.tf:5 terraform/tags", "/repo/b.tf:3 terraform/backend"],
  });
  expect(
    shows({ kind: "rules-clean", rules: ["docker/*", "k8s/*"], severity: "error" }, {}, { findings }),
  ).toMatchObject({ state: "missing", text: "1 error of docker/*, k8s/*" });
});

test("clean rules, and rules of which nothing is known yet", () => {
  const asked = { kind: "rules-clean", rules: ["docker/*"], severity: "warning" } as const;
  expect(shows(asked, {}, { findings })).toEqual({ state: "found", text: "no warning of docker/*", places: [] });
  expect(shows(asked, {}).state).toBe("unknown");
});

test("rules that there are not are never clean", () => {
  const asked = { kind: "rules-clean", rules: ["docker/*", "kubernetes/*"], severity: "warning" } as const;
  expect(shows(asked, {}, { findings })).toEqual({
    state: "unknown",
    text: "no rule is called kubernetes/*",
    places: [],
  });
});

test("the findings of a phase are those of the rules that its evidence names", () => {
  const [first, second] = dop.phases;
  if (!first || !second) throw new Error("no phases");
  expect(phaseFindings(first, findings)).toBeUndefined();
  expect(phaseFindings(second, findings)).toEqual({
    errors: 1,
    warnings: 3,
    information: 1,
    hints: 0,
    byRule: [
      { rule: "terraform/backend", severity: "error", count: 1, files: 1, first: { path: "/repo/b.tf", line: 2 } },
      { rule: "terraform/tags", severity: "warning", count: 3, files: 2, first: { path: "/repo/a.tf", line: 4 } },
      { rule: "terraform/names", severity: "information", count: 1, files: 1, first: { path: "/repo/b.tf", line: 0 } },
    ],
  });
});

test("each part of `all` is needed", () => {
  const files = { "/repo/a.tf": 'resource "aws_vpc" "main" {}\n' };
  const vpc = { kind: "terraform", resources: ["aws_vpc"] } as const;
  const lb = { kind: "terraform", resources: ["aws_lb"] } as const;
  const clean = { kind: "rules-clean", rules: ["docker/*"], severity: "warning" } as const;
  expect(shows({ kind: "all", of: [vpc, lb] }, files)).toMatchObject({
    state: "missing",
    text: "no Terraform resource aws_lb",
    places: ["/repo/a.tf:1 aws_vpc.main"],
  });
  expect(shows({ kind: "all", of: [vpc, clean] }, files).state).toBe("unknown");
  expect(shows({ kind: "all", of: [vpc, clean] }, files, { findings })).toMatchObject({
    state: "found",
    text: "Terraform resource aws_vpc; no warning of docker/*",
  });
});
