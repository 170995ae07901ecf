// What is added for a stage that the way to production lacks: a job, or a key of the deployment that asks a person.

import type { FlowJob } from "../../languages/pipeline/flow.js";
import type { Pipeline } from "../../languages/pipeline/model.js";
import { type Fix, snippet } from "../../rule.js";
import { escapeSnippet } from "../../snippet.js";
import type { Edit } from "../../text.js";
import { type Addition, addJobs, placeholder } from "./_additions.js";
import { environmentEdits } from "./_environment.js";
import { keyEdits } from "./_keys.js";
import type { Stage } from "./_lacks.js";
import { approvalEdits } from "./_workflows.js";

interface StageJob {
  readonly id: string;
  readonly command: string;
  /** It comes behind the deployment. */
  readonly after?: "production" | "staging";
  readonly environment?: string;
  readonly onFailure?: true;
}

const stageJobs: Readonly<Partial<Record<Stage, StageJob>>> = {
  lint: { id: "lint", command: "npm run lint" },
  test: { id: "test", command: "npm test" },
  security: { id: "security", command: "trivy fs --exit-code 1 ." },
  build: { id: "build", command: "docker build --tag registry.example.com/app:1.0.0 ." },
  staging: { id: "deploy-staging", command: "./deploy.sh staging", environment: "staging" },
  integration: { id: "integration-tests", command: "npx playwright test", after: "staging" },
  health: { id: "health-check", command: "curl --fail --retry 5 https://example.com/health", after: "production" },
  smoke: { id: "smoke-tests", command: "./smoke-tests.sh https://example.com", after: "production" },
  rollback: { id: "rollback", command: "kubectl rollout undo deployment/app", after: "production", onFailure: true },
};

/** One snippet for all of these stages; `staging` is the job that deploys there, if there is one. */
export function addStages(
  title: string,
  wanted: readonly Stage[],
  pipeline: Pipeline,
  production: FlowJob,
  staging: FlowJob | undefined,
): readonly Fix[] {
  const behind = { production, staging: staging ?? "deploy-staging" };
  // What is tried on staging needs one.
  const needed = wanted.includes("integration") && !staging && !wanted.includes("staging");
  const all: readonly Stage[] = needed ? ["staging", ...wanted] : wanted;
  const jobs = all.flatMap((stage, i): readonly Addition[] => {
    const job = stageJobs[stage];
    if (!job) return [];
    const { id, command, after, environment, onFailure } = job;
    return [
      {
        id,
        commands: [placeholder(i + 1, command)],
        ...(after && { after: behind[after] }),
        ...(environment !== undefined && { environment }),
        ...(onFailure && { runs: "after a failure" }),
      },
    ];
  });
  const edits = [
    ...addJobs(title, pipeline, production, jobs).flatMap((fix) => fix.edits),
    ...(wanted.includes("approval") ? gateEdits(pipeline, production) : []),
  ];
  return edits.length > 0 ? [snippet(title, ...edits)] : [];
}

/** What makes the deployment ask a person: an environment with reviewers, a start by hand, an input, an approval. */
function gateEdits(pipeline: Pipeline, job: FlowJob): readonly Edit[] {
  switch (pipeline.dialect) {
    case "github":
    case "azure":
      return environmentEdits(pipeline, job, placeholder(1, "production"));
    case "jenkins":
      return keyEdits(pipeline, job, [
        `input { message '${placeholder(1, "Deploy to production?")}' ${escapeSnippet("}")}`,
      ]);
    case "circleci":
      return approvalEdits(pipeline, job);
    case "gitlab": {
      // With rules, they say when the job starts.
      const own = pipeline.outline.jobs.find(({ id }) => id === job.node.id);
      return own?.startSaid ? [] : keyEdits(pipeline, job, ["when: manual", "allow_failure: false"]);
    }
  }
}
