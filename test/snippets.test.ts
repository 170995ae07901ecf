// The snippets, with the values they propose, are texts that our own rules accept.

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { catalogue } from "../server/engine/catalogue.gen.js";
import { settingsFor } from "../server/engine/config.js";
import { stageNames } from "../server/engine/report/pipeline.js";
import { plainSnippet } from "../server/engine/snippet.js";
import { engineOver } from "./harness/engine.js";

interface Snippet {
  readonly prefix: string;
  readonly body: readonly string[];
}

const snippetsOf = (file: string): Readonly<Record<string, Snippet>> =>
  JSON.parse(readFileSync(`snippets/${file}`, "utf8"));

/** The text with the proposed values; of a choice the first one. */
const filledIn = ({ body }: Snippet): string =>
  plainSnippet(body.join("\n").replace(/\$\{(\d+)\|([^,|]+)[^|]*\|\}/g, "$${$1:$2}"));

const textsOf = (file: string): readonly (readonly [string, string])[] =>
  Object.entries(snippetsOf(file)).map(([name, snippet]) => [name, filledIn(snippet)]);

/** The text that a snippet proposes. */
const textOf = (file: string, name: string): string => {
  const text = new Map(textsOf(file)).get(name);
  if (text === undefined) throw new Error(`${file} has no snippet "${name}"`);
  return text;
};

type Profile = "recommended" | "strict";

const settings = (path: string, profile: Profile) => settingsFor(path, undefined, { profile, rules: {} });

/** Judges the text at a path, among others. */
function judge(path: string, text: string, profile: Profile, others: Readonly<Record<string, string>> = {}) {
  const judged = engineOver(catalogue, { ...others, [path]: text }).check(path, text, settings(path, profile));
  expect(judged.notJudged).toBeUndefined();
  expect(judged.failures).toEqual([]);
  expect(judged.rules).toBeGreaterThan(10);
  return judged.findings.map(({ rule, severity, message }) => ({ rule, severity, message }));
}

describe("the snippet for Prometheus", () => {
  it.each(textsOf("prometheus.json"))("%s has no finding among the recommended and the strict rules", (_name, text) => {
    const findings = judge("/workspace/rules.yaml", text, "strict");
    // One alert cannot cover rate, errors and duration.
    expect(findings.filter(({ rule }) => rule !== "alert/red-coverage")).toEqual([]);
  });
});

