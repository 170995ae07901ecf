// Pipelines that plan or apply infrastructure without a check of its files.

import { flowOf } from "../../languages/pipeline/flow.js";
import type { Evidence } from "../../languages/pipeline/model.js";
import { at, rule } from "../../rule.js";
import { addJobs } from "./_additions.js";
import { amongJobs, namedBy } from "./_names.js";
import { seesAll } from "./_seen.js";

export default rule({
  on: "pipeline",
  title: "Check infrastructure code before it is planned",
  why: "A format check and a validation take seconds and need no credentials. They find the wrong argument and the missing brace before a plan reads state, takes its lock and shows a reviewer noise.",
  severity: "information",
  profile: "strict",
  phase: 3,
  standard: "Engineer Instructions, Pipeline Stages",

  *check(pipeline, _options, workspace) {
    const flow = flowOf(pipeline, workspace);
    if (!flow || !seesAll(flow)) return;
    const jobs = [...flow.jobs.values()];
    if (jobs.some(({ evidence }) => evidence.some(checksCode))) return;
    for (const job of jobs) {
      const change = job.evidence.find(
        ({ role, weak, text, by }) =>
          (role === "plan" || role === "deploy") && !weak && (by === "action" ? terraform : direct).test(text),
      );
      if (!change || job.node.outside) continue;
      yield at(
        job.node.span,
        `${namedBy(job, change)} uses files that nothing checks: no "fmt -check", "validate" or tflint ${amongJobs(flow)}`,
        ...addJobs("Add a job that checks the files", pipeline, job, [checkJob]),
      );
      return;
    }
  },
});

const terraform = /\b(?:terraform|tofu|terragrunt|atmos)\b/;

/** The tool itself: a target of the project may check what it plans. */
const direct = /^(?:terraform|tofu|terragrunt|atmos)\b/;

/** A check of Terraform files, or a linter that runs whatever the project has set up. */
const checksCode = ({ role, text, by }: Evidence): boolean => {
  if (role !== "lint" && !(role === "test" && terraform.test(text))) return false;
  if (/\bfmt\b/.test(text) && !/-check|fmt-check|hclfmt/.test(text)) return false;
  return (
    by !== "command" ||
    /terraform|tofu|terragrunt|tflint|hclfmt|pre-commit|linter|\b(?:make|just|task|npm|yarn|pnpm|rake|invoke)\b|\.sh\b/.test(
      text,
    )
  );
};

const checkJob = {
  id: "validate",
  image: `hashicorp/terraform:\${1:1.10.3}`,
  commands: ["terraform fmt -check -recursive", "terraform init -backend=false", "terraform validate"],
};
