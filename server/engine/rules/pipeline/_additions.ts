// Jobs and keys that mend a pipeline, as snippets in the words of its dialect.

import type { FlowJob } from "../../languages/pipeline/flow.js";
import type { Pipeline } from "../../languages/pipeline/model.js";
import { type Fix, snippet } from "../../rule.js";
import { escapeSnippet } from "../../snippet.js";
import { type Edit, indentAt, lineEnd, lineSpan } from "../../text.js";
import type { Stage } from "./_lacks.js";

interface Addition {
  readonly id: string;
  readonly command: string;
  /** It comes behind the deployment. */
  readonly after?: "production" | "staging";
  readonly environment?: string;
  readonly onFailure?: true;
}

const additions: Readonly<Partial<Record<Stage, Addition>>> = {
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

/** One snippet with a job for every stage that has one; `staging` is the job that deploys there, if there is one. */
export function jobsFor(
  title: string,
  wanted: readonly Stage[],
  pipeline: Pipeline,
  production: FlowJob,
  staging: FlowJob | undefined,
): readonly Fix[] {
  const place = placeFor(pipeline);
  if (!place) return [];
  const behind = { production: ownId(production), staging: staging ? ownId(staging) : "deploy-staging" };
  const jobs = wanted.flatMap((stage, i) => {
    const addition = additions[stage];
    return addition ? [jobText(addition, pipeline, addition.after && behind[addition.after], i + 1, place.indent)] : [];
  });
  const edits: Edit[] = [];
  const eol = lineEnd(pipeline.text);
  if (jobs.length > 0)
    edits.push({
      span: { start: place.at, end: place.at },
      text: jobs
        .map((job) => `\n\n${job}`)
        .join("")
        .replaceAll("\n", eol),
    });
  if (wanted.includes("approval")) edits.push(...gateEdits(pipeline, production));
  return edits.length > 0 ? [snippet(title, ...edits)] : [];
}

/** A called or included job is named by the key that stands in the judged file. */
const ownId = ({ node }: FlowJob): string => node.id.split(" / ")[0] ?? node.id;

interface Spot {
  readonly at: number;
  readonly indent: string;
}

/** Behind the last job; undefined where the jobs are not written as a block, or the dialect has no snippets. */
function placeFor({ dialect, jobs, text }: Pipeline): Spot | undefined {
  const last = jobs.at(-1);
  if (!last || (dialect !== "github" && dialect !== "gitlab")) return undefined;
  const { start } = lineSpan(text, last.span.start);
  const indent = indentAt(text, start);
  if (start + indent.length !== last.span.start || (dialect === "gitlab" && indent !== "")) return undefined;
  if (dialect === "github" && indent === "") return undefined;
  return { at: text.slice(0, last.span.end).trimEnd().length, indent };
}

function jobText(
  { id, command, environment, onFailure }: Addition,
  { dialect }: Pipeline,
  needs: string | undefined,
  tab: number,
  indent: string,
): string {
  const run = placeholder(tab, command);
  const lines =
    dialect === "github"
      ? [
          `${id}:`,
          ...(needs ? [`  needs: ${escapeSnippet(needs)}`] : []),
          ...(onFailure ? ["  if: failure()"] : []),
          "  runs-on: ubuntu-24.04",
          ...(environment ? [`  environment: ${environment}`] : []),
          "  steps:",
          "    - uses: actions/checkout@v4",
          `    - run: ${run}`,
        ]
      : [
          `${id}:`,
          `  stage: ${needs ? ".post" : ".pre"}`,
          ...(needs ? [`  needs: ["${escapeSnippet(needs)}"]`] : []),
          ...(onFailure ? ["  when: on_failure"] : []),
          ...(environment ? [`  environment: ${environment}`] : []),
          "  script:",
          `    - ${run}`,
        ];
  return lines.map((line) => indent + line).join("\n");
}

/** A key at the top of the job that asks a person: an environment with reviewers, or a start by hand. */
function gateEdits(pipeline: Pipeline, job: FlowJob): readonly Edit[] {
  if (pipeline.dialect === "github") return keyEdits(pipeline, job, [`environment: ${placeholder(1, "production")}`]);
  const own = pipeline.outline.jobs.find(({ id }) => id === job.node.id);
  // With rules, they say when the job starts.
  return own?.startSaid ? [] : keyEdits(pipeline, job, ["when: manual", "allow_failure: false"]);
}

/** Keys put in front of the others of a job that the judged file writes as a block. */
export function keyEdits(
  { dialect, jobs, text }: Pipeline,
  { node }: FlowJob,
  keys: readonly string[],
): readonly Edit[] {
  const own = jobs.find(({ id }) => id === node.id);
  if (!own || (dialect !== "github" && dialect !== "gitlab")) return [];
  const first = /^[^\n#]*:[ \t]*(?:#[^\n]*)?\r?\n((?:[ \t]*(?:#[^\n]*)?\r?\n)*)([ \t]+)[^\s#]/.exec(
    text.slice(own.span.start, own.span.end),
  );
  if (!first) return [];
  const at = own.span.start + first[0].length - 1 - (first[2]?.length ?? 0);
  const eol = lineEnd(text);
  return [{ span: { start: at, end: at }, text: keys.map((key) => `${first[2]}${key}${eol}`).join("") }];
}

export const placeholder = (tab: number, proposal: string): string => `\${${tab}:${escapeSnippet(proposal)}}`;