describe("a complete pipeline", () => {
  const dialects: Readonly<Record<string, string>> = {
    "pipeline-github.json": "/workspace/.github/workflows/delivery.yml",
    "pipeline-gitlab.json": "/workspace/.gitlab-ci.yml",
    "pipeline-azure.json": "/workspace/azure-pipelines.yml",
    "pipeline-circleci.json": "/workspace/.circleci/config.yml",
    "pipeline-jenkins.json": "/workspace/Jenkinsfile",
  };
  const pipelines = Object.entries(dialects).flatMap(([file, path]) =>
    textsOf(file).map(([name, text]) => [name, path, text] as const),
  );

  it.each(pipelines)("%s has no finding among the recommended rules", (_name, path, text) => {
    expect(judge(path, text, "recommended")).toEqual([]);
  });

  // A pipeline that is not understood has no findings either.
  it.each(pipelines)("%s is seen with all its stages", (_name, path, text) => {
    const sketch = engineOver(catalogue, { [path]: text }).sketch(path, text, settings(path, "recommended"));
    if ("reason" in sketch) throw new Error(sketch.reason);
    const states = new Map(sketch.stages.map(({ stage, state }) => [stage, state]));
    for (const stage of stageNames) {
      if (stage === "notify" || stage === "other") continue;
      // The reviewers of an environment are a setting that no file shows.
      const wanted = stage === "approval" ? /^(?:present|unknown)$/ : /^present$/;
      expect(states.get(stage), stage).toMatch(wanted);
    }
    expect(sketch.note).toBeUndefined();
  });

  it.each(pipelines)("%s has a gate for requirements before it builds", (_name, _path, text) => {
    const gate = text.search(/requirement.gate:?['"]?\)?[\s\S]{0,250}\bgrep -oE /i);
    expect(gate).toBeGreaterThan(0);
    expect(text.indexOf("docker build")).toBeGreaterThan(gate);
  });
});

describe("the snippet for Terraform", () => {
  const backends = ["Backend in S3", "Backend in Google Cloud Storage", "Backend in Azure Storage"];
  const path = "/workspace/infrastructure/main.tf";
  const versions = `terraform {
  required_version = "~> 1.10"

  required_providers {
    aws     = { source = "hashicorp/aws", version = "~> 5.80" }
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.14" }
    google  = { source = "hashicorp/google", version = "~> 6.14" }
  }
}
`;

  it.each(textsOf("terraform.json"))("%s has no finding worse than information", (name, text) => {
    const others = {
      ...(!backends.includes(name) && {
        "/workspace/infrastructure/backend.tf": textOf("terraform.json", "Backend in S3"),
      }),
      ...(name !== "Versions" && { "/workspace/infrastructure/versions.tf": versions }),
    };
    const findings = judge(path, text, "recommended", others);
    expect(findings.filter(({ severity }) => severity === "error" || severity === "warning")).toEqual([]);
    expect(findings.filter(({ rule }) => rule.startsWith("dakota/"))).toEqual([]);
  });

  // What each is there for: the rule about it speaks as soon as the part in question is gone.
  it.each([
    ["Backend in S3", /^ *use_lockfile.*\n/m, "terraform/state-locking"],
    ["Versions", /^ *version .*\n/m, "terraform/provider-version-pinned"],
    ["Tagged resource", /^ *tags = \{[^}]*\}\n/m, "terraform/required-tags"],
    ["Module of a registry", /^ *version .*\n/m, "terraform/module-version-pinned"],
    ["Module of a Git repository", /\?ref=[^"]*/, "terraform/module-version-pinned"],
  ])("%s answers a rule", (name, part, rule) => {
    const text = textOf("terraform.json", name);
    const without = text.replace(part, "");
    expect(without).not.toBe(text);
    const others = {
      "/workspace/infrastructure/backend.tf": textOf("terraform.json", "Backend in S3"),
      "/workspace/infrastructure/queue.tf": textOf("terraform.json", "Tagged resource"),
    };
    const rules = (text: string) =>
      judge(path, text, "recommended", name === "Versions" ? others : {}).map((one) => one.rule);
    expect(rules(text)).not.toContain(rule);
    expect(rules(without)).toContain(rule);
  });
});

describe("the snippet for Kubernetes", () => {
  const path = "/workspace/deploy/orders.yaml";
  const deployment = (probes: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
  namespace: orders
spec:
  selector:
    matchLabels:
      app: orders
  template:
    metadata:
      labels:
        app: orders
    spec:
      containers:
        - name: orders
          image: registry.example.com/orders:1.4.0
          ports:
            - containerPort: 8080
${probes.replace(/^(?=.)/gm, " ".repeat(10))}
---
apiVersion: v1
kind: Service
metadata:
  name: orders
  namespace: orders
spec:
  selector:
    app: orders
  ports:
    - port: 8080
`;
  const about = (text: string, pattern: RegExp): readonly string[] =>
    judge(path, text, "strict")
      .map(({ rule }) => rule)
      .filter((rule) => pattern.test(rule));

  it("External secret has no finding among the recommended and the strict rules", () => {
    expect(judge(path, textOf("kubernetes.json", "External secret"), "strict")).toEqual([]);
  });

  it("Probes answers the rules about probes and reads as YAML", () => {
    const pattern = /probe|^dakota\//;
    expect(about(deployment(""), pattern)).toEqual(["k8s/liveness-probe", "k8s/readiness-probe"]);
    expect(about(deployment(textOf("kubernetes.json", "Probes")), pattern)).toEqual([]);
  });
});

describe("the manifest", () => {
  const { snippets } = manifest.contributes;

  it("offers every file of snippets", () => {
    const offered = new Set(snippets.map(({ path }) => path.replace("./snippets/", "")));
    expect([...offered].sort()).toEqual(readdirSync("snippets").sort());
  });

  it("has no prefix twice in a language, and each is ours", () => {
    for (const language of new Set(snippets.map((one) => one.language))) {
      const prefixes = snippets
        .filter((one) => one.language === language)
        .flatMap(({ path }) => Object.values(snippetsOf(path.replace("./snippets/", ""))).map(({ prefix }) => prefix));
      expect(prefixes.filter((prefix) => !/^dakota-[a-z0-9-]+$/.test(prefix))).toEqual([]);
      expect(new Set(prefixes).size).toBe(prefixes.length);
    }
  });
});
