// What a file is: by its path first, by its content second. What is no file of ours is told with the reason.

import { isIgnoreList } from "./gitignore.js";
import { mayBeDashboard } from "./languages/dashboard.js";
import type { Dialect } from "./languages/pipeline/model.js";
import { concerns } from "./protocol/documents.js";
import { isProtocolFile } from "./protocol/known.js";
import type { Protocol } from "./protocol/model.js";
import type { FileLanguage } from "./rule.js";

export type Detected =
  | { readonly language: Exclude<FileLanguage, "pipeline">; readonly kind: string }
  | { readonly language: "pipeline"; readonly dialect: Dialect; readonly kind: string }
  | { readonly language: "config" | "protocol"; readonly kind: string };

/** Something Dakota knows but does not judge, or (without `kind`) nothing it is made for. */
export interface Undetected {
  readonly language?: never;
  readonly kind?: string;
  readonly reason: string;
  /** What it is written in all the same: it may say something in this language that nobody has read. */
  readonly writtenIn?: FileLanguage;
}

export const configNames: readonly string[] = [".dakota.yaml", ".dakota.yml"];

export const isConfig = (path: string): boolean => configNames.includes(path.slice(path.lastIndexOf("/") + 1));

/** Largest text that is judged, in UTF-16 code units (about 1 MiB). */
export const maximumLength = 1_048_576;

/** Says what the file at an absolute path is; of Markdown, only what these protocols speak of is a file of ours. */
export function detect(path: string, text: string, protocols: readonly Protocol[] = []): Detected | Undetected {
  const found = detectByPath(path, text, protocols);
  if (!found.language) return found;
  const { kind, language } = found;
  const unread = language === "config" || language === "protocol" ? { kind } : { kind, writtenIn: language };
  if (text.length > maximumLength)
    return { ...unread, reason: `larger than ${maximumLength / 1_048_576} MiB (${megabytes(text.length)} MiB)` };
  if (text.includes("\0")) return { ...unread, reason: "a binary file" };
  return found;
}

