// The example workspace shows a good spread of findings, and our own snippets and examples pass where they are to be right.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { pictured, picturedFile } from "../scripts/lib/pictured.mjs";
import { catalogue } from "../server/engine/catalogue.gen.js";

interface Finding {
  readonly rule: string;
  readonly file: string;
  readonly severity: string;
}

const { stdout } = spawnSync(process.execPath, [resolve("dist/cli.js"), "check", ".", "--format", "json"], {
  cwd: resolve("examples"),
  encoding: "utf8",
});
const { findings, notJudged } = JSON.parse(stdout) as { findings: readonly Finding[]; notJudged: readonly unknown[] };
const found = new Set(findings.map(({ rule }) => rule));

/** What the first look at Dakota is to show: each of these has a place in the examples. */
const shown = [
  "docker/image-tag",
  "docker/non-root-user",
  "docker/secret-in-env-arg",
  "k8s/image-tag",
  "k8s/run-as-non-root",
  "k8s/no-privileged",
  "k8s/resource-requests",
  "k8s/memory-limit",
  "k8s/cpu-limit",
  "trace/k8s-annotation",
  "terraform/remote-state",
  "terraform/no-hardcoded-secret",
  "terraform/required-tags",
  "terraform/no-public-management-port",
  "terraform/iam-wildcard",
  "terraform/module-version-pinned",
  "terraform/backup-retention",
  "pipeline/test-before-deploy",
  "pipeline/stage-order",
  "pipeline/pin-images",
  "pipeline/pin-actions",
  "pipeline/approval-gate",
  "pipeline/gate-bypassed",
  "pipeline/security-scan-ignored",
  "pipeline/test-failure-ignored",
  "pipeline/terraform-plan-review",
  "pipeline/friday-deploy",
  "pipeline/ssh-deploy",
  "k8s/liveness-probe",
  "k8s/readiness-probe",
  "k8s/pod-disruption-budget",
  "k8s/network-policy",
  "alert/severity",
  "alert/runbook",
  "alert/for-duration",
];

describe("the pictures of the README", () => {
  it('show the examples as they are (else: "npm run screenshots")', () => {
    expect(readFileSync(picturedFile, "utf8")).toBe(pictured());
  });
});

describe("the examples", () => {
  for (const rule of shown)
    it(`show ${rule}`, () => {
      expect(catalogue).toHaveProperty(rule);
      expect(found).toContain(rule);
    });

  it("are wholly read, and hold no slip of their own", () => {
    expect(notJudged).toEqual([]);
    expect([...found].filter((rule) => rule.startsWith("dakota/"))).toEqual([]);
  });

  it("have places that are right", () => {
    const worse = findings.filter(({ severity }) => severity === "error" || severity === "warning");
    const files = new Set(worse.map(({ file }) => file));
    for (const file of ["worker/Dockerfile", ".github/workflows/ci.yml", "terraform/network.tf"])
      expect(files).not.toContain(file);
  });
});
