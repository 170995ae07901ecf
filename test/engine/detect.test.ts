import { describe, expect, it } from "vitest";
import { detect, isCandidate, maximumLength } from "../../server/engine/detect.js";

const kind = (path: string, text = ""): string => {
  const found = detect(path, text);
  return found.language ? found.kind : `${found.kind ?? "-"}: ${found.reason}`;
};

const manifest = "apiVersion: v1\nkind: Pod\n";
const workflow = "on: push\njobs:\n  a:\n    runs-on: x\n";

describe("detection", () => {
  it("goes by path first", () => {
    expect(kind("/r/Dockerfile")).toBe("Dockerfile");
    expect(kind("/r/Dockerfile.prod")).toBe("Dockerfile");
    expect(kind("/r/api.dockerfile")).toBe("Dockerfile");
    expect(kind("/r/Containerfile")).toBe("Dockerfile");
    expect(kind("/r/main.tf")).toBe("Terraform");
    expect(kind("/r/main.tofu")).toBe("Terraform");
    expect(kind("/r/prod.tfvars")).toBe("Terraform variables");
    expect(kind("/r/.github/workflows/x.yml", manifest)).toBe("GitHub Actions workflow");
    expect(kind("/r/.gitlab-ci.yml")).toBe("GitLab CI");
    expect(kind("/r/build.gitlab-ci.yml")).toBe("GitLab CI");
    expect(kind("/r/.gitlab/ci/build.yml", "a: {script: x}")).toBe("GitLab CI");
    expect(kind("/r/base/kustomization.yaml")).toBe("Kustomization");
    expect(kind("/r/.dakota.yaml")).toBe("Dakota configuration");
  });

  it("goes by content second: names lie", () => {
    expect(kind("/r/deploy.yml", manifest)).toBe("Kubernetes");
    expect(kind("/r/json.yaml", '{\n  "apiVersion": "v1",\n  "kind": "Pod"\n}\n')).toBe("Kubernetes");
    expect(kind("/r/json.yaml", "{apiVersion: v1, kind: Pod}")).toBe("Kubernetes");
    expect(kind("/r/prometheus.yaml", `# x\n${manifest}`)).toBe("Kubernetes");
    expect(kind("/r/_pipeline_rendered_chart.yaml", manifest)).toBe("Kubernetes");
    expect(kind("/r/ci/release.yml", workflow)).toBe("GitHub Actions workflow");
    expect(kind("/r/charts/a/templates/d.yaml", `${manifest}name: {{ .x }}\n`)).toBe("Helm template");
    expect(kind("/r/action.yml", "runs:\n  using: composite\n")).toBe("GitHub action");
  });

  it("knows Compose files by name and content", () => {
    const services = "services:\n  web:\n    image: a\n";
    const names = [
      "compose.yaml",
      "docker-compose.yml",
      "compose.override.yaml",
      "docker-compose-dev.yml",
      "app.compose.yml",
    ];
    for (const name of names) expect(kind(`/r/${name}`, services), name).toBe("Compose");
    expect(kind("/r/compose.yaml", `\uFEFF${services}`)).toBe("Compose");
    expect(kind("/r/compose.yaml", "version: 1\n")).toContain("YAML of a kind");
    expect(kind("/r/decompose.yaml", services)).toContain("YAML of a kind");
    expect(kind("/r/docker-compose.yaml", manifest)).toBe("Kubernetes");
  });

  it("knows an included GitLab file by its jobs, and no other pipeline for one", () => {
    expect(kind("/r/ci/jobs.yml", "pack:\n  stage: build\n  script: [make]\n")).toBe("GitLab CI");
    expect(kind("/r/ci/az.yml", "stages:\n- stage: a\n  jobs:\n  - job: b\n    steps:\n    - script: x\n")).toBe(
      "Azure Pipelines",
    );
  });

  it("knows Azure, CircleCI and Jenkins", () => {
    expect(kind("/r/azure-pipelines.yml")).toBe("Azure Pipelines");
    expect(kind("/r/azure-pipelines-release.yaml")).toBe("Azure Pipelines");
    expect(kind("/r/ci/steps.yml", "parameters: []\nsteps:\n- task: Npm@1\n")).toBe("Azure Pipelines");
    expect(kind("/r/.circleci/config.yml")).toBe("CircleCI");
    expect(kind("/r/playbook.yml", "- hosts: all\n  tasks:\n    - name: x\n")).toContain("YAML of a kind");
    expect(kind("/r/bitrise.yml", "steps:\n  - script: x\n")).toContain("YAML of a kind");
    const travis = "stages: [test]\njobs:\n  include:\n    - stage: test\n      script: make\n";
    expect(kind("/r/.travis.yml", travis)).not.toBe("Azure Pipelines");
    for (const name of ["Jenkinsfile", "Jenkinsfile.release", "Jenkinsfile-nightly", "a.jenkinsfile"])
      expect(kind(`/r/${name}`)).toBe("Jenkinsfile");
    expect(isCandidate("/r/Jenkinsfile")).toBe(true);
    expect(kind("/r/Jenkinsfile.md")).toBe("-: no kind of file that Dakota judges");
  });

  it("does not take source about Dockerfiles for one", () => {
    for (const name of ["dockerfile.go", "Dockerfile.py", "Dockerfile.md", "Dockerfile.dockerignore"])
      expect(kind(`/r/${name}`)).toBe("-: no kind of file that Dakota judges");
    expect(kind("/r/Dockerfile.j2")).toBe("Dockerfile template: a template, not a Dockerfile yet");
  });

  it("says why a file is not judged", () => {
    expect(kind("/r/a/.terraform/modules/x/main.tf")).toBe("Terraform: a downloaded module");
    expect(kind("/r/.github/workflows/x.yml", `{% if a %}\n${workflow}`)).toBe(
      "YAML template: a template, not YAML yet",
    );
    expect(kind("/r/values.yaml", "a: 1")).toBe("Helm chart: chart metadata and values are no manifests");
    expect(kind("/r/config.yaml", "a: 1")).toBe("-: YAML of a kind that Dakota does not judge");
    expect(kind("/r/Dockerfile", "FROM a\0")).toBe("Dockerfile: a binary file");
    expect(kind("/r/Dockerfile", "#".repeat(maximumLength + 1))).toBe("Dockerfile: larger than 1 MiB (1.0 MiB)");
  });

  it("knows by the name alone which files are worth reading", () => {
    expect(["/r/Dockerfile", "/r/a.tf", "/r/a.yml", "/r/a.tfvars"].every(isCandidate)).toBe(true);
    expect(["/r/a.go", "/r/Dockerfile.txt", "/r/.terraform/a.tf"].some(isCandidate)).toBe(false);
  });
});
