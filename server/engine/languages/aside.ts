// What a file says beside its language: that it is a dashboard or a registry of requirements, and that not everything in it
// is known, so that whoever finds nothing cannot say that there is nothing.

import type { Detected, Undetected } from "../detect.js";
import type { Language } from "../rule.js";
import type { Fact } from "../workspace.js";
import { type DashboardFact, dashboardFacts, mayBeDashboard } from "./dashboard.js";
import { type RegistryFact, registryFacts } from "./registry.js";
import type { Source } from "./source.js";

export interface AsideFacts {
  /** By "all": a Grafana dashboard, in a file of its own or in a ConfigMap. */
  "grafana.dashboard": DashboardFact;
  /** By "all": the requirements that a file defines. */
  "requirement.registry": RegistryFact;
  /** By language: a file that could not be read, or not to its end. */
  "file.unread": { readonly reason: string };
}

/** @param file absent where the file is nothing that Dakota reads */
export function asideFacts(
  path: string,
  text: string,
  detected: Detected | Undetected,
  file: { readonly language: Language | "config" | "protocol"; readonly model: Source } | undefined,
): readonly Fact[] {
  if (mayBeDashboard(path)) return dashboardFacts(text);
  const facts = /\.(?:md|markdown)$/i.test(path) ? registryFacts(text) : [];
  if (!file && otherPipeline.test(path)) return [unread("pipeline", "a pipeline of a kind that Dakota does not read")];
  // Values of variables and settings of backends declare nothing.
  if (/\.(?:tfvars(?:\.json)?|tfbackend)$/i.test(path)) return facts;
  if (!file) return !detected.language && detected.writtenIn ? [unread(detected.writtenIn, detected.reason)] : facts;
  const { notJudged, problems } = file.model;
  if (file.language === "config" || file.language === "protocol" || (notJudged === undefined && problems.length === 0))
    return facts;
  return [...facts, unread(file.language, notJudged ?? "cannot be read to its end")];
}

/** Google Cloud Build, Travis, AWS CodeBuild, Bitbucket, Drone, Woodpecker, Buildkite, AppVeyor, Semaphore, Codefresh. */
const otherPipeline =
  /\/(?:cloudbuild|buildspec|bitbucket-pipelines|\.?appveyor|codefresh|\.(?:travis|drone|woodpecker))(?:[.-][\w.-]+)?\.ya?ml$|\/\.(?:buildkite|semaphore|woodpecker)\/[^/]+\.ya?ml$/i;

/** Of a file that could not be read at all, only what its name allows it to be is known. */
export function unreadableFacts(path: string): readonly Fact[] {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const [, languages = []] = byName.find(([pattern]) => pattern.test(name)) ?? [];
  return languages.map((language) => unread(language, "cannot be read"));
}

const byName: readonly (readonly [RegExp, readonly Language[]])[] = [
  [/\.ya?ml$/i, ["kubernetes", "pipeline", "prometheus"]],
  [/\.(?:tf|tofu)(?:\.json)?$/i, ["terraform"]],
  [/jenkinsfile/i, ["pipeline"]],
];

const unread = (key: Language, reason: string): Fact => ({ kind: "file.unread", key, value: { reason } });