/** Whether a path can be a file of ours at all, so that others need not be read. */
export function isCandidate(path: string): boolean {
  const name = baseName(path);
  if (/\/\.terraform\//.test(path)) return false;
  return isYaml(name) || isDockerfile(name) || terraformFile.test(name) || isJenkinsfile(name) || isMarkdown(name);
}

/** Whether a file has anything to say to others, judged or not, so that its text is worth reading. */
export const isIndexed = (path: string): boolean => isCandidate(path) || mayBeDashboard(path) || isIgnoreList(path);

/** "Jenkinsfile", "Jenkinsfile.release", "Jenkinsfile-nightly", "nightly.jenkinsfile". */
const jenkinsfileName = /^jenkinsfile(?:[.-](.+))?$|\.jenkinsfile$/i;
const terraformFile = /\.(?:(?:tf|tofu|tfvars)(?:\.json)?|tfbackend)$/i;
const dockerfileName = /^(?:dockerfile|containerfile)(?:\.(.+))?$|\.(?:dockerfile|containerfile)$/i;
// "Dockerfile.go" is Go source about Dockerfiles, "Dockerfile.dockerignore" a list of paths.
const otherEnding =
  /\.(?:go|py|rb|rs|js|mjs|cjs|ts|tsx|jsx|java|kt|cs|php|sh|ps1|md|rst|txt|json|xml|html|ya?ml|toml|dockerignore|orig|rej|bak|lock)$/i;
const composeName = /^(?:.*[._-])?compose(?:[._-][\w.-]+)?\.ya?ml$/i;
const templateEnding = /\.(?:j2|jinja2?|tmpl|tpl|gotmpl|template|erb|mustache|ejs|in|m4)$/i;

const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
const isJenkinsfile = (name: string): boolean =>
  jenkinsfileName.test(name) && !otherEnding.test(name) && !templateEnding.test(name);
export const isMarkdown = (path: string): boolean => /\.(?:md|markdown)$/i.test(path);
const isYaml = (name: string): boolean => /\.ya?ml$/i.test(name);
const isDockerfile = (name: string): boolean => dockerfileName.test(name) && !otherEnding.test(name);
const megabytes = (length: number): string => (length / 1_048_576).toFixed(1);

function detectByPath(path: string, text: string, protocols: readonly Protocol[]): Detected | Undetected {
  const name = baseName(path);
  if (configNames.includes(name)) return { language: "config", kind: "Dakota configuration" };
  if (isProtocolFile(path)) return { language: "protocol", kind: "Dakota protocol" };
  if (isDockerfile(name)) {
    if (templateEnding.test(name)) return { kind: "Dockerfile template", reason: "a template, not a Dockerfile yet" };
    return { language: "dockerfile", kind: "Dockerfile" };
  }
  if (terraformFile.test(name)) return detectTerraform(path, name);
  if (isJenkinsfile(name)) return jenkins;
  if (isYaml(name)) return detectYaml(path, name, text);
  if (isMarkdown(name) && concerns(path, text, protocols)) return { language: "markdown", kind: "Phase document" };
  return { reason: "no kind of file that Dakota judges" };
}

function detectTerraform(path: string, name: string): Detected | Undetected {
  if (path.includes("/.terraform/")) return { kind: "Terraform", reason: "a downloaded module" };
  const kind = terraformKinds.find(([ending]) => ending.test(name))?.[1] ?? "Terraform";
  return { language: "terraform", kind };
}

const terraformKinds: readonly (readonly [RegExp, string])[] = [
  [/\.json$/i, "Terraform JSON"],
  [/\.tfvars$/i, "Terraform variables"],
  [/\.tfbackend$/i, "Terraform backend settings"],
];

function detectYaml(path: string, name: string, text: string): Detected | Undetected {
  // Two searches for a literal are many times as fast as one expression that is tried at every line.
  if ((text.includes("{%") || text.includes("%{")) && /^\s*(?:\{%|%\{)/m.test(text))
    return { ...yamlTemplate, ...writtenIn(path, text) };
  if (/\/\.github\/workflows\/[^/]+$/.test(path)) return github("GitHub Actions workflow");
  if (/^action\.ya?ml$/.test(name) && /^runs:/m.test(text)) return github("GitHub action");
  if (/(?:^|\.)gitlab-ci\.ya?ml$/.test(name) || (/\/\.gitlab\/ci\//.test(path) && !isManifest(text))) return gitlab;
  if (/\/\.circleci\/[^/]+$/.test(path) && !isManifest(text)) return circleci;
  if (/^azure-pipelines?(?:[.-][^/]*)?\.ya?ml$/i.test(name) && !isManifest(text)) return azure;
  if (/^kustomization\.ya?ml$/i.test(name)) return { language: "kubernetes", kind: "Kustomization" };
  if (/^(?:Chart|values)(?:[.-].*)?\.ya?ml$/.test(name) && !isManifest(text))
    return { kind: "Helm chart", reason: "chart metadata and values are no manifests" };
  if (isManifest(text)) {
    const template = /\/templates\//.test(path) && text.includes("{{");
    return { language: "kubernetes", kind: template ? "Helm template" : "Kubernetes" };
  }
  return detectYamlByContent(name, text);
}

function detectYamlByContent(name: string, text: string): Detected | Undetected {
  if (/^(?:on|["']on["']|true):/m.test(text) && /^jobs:/m.test(text) && /^ +(?:runs-on|uses):/m.test(text))
    return github("GitHub Actions workflow");
  if (isAzure(text)) return azure;
  if (/^(?:stages:| +stage:)/m.test(text) && /^ +script:/m.test(text) && !/^ *- (?:stage|script|job|task):/m.test(text))
    return gitlab;
  if (isRuleFile(text)) return { language: "prometheus", kind: "Prometheus rules" };
  if (/^["']?route["']?:/m.test(text) && /^["']?receivers["']?:/m.test(text))
    return { language: "prometheus", kind: "Alertmanager configuration" };
  if (composeName.test(name) && /^\uFEFF?["']?services["']?:/m.test(text))
    return { language: "compose", kind: "Compose" };
  return { reason: "YAML of a kind that Dakota does not judge" };
}

const yamlTemplate: Undetected = { kind: "YAML template", reason: "a template, not YAML yet" };

function writtenIn(path: string, text: string): Pick<Undetected, "writtenIn"> {
  if (isManifest(text)) return { writtenIn: "kubernetes" };
  if (isRuleFile(text)) return { writtenIn: "prometheus" };
  return /\/\.(?:github\/workflows|gitlab|circleci)\/|gitlab-ci/.test(path) ? { writtenIn: "pipeline" } : {};
}

const isManifest = (text: string): boolean =>
  text.includes("apiVersion") &&
  (/^(?:- )?apiVersion:/m.test(text)
    ? /^(?:- | {2})?kind:/m.test(text)
    : /^\s*[{"].*\bapiVersion["']?\s*:/m.test(text) && /["'{,\s]kind["']?\s*:/.test(text)); // written as JSON

/** A pipeline or a template of Azure: its own list at the top, and a step, job or stage in its way of writing. */
const isAzure = (text: string): boolean =>
  /^\uFEFF?(?:stages|jobs|steps|extends):/m.test(text) &&
  !/^ +include:/m.test(text) && // jobs of Travis
  (/^ *- (?:task|deployment): ?\S/m.test(text) ||
    (/^ *- (?:stage|job|script|bash|pwsh|powershell|checkout):/m.test(text) &&
      /^\uFEFF?(?:trigger|pr|pool|parameters|resources|variables|schedules|stages|jobs|extends):|^ *(?:- )?(?:vmImage|displayName|dependsOn):/m.test(
        text,
      )) ||
    (/^ *(?:- )?template: ?\S/m.test(text) && /^\uFEFF?(?:trigger|pr|pool|parameters|resources|extends):/m.test(text)));

/** A file of groups, or, with an expression beside it, a bare group, a list of rules or a single rule. */
const isRuleFile = (text: string): boolean =>
  /(?:^[ \t]*(?:- +)?|[{,][ \t]*)["']?(?:alert|record)["']?:/m.test(text) &&
  (/^\uFEFF?\{?\s*["']?groups["']?:/m.test(text) ||
    (/^[ \t]*(?:- +)?["']?expr["']?:/m.test(text) &&
      /^\uFEFF?(?:- +)?["']?(?:alert|record|rules|name)["']?:/m.test(text)));

const github = (kind: string): Detected => ({ language: "pipeline", dialect: "github", kind });
const azure: Detected = { language: "pipeline", dialect: "azure", kind: "Azure Pipelines" };
const circleci: Detected = { language: "pipeline", dialect: "circleci", kind: "CircleCI" };
const jenkins: Detected = { language: "pipeline", dialect: "jenkins", kind: "Jenkinsfile" };
const gitlab: Detected = { language: "pipeline", dialect: "gitlab", kind: "GitLab CI" };
