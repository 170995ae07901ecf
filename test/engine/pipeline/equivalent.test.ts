// One incomplete pipeline, written in five dialects, hears the same: a rule that speaks in one of them speaks in all.

import { describe, expect, it } from "vitest";
import { catalogue } from "../../../server/engine/catalogue.gen.js";
import { settingsFor } from "../../../server/engine/config.js";
import { engineOver } from "../../harness/engine.js";

// It scans without consequence, prints a secret, and goes straight to production: no tests, no staging, no rollback.
const pipelines: Readonly<Record<string, string>> = {
  "/workspace/.github/workflows/delivery.yml": `name: delivery
on:
  push:
    branches: [main]
permissions:
  contents: read
env:
  DATABASE_PASSWORD: Sommer-1987-regen
jobs:
  scan:
    runs-on: ubuntu-24.04
    container: aquasec/trivy:latest
    steps:
      - run: trivy fs . || true
  deploy-production:
    needs: scan
    runs-on: ubuntu-24.04
    container: bitnami/kubectl:latest
    steps:
      - run: |
          echo "$CLUSTER_TOKEN"
          kubectl apply -f deploy/ --namespace shop-production
        env:
          CLUSTER_TOKEN: \${{ secrets.CLUSTER_TOKEN }}
`,
  "/workspace/.gitlab-ci.yml": `stages: [scan, deploy]
variables:
  DATABASE_PASSWORD: Sommer-1987-regen
scan:
  stage: scan
  image: aquasec/trivy:latest
  script:
    - trivy fs . || true
deploy-production:
  stage: deploy
  image: bitnami/kubectl:latest
  script:
    - echo "$CLUSTER_TOKEN"
    - kubectl apply -f deploy/ --namespace shop-production
  rules:
    - if: $CI_COMMIT_BRANCH == "main"
`,
  "/workspace/azure-pipelines.yml": `trigger: [main]
variables:
  DATABASE_PASSWORD: Sommer-1987-regen
jobs:
  - job: scan
    container: aquasec/trivy:latest
    steps:
      - script: trivy fs . || true
  - job: deploy_production
    dependsOn: scan
    container: bitnami/kubectl:latest
    steps:
      - script: |
          echo "$CLUSTER_TOKEN"
          kubectl apply -f deploy/ --namespace shop-production
        env:
          CLUSTER_TOKEN: $(CLUSTER_TOKEN)
`,
  "/workspace/.circleci/config.yml": `version: 2.1
jobs:
  scan:
    docker: [image: "aquasec/trivy:latest"]
    environment:
      DATABASE_PASSWORD: Sommer-1987-regen
    steps:
      - run: trivy fs . || true
  deploy-production:
    docker: [image: "bitnami/kubectl:latest"]
    steps:
      - run: |
          echo "$CLUSTER_TOKEN"
          kubectl apply -f deploy/ --namespace shop-production
workflows:
  delivery:
    jobs:
      - scan
      - deploy-production:
          requires: [scan]
          filters: { branches: { only: main } }
`,
  "/workspace/Jenkinsfile": `pipeline {
  agent none
  environment {
    DATABASE_PASSWORD = 'Sommer-1987-regen'
    CLUSTER_TOKEN = credentials('cluster-token')
  }
  stages {
    stage('scan') {
      agent { docker { image 'aquasec/trivy:latest' } }
      steps { sh 'trivy fs . || true' }
    }
    stage('deploy-production') {
      when { branch 'main' }
      agent { docker { image 'bitnami/kubectl:latest' } }
      steps {
        sh '''
          echo "$CLUSTER_TOKEN"
          kubectl apply -f deploy/ --namespace shop-production
        '''
      }
    }
  }
}
`,
};

/** What a dialect cannot write, or writes where no file shows it: rules that are silent there, each with the reason. */
const silent: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "/workspace/.gitlab-ci.yml": {
    "pipeline/secret-over-shared": "variables of the project are handed out by its settings",
  },
  "/workspace/azure-pipelines.yml": {
    "pipeline/secret-over-shared": "a secret variable reaches only the step that names it",
  },
  "/workspace/.circleci/config.yml": {
    "pipeline/environment-declared": "jobs have no environments",
    "pipeline/secret-over-shared": "variables of the project are handed out by its settings",
    "pipeline/timeout": "jobs have no limit of time",
  },
  "/workspace/Jenkinsfile": {
    "pipeline/environment-declared": "stages have no environments to deploy to",
  },
};

const rulesFor = (path: string, profile: "recommended" | "strict"): readonly string[] => {
  const text = pipelines[path] ?? "";
  const judged = engineOver(catalogue, { [path]: text }).check(
    path,
    text,
    settingsFor(path, undefined, { profile, rules: {} }),
  );
  expect(judged.failures).toEqual([]);
  return [...new Set(judged.findings.map(({ rule }) => rule))].sort();
};

describe.each(["recommended", "strict"] as const)("an incomplete pipeline among the %s rules", (profile) => {
  const all = [...new Set(Object.keys(pipelines).flatMap((path) => rulesFor(path, profile)))].sort();

  it.each(Object.keys(pipelines))("is told the same in %s", (path) => {
    expect(rulesFor(path, profile)).toEqual(all.filter((rule) => silent[path]?.[rule] === undefined));
  });
});

it("hears of everything that it lacks", () => {
  for (const path of Object.keys(pipelines))
    expect(rulesFor(path, "recommended")).toEqual(
      expect.arrayContaining([
        "pipeline/no-direct-production",
        "pipeline/no-plaintext-secret",
        "pipeline/pin-images",
        "pipeline/required-stages",
        "pipeline/secret-in-log",
        "pipeline/security-scan-ignored",
        "pipeline/test-before-deploy",
      ]),
    );
});
